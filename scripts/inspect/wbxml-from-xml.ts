import { XMLParser, XMLValidator } from "fast-xml-parser";
import * as v from "valibot";
import { codePageByNamespace } from "../../electron/protocol/eas/codepages/index.ts";
import {
  elementNamed,
  isElement,
  type WbxmlContent,
  type WbxmlElement,
} from "../../electron/protocol/eas/wbxml/index.ts";
import { err, ok, type Result } from "../../shared/base/result.ts";

const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_DEPTH = 64;

/** Why XML could not become a WBXML document; `at` is an offset in characters where one is known. */
export interface XmlFault {
  readonly code:
    | "empty"
    | "too-large"
    | "xml"
    | "doctype"
    | "depth"
    | "unknown-element"
    | "base64"
    | "content";
  readonly message: string;
  readonly at: number | null;
}

/** What the parser hands out in its order-preserving form: `{ name: children, ":@": attributes }` or `{ "#text" }`. */
const NodeSchema = v.record(v.string(), v.unknown());
const NodesSchema = v.array(NodeSchema);
const AttributesSchema = v.optional(v.record(v.string(), v.string()), {});
type Node = v.InferOutput<typeof NodeSchema>;

class Refusal extends Error {
  readonly code: XmlFault["code"];
  constructor(code: XmlFault["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads the XML that `writeXml` writes, or a person: namespaces as default `xmlns` or by prefix, white space
 * between elements ignored. No DTD, no entities but XML's own five and character references.
 */
export function readXml(xml: string): Result<WbxmlElement, XmlFault> {
  const fault = (code: XmlFault["code"], message: string, at: number | null = null) =>
    err({ code, message, at });
  if (xml.trim() === "") return fault("empty", "there is nothing to read", 0);
  if (xml.length > MAX_CHARACTERS) return fault("too-large", `longer than ${MAX_CHARACTERS} characters`);
  const doctype = xml.search(/<!(?:DOCTYPE|ENTITY)/i);
  if (doctype >= 0) return fault("doctype", "document types and entities are not read", doctype);
  try {
    const valid = XMLValidator.validate(xml);
    if (valid !== true) return fault("xml", valid.err.msg, offsetOf(xml, valid.err.line, valid.err.col));
    const nodes = v.parse(NodesSchema, parser().parse(xml));
    const roots = nodes.filter((node) => !("#text" in node) && nameIn(node) !== "");
    const root = roots[0];
    if (root === undefined || roots.length > 1)
      return fault("content", "there must be exactly one root element");
    return ok(readElement(root, new Map(), 1));
  } catch (problem) {
    if (problem instanceof Refusal) return fault(problem.code, problem.message);
    if (problem instanceof Error) return fault("xml", problem.message);
    throw problem;
  }
}

function parser(): XMLParser {
  return new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
  });
}

function nameIn(node: Node): string {
  return Object.keys(node).find((key) => key !== ":@") ?? "";
}

function readElement(node: Node, outer: ReadonlyMap<string, string>, depth: number): WbxmlElement {
  if (depth > MAX_DEPTH) throw new Refusal("depth", `elements deeper than ${MAX_DEPTH}`);
  const full = nameIn(node);
  const attributes = v.parse(AttributesSchema, node[":@"]);
  const scope = new Map(outer);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "xmlns") scope.set("", decodeReferences(value));
    else if (key.startsWith("xmlns:")) scope.set(key.slice("xmlns:".length), decodeReferences(value));
  }
  const colon = full.indexOf(":");
  const namespace = scope.get(colon < 0 ? "" : full.slice(0, colon)) ?? "";
  const content = readContent(v.parse(NodesSchema, node[full] ?? []), attributes, scope, depth);
  return named(namespace, full.slice(colon + 1), content);
}

function readContent(
  nodes: readonly Node[],
  attributes: Readonly<Record<string, string>>,
  scope: ReadonlyMap<string, string>,
  depth: number,
): WbxmlContent[] {
  const hasElements = nodes.some((node) => !("#text" in node));
  const content: WbxmlContent[] = [];
  for (const node of nodes) {
    const text = node["#text"];
    if (typeof text !== "string") content.push(readChild(node, scope, depth));
    else if (!hasElements || text.trim() !== "") content.push(decodeReferences(text));
  }
  return attributes.encoding === "base64" ? [readData(content, attributes)] : content;
}

/** An element, or the bytes between elements that `writeXml` puts into `<data xmlns="">`. */
function readChild(node: Node, scope: ReadonlyMap<string, string>, depth: number): WbxmlContent {
  const attributes = v.parse(AttributesSchema, node[":@"]);
  if (nameIn(node) !== "data" || attributes.xmlns !== "") return readElement(node, scope, depth + 1);
  const [data] = readContent(v.parse(NodesSchema, node.data ?? []), attributes, scope, depth);
  return data ?? "";
}

function readData(
  content: readonly WbxmlContent[],
  attributes: Readonly<Record<string, string>>,
): WbxmlContent {
  if (content.some((part) => isElement(part))) throw new Refusal("content", "base64 cannot hold elements");
  const text = content.join("").replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, "").length % 4 === 1) {
    throw new Refusal("base64", 'the content of an element with encoding="base64" is not base64');
  }
  const bytes = Buffer.from(text, "base64");
  return attributes.text === "true" ? bytes.toString("utf8") : new Uint8Array(bytes);
}

/** By the tables, or by the numbers in the names that the decoder gives to what the tables do not hold. */
function named(namespace: string, name: string, content: readonly WbxmlContent[]): WbxmlElement {
  const known = elementNamed(namespace, name, content);
  if (known !== null) return known;
  const page = codePageByNamespace.get(namespace)?.page ?? unknownNumber(namespace);
  const token = codePageByNamespace.get(namespace)?.tokenOf.get(name) ?? unknownNumber(name);
  if (page === null || token === null || token < 5 || token > 0x3f) {
    throw new Refusal("unknown-element", `no code page holds ${namespace.slice(0, 60)}:${name.slice(0, 60)}`);
  }
  return { page, token, namespace, name, content };
}

function unknownNumber(name: string): number | null {
  const digits = /^Unknown-([0-9a-f]{2})$/.exec(name)?.[1];
  return digits === undefined ? null : Number.parseInt(digits, 16);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeReferences(text: string): string {
  return text.replace(/&([^;&]{1,12});?/g, (whole, name: string) => {
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (known !== undefined && whole.endsWith(";")) return known;
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const point = code === null ? Number.NaN : code[1] ? Number.parseInt(code[1], 16) : Number(code[2]);
    if (point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff))
      return String.fromCodePoint(point);
    throw new Refusal("xml", `unknown entity ${whole.slice(0, 20)}`);
  });
}

function offsetOf(xml: string, line: number, column: number): number {
  let offset = 0;
  for (let count = 1; count < line; count += 1) {
    const next = xml.indexOf("\n", offset);
    if (next < 0) break;
    offset = next + 1;
  }
  return Math.min(xml.length, offset + Math.max(0, column - 1));
}
