import { codePageByNamespace, codePages, type Namespace, type TagName } from "../codepages/index.ts";

/** An element of a WBXML document. Unknown tags keep their numbers and are named `Unknown-xx`. */
export interface WbxmlElement {
  readonly page: number;
  /** 0x05 to 0x3f. */
  readonly token: number;
  readonly namespace: string;
  readonly name: string;
  /** In order; neighbouring texts are one. Bytes are OPAQUE data of a binary element. */
  readonly content: readonly WbxmlContent[];
}

export type WbxmlContent = WbxmlElement | string | Uint8Array;

const hex = (value: number) => value.toString(16).padStart(2, "0");

/** The namespace of a code page, also of one that MS-ASWBXML does not know. */
export function namespaceOf(page: number): string {
  return codePages[page]?.namespace ?? `Unknown-${hex(page)}`;
}

/** The name of a tag, also of one that MS-ASWBXML does not know. */
export function nameOf(page: number, token: number): string {
  return codePages[page]?.nameOf.get(token) ?? `Unknown-${hex(token)}`;
}

/** Builds an element of a request; what is null or undefined is left out. */
export function el<N extends Namespace>(
  namespace: N,
  name: TagName<N>,
  ...content: readonly (WbxmlContent | null | undefined)[]
): WbxmlElement {
  const element = elementNamed(
    namespace,
    name,
    content.filter((part) => part != null),
  );
  // The types above allow only names that the tables hold.
  if (element === null) throw new Error(`No such tag: ${namespace}:${name}`);
  return element;
}

/** The same for names that come from outside (XML); null when the tables hold no such name. */
export function elementNamed(
  namespace: string,
  name: string,
  content: readonly WbxmlContent[],
): WbxmlElement | null {
  const page = codePageByNamespace.get(namespace);
  const token = page?.tokenOf.get(name);
  return page === undefined || token === undefined
    ? null
    : { page: page.page, token, namespace, name, content };
}

export function isElement(content: WbxmlContent): content is WbxmlElement {
  return typeof content === "object" && !(content instanceof Uint8Array);
}

/** The first child of that name. */
export function child<N extends Namespace>(
  parent: WbxmlElement | undefined,
  namespace: N,
  name: TagName<N>,
): WbxmlElement | undefined {
  return parent?.content.find(
    (part): part is WbxmlElement => isElement(part) && part.name === name && part.namespace === namespace,
  );
}

/** All child elements of that name. */
export function children<N extends Namespace>(
  parent: WbxmlElement | undefined,
  namespace: N,
  name: TagName<N>,
): readonly WbxmlElement[] {
  return (parent?.content ?? []).filter(
    (part): part is WbxmlElement => isElement(part) && part.name === name && part.namespace === namespace,
  );
}

/** An element's own text: "" when it is empty, bytes read as UTF-8. */
export function textOf(element: WbxmlElement): string {
  const [only] = element.content;
  if (typeof only === "string" && element.content.length === 1) return only;
  let text = "";
  for (const part of element.content) {
    if (typeof part === "string") text += part;
    else if (part instanceof Uint8Array) text += new TextDecoder().decode(part);
  }
  return text;
}

/** The text of the first child of that name; null when there is no such child. */
export function childText<N extends Namespace>(
  parent: WbxmlElement | undefined,
  namespace: N,
  name: TagName<N>,
): string | null {
  const found = child(parent, namespace, name);
  return found === undefined ? null : textOf(found);
}

/** The text of the first child of that name as a whole number; null when absent or not one. */
export function childInteger<N extends Namespace>(
  parent: WbxmlElement | undefined,
  namespace: N,
  name: TagName<N>,
): number | null {
  const text = childText(parent, namespace, name)?.trim() ?? "";
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}
