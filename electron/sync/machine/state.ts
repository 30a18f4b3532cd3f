import type { SyncTrouble } from "../../../shared/model/account.ts";
import type { DraftId, FolderId, MessageId } from "../../../shared/model/ids.ts";
import { firstHeartbeat, type Heartbeat } from "./heartbeat.ts";
import type { Effect, Lane, SyncTask, Task } from "./tasks.ts";
import { FIRST_WINDOW } from "./window.ts";
import type { SyncSettings, Work } from "./work.ts";

export interface Flight {
  readonly id: number;
  readonly task: Task;
  readonly startedAt: number;
  /** A request that has not ended by then is given up, whatever the transport says. */
  readonly deadline: number;
}

export type GateReason = "offline" | "setback" | "busy" | "slow" | "sign-in" | "wipe";

export interface Gate {
  readonly reason: GateReason;
  readonly since: number;
  /** Null: only an event opens it. */
  readonly until: number | null;
  readonly trouble: SyncTrouble | null;
}

/** What is known about one collection between its requests. A restart may forget all of it. */
export interface Memory {
  /** It may hold changes that we do not have. */
  readonly dirty: boolean;
  /** The fate of an earlier request under the stored key is unknown and it cannot be repeated as it was. */
  readonly quiet: boolean;
  /** The server may not know messages here by our ids yet: no commands before the pass is complete. */
  readonly held: boolean;
  /** A request with commands whose answer was lost, to be sent again unchanged. */
  readonly repeat: SyncTask | null;
  readonly repeats: number;
  readonly window: number;
  /** Failures in a row. */
  readonly failures: number;
  readonly retryAt: number;
  /** Resyncs in a row without a complete pass. */
  readonly strikes: number;
  /** Answers in a row with MoreAvailable and nothing in them. */
  readonly hollow: number;
  /** Commits of answers under this key that the store refused, in a row. */
  readonly refusals: number;
  readonly refusedKey: string | null;
  /** Dirty because a Ping said so. */
  readonly announced: boolean;
  /** Announcements in a row that no change followed. */
  readonly noise: number;
  readonly mutedUntil: number;
  readonly trouble: SyncTrouble | null;
  readonly answeredAt: number;
  /** How many messages the first pass will have stored in the end; undefined until asked, null when not told. */
  readonly expected: number | null | undefined;
}

export interface PingState {
  readonly heartbeat: Heartbeat;
  readonly failures: number;
  /** Heartbeat bounds answered in a row. */
  readonly bounds: number;
  readonly notBefore: number;
  /** Ping does not work here: look at intervals until `notBefore`. */
  readonly polling: boolean;
  /** The most folders that the server lets one Ping watch. */
  readonly maxFolders: number | null;
  /** Own changes have gone out since it began: its view of the collections is old. */
  readonly stale: boolean;
}

export interface State {
  readonly settings: SyncSettings;
  readonly nextId: number;
  readonly connected: boolean;
  /** What the operating system says; only shown, never trusted. */
  readonly online: boolean;
  readonly gate: Gate | null;
  /** Failures in a row, whatever the command. */
  readonly failures: number;
  /** Times in a row that the server could not be reached, and for what. */
  readonly offlines: number;
  readonly offlineFor: Task["kind"] | null;
  readonly flights: Readonly<Record<Lane, Flight | null>>;
  readonly memories: ReadonlyMap<FolderId, Memory>;
  readonly foldersDue: boolean;
  /** Hierarchy resyncs in a row. */
  readonly folderStrikes: number;
  /** How often the server has put an intent off. */
  readonly attempts: ReadonlyMap<number, number>;
  readonly intentsAfter: number;
  /** MoveItems requests in a row that failed, and when the next may go. */
  readonly moveFailures: number;
  readonly movesAfter: number;
  readonly sendAfter: number;
  readonly sendAttempts: number;
  /** A reply whose original is gone, to be sent as a plain message. */
  readonly plainSend: DraftId | null;
  readonly bodyTries: ReadonlyMap<MessageId, number>;
  readonly bodyAfter: number;
  readonly ping: PingState;
  readonly pollAt: number | null;
  readonly fullPassAt: number | null;
  readonly inStepAt: number | null;
  /** The work of the last look. */
  readonly work: Work | null;
  /** When to look again even if nothing happens. */
  readonly wakeAt: number | null;
}

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export interface Moment {
  readonly at: number;
  readonly chance: number;
}

export const FRESH: Memory = {
  dirty: true,
  // At start the previous run may have died between a request and the commit of its answer.
  quiet: true,
  held: false,
  repeat: null,
  repeats: 0,
  window: FIRST_WINDOW,
  failures: 0,
  retryAt: 0,
  strikes: 0,
  hollow: 0,
  refusals: 0,
  refusedKey: null,
  announced: false,
  noise: 0,
  mutedUntil: 0,
  trouble: null,
  answeredAt: 0,
  expected: undefined,
};

export function firstState(settings: SyncSettings): State {
  return {
    settings,
    nextId: 1,
    connected: false,
    online: true,
    gate: null,
    failures: 0,
    offlines: 0,
    offlineFor: null,
    flights: { main: null, body: null, ping: null },
    memories: new Map(),
    foldersDue: true,
    folderStrikes: 0,
    attempts: new Map(),
    intentsAfter: 0,
    moveFailures: 0,
    movesAfter: 0,
    sendAfter: 0,
    sendAttempts: 0,
    plainSend: null,
    bodyTries: new Map(),
    bodyAfter: 0,
    ping: {
      heartbeat: firstHeartbeat(settings.heartbeatSeconds),
      failures: 0,
      bounds: 0,
      notBefore: 0,
      polling: false,
      maxFolders: null,
      stale: false,
    },
    pollAt: null,
    fullPassAt: null,
    inStepAt: null,
    work: null,
    wakeAt: null,
  };
}

export function memoryOf(state: State, folderId: FolderId): Memory {
  return state.memories.get(folderId) ?? FRESH;
}

export function remember(state: State, folderId: FolderId, change: Partial<Memory>): State {
  const memories = new Map(state.memories);
  memories.set(folderId, { ...memoryOf(state, folderId), ...change });
  return { ...state, memories };
}

/** Applies one change to the memory of every collection that `which` picks. */
export function rememberAll(
  state: State,
  change: Partial<Memory>,
  which: (id: FolderId) => boolean = () => true,
): State {
  const memories = new Map<FolderId, Memory>();
  for (const [id, memory] of state.memories) memories.set(id, which(id) ? { ...memory, ...change } : memory);
  return { ...state, memories };
}

/** A success of any kind shows that line, server and account work. */
export function succeeded(state: State): State {
  return state.failures === 0 && state.online ? state : { ...state, failures: 0, online: true };
}
