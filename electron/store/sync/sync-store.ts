import type { AccountId } from "../../../shared/model/ids.ts";
import type { Clock } from "../../ports/basics.ts";
import type { SyncStore } from "../../ports/sync-store.ts";
import type { Db } from "../db/database.ts";
import type { BodyRequests } from "./bodies.ts";
import type { CollectionWriter } from "./collection.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { OutboxQueue } from "./outbox.ts";
import type { IntentQueue } from "./verdicts.ts";

export interface SyncParts {
  readonly folders: Hierarchy;
  readonly collections: CollectionWriter;
  readonly intents: IntentQueue;
  readonly outbox: OutboxQueue;
  readonly bodies: BodyRequests;
}

/** Binds the account to everything sync may do; after its removal every read is empty and no write counts. */
export function syncStores(db: Db, clock: Clock, parts: SyncParts): (accountId: AccountId) => SyncStore {
  const number = db.sql.prepare<[AccountId], number>("SELECT n FROM accounts WHERE id = ?").pluck();
  const lastSync = db.sql
    .prepare<[number], number | null>("SELECT last_sync FROM accounts WHERE n = ?")
    .pluck();
  const known = new Map<AccountId, { readonly account: number; readonly store: SyncStore }>();

  function make(accountId: AccountId, account: number): SyncStore {
    return {
      accountId,
      hierarchyKey: () => parts.folders.key(account),
      commitFolders: (previousKey, delta) => parts.folders.commit(account, previousKey, delta),
      resetFolders: () => parts.folders.reset(account),
      collections: () => parts.folders.collections(account),
      commitCollection: (commit) => parts.collections.commit(account, commit),
      resetCollection: (folderId) => parts.collections.reset(account, folderId),
      intents: (limit) => parts.intents.next(account, limit),
      settleIntents: (verdicts) => db.write(() => parts.intents.settle(account, verdicts)),
      pendingCount: () => ({
        actions: parts.intents.count(account),
        outbox: parts.outbox.count(account),
      }),
      outboxNext: (now) => parts.outbox.next(account, now),
      outboxSending: (draftId) => parts.outbox.sending(account, draftId),
      outboxSent: (draftId) => parts.outbox.sent(account, draftId),
      outboxFailed: (draftId, reason, retryAt) => parts.outbox.failed(account, draftId, reason, retryAt),
      bodiesWanted: (limit) => parts.bodies.wanted(account, limit),
      commitBody: (messageId, body, attachments) =>
        parts.bodies.commit(account, messageId, body, attachments),
      bodyFailed: (messageId) => parts.bodies.failed(account, messageId, clock.now()),
      lastSync: () => lastSync.get(account) ?? null,
      onWork: (listener) => db.changes.onWork(account, listener),
    };
  }

  return (accountId) => {
    const account = number.get(accountId);
    const held = known.get(accountId);
    // One that was removed and made again is another account.
    if (held !== undefined && (account === undefined || held.account === account)) return held.store;
    if (account === undefined) throw new Error("syncStore: there is no such account");
    const store = make(accountId, account);
    known.set(accountId, { account, store });
    return store;
  };
}
