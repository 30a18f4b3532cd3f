import type { Command } from "./context.ts";
import { getItemEstimate } from "./estimate.ts";
import { folderEdit, folderSync } from "./folders.ts";
import { itemOperations } from "./item-operations.ts";
import { moveItems } from "./move.ts";
import { ping } from "./ping.ts";
import { provision } from "./provision.ts";
import { send } from "./send.ts";
import { settings } from "./settings.ts";
import { sync } from "./sync.ts";

interface Entry {
  readonly run: Command;
  /** Root element of the request, and namespace of its Status. */
  readonly root: string;
  /** Ping, Sync and the 12.1 form of sending may come without a WBXML body. */
  readonly emptyBody?: boolean;
}

export const COMMANDS: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ["Sync", { run: sync, root: "AirSync:Sync", emptyBody: true }],
  ["SendMail", { run: send("SendMail"), root: "ComposeMail:SendMail" }],
  ["SmartReply", { run: send("SmartReply"), root: "ComposeMail:SmartReply" }],
  ["SmartForward", { run: send("SmartForward"), root: "ComposeMail:SmartForward" }],
  ["FolderSync", { run: folderSync, root: "FolderHierarchy:FolderSync" }],
  ["FolderCreate", { run: folderEdit("FolderCreate"), root: "FolderHierarchy:FolderCreate" }],
  ["FolderUpdate", { run: folderEdit("FolderUpdate"), root: "FolderHierarchy:FolderUpdate" }],
  ["FolderDelete", { run: folderEdit("FolderDelete"), root: "FolderHierarchy:FolderDelete" }],
  ["MoveItems", { run: moveItems, root: "Move:MoveItems" }],
  ["GetItemEstimate", { run: getItemEstimate, root: "GetItemEstimate:GetItemEstimate" }],
  ["Ping", { run: ping, root: "Ping:Ping", emptyBody: true }],
  ["ItemOperations", { run: itemOperations, root: "ItemOperations:ItemOperations" }],
  ["Provision", { run: provision, root: "Provision:Provision" }],
  ["Settings", { run: settings, root: "Settings:Settings" }],
]);
