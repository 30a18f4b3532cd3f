const values = new Int8Array(256).fill(-1);
for (let index = 0; index < 64; index += 1) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  values[letters.charCodeAt(index)] = index;
}
const PADDING = 0x3d;
const blank: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Decodes base64 that arrives in pieces of any length. White space is skipped, anything else is an error. */
export class Base64Stream {
  broken = false;
  #bits = 0;
  #held = 0;
  #padded = false;

  /** True when what has come so far is a whole number of bytes. */
  get complete(): boolean {
    return !this.broken && this.#held !== 6;
  }

  /** The bytes that this piece completes. */
  push(text: Uint8Array): Uint8Array {
    const out = new Uint8Array(Math.ceil(text.length * 0.75) + 2);
    let length = 0;
    for (const letter of text) {
      const value = values[letter] ?? -1;
      if (value === -1) {
        if (letter === PADDING) this.#padded = true;
        else if (!blank.has(letter)) this.broken = true;
        continue;
      }
      if (this.#padded) this.broken = true;
      this.#bits = ((this.#bits << 6) | value) & 0xffffff;
      this.#held += 6;
      if (this.#held >= 8) {
        this.#held -= 8;
        out[length++] = (this.#bits >>> this.#held) & 0xff;
      }
    }
    return out.subarray(0, length);
  }
}
