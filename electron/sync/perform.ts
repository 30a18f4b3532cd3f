import type { Log } from "../ports/basics.ts";
import type { SyncStore } from "../ports/sync-store.ts";
import type { Effect, Happening } from "./machine/tasks.ts";
import type { Work } from "./machine/work.ts";

/** More intents than fit one request, so that coalescing sees enough of them. */
const INTENTS_READ = 400;
const BODIES_READ = 8;

/** Everything that the store says there is to do. */
export function readWork(store: SyncStore, now: number): Work {
  return {
    hierarchyKey: store.hierarchyKey(),
    collections: store.collections(),
    intents: store.intents(INTENTS_READ),
    outbox: store.outboxNext(now),
    bodies: store.bodiesWanted(BODIES_READ),
    pending: store.pendingCount(),
    lastSync: store.lastSync(),
  };
}

export type StoreEffect = Exclude<Effect, { readonly kind: "run" | "cancel" | "heartbeat" | "log" }>;

/** Writes one effect to the store. Returns what the machine must hear of it, if anything. */
export function write(store: SyncStore, effect: StoreEffect, log: Log): Happening | null {
  switch (effect.kind) {
    case "commit-folders": {
      if (store.commitFolders(effect.previousKey, effect.delta)) return null;
      log("warn", "folders-commit-refused");
      return { kind: "refused", folderId: null, key: effect.previousKey };
    }
    case "reset-folders":
      store.resetFolders();
      return null;
    case "commit-collection": {
      if (store.commitCollection(effect.commit)) return null;
      log("warn", "commit-refused", { folder: effect.commit.folderId });
      return { kind: "refused", folderId: effect.commit.folderId, key: effect.commit.previousKey };
    }
    case "reset-collection":
      store.resetCollection(effect.folderId);
      return null;
    case "settle":
      store.settleIntents(effect.verdicts);
      return null;
    case "outbox-sending":
      store.outboxSending(effect.entry.draftId, effect.at);
      return null;
    case "outbox-sent":
      store.outboxSent(effect.entry.draftId);
      return null;
    case "outbox-failed":
      store.outboxFailed(effect.entry.draftId, effect.reason, effect.retryAt);
      return null;
    case "commit-body":
      store.commitBody(effect.wanted.messageId, effect.body, null);
      return null;
    case "body-failed":
      store.bodyFailed(effect.wanted.messageId);
      return null;
  }
}
