import type { SyncStatus, SyncTrouble } from "../../../shared/model/account.ts";
import type { AccountId } from "../../../shared/model/ids.ts";
import { mailCollections } from "./priority.ts";
import { memoryOf, type State } from "./state.ts";

function collectionTrouble(state: State): SyncTrouble | null {
  for (const memory of state.memories.values()) if (memory.trouble !== null) return memory.trouble;
  return null;
}

function later(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.max(a, b);
}

function mood(state: State, trouble: SyncTrouble | null): SyncStatus["state"] {
  if (state.gate?.trouble != null) return "trouble";
  if (!state.online || state.gate?.reason === "offline") return "offline";
  if (state.flights.main !== null && state.flights.main.task.kind !== "connect") return "syncing";
  if (!state.connected) return "starting";
  if (trouble !== null) return "trouble";
  // Waiting to try again is not being in step.
  const waiting = state.gate !== null || [...state.memories.values()].some(({ dirty }) => dirty);
  return waiting ? "syncing" : "idle";
}

/** The download under way: how many messages of its folder are stored, and of how many when the server told. */
function progress(state: State): SyncStatus["progress"] {
  const task = state.flights.main?.task;
  if ((task?.kind !== "sync" && task?.kind !== "estimate") || !memoryOf(state, task.folderId).dirty)
    return null;
  const collection = state.work?.collections.find(({ folderId }) => folderId === task.folderId);
  if (collection === undefined || collection.complete) return null;
  const { expected } = memoryOf(state, collection.folderId);
  const total = expected == null ? null : Math.max(expected, collection.stored);
  return { done: collection.stored, total, folder: collection.name };
}

/** What the window may know about the account's synchronisation. */
export function statusOf(state: State, accountId: AccountId): SyncStatus {
  const trouble = state.gate?.trouble ?? collectionTrouble(state);
  const { work } = state;
  const dirty =
    work !== null && mailCollections(work.collections).some((c) => memoryOf(state, c.folderId).dirty);
  return {
    accountId,
    state: mood(state, trouble),
    progress: progress(state),
    lastSync: later(work?.lastSync ?? null, dirty ? null : state.inStepAt),
    trouble,
    pendingActions: work?.pending.actions ?? 0,
    outbox: work?.pending.outbox ?? 0,
  };
}
