import { serverIdOf } from "./state/mailbox.ts";
import type { Account, SentRecord, World } from "./state/world.ts";

export interface TrueMessage {
  readonly serverId: string;
  readonly subject: string;
  readonly messageId: string;
  readonly date: number;
  readonly read: boolean;
  readonly flag: 0 | 1 | 2;
}

export interface TrueFolder {
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
  readonly type: number;
  readonly messages: readonly TrueMessage[];
}

/** A copy of what the server holds for one user. */
export interface Truth {
  readonly folders: readonly TrueFolder[];
  /** Every submission of this user that was accepted, in order. */
  readonly sent: readonly SentRecord[];
}

export function truthOf(world: World, account: Account): Truth {
  return {
    folders: [...account.mailbox.folders.values()].map((folder) => ({
      id: folder.id,
      parentId: folder.parentId,
      name: folder.name,
      type: folder.type,
      messages: [...folder.items.values()].map((item) => {
        const { subject, messageId } = item.source.message();
        return {
          serverId: serverIdOf(item),
          subject,
          messageId,
          date: item.source.date,
          read: item.read,
          flag: item.flag,
        };
      }),
    })),
    sent: world.sent.filter((record) => record.user === account.name),
  };
}
