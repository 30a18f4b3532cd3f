import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { elementNamed, isElement, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";

/**
 * Documents as the specifications print them, in XML, and two ways from there: to our trees, and to bytes with
 * an encoder of the tests' own that takes its tokens from Microsoft's table (the fixture) and not from ours.
 */

/** What an element holds: elements, text, or bytes written as `{00ff}`. */
export interface XmlNode {
  readonly namespace: string;
  readonly name: string;
  readonly content: readonly (XmlNode | string | Uint8Array)[];
}

/** A document, and what it shows. */
export interface Example {
  readonly title: string;
  /** Of names without a prefix. */
  readonly namespace: string;
  readonly xml: string;
}

const microsoftTokens = v.parse(
  v.object({ interop: v.object({ pages: v.record(v.string(), v.string()) }) }),
  JSON.parse(
    readFileSync(fileURLToPath(new URL("../../fixtures/wbxml-tokens.json", import.meta.url)), "utf8"),
  ),
).interop.pages;

/** MS-ASWBXML 2.1.2.1: the namespaces in the order of their code pages. */
const namespaces = [
  "AirSync Contacts Email AirNotify Calendar Move GetItemEstimate FolderHierarchy MeetingResponse Tasks",
  "ResolveRecipients ValidateCert Contacts2 Ping Provision Search GAL AirSyncBase Settings DocumentLibrary",
  "ItemOperations ComposeMail Email2 Notes RightsManagement Find",
].flatMap((line) => line.split(" "));

function pageOf(namespace: string): number {
  const page = namespaces.indexOf(namespace);
  if (page === -1) throw new Error(`no namespace ${namespace}`);
  return page;
}

function tokenOf(page: number, name: string): number {
  const entry = (microsoftTokens[String(page)] ?? "").split(" ").find((one) => one.slice(3) === name);
  if (entry === undefined) throw new Error(`Microsoft's table has no ${namespaces[page]}:${name}`);
  return Number.parseInt(entry.slice(0, 2), 16);
}

/** Reads XML whose prefixes are the namespaces' names in lower case; `namespace` is that of bare names. */
export function xml(namespace: string, text: string): XmlNode {
  const open: { namespace: string; name: string; content: (XmlNode | string | Uint8Array)[] }[] = [];
  const top: XmlNode[] = [];
  for (const [, end, tag = "", empty, words] of text.matchAll(/<(\/?)([\w:]+)\s*(\/?)>|([^<]+)/g)) {
    const inside = open.at(-1);
    if (words !== undefined) {
      if (words.trim() !== "") inside?.content.push(contentOf(words.trim()));
    } else if (end === "/") {
      const closed = open.pop();
      if (closed === undefined || closed.name !== tag.split(":").at(-1)) throw new Error(`</${tag}>`);
      (open.at(-1)?.content ?? top).push(closed);
    } else {
      const [first = "", second] = tag.split(":");
      const prefix = namespaces.find((one) => one.toLowerCase() === first);
      const node = {
        namespace: second === undefined ? namespace : (prefix ?? first),
        name: second ?? first,
        content: [],
      };
      if (empty === "/") (inside?.content ?? top).push(node);
      else open.push(node);
    }
  }
  const [root] = top;
  if (root === undefined || top.length > 1 || open.length > 0) throw new Error("no single root");
  return root;
}

function contentOf(words: string): string | Uint8Array {
  const bytes = /^\{([0-9a-f]*)\}$/.exec(words)?.[1];
  if (bytes !== undefined) return Uint8Array.from(Buffer.from(bytes, "hex"));
  return words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** The document's bytes, by the book: one page switch where the page changes, inline strings, OPAQUE for bytes. */
export function wire(node: XmlNode): Uint8Array {
  const out = [0x03, 0x01, 0x6a, 0x00];
  let page = 0;
  const write = (one: XmlNode) => {
    const own = pageOf(one.namespace);
    if (own !== page) out.push(0x00, own);
    page = own;
    const token = tokenOf(own, one.name);
    out.push(one.content.length === 0 ? token : token + 0x40);
    for (const part of one.content) {
      if (typeof part === "string") {
        out.push(0x03);
        for (const byte of new TextEncoder().encode(part)) out.push(byte);
        out.push(0x00);
      } else if (part instanceof Uint8Array) {
        out.push(0xc3, ...integer(part.length));
        for (const byte of part) out.push(byte);
      } else write(part);
    }
    if (one.content.length > 0) out.push(0x01);
  };
  write(node);
  return Uint8Array.from(out);
}

/** A multi-byte integer (WBXML 1.3, 5.1), made from its bits as text. */
export function integer(value: number): number[] {
  const bits = value.toString(2);
  const groups = bits.padStart(Math.ceil(bits.length / 7) * 7, "0").match(/.{7}/g) ?? [];
  return groups.map((group, index) => Number.parseInt(`${index < groups.length - 1 ? 1 : 0}${group}`, 2));
}

/** The same document as one of our trees. */
export function tree({ namespace, name, content }: XmlNode): WbxmlElement {
  const element = elementNamed(
    namespace,
    name,
    content.map((part) => (typeof part === "string" || part instanceof Uint8Array ? part : tree(part))),
  );
  if (element === null) throw new Error(`our tables have no ${namespace}:${name}`);
  return element;
}

/** One of our trees as a document in XML's terms, for comparing. */
export function plain({ namespace, name, content }: WbxmlElement): XmlNode {
  return { namespace, name, content: content.map((part) => (isElement(part) ? plain(part) : part)) };
}
