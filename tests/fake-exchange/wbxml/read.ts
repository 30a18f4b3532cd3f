import type { WbxmlNode } from "./node.ts";
import { NAME_OF } from "./tokens.ts";

/** Status 102 or HTTP 400 when the bytes are broken, 103 when they name an element nobody defined. */
export class WbxmlProblem extends Error {
  readonly kind: "broken" | "unknown-element";
  constructor(kind: "broken" | "unknown-element", message: string) {
    super(message);
    this.kind = kind;
  }
}

const MAX_DEPTH = 32;
const UTF8 = 0x6a;

interface Open {
  readonly name: string;
  readonly children: WbxmlNode[];
  text: string;
  bytes: Uint8Array | null;
}

/** Reads a whole WBXML document as strictly as MS-ASWBXML 2.1.1 states it: version 1.3, public id 1, UTF-8. */
export function readWbxml(bytes: Uint8Array): WbxmlNode {
  let at = 0;
  const fail = (message: string): never => {
    throw new WbxmlProblem("broken", `${message} at byte ${at}`);
  };
  const byte = (): number => bytes[at++] ?? fail("the document ends early");
  const multiByte = (): number => {
    let value = 0;
    for (let count = 0; count < 5; count++) {
      const next = byte();
      value = value * 128 + (next & 0x7f);
      if (next < 0x80) return value;
    }
    return fail("a number of more than five bytes");
  };
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  if (byte() !== 0x03) fail("not WBXML 1.3");
  if (multiByte() !== 1) fail("a public identifier other than 1");
  if (multiByte() !== UTF8) fail("a charset other than UTF-8");
  if (multiByte() !== 0) fail("a string table");

  let page = 0;
  const open: Open[] = [];
  let root: WbxmlNode | null = null;
  const finish = (node: WbxmlNode): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  };
  do {
    const token = byte();
    const top = open.at(-1);
    if (token === 0x00) {
      page = byte();
      if (page > 25) throw new WbxmlProblem("unknown-element", `code page ${page}`);
    } else if (token === 0x01) {
      const done = open.pop() ?? fail("an END too many");
      if (done.children.length > 0 && done.text.trim() !== "") fail("text beside elements");
      finish({ ...done, hasContent: true });
    } else if (token === 0x03) {
      if (top === undefined) return fail("a string outside of an element");
      const end = bytes.indexOf(0, at);
      if (end < 0) return fail("a string without an end");
      try {
        top.text += decoder.decode(bytes.subarray(at, end));
      } catch {
        fail("a string that is not UTF-8");
      }
      at = end + 1;
    } else if (token === 0xc3) {
      if (top === undefined) return fail("opaque data outside of an element");
      const length = multiByte();
      if (at + length > bytes.length) fail("opaque data that ends early");
      top.bytes = bytes.subarray(at, at + length);
      at += length;
    } else if ((token & 0x80) !== 0) {
      fail(`attributes (token 0x${token.toString(16)})`);
    } else if ((token & 0x3f) < 5) {
      fail(`global token 0x${token.toString(16)}`);
    } else {
      const name = NAME_OF.get(page)?.get(token & 0x3f);
      if (name === undefined) {
        throw new WbxmlProblem("unknown-element", `token 0x${(token & 0x3f).toString(16)} on page ${page}`);
      }
      if ((token & 0x40) === 0) finish({ name, children: [], text: "", bytes: null, hasContent: false });
      else if (open.length >= MAX_DEPTH) fail("too deep");
      else open.push({ name, children: [], text: "", bytes: null });
    }
  } while (open.length > 0 || root === null);
  if (at !== bytes.length) fail("bytes after the end");
  return root;
}
