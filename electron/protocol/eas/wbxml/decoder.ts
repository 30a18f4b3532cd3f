import { binaryTags, tagKey } from "../codepages/binary.ts";
import { codePages } from "../codepages/index.ts";
import { defaultLimits, type WbxmlFault, type WbxmlLimits, type WbxmlWarning } from "./faults.ts";
import { WbxmlScanner } from "./scanner.ts";
import { nameOf, namespaceOf, type WbxmlContent, type WbxmlElement } from "./tree.ts";

const maxWarnings = 50;

interface DecoderOptions {
  readonly limits?: WbxmlLimits;
  /**
   * Called with each element as it ends, innermost first, with the name of its parent. True: the caller
   * has used it, it is left out of its parent, so that a large answer is never held as a whole.
   */
  readonly takes?: (element: WbxmlElement, parentName: string | null) => boolean;
  /** A sink for the content of the element that has just begun, instead of keeping it; null keeps it. */
  readonly divert?: (namespace: string, name: string) => ((part: Uint8Array, opaque: boolean) => void) | null;
}

interface Open {
  readonly page: number;
  readonly token: number;
  readonly sink: ((part: Uint8Array, opaque: boolean) => void) | null;
  readonly content: WbxmlContent[];
}

/** Decodes a document that arrives in chunks into elements. Faults are values; it never throws. */
export class WbxmlDecoder {
  /** The root element, when the document is complete and nobody took it. */
  root: WbxmlElement | null = null;
  readonly warnings: WbxmlWarning[] = [];
  readonly #options: DecoderOptions;
  readonly #scanner: WbxmlScanner;
  readonly #stack: Open[] = [];
  /** Parts of a content that is spread over several chunks. */
  #parts: Uint8Array[] = [];

  constructor(options: DecoderOptions = {}) {
    this.#options = options;
    this.#scanner = new WbxmlScanner(
      {
        start: (page, token, offset) => this.#start(page, token, offset),
        bytes: (part, opaque) => this.#bytes(part, opaque),
        bytesEnd: (opaque) => this.#bytesEnd(opaque),
        end: () => this.#end(),
        trailing: (offset) => this.#warn({ kind: "trailing-bytes", page: 0, token: 0, offset }),
      },
      options.limits ?? defaultLimits,
    );
  }

  push(chunk: Uint8Array): WbxmlFault | null {
    const fault = this.#scanner.push(chunk);
    // What is still told in parts lies in the caller's chunk, which may be used again.
    this.#parts = this.#parts.map((part) => (part.buffer === chunk.buffer ? part.slice() : part));
    return fault;
  }

  finish(): WbxmlFault | null {
    return this.#scanner.finish();
  }

  #warn(warning: WbxmlWarning): void {
    if (this.warnings.length < maxWarnings) this.warnings.push(warning);
  }

  #start(page: number, token: number, offset: number): void {
    const known = codePages[page];
    if (known === undefined) this.#warn({ kind: "unknown-page", page, token, offset });
    else if (!known.nameOf.has(token)) this.#warn({ kind: "unknown-token", page, token, offset });
    const sink = this.#options.divert?.(namespaceOf(page), nameOf(page, token)) ?? null;
    this.#stack.push({ page, token, sink, content: [] });
  }

  #bytes(part: Uint8Array, opaque: boolean): void {
    const open = this.#stack.at(-1);
    if (open?.sink) open.sink(part, opaque);
    else this.#parts.push(part);
  }

  #bytesEnd(opaque: boolean): void {
    const open = this.#stack.at(-1);
    const parts = this.#parts;
    if (open === undefined || parts.length === 0) return;
    this.#parts = [];
    if (opaque && isBinary(open)) {
      open.content.push(new Uint8Array(Buffer.concat(parts)));
      return;
    }
    const text = textOfParts(parts);
    const last = open.content.length - 1;
    const before = open.content[last];
    if (typeof before === "string") open.content[last] = before + text;
    else open.content.push(text);
  }

  #end(): void {
    const open = this.#stack.pop();
    if (open === undefined) return;
    const element: WbxmlElement = {
      page: open.page,
      token: open.token,
      namespace: namespaceOf(open.page),
      name: nameOf(open.page, open.token),
      content: open.content,
    };
    const parent = this.#stack.at(-1);
    const parentName = parent === undefined ? null : nameOf(parent.page, parent.token);
    if (this.#options.takes?.(element, parentName)) return;
    if (parent === undefined) this.root = element;
    else parent.content.push(element);
  }
}

/** Bytes of a tag nobody knows stay bytes too: nobody can say that they are text. */
function isBinary({ page, token }: Open): boolean {
  return binaryTags.has(tagKey(page, token)) || !codePages[page]?.nameOf.has(token);
}

function textOfParts(parts: readonly Uint8Array[]): string {
  const [first] = parts;
  const whole = parts.length === 1 && first ? first : Buffer.concat(parts);
  return Buffer.from(whole.buffer, whole.byteOffset, whole.length).toString("utf8");
}
