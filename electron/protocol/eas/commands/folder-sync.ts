import type { FolderRole } from "../../../../shared/model/mail.ts";
import type { CollectionClass, FolderDelta, RemoteFolder } from "../../../ports/remote.ts";
import { child, childInteger, children, childText, el, textOf, type WbxmlElement } from "../wbxml/index.ts";
import type { StatusTable } from "./status.ts";

/** MS-ASCMD 2.2.3.177.4. */
export const folderSyncStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "success" },
  6: { recovery: "retry-later", meaning: "server error" },
  9: { recovery: "resync-folders", meaning: "synchronisation key mismatch" },
  10: { recovery: "give-up", meaning: "incorrectly formatted request" },
  11: { recovery: "retry", meaning: "unknown error" },
  12: { recovery: "retry-later", meaning: "code unknown" },
};

export function folderSyncRequest(syncKey: string): WbxmlElement {
  return el("FolderHierarchy", "FolderSync", el("FolderHierarchy", "SyncKey", syncKey));
}

interface FolderSyncAnswer {
  readonly status: number;
  /** Null when the status is not 1. */
  readonly delta: FolderDelta | null;
}

const maxFolders = 20_000;

export function readFolderSync(root: WbxmlElement): FolderSyncAnswer {
  const status = childInteger(root, "FolderHierarchy", "Status") ?? 0;
  const syncKey = childText(root, "FolderHierarchy", "SyncKey");
  if (status !== 1 || syncKey === null) return { status: status === 1 ? 0 : status, delta: null };
  const changes = child(root, "FolderHierarchy", "Changes");
  const folders = (name: "Add" | "Update") =>
    children(changes, "FolderHierarchy", name)
      .slice(0, maxFolders)
      .map(readFolder)
      .filter((folder) => folder !== null);
  const deleted = children(changes, "FolderHierarchy", "Delete")
    .map((element) => child(element, "FolderHierarchy", "ServerId"))
    .filter((id) => id !== undefined)
    .map(textOf)
    .filter((id) => id !== "");
  return { status, delta: { syncKey, added: folders("Add"), updated: folders("Update"), deleted } };
}

function readFolder(element: WbxmlElement): RemoteFolder | null {
  const serverId = childText(element, "FolderHierarchy", "ServerId") ?? "";
  if (serverId === "") return null;
  const name = (childText(element, "FolderHierarchy", "DisplayName") ?? "").slice(0, 1_000);
  const parentId = childText(element, "FolderHierarchy", "ParentId") || "0";
  const type = childInteger(element, "FolderHierarchy", "Type") ?? 0;
  const [role, kind] = folderTypes[type] ?? ["user", "other"];
  return { serverId, parentId, name, role: role === "user" ? roleByName(name, kind) : role, class: kind };
}

/** MS-ASCMD 2.2.3.186.3. */
const folderTypes: Readonly<Record<number, readonly [FolderRole, CollectionClass]>> = {
  1: ["user", "mail"],
  2: ["inbox", "mail"],
  3: ["drafts", "mail"],
  4: ["trash", "mail"],
  5: ["sent", "mail"],
  6: ["outbox", "mail"],
  7: ["user", "tasks"],
  8: ["user", "calendar"],
  9: ["user", "contacts"],
  10: ["user", "notes"],
  11: ["user", "other"],
  12: ["user", "mail"],
  13: ["user", "calendar"],
  14: ["user", "contacts"],
  15: ["user", "tasks"],
  16: ["user", "other"],
  17: ["user", "notes"],
  18: ["user", "other"],
  19: ["user", "other"],
};

const junkNames: ReadonlySet<string> = new Set([
  "junk",
  "junk email",
  "junk e-mail",
  "spam",
  "junk-e-mail",
  "spamverdacht",
  "courrier indésirable",
  "correo no deseado",
  "posta indesiderata",
  "ongewenste e-mail",
]);

/** ActiveSync has no folder type for junk mail, so that its usual names must tell. */
function roleByName(name: string, kind: CollectionClass): FolderRole {
  return kind === "mail" && junkNames.has(name.trim().toLowerCase()) ? "junk" : "user";
}
