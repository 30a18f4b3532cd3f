/** The header of every ActiveSync document: WBXML 1.3, unknown public id, UTF-8, no string table. */
const header = "03 01 6a 00";

/** Bytes from hexadecimal digits and 'quoted text', which becomes an inline string with its STR_I and NUL. */
export function bytes(...parts: readonly string[]): Uint8Array {
  const out: number[] = [];
  for (const [, text, pair] of parts.join(" ").matchAll(/'([^']*)'|([0-9a-fA-F]{2})/g)) {
    if (pair !== undefined) out.push(Number.parseInt(pair, 16));
    else {
      out.push(0x03);
      for (const byte of new TextEncoder().encode(text ?? "")) out.push(byte);
      out.push(0x00);
    }
  }
  return Uint8Array.from(out);
}

/** A document: the header and `bytes`. */
export function document(...parts: readonly string[]): Uint8Array {
  return bytes(header, ...parts);
}

export function hex(data: Uint8Array): string {
  return Buffer.from(data).toString("hex");
}
