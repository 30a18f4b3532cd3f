/** Bounds on what one message may cost to read. Sizes in bytes, text in UTF-16 units. */
export interface MimeLimits {
  readonly maxBytes: number;
  /** Of all header blocks together. */
  readonly maxHeaderBytes: number;
  /** Multiparts inside multiparts. */
  readonly maxDepth: number;
  /** Parts of all kinds in the whole message. */
  readonly maxParts: number;
  /** Of `text` and of `html`. */
  readonly maxText: number;
}

export const MIME_LIMITS: MimeLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxHeaderBytes: 2 * 1024 * 1024,
  maxDepth: 40,
  maxParts: 2_000,
  maxText: 16 * 1024 * 1024,
};

/** Something in a message that is not as the standards want it, or that was left out. */
export interface MimeWarning {
  readonly code:
    | "header-line"
    | "headers-cut"
    | "no-headers"
    | "content-type"
    | "boundary"
    | "unterminated"
    | "encoding"
    | "charset"
    | "base64"
    | "date"
    | "depth"
    | "parts"
    | "text-cut";
  readonly message: string;
}

/** Collects warnings: each once, and never more than a reader wants to see. */
export class Warnings {
  readonly #seen = new Set<string>();
  readonly list: MimeWarning[] = [];

  add(code: MimeWarning["code"], message: string): void {
    const key = `${code} ${message}`;
    if (this.list.length >= 100 || this.#seen.has(key)) return;
    this.#seen.add(key);
    this.list.push({ code, message });
  }
}

/** What a stranger wrote, made fit for a message to a person: short, one line, no control characters. */
export function excerpt(text: string): string {
  const line = text.replace(/[^\x20-\x7e]/g, "?");
  return line.length > 60 ? `${line.slice(0, 60)}...` : line;
}
