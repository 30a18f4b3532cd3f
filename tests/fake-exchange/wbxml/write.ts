import { InlineBytes, type WbxmlOutput } from "./node.ts";
import { TOKEN_OF } from "./tokens.ts";

const encoder = new TextEncoder();

function multiByte(value: number): number[] {
  const out = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    out.unshift((rest & 0x7f) | 0x80);
  }
  return out;
}

/** Writes a document; strings inline, bytes opaque. Throws on an element that the tables do not have. */
export function writeWbxml(root: WbxmlOutput): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [Uint8Array.of(0x03, 0x01, 0x6a, 0x00)];
  let page = 0;
  const inline = (bytes: Uint8Array): void => {
    if (bytes.includes(0)) throw new Error("an inline string cannot hold a NUL");
    chunks.push(Uint8Array.of(0x03), bytes, Uint8Array.of(0x00));
  };
  const write = (node: WbxmlOutput): void => {
    const token = TOKEN_OF.get(node.name);
    if (token === undefined) throw new Error(`no token for ${node.name}`);
    if (token.page !== page) {
      page = token.page;
      chunks.push(Uint8Array.of(0x00, page));
    }
    if (node.content.length === 0) {
      chunks.push(Uint8Array.of(token.token));
      return;
    }
    chunks.push(Uint8Array.of(token.token | 0x40));
    for (const part of node.content) {
      if (typeof part === "string") inline(encoder.encode(part));
      else if (part instanceof InlineBytes) inline(part.bytes);
      else if (part instanceof Uint8Array) chunks.push(Uint8Array.of(0xc3, ...multiByte(part.length)), part);
      else write(part);
    }
    chunks.push(Uint8Array.of(0x01));
  };
  write(root);
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
