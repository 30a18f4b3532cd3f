import type { Collection } from "../../ports/sync-store.ts";
import { commandBatch, moveBatch } from "./batch.ts";
import { mailCollections } from "./priority.ts";
import { memoryOf, type State } from "./state.ts";
import type { EstimateTask, SendTask, SyncTask, Task } from "./tasks.ts";
import type { Work } from "./work.ts";

/** While a long first pass runs elsewhere, new mail in the inbox is looked for this often. */
const INBOX_REFRESH_MS = 60_000;

function mayCarry(state: State, collection: Collection): boolean {
  const memory = memoryOf(state, collection.folderId);
  return collection.syncKey !== "0" && !memory.quiet && !memory.held;
}

function syncTask(state: State, work: Work, collection: Collection, at: number): SyncTask {
  const memory = memoryOf(state, collection.folderId);
  if (memory.repeat !== null && memory.repeat.request.syncKey === collection.syncKey) return memory.repeat;
  const carries = mayCarry(state, collection) && at >= state.intentsAfter;
  const batch = carries ? commandBatch(work.intents, collection.folderId) : { commands: [], carried: [] };
  return {
    kind: "sync",
    folderId: collection.folderId,
    carried: batch.carried,
    request: {
      collectionId: collection.serverId,
      syncKey: collection.syncKey,
      windowSize: memory.window,
      filterType: state.settings.filterType,
      bodyBytes: state.settings.bodyBytes,
      commands: batch.commands,
    },
  };
}

function estimateTask(state: State, { folderId, serverId, syncKey, stored }: Collection): EstimateTask {
  const { filterType } = state.settings;
  return { kind: "estimate", folderId, stored, request: { collectionId: serverId, syncKey, filterType } };
}

function sendTask(state: State, work: Work, at: number): SendTask | null {
  const { entry } = work.outbox;
  if (entry === null || at < state.sendAfter || at < entry.notBefore) return null;
  const plain = state.plainSend === entry.draftId;
  const message = plain ? { ...entry.message, kind: "send" as const, source: null } : entry.message;
  return { kind: "send", entry, message };
}

/** The request that carries the oldest user action that can go out, or brings its collection to where it can. */
function intentTask(state: State, work: Work, collections: readonly Collection[], at: number): Task | null {
  if (work.intents.length === 0 || at < state.intentsAfter) return null;
  const moves = at < state.movesAfter ? [] : moveBatch(work.intents);
  const firstMove = moves[0];
  for (const intent of work.intents) {
    if (firstMove !== undefined && intent.id === firstMove.intentId) return { kind: "move", moves };
    if (intent.kind === "move") continue;
    const collection = collections.find(({ folderId }) => folderId === intent.folderId);
    if (collection === undefined) continue;
    const memory = memoryOf(state, collection.folderId);
    if (at < memory.retryAt) continue;
    const task = syncTask(state, work, collection, at);
    const carried = task.carried.some(({ intentIds }) => intentIds.includes(intent.id));
    // A collection that cannot take commands yet is brought there first; one waiting behind a move is not.
    if (carried || !mayCarry(state, collection) || memory.repeat === task) return task;
  }
  return null;
}

function downloadTask(state: State, work: Work, collections: readonly Collection[], at: number): Task | null {
  const ready = collections.filter(({ folderId }) => {
    const memory = memoryOf(state, folderId);
    return memory.dirty && at >= memory.retryAt;
  });
  const first = ready[0];
  if (first === undefined) return null;
  const inbox = collections.find(({ role }) => role === "inbox");
  if (inbox !== undefined && first.role !== "inbox" && !first.complete) {
    const memory = memoryOf(state, inbox.folderId);
    if (at >= memory.retryAt && at - memory.answeredAt >= INBOX_REFRESH_MS) {
      return syncTask(state, work, inbox, at);
    }
  }
  // A pass that did not end with its first answer takes a while: find out how long, once.
  if (!first.complete && first.syncKey !== "0" && first.stored > 0) {
    if (memoryOf(state, first.folderId).expected === undefined) return estimateTask(state, first);
  }
  return syncTask(state, work, first, at);
}

/**
 * What the main lane does next, in this order: find out what the server speaks; what the user wrote; what the user
 * did; the folders; then mail, the inbox first. Null when there is nothing to do now.
 */
export function chooseMain(state: State, work: Work, at: number): Task | null {
  if (!state.connected) return { kind: "connect" };
  const send = sendTask(state, work, at);
  if (send !== null) return send;
  // A hierarchy that must be read anew may have moved the very ids that actions would name.
  if (work.hierarchyKey === "0") return { kind: "folders", syncKey: work.hierarchyKey };
  const collections = mailCollections(work.collections);
  const intent = intentTask(state, work, collections, at);
  if (intent !== null) return intent;
  if (state.foldersDue) return { kind: "folders", syncKey: work.hierarchyKey };
  return downloadTask(state, work, collections, at);
}

/** A body somebody waits for, unless it has just been tried in vain. */
export function chooseBody(state: State, work: Work, at: number): Task | null {
  if (!state.connected || at < state.bodyAfter) return null;
  const wanted = work.bodies.find(({ messageId }) => (state.bodyTries.get(messageId) ?? 0) < 3);
  return wanted === undefined ? null : { kind: "body", wanted };
}

/** The collections that one Ping can watch: in step, not muted, the important ones first. */
export function pingTargets(state: State, work: Work, at: number): readonly string[] {
  const targets = mailCollections(work.collections)
    .filter(({ folderId, syncKey }) => {
      const memory = memoryOf(state, folderId);
      return syncKey !== "0" && !memory.dirty && at >= memory.mutedUntil;
    })
    .map(({ serverId }) => serverId);
  return targets.slice(0, state.ping.maxFolders ?? targets.length);
}

export function choosePing(state: State, work: Work, at: number): Task | null {
  if (!state.connected || at < state.ping.notBefore) return null;
  const collectionIds = pingTargets(state, work, at);
  return collectionIds.length === 0
    ? null
    : { kind: "ping", collectionIds, seconds: state.ping.heartbeat.seconds };
}
