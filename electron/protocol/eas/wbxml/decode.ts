import { err, ok, type Result } from "../../../../shared/base/result.ts";
import { WbxmlDecoder } from "./decoder.ts";
import type { WbxmlFault, WbxmlLimits, WbxmlWarning } from "./faults.ts";
import type { WbxmlElement } from "./tree.ts";

interface WbxmlDocument {
  readonly root: WbxmlElement;
  readonly warnings: readonly WbxmlWarning[];
}

/** Decodes a whole WBXML document (MS-ASWBXML 2.1.2). */
export function decode(bytes: Uint8Array, limits?: WbxmlLimits): Result<WbxmlDocument, WbxmlFault> {
  const decoder = new WbxmlDecoder(limits === undefined ? {} : { limits });
  const fault = decoder.push(bytes) ?? decoder.finish();
  if (fault !== null) return err(fault);
  const { root, warnings } = decoder;
  if (root === null) throw new Error("A complete document has a root");
  return ok({ root, warnings });
}
