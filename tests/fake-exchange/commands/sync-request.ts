import type { BodyPreference, SyncOptions } from "../state/collection.ts";
import { child, children, flag, text, type WbxmlNode } from "../wbxml/node.ts";

export interface CollectionRequest {
  readonly node: WbxmlNode;
  readonly id: string;
  readonly key: string;
  readonly getChanges: boolean | null;
  readonly windowSize: number | null;
  readonly deletesAsMoves: boolean;
  readonly commands: readonly WbxmlNode[];
}

/** MIMETruncation (MS-ASCMD 2.2.3.107): code to bytes; 8 leaves the message whole. */
const MIME_TRUNCATION: readonly number[] = [0, 4096, 5120, 7168, 10240, 20480, 51200, 102400];

/** A number within bounds, `fallback` when it is missing, null when it is wrong. */
export function number(value: string | null, fallback: number, max: number): number | null {
  if (value === null) return fallback;
  if (!/^\d{1,10}$/.test(value)) return null;
  const found = Number(value);
  return found <= max ? found : null;
}

function bodyPreference(node: WbxmlNode): BodyPreference | null {
  const type = number(text(node, "AirSyncBase:Type"), 0, 4);
  const size = text(node, "AirSyncBase:TruncationSize");
  const truncationSize = size === null ? null : number(size, 0, 4294967295);
  const preview = number(text(node, "AirSyncBase:Preview"), 0, 255);
  if (type === null || type < 1 || preview === null || (size !== null && truncationSize === null))
    return null;
  return { type, truncationSize, allOrNone: flag(node, "AirSyncBase:AllOrNone"), preview };
}

/** Options of Sync or ItemOperations (MS-ASCMD 2.2.3.125); null when a value is out of its range. */
export function readOptions(node: WbxmlNode): SyncOptions | null {
  const filterType = number(text(node, "AirSync:FilterType"), 0, 8);
  const mimeSupport = number(text(node, "AirSync:MIMESupport"), 0, 2);
  const conflict = number(text(node, "AirSync:Conflict"), 1, 1);
  const cut = number(text(node, "AirSync:MIMETruncation"), 8, 8);
  if (filterType === null || mimeSupport === null || conflict === null || cut === null) return null;
  const bodies: BodyPreference[] = [];
  for (const one of children(node, "AirSyncBase:BodyPreference")) {
    const preference = bodyPreference(one);
    // One BodyPreference of each type (MS-ASAIRS 2.2.2.12).
    if (preference === null || bodies.some((body) => body.type === preference.type)) return null;
    bodies.push(preference);
  }
  return { filterType, mimeSupport, mimeTruncation: MIME_TRUNCATION[cut] ?? null, conflict, bodies };
}

const ORDER = [
  "AirSync:Class",
  "AirSync:SyncKey",
  "AirSync:CollectionId",
  "AirSync:Supported",
  "AirSync:DeletesAsMoves",
  "AirSync:GetChanges",
  "AirSync:WindowSize",
  "AirSync:ConversationMode",
  "AirSync:Options",
  "AirSync:Commands",
];

/** Reads a Collection; null when it breaks the protocol (status 4): wrong order, or something it needs missing. */
export function readCollection(node: WbxmlNode): CollectionRequest | null {
  let last = -1;
  for (const one of node.children) {
    const place = ORDER.indexOf(one.name);
    if (place < last || (place === last && one.name !== "AirSync:Options")) return null;
    last = place;
  }
  const key = text(node, "AirSync:SyncKey");
  const id = text(node, "AirSync:CollectionId");
  const windowSize = text(node, "AirSync:WindowSize");
  const window = windowSize === null ? null : number(windowSize, 100, 4294967295);
  if (key === null || key === "" || id === null || id === "" || (windowSize !== null && window === null))
    return null;
  const commands = child(node, "AirSync:Commands");
  if (commands !== null && commands.children.length === 0) return null;
  if (key === "0" && (commands !== null || flag(node, "AirSync:GetChanges"))) return null;
  return {
    node,
    id,
    key,
    getChanges: child(node, "AirSync:GetChanges") === null ? null : flag(node, "AirSync:GetChanges"),
    // 0, and what is above the maximum, mean the maximum (MS-ASCMD 2.2.3.199).
    windowSize: window === null ? null : window === 0 || window > 512 ? 512 : window,
    deletesAsMoves: flag(node, "AirSync:DeletesAsMoves", true),
    commands: commands?.children ?? [],
  };
}
