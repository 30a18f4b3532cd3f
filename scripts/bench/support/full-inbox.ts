import { join } from "node:path";
import type { FolderId } from "../../../shared/model/ids.ts";
import { startDemoServer } from "../../demo/server.ts";
import { firstSync, inFolder, openMail } from "./client.ts";

export const MESSAGES = 20_000;

/** Syncs a mailbox of 20,000 messages, all in the inbox, and hands over the closed store's path. */
export function withFullInbox<T>(
  task: (place: { readonly path: string; readonly folder: string; readonly inbox: FolderId }) => Promise<T>,
): Promise<T> {
  return inFolder(async (folder) => {
    const path = join(folder, "mail.db");
    const server = await startDemoServer([`--messages=${MESSAGES}`, "--inbox-only"]);
    const store = openMail(path);
    try {
      await firstSync(store, server.account);
    } finally {
      await server.stop();
    }
    const inbox = store.mail.folders().find(({ role }) => role === "inbox");
    store.tidy();
    store.close();
    if (inbox?.total !== MESSAGES) throw new Error(`the inbox has ${inbox?.total ?? 0} messages`);
    return await task({ path, folder, inbox: inbox.id });
  });
}
