/** Charsets of old mail that switch alphabets with 7-bit signs, which no library here reads. */
export const SHIFTING: ReadonlySet<string> = new Set(["hz-gb-2312", "iso-2022-kr", "iso-2022-cn"]);

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const TILDE = 0x7e;
const LF = 0x0a;
const CR = 0x0d;

/**
 * HZ (RFC 1843), ISO-2022-KR (RFC 1557) or ISO-2022-CN (RFC 1922) as text. Their two-byte characters are those of
 * EUC-KR and EUC-CN without the eighth bits. Of ISO-2022-CN only GB 2312 is read, as mail uses it; a character of
 * the Taiwanese planes becomes U+FFFD.
 */
export function decodeShifting(bytes: Uint8Array, charset: string): string {
  const wide = new TextDecoder(charset === "iso-2022-kr" ? "euc-kr" : "gbk");
  const next = charset === "hz-gb-2312" ? hzSign : isoSign;
  const out: string[] = [];
  let state: State = { shifted: false, known: true };
  let from = 0;
  const flush = (end: number) => {
    if (end > from)
      out.push(state.shifted ? wideText(bytes.subarray(from, end), wide, state) : narrow(bytes, from, end));
  };
  let index = 0;
  while (index < bytes.length) {
    const byte = bytes[index] ?? 0;
    const sign =
      state.shifted && byte === LF
        ? { state: { ...state, shifted: false }, length: 0, text: "" }
        : next(bytes, index, state);
    if (sign === null) {
      index += state.shifted && byte > 0x20 && index + 1 < bytes.length ? 2 : 1;
      continue;
    }
    flush(Math.min(index, bytes.length));
    out.push(sign.text);
    state = sign.state;
    index += sign.length;
    from = index;
  }
  flush(bytes.length);
  return out.join("");
}

interface State {
  /** Two bytes are one character from here to the line's end. */
  readonly shifted: boolean;
  /** The alphabet that was announced can be read. */
  readonly known: boolean;
}

interface Sign {
  readonly state: State;
  readonly length: number;
  /** What the sign itself stands for. */
  readonly text: string;
}

function hzSign(bytes: Uint8Array, at: number, state: State): Sign | null {
  if (bytes[at] !== TILDE) return null;
  const second = bytes[at + 1];
  if (state.shifted) {
    return second === 0x7d ? { state: { ...state, shifted: false }, length: 2, text: "" } : null;
  }
  if (second === 0x7b) return { state: { ...state, shifted: true }, length: 2, text: "" };
  if (second === TILDE) return { state, length: 2, text: "~" };
  // A tilde at the end of a line joins it with the next.
  if (second === LF) return { state, length: 2, text: "" };
  return second === CR && bytes[at + 2] === LF ? { state, length: 3, text: "" } : null;
}

function isoSign(bytes: Uint8Array, at: number, state: State): Sign | null {
  const byte = bytes[at];
  if (byte === SHIFT_OUT) return { state: { ...state, shifted: true }, length: 1, text: "" };
  if (byte === SHIFT_IN) return { state: { ...state, shifted: false }, length: 1, text: "" };
  if (byte !== ESC) return null;
  // ESC $ ) F announces what shifting out leads to; ESC $ * F and ESC $ + F what a single shift does.
  const second = bytes[at + 2];
  if (bytes[at + 1] !== 0x24 || second === undefined || second < 0x29 || second > 0x2b) return null;
  const final = bytes[at + 3];
  const known = second === 0x29 ? final === 0x41 || final === 0x43 : state.known;
  return { state: { ...state, known }, length: 4, text: "" };
}

function narrow(bytes: Uint8Array, from: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString("latin1");
}

function wideText(bytes: Uint8Array, decoder: InstanceType<typeof TextDecoder>, state: State): string {
  if (!state.known) return "\ufffd".repeat(Math.ceil(bytes.length / 2));
  return decoder.decode(bytes.map((byte) => (byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte)));
}
