export { decode } from "./decode.ts";
export { WbxmlDecoder } from "./decoder.ts";
export { encode, encodeAround } from "./encode.ts";
export { defaultLimits, type WbxmlFault, type WbxmlLimits, type WbxmlWarning } from "./faults.ts";
export {
  child,
  childInteger,
  children,
  childText,
  el,
  elementNamed,
  isElement,
  textOf,
  type WbxmlContent,
  type WbxmlElement,
} from "./tree.ts";
