import { child, childInteger, children, el, textOf, type WbxmlElement } from "../wbxml/index.ts";
import type { StatusTable } from "./status.ts";

/** MS-ASCMD 2.2.3.177.11. */
export const pingStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "heartbeat over, nothing changed" },
  2: { recovery: "changes-waiting", meaning: "changes in the named folders" },
  3: { recovery: "retry", meaning: "parameters missing, send all of them" },
  4: { recovery: "give-up", meaning: "syntax error" },
  5: { recovery: "adapt", meaning: "heartbeat outside the server's bounds" },
  6: { recovery: "adapt", meaning: "too many folders" },
  7: { recovery: "resync-folders", meaning: "folder hierarchy out of date" },
  8: { recovery: "retry-later", meaning: "server error" },
};

/** Always whole: a server that has forgotten an earlier Ping cannot misunderstand it (MS-ASCMD 2.2.1.13). */
export function pingRequest(collectionIds: readonly string[], heartbeatSeconds: number): WbxmlElement {
  return el(
    "Ping",
    "Ping",
    el("Ping", "HeartbeatInterval", String(heartbeatSeconds)),
    el(
      "Ping",
      "Folders",
      ...collectionIds.map((id) => el("Ping", "Folder", el("Ping", "Id", id), el("Ping", "Class", "Email"))),
    ),
  );
}

export interface PingReply {
  readonly status: number;
  readonly collectionIds: readonly string[];
  readonly heartbeatSeconds: number | null;
  readonly maxFolders: number | null;
}

export function readPing(root: WbxmlElement): PingReply {
  return {
    status: childInteger(root, "Ping", "Status") ?? 0,
    collectionIds: children(child(root, "Ping", "Folders"), "Ping", "Folder")
      .map(textOf)
      .filter((id) => id !== ""),
    heartbeatSeconds: childInteger(root, "Ping", "HeartbeatInterval"),
    maxFolders: childInteger(root, "Ping", "MaxFolders"),
  };
}
