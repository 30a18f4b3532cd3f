import { isElement, type WbxmlContent, type WbxmlElement } from "../../electron/protocol/eas/wbxml/index.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };
/** What XML 1.0 has no way to write. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * A WBXML document as XML: each namespace is a default `xmlns` where it begins; bytes are base64 in an
 * element with `encoding="base64"`; text that XML cannot hold likewise, with `text="true"` beside it.
 */
export function writeXml(root: WbxmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>${writeElement(root, "")}`;
}

function writeElement(element: WbxmlElement, outer: string): string {
  const { name, namespace, content } = element;
  const xmlns = namespace === outer ? "" : ` xmlns="${namespace}"`;
  const [only] = content;
  if (only === undefined) return `<${name}${xmlns}/>`;
  if (content.length === 1 && !isElement(only)) {
    const { attributes, text } = writeData(only);
    return `<${name}${xmlns}${attributes}>${text}</${name}>`;
  }
  return `<${name}${xmlns}>${content.map((part) => writePart(part, namespace)).join("")}</${name}>`;
}

/** Bytes beside other content have no element of their own; they get one that no code page has. */
function writePart(part: WbxmlContent, namespace: string): string {
  if (isElement(part)) return writeElement(part, namespace);
  const { attributes, text } = writeData(part);
  return attributes === "" ? text : `<data xmlns=""${attributes}>${text}</data>`;
}

function writeData(data: string | Uint8Array): { readonly attributes: string; readonly text: string } {
  if (typeof data !== "string") {
    return { attributes: ' encoding="base64"', text: Buffer.from(data).toString("base64") };
  }
  if (UNWRITABLE.test(data)) {
    const text = Buffer.from(data, "utf8").toString("base64");
    return { attributes: ' encoding="base64" text="true"', text };
  }
  return { attributes: "", text: data.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? "") };
}
