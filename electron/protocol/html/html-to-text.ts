import { Tokenizer } from "htmlparser2";
import { BREAKS, isHidingStyle, SKIPPED, VOID } from "./elements.ts";
import { TextWriter } from "./text-writer.ts";

export interface HtmlToTextOptions {
  /** `index`: words only. `plain`: readable as it is, with links, list marks, quote marks and picture texts. */
  readonly form: "index" | "plain";
  /** HTML beyond this many UTF-16 units is not read. */
  readonly maxInput: number;
  /** The answer is cut to this many UTF-16 units. */
  readonly maxOutput: number;
}

const DEFAULTS: HtmlToTextOptions = { form: "index", maxInput: 2_000_000, maxOutput: 1_000_000 };
const MAX_LISTS = 32;
const MAX_ATTRIBUTE = 2_000;
const WANTED = new Set(["style", "hidden", "href", "alt"]);

/**
 * The text of an HTML body: entities decoded, blocks and `<br>` as line ends, white space collapsed; scripts,
 * styles, comments and hidden elements left out. Linear in the input, whatever the input. Never throws.
 */
export function htmlToText(html: string, options: Partial<HtmlToTextOptions> = {}): string {
  const { form, maxInput, maxOutput } = { ...DEFAULTS, ...options };
  const source = html.length > maxInput ? html.slice(0, maxInput) : html;
  const listener = new TextListener(source, form === "plain", maxOutput);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, listener);
  listener.onFull = () => tokenizer.pause();
  tokenizer.write(source);
  if (!listener.writer.full) tokenizer.end();
  return listener.writer.toString();
}

/** The tokenizer's listener. Positions are offsets in the source, which is written in one piece. */
class TextListener {
  readonly writer: TextWriter;
  readonly #source: string;
  readonly #plain: boolean;
  onFull: () => void = () => {};
  #tag = "";
  #attribute = "";
  #value = "";
  #hidden = false;
  #href = "";
  #alt = "";
  /** The element that hides everything now, and how many of its name are open. */
  #skipping = "";
  #skipDepth = 0;
  #preDepth = 0;
  /** Next number of each open list; 0 for lists without numbers. */
  #lists: number[] = [];
  #link: string | null = null;
  #linkText = "";

  constructor(source: string, plain: boolean, maxOutput: number) {
    this.#source = source;
    this.#plain = plain;
    this.writer = new TextWriter(maxOutput);
  }

  ontext(start: number, end: number): void {
    if (this.#skipping === "") this.#text(this.#source.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    if (this.#skipping === "") this.#text(String.fromCodePoint(codePoint));
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#source.slice(start, end).toLowerCase();
    this.#hidden = false;
    this.#href = "";
    this.#alt = "";
  }

  onattribname(start: number, end: number): void {
    const name =
      this.#skipping === "" && end - start <= 6 ? this.#source.slice(start, end).toLowerCase() : "";
    this.#attribute = WANTED.has(name) ? name : "";
    this.#value = "";
  }

  onattribdata(start: number, end: number): void {
    if (this.#attribute === "" || this.#value.length >= MAX_ATTRIBUTE) return;
    this.#value += this.#source.slice(start, Math.min(end, start + MAX_ATTRIBUTE));
  }

  onattribentity(codePoint: number): void {
    if (this.#attribute !== "" && this.#value.length < MAX_ATTRIBUTE) {
      this.#value += String.fromCodePoint(codePoint);
    }
  }

  onattribend(): void {
    if (this.#attribute === "style") this.#hidden ||= isHidingStyle(this.#value);
    else if (this.#attribute === "hidden") this.#hidden = true;
    else if (this.#attribute === "href") this.#href = this.#value.trim();
    else if (this.#attribute === "alt") this.#alt = this.#value.trim();
    this.#attribute = "";
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  onopentagend(): void {
    const name = this.#tag;
    if (this.#skipping !== "") {
      // A paragraph ends where the next block begins; everything else nests.
      if (this.#skipping === "p" && BREAKS.has(name)) this.#skipping = "";
      else if (name === "body" && this.#skipping === "head") this.#skipping = "";
      else {
        if (name === this.#skipping) this.#skipDepth += 1;
        return;
      }
    }
    if ((this.#hidden || SKIPPED.has(name)) && !VOID.has(name)) {
      this.#skipping = name;
      this.#skipDepth = 1;
      return;
    }
    if (!this.#hidden) this.#open(name);
  }

  onclosetag(start: number, end: number): void {
    const name = this.#source.slice(start, end).toLowerCase();
    if (this.#skipping !== "") {
      if (name !== this.#skipping) return;
      this.#skipDepth -= 1;
      if (this.#skipDepth === 0) this.#skipping = "";
      return;
    }
    this.#close(name);
  }

  onend(): void {
    this.#endLink();
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}

  #open(name: string): void {
    const writer = this.writer;
    const breaks = BREAKS.get(name);
    if (breaks !== undefined)
      writer.break(name !== "ul" && name !== "ol" ? breaks : this.#lists.length > 0 ? 1 : 2);
    if (name === "br") writer.newline();
    else if (name === "td" || name === "th") writer.space();
    else if (name === "pre" || name === "textarea") this.#preDepth += 1;
    else if (name === "ul" || name === "ol") {
      if (this.#lists.length < MAX_LISTS) this.#lists.push(name === "ol" ? 1 : 0);
    } else if (name === "li") this.#item();
    else if (name === "blockquote" && this.#plain) writer.quote(1);
    else if (name === "hr" && this.#plain) {
      writer.flow("----------");
      writer.break(1);
    } else if (name === "img" && this.#plain && this.#alt !== "") this.#text(`[${this.#alt}]`);
    else if (name === "a") this.#startLink();
  }

  #close(name: string): void {
    const writer = this.writer;
    if (name === "a") this.#endLink();
    else if ((name === "pre" || name === "textarea") && this.#preDepth > 0) this.#preDepth -= 1;
    else if (name === "ul" || name === "ol") this.#lists.pop();
    else if (name === "blockquote" && this.#plain) writer.quote(-1);
    // "</p>" and "</br>" without an opening tag count as "<p></p>" and "<br>" in every browser.
    else if (name === "br") writer.newline();
    const breaks = BREAKS.get(name);
    if (breaks !== undefined && !VOID.has(name))
      writer.break(breaks === 2 && this.#lists.length > 0 ? 1 : breaks);
  }

  #item(): void {
    if (!this.#plain) return;
    const depth = this.#lists.length;
    const number = this.#lists[depth - 1] ?? 0;
    if (number > 0) this.#lists[depth - 1] = number + 1;
    this.writer.lead(`${"  ".repeat(Math.max(0, depth - 1))}${number > 0 ? `${number}.` : "-"} `);
  }

  #startLink(): void {
    if (!this.#plain) return;
    this.#endLink();
    this.#link = /^(?:https?|mailto|tel):/i.test(this.#href) ? this.#href : null;
    this.#linkText = "";
  }

  /** The address of a link in angle brackets, unless it is what the link says anyway. */
  #endLink(): void {
    const link = this.#link;
    this.#link = null;
    if (link === null) return;
    const bare = (text: string) =>
      text
        .trim()
        .replace(/^(?:https?:\/\/|mailto:|tel:)/i, "")
        .replace(/\/$/, "");
    if (bare(link) === bare(this.#linkText)) return;
    if (this.#linkText.trim() !== "") this.writer.space();
    this.writer.flow(`<${link}>`);
  }

  #text(text: string): void {
    if (this.#link !== null && this.#linkText.length < MAX_ATTRIBUTE) this.#linkText += text;
    if (this.#preDepth > 0) this.writer.verbatim(text);
    else this.writer.flow(text);
    if (this.writer.full) this.onFull();
  }
}
