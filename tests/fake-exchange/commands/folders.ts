import type { FolderStep } from "../state/device.ts";
import type { Folder } from "../state/mailbox.ts";
import { children, e, text, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, reply } from "./context.ts";

function statusOnly(status: number): CommandAnswer {
  return reply(e("FolderHierarchy:FolderSync", e("FolderHierarchy:Status", status)));
}

function described(folder: Folder): WbxmlOutput[] {
  return [
    e("FolderHierarchy:ServerId", folder.id),
    e("FolderHierarchy:ParentId", folder.parentId),
    e("FolderHierarchy:DisplayName", folder.name),
    e("FolderHierarchy:Type", folder.type),
  ];
}

function changesSince(context: Context, step: FolderStep): WbxmlOutput[] {
  const { folders, folderLog } = context.mailbox;
  const out: WbxmlOutput[] = [];
  const seen = new Set<string>();
  for (; step.logAt < folderLog.length; step.logAt++) {
    const id = folderLog[step.logAt] ?? "";
    if (seen.has(id)) continue;
    seen.add(id);
    const folder = folders.get(id);
    const known = step.known.get(id);
    if (folder === undefined) {
      if (known === undefined) continue;
      step.known.delete(id);
      out.push(e("FolderHierarchy:Delete", e("FolderHierarchy:ServerId", id)));
    } else if (known !== folder.revision) {
      step.known.set(id, folder.revision);
      out.push(e(known === undefined ? "FolderHierarchy:Add" : "FolderHierarchy:Update", described(folder)));
    }
  }
  return out;
}

/** FolderSync (MS-ASCMD 2.2.1.5): the hierarchy, or what changed in it since a key. */
export async function folderSync(context: Context): Promise<CommandAnswer> {
  const key = context.request === null ? null : text(context.request, "FolderHierarchy:SyncKey");
  if (key === null || key === "") return statusOnly(10);
  const { device } = context;
  const place = device.folderKeys.place(key);
  if (place === "unknown") return statusOnly(9);
  if (place === "previous" && device.folderKeys.last?.request === key) {
    return reply(device.folderKeys.last.answer);
  }
  if (place === "initial") device.folderState = { known: new Map(), logAt: 0 };
  const changes = changesSince(context, device.folderState);
  const next = changes.length === 0 && place === "current" ? key : device.folderKeys.advance(key);
  const answer = e(
    "FolderHierarchy:FolderSync",
    e("FolderHierarchy:Status", 1),
    e("FolderHierarchy:SyncKey", next),
    e("FolderHierarchy:Changes", e("FolderHierarchy:Count", changes.length), changes),
  );
  if (next !== key) device.folderKeys.last = { request: key, answer };
  return reply(answer);
}

function editAnswer(command: string, parts: readonly WbxmlOutput[]): CommandAnswer {
  return reply(e(`FolderHierarchy:${command}`, parts));
}

/** FolderCreate, FolderUpdate and FolderDelete (MS-ASCMD 2.2.1.2 to 2.2.1.4, 2.2.1.6). */
export function folderEdit(command: "FolderCreate" | "FolderUpdate" | "FolderDelete") {
  return async (context: Context): Promise<CommandAnswer> => {
    const { request, mailbox, device } = context;
    const status = (code: number): CommandAnswer => editAnswer(command, [e("FolderHierarchy:Status", code)]);
    const key = text(request, "FolderHierarchy:SyncKey");
    const name = text(request, "FolderHierarchy:DisplayName") ?? "";
    const parentId = text(request, "FolderHierarchy:ParentId") ?? "0";
    const serverId = text(request, "FolderHierarchy:ServerId") ?? "";
    if (key === null || key === "" || (command !== "FolderDelete" && name === "")) return status(10);
    if (key === "0" || device.folderKeys.place(key) !== "current") return status(9);
    const taken = [...mailbox.folders.values()].some(
      (one) => one.parentId === parentId && one.name === name && one.id !== serverId,
    );
    const done = (id: string | null): CommandAnswer => {
      const folder = id === null ? undefined : mailbox.folders.get(id);
      if (folder !== undefined) device.folderState.known.set(folder.id, folder.revision);
      const next = device.folderKeys.advance(key);
      device.folderKeys.last = null;
      return editAnswer(command, [
        e("FolderHierarchy:Status", 1),
        e("FolderHierarchy:SyncKey", next),
        ...(command === "FolderCreate" && id !== null ? [e("FolderHierarchy:ServerId", id)] : []),
      ]);
    };
    if (command === "FolderCreate") {
      if (parentId !== "0" && !mailbox.folders.has(parentId)) return status(5);
      if (taken) return status(2);
      return done(mailbox.addFolder(name, parentId).id);
    }
    const folder = mailbox.folders.get(serverId);
    if (folder === undefined) return status(4);
    // The folders that every mailbox has are not the client's to change.
    if (folder.type !== 12 || folder.name === "Junk Email") return status(3);
    if (command === "FolderDelete") {
      mailbox.removeFolder(folder);
      device.folderState.known.delete(serverId);
      return done(null);
    }
    if (parentId !== "0" && !mailbox.folders.has(parentId)) return status(5);
    if (taken) return status(2);
    mailbox.updateFolder(folder, name, parentId);
    return done(serverId);
  };
}

/** Ids of the folders that a request names, as for Ping. */
export function namedFolders(context: Context, list: string, item: string, id: string): string[] {
  const parent = context.request?.children.find((one) => one.name === list) ?? null;
  return children(parent, item).flatMap((one) => text(one, id) ?? []);
}
