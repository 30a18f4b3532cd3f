/** Collects text the way a line printer would show HTML: collapsed white space, pending breaks, quote marks. */
export class TextWriter {
  readonly #max: number;
  #chunks: string[] = [];
  #length = 0;
  /** Line breaks owed before the next word; none before the first. */
  #breaks = 0;
  #space = false;
  #atLineStart = true;
  #lead = "";
  #quoteDepth = 0;

  /** @param max Longest output, in UTF-16 units; what follows is dropped. */
  constructor(max: number) {
    this.#max = max;
  }

  get full(): boolean {
    return this.#length >= this.#max;
  }

  /** At least `count` line ends before what comes next. */
  break(count: 1 | 2): void {
    if (this.#breaks < count) this.#breaks = count;
    this.#space = false;
  }

  /** A line end that is really there: `<br>`, or a line of preformatted text. At most one empty line is kept. */
  newline(): void {
    this.#breaks = Math.min(this.#breaks + 1, 2);
    this.#space = false;
  }

  space(): void {
    this.#space = true;
  }

  /** Written in front of the next word, such as a list item's mark. */
  lead(mark: string): void {
    this.#lead = mark;
  }

  quote(change: 1 | -1): void {
    this.#quoteDepth = Math.min(16, Math.max(0, this.#quoteDepth + change));
  }

  /** Text with white space collapsed as in CSS `white-space: normal`; no-break spaces become plain ones. */
  flow(text: string): void {
    for (const [index, word] of text.split(/[ \t\r\n\f\u00a0]+/).entries()) {
      if (index > 0) this.#space = true;
      if (word !== "") this.#word(word);
    }
  }

  /** Preformatted text: its spaces and line ends stay. */
  verbatim(text: string): void {
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (index > 0) this.newline();
      if (line !== "") this.#word(line);
    }
  }

  #word(word: string): void {
    if (this.full) return;
    if (this.#breaks > 0 && this.#length > 0) {
      this.#push("\n".repeat(this.#breaks));
      this.#atLineStart = true;
    }
    this.#breaks = 0;
    if (this.#atLineStart) {
      if (this.#quoteDepth > 0) this.#push(`${">".repeat(this.#quoteDepth)} `);
      this.#push(this.#lead);
    } else if (this.#space) this.#push(" ");
    this.#lead = "";
    this.#space = false;
    this.#atLineStart = false;
    this.#push(word);
  }

  #push(text: string): void {
    if (text === "") return;
    this.#chunks.push(text);
    this.#length += text.length;
  }

  /** Everything written so far. A surrogate pair is never cut in two. */
  toString(): string {
    const all = this.#chunks.join("");
    if (all.length <= this.#max) return all;
    const cut = all.slice(0, this.#max);
    return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
  }
}
