import iconv from "iconv-lite";
import { decodeShifting, SHIFTING } from "./shifting.ts";

export interface DecodedText {
  readonly text: string;
  /** What the bytes turned out to be; the label's standard name where it could be followed. */
  readonly charset: string;
  /** Words about a label that could not be followed. */
  readonly problem: string | null;
}

/** Labels seen in mail that neither WHATWG's list nor iconv-lite knows under this spelling. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["utf-8n", "utf-8"],
  ["utf8mb4", "utf-8"],
  ["cp65001", "utf-8"],
  ["utf7", "utf-7"],
  ["unicode-1-1-utf-7", "utf-7"],
  ["csunicode11utf7", "utf-7"],
  ["unicode-2-0-utf-7", "utf-7"],
  ["csunicode", "utf-16"],
  ["iso-10646-ucs-2", "utf-16"],
  ["cp65000", "utf-7"],
  ["gb-2312", "gbk"],
  ["gb2312-80", "gbk"],
  ["euc-cn", "gbk"],
  ["x-euc-cn", "gbk"],
  ["cp936", "gbk"],
  ["x-gbk", "gbk"],
  ["cp54936", "gb18030"],
  ["cp949", "euc-kr"],
  ["ms949", "euc-kr"],
  ["uhc", "euc-kr"],
  ["x-windows-949", "euc-kr"],
  ["cp932", "shift_jis"],
  ["shiftjis", "shift_jis"],
  ["iso-2022-jp-1", "iso-2022-jp"],
  ["iso-2022-jp-2", "iso-2022-jp"],
  ["iso-2022-jp-ms", "iso-2022-jp"],
  ["cp50220", "iso-2022-jp"],
  ["cp50221", "iso-2022-jp"],
  ["cp51932", "euc-jp"],
  ["eucjp", "euc-jp"],
  ["cp950", "big5"],
  ["big-5", "big5"],
  ["koi8r", "koi8-r"],
  ["koi8u", "koi8-u"],
  ["x-mac-roman", "macintosh"],
  ["mac-roman", "macintosh"],
  ["macroman", "macintosh"],
  ["mac", "macintosh"],
  ["x-mac-ce", "maccenteuro"],
  ["x-mac-centraleurroman", "maccenteuro"],
  ["x-mac-greek", "macgreek"],
  ["x-mac-turkish", "macturkish"],
  ["x-mac-icelandic", "maciceland"],
  ["x-mac-croatian", "maccroatian"],
  ["x-mac-romanian", "macromania"],
  ["tis620", "windows-874"],
  ["hz", "hz-gb-2312"],
  ["hzgb2312", "hz-gb-2312"],
  ["cp52936", "hz-gb-2312"],
  ["cp50225", "iso-2022-kr"],
  ["csiso2022kr", "iso-2022-kr"],
  ["iso-2022-cn-ext", "iso-2022-cn"],
  ["csiso2022cn", "iso-2022-cn"],
  ["cp50227", "iso-2022-cn"],
  ["latin-9", "iso-8859-15"],
  ["latin9", "iso-8859-15"],
  ["latin0", "iso-8859-15"],
]);

const ASCII = new Set([
  "us-ascii",
  "ascii",
  "ansi_x3.4-1968",
  "ansi_x3.4-1986",
  "iso646-us",
  "646",
  "us",
  "iso-ir-6",
  "cp367",
  "csascii",
]);
const UNKNOWN = new Set([
  "",
  "unknown",
  "unknown-8bit",
  "x-unknown",
  "default",
  "none",
  "binary",
  "8bit",
  "7bit",
  "x-user-defined",
]);

/**
 * Bytes as text. Follows the label where it can be followed, by the names of the WHATWG Encoding Standard and
 * of iconv-lite; without a usable label it is UTF-8 when the bytes are, and windows-1252 otherwise.
 * UTF-7 is followed only with `allowUtf7`, because it can hide markup from whoever looks at the bytes.
 */
export function decodeCharset(
  bytes: Uint8Array,
  label: string | null,
  options: { readonly allowUtf7: boolean },
): DecodedText {
  const name = normalise(label ?? "");
  const unknown = `unknown charset "${name.replace(/[^ -~]/g, "?").slice(0, 40)}"`;
  if (UNKNOWN.has(name)) return { ...guess(bytes), problem: label === null ? null : unknown };
  if (ASCII.has(name)) return asciiOrGuess(bytes);
  if (name === "utf-7") {
    if (options.allowUtf7) return { text: iconv.decode(bytes, "utf-7"), charset: "utf-7", problem: null };
    return { ...guess(bytes), problem: "utf-7 is not followed here" };
  }
  if (name === "utf-8") return decodeUtf8(bytes);
  if (SHIFTING.has(name)) return { text: decodeShifting(bytes, name), charset: name, problem: null };
  if (name === "utf-16" || name === "ucs-2" || name === "unicode") return decodeUtf16(bytes);
  const decoder = decoderFor(name);
  if (decoder !== null) return { text: decoder.decode(bytes), charset: decoder.encoding, problem: null };
  if (iconv.encodingExists(name)) return { text: iconv.decode(bytes, name), charset: name, problem: null };
  return { ...guess(bytes), problem: unknown };
}

function normalise(label: string): string {
  const name = label
    .trim()
    .toLowerCase()
    .slice(0, 200)
    .replace(/^(?:["'\s]+|charset=)+|(?:;|\/\/).*$/g, "")
    .replace(/["'\s]+$/, "")
    .replace(/\s+/g, "-")
    .slice(0, 60);
  if (/^(?:x-)?(?:unicode-\d-\d-)?utf[-_]?8$/.test(name)) return "utf-8";
  if (/^gb-?18030/.test(name)) return "gb18030";
  const plain = name.replace(/^(?:x-)?(?:windows|win|cp|ibm|ms)[-_ ]?(\d{3,5})$/, "cp$1");
  const known = ALIASES.get(name) ?? ALIASES.get(plain);
  if (known !== undefined) return known;
  const page = /^cp(125\d|874)$/.exec(plain)?.[1];
  if (page !== undefined) return `windows-${page}`;
  const iso = /^(?:x-)?(?:iso[-_ ]?)?8859[-_ ]?(\d{1,2})(?:[-_ ]?[ei]|:\d{4})?$/.exec(name)?.[1];
  if (iso !== undefined) return `iso-8859-${iso}`;
  const latin = /^(?:iso-)?latin[-_ ]?([1-6])$/.exec(name)?.[1];
  return latin === undefined ? plain : `latin${latin}`;
}

function decoderFor(name: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(name);
  } catch {
    return null;
  }
}

function asciiOrGuess(bytes: Uint8Array): DecodedText {
  const guessed = guess(bytes);
  return guessed.charset === "us-ascii"
    ? guessed
    : { ...guessed, problem: "labelled us-ascii, but it is not" };
}

/** ASCII, UTF-8 or windows-1252, whichever the bytes can be, in this order. */
function guess(bytes: Uint8Array): DecodedText {
  if (isAscii(bytes)) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    // ESC $ and ESC ( are how Japanese mail of old switches alphabets, with or without a label.
    if (text.includes("\u001b$") || text.includes("\u001b(")) {
      return { text: new TextDecoder("iso-2022-jp").decode(bytes), charset: "iso-2022-jp", problem: null };
    }
    return { text, charset: "us-ascii", problem: null };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), charset: "utf-8", problem: null };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), charset: "windows-1252", problem: null };
  }
}

/** UTF-8 as labelled; windows-1252 when not one character beyond ASCII is UTF-8. */
function decodeUtf8(bytes: Uint8Array): DecodedText {
  const text = new TextDecoder("utf-8").decode(bytes);
  if (!text.includes("\ufffd")) return { text, charset: "utf-8", problem: null };
  if (/[\u0080-\ufffc\ufffe\uffff]/.test(text)) {
    return { text, charset: "utf-8", problem: "labelled utf-8, but some of it is not" };
  }
  const western = new TextDecoder("windows-1252").decode(bytes);
  return { text: western, charset: "windows-1252", problem: "labelled utf-8, but it is not" };
}

/** The byte order mark decides; without one, the half that is mostly zero does; RFC 2781 wants big-endian. */
function decodeUtf16(bytes: Uint8Array): DecodedText {
  const [first = 0, second = 0] = bytes;
  let little = first === 0xff && second === 0xfe;
  if (!little && !(first === 0xfe && second === 0xff)) {
    let zeros = 0;
    const sample = Math.min(bytes.length, 2_000);
    for (let index = 0; index < sample; index += 1) {
      if (bytes[index] === 0) zeros += index % 2 === 0 ? -1 : 1;
    }
    little = zeros > 0;
  }
  const charset = little ? "utf-16le" : "utf-16be";
  return { text: new TextDecoder(charset).decode(bytes), charset, problem: null };
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}
