/** Why a document was refused. `offset` counts bytes from its start. */
export interface WbxmlFault {
  readonly kind:
    | "truncated" // the document ends inside an element
    | "header" // version, public identifier, character set or string table not as ActiveSync has them
    | "integer" // a multi-byte integer longer than 32 bits
    | "token" // a global token that ActiveSync does not use
    | "attributes" // MS-ASWBXML 2.1.2.2: attributes are not used
    | "entity" // a character entity that is no Unicode character
    | "string-table" // a reference outside the string table
    | "content" // content outside the root, or a second root
    | "depth"
    | "size"
    | "elements";
  readonly offset: number;
  readonly detail: string;
}

/** Bounds of a document; a server that goes beyond them is refused. */
export interface WbxmlLimits {
  readonly depth: number;
  readonly elements: number;
  /** Bytes of one piece of content. */
  readonly content: number;
  readonly document: number;
}

export const defaultLimits: WbxmlLimits = {
  depth: 64,
  elements: 1_000_000,
  content: 64 << 20,
  document: 256 << 20,
};

/** A token nobody knows; the element around it is kept. */
export interface WbxmlWarning {
  readonly kind: "unknown-page" | "unknown-token" | "trailing-bytes";
  readonly page: number;
  readonly token: number;
  readonly offset: number;
}
