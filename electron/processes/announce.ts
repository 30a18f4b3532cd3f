import type { WireEvent } from "../../shared/contract/define.ts";
import type { Store } from "../store/api.ts";

/** Tells the windows what the store's transactions changed, by ids only; they ask for what they show. */
export function announceChanges(store: Store, announce: (event: WireEvent) => void): () => void {
  return store.onChange((change) => {
    if (change.folderIds.length > 0) {
      announce({
        event: "mail.changed",
        payload: { folderIds: change.folderIds, messageIds: change.messageIds },
      });
    }
    if (change.folders) announce({ event: "mail.foldersChanged", payload: {} });
    if (change.accounts) announce({ event: "accounts.changed", payload: {} });
    if (change.drafts || change.outbox) announce({ event: "compose.changed", payload: {} });
  });
}
