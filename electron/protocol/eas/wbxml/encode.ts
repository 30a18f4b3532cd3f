import { isElement, type WbxmlContent, type WbxmlElement } from "./tree.ts";

/** WBXML 1.3, public identifier unknown, UTF-8, no string table (MS-ASWBXML 2.1.2.1). */
const header = [0x03, 0x01, 0x6a, 0x00];
const SWITCH_PAGE = 0x00;
const END = 0x01;
const STR_I = 0x03;
const OPAQUE = 0xc3;
const HAS_CONTENT = 0x40;

/**
 * Encodes a document. Elements without content are written as empty tags, which ActiveSync reads as
 * present and empty. Text with a NUL, which an inline string cannot hold, goes as OPAQUE data.
 */
export function encode(root: WbxmlElement): Uint8Array {
  const parts: Uint8Array[] = [];
  const small: number[] = [...header];
  let page = 0;
  const flush = () => {
    if (small.length > 0) parts.push(Uint8Array.from(small.splice(0)));
  };
  const opaque = (bytes: Uint8Array) => {
    small.push(OPAQUE, ...multiByte(bytes.length));
    flush();
    parts.push(bytes);
  };
  const content = (part: WbxmlContent) => {
    if (typeof part !== "string") {
      if (isElement(part)) element(part);
      else opaque(part);
      return;
    }
    const bytes = new TextEncoder().encode(part);
    if (bytes.length === 0) return;
    if (bytes.includes(0)) {
      opaque(bytes);
      return;
    }
    small.push(STR_I);
    flush();
    parts.push(bytes);
    small.push(0);
  };
  const element = (item: WbxmlElement) => {
    if (item.page !== page) {
      page = item.page;
      small.push(SWITCH_PAGE, page);
    }
    if (!item.content.some((part) => isElement(part) || part.length > 0)) {
      small.push(item.token);
      return;
    }
    small.push(item.token | HAS_CONTENT);
    for (const part of item.content) content(part);
    small.push(END);
  };
  element(root);
  flush();
  return new Uint8Array(Buffer.concat(parts));
}

/** A multi-byte integer (WBXML 5.1): 7 bits a byte, the highest first. */
function multiByte(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest & 0x7f) | 0x80);
  }
  return bytes;
}

/**
 * A document whose root ends with one OPAQUE element of `size` bytes that is streamed by the caller
 * between `head` and `tail`. The whole root must lie on the code page of `last`.
 */
export function encodeAround(
  root: WbxmlElement,
  last: WbxmlElement,
  size: number,
): { readonly head: Uint8Array; readonly tail: Uint8Array } {
  const open = encode(root).subarray(0, -1);
  const head = [last.token | HAS_CONTENT, OPAQUE, ...multiByte(size)];
  return {
    head: new Uint8Array(Buffer.concat([open, Uint8Array.from(head)])),
    tail: Uint8Array.of(END, END),
  };
}
