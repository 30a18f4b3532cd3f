import type { FolderNode, FolderRole } from "../../shared/model/mail.ts";

const NAMES: Readonly<Record<Exclude<FolderRole, "user">, string>> = {
  inbox: "Inbox",
  drafts: "Drafts",
  sent: "Sent",
  outbox: "Outbox",
  trash: "Deleted",
  junk: "Junk",
};

/** What a folder is called here: servers name the standard ones in their own ways ("INBOX", "Sent Items"). */
export function folderName({ name, role }: Pick<FolderNode, "name" | "role">): string {
  return role === "user" ? name : NAMES[role];
}

/** The name for a folder that is only known by what its server calls it. */
export function nameOnServer(name: string, folders: readonly FolderNode[]): string {
  const folder = folders.find((candidate) => candidate.name === name);
  return folder === undefined ? name : folderName(folder);
}
