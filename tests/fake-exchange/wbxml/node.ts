/** An element of a WBXML document; its name is written with its namespace, as in "AirSync:SyncKey". */
export interface WbxmlNode {
  readonly name: string;
  readonly children: readonly WbxmlNode[];
  /** Text content; "" when there is none. */
  readonly text: string;
  /** Opaque content; null when there is none. */
  readonly bytes: Uint8Array | null;
  /** False for a tag without content, `<Read/>`. */
  readonly hasContent: boolean;
}

/** Bytes that are written as an inline string instead of opaque data: MIME in `AirSyncBase:Data`. */
export class InlineBytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export interface WbxmlOutput {
  readonly name: string;
  readonly content: readonly (WbxmlOutput | string | Uint8Array | InlineBytes)[];
}

type Content = WbxmlOutput["content"][number] | number | null | readonly WbxmlOutput[];

/** Builds an element to write: `e("AirSync:Status", 1)`. Null is left out, so that options read as a list. */
export function e(name: string, ...content: readonly Content[]): WbxmlOutput {
  const flat: WbxmlOutput["content"][number][] = [];
  for (const part of content) {
    if (part === null) continue;
    if (typeof part === "number") flat.push(String(part));
    else if (typeof part === "string" || part instanceof Uint8Array || part instanceof InlineBytes) {
      flat.push(part);
    } else if ("name" in part) flat.push(part);
    else flat.push(...part);
  }
  return { name, content: flat };
}

export function child(node: WbxmlNode, name: string): WbxmlNode | null {
  return node.children.find((one) => one.name === name) ?? null;
}

export function children(node: WbxmlNode | null, name: string): readonly WbxmlNode[] {
  return node?.children.filter((one) => one.name === name) ?? [];
}

export function text(node: WbxmlNode | null, name: string): string | null {
  return node === null ? null : (child(node, name)?.text ?? null);
}

/** True for an empty tag and for "1", false for "0"; `whenMissing` when there is no such element. */
export function flag(node: WbxmlNode, name: string, whenMissing = false): boolean {
  const found = child(node, name);
  return found === null ? whenMissing : found.text !== "0";
}
