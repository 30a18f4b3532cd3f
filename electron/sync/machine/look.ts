import type { FolderId } from "../../../shared/model/ids.ts";
import { chooseBody, chooseMain, choosePing, pingTargets } from "./choose.ts";
import { endsFlights, expire } from "./gate.ts";
import { mailCollections } from "./priority.ts";
import {
  type Flight,
  FRESH,
  type Memory,
  type Moment,
  memoryOf,
  rememberAll,
  type State,
  type Step,
} from "./state.ts";
import type { Effect, Lane, Task } from "./tasks.ts";
import type { Work } from "./work.ts";

const MINUTE = 60_000;
const LANES: readonly Lane[] = ["main", "body", "ping"];
/** How long a request may take whatever the transport says; a stream that trickles forever must not hold a lane. */
const LIMITS: Readonly<Record<Task["kind"], number>> = {
  connect: 3 * MINUTE,
  folders: 5 * MINUTE,
  sync: 15 * MINUTE,
  estimate: 2 * MINUTE,
  move: 5 * MINUTE,
  send: 120 * MINUTE,
  body: 10 * MINUTE,
  ping: 2 * MINUTE,
};

/** Memory for collections that exist, and only those; the same for intents and bodies. */
function trim(state: State, work: Work): State {
  const memories = new Map<FolderId, Memory>();
  for (const { folderId } of mailCollections(work.collections)) {
    memories.set(folderId, state.memories.get(folderId) ?? FRESH);
  }
  const alive = new Set(work.intents.map(({ id }) => id));
  const wanted = new Set(work.bodies.map(({ messageId }) => messageId));
  return {
    ...state,
    work,
    memories,
    attempts: new Map([...state.attempts].filter(([id]) => alive.has(id))),
    bodyTries: new Map([...state.bodyTries].filter(([id]) => wanted.has(id))),
  };
}

/** Marks what has become due by the clock alone. */
function timers(state: State, work: Work, at: number): State {
  let after = state;
  if (after.pollAt !== null && at >= after.pollAt) {
    const watched = new Set(after.ping.polling ? [] : pingTargets(after, work, at));
    const unwatched = new Set(
      work.collections.filter(({ serverId }) => !watched.has(serverId)).map(({ folderId }) => folderId),
    );
    after = rememberAll(after, { dirty: true }, (id) => unwatched.has(id));
    const partial = after.ping.maxFolders !== null || after.ping.polling;
    after = { ...after, pollAt: partial ? at + after.settings.pollMs : null };
  }
  if (after.ping.polling && at >= after.ping.notBefore) {
    after = { ...after, ping: { ...after.ping, polling: false } };
  }
  if (after.fullPassAt !== null && at >= after.fullPassAt) {
    after = { ...rememberAll(after, { dirty: true }), foldersDue: true, fullPassAt: null };
  }
  for (const [id, memory] of after.memories) {
    if (memory.mutedUntil !== 0 && at >= memory.mutedUntil) {
      after = rememberAll(after, { dirty: true, announced: true, mutedUntil: 0 }, (other) => other === id);
    }
  }
  return after;
}

function launch(state: State, lane: Lane, task: Task, at: number): { state: State; effects: Effect[] } {
  const id = state.nextId;
  const held = task.kind === "ping" ? task.seconds * 1000 : 0;
  const flight: Flight = { id, task, startedAt: at, deadline: at + held + LIMITS[task.kind] };
  const effects: Effect[] = [];
  // Written before the first byte leaves, so that a restart knows that the server may have it.
  if (task.kind === "send") effects.push({ kind: "outbox-sending", entry: task.entry, at });
  effects.push({ kind: "run", lane, id, task });
  return {
    state: {
      ...state,
      nextId: id + 1,
      flights: { ...state.flights, [lane]: flight },
      ping: lane === "ping" ? { ...state.ping, stale: false } : state.ping,
    },
    effects,
  };
}

/** Requests to end: all when the gate demands it, those past their limit, and a Ping that watches the wrong things. */
function cancels(state: State, work: Work, at: number): Effect[] {
  const effects: Effect[] = [];
  for (const lane of LANES) {
    const flight = state.flights[lane];
    if (flight === null) continue;
    const barred = state.gate !== null && endsFlights(state.gate);
    const outdated =
      flight.task.kind === "ping" &&
      state.flights.main === null &&
      (state.ping.stale || flight.task.collectionIds.join("\n") !== pingTargets(state, work, at).join("\n"));
    if (barred || at >= flight.deadline || outdated) effects.push({ kind: "cancel", lane, id: flight.id });
  }
  return effects;
}

function nextWake(state: State, work: Work, at: number): number | null {
  const times: number[] = [];
  const add = (time: number | null) => {
    if (time !== null && time > at) times.push(time);
  };
  add(state.gate?.until ?? null);
  add(state.pollAt);
  add(state.fullPassAt);
  add(state.ping.notBefore);
  add(work.outbox.dueAt);
  if (work.outbox.entry !== null) {
    add(state.sendAfter);
    add(work.outbox.entry.notBefore);
  }
  if (work.intents.length > 0) {
    add(state.intentsAfter);
    add(state.movesAfter);
  }
  if (work.bodies.length > 0) add(state.bodyAfter);
  for (const lane of LANES) add(state.flights[lane]?.deadline ?? null);
  for (const { folderId } of work.collections) {
    const memory = memoryOf(state, folderId);
    if (memory.dirty) add(memory.retryAt);
    add(memory.mutedUntil);
  }
  return times.length === 0 ? null : Math.min(...times);
}

/** Decides what begins now, and when to look again. */
export function look(before: State, work: Work, now: Moment): Step {
  const { at } = now;
  let state = timers(trim(expire(before, at), work), work, at);
  const effects: Effect[] = [];
  if (state.gate === null) {
    const main = state.flights.main === null ? chooseMain(state, work, at) : null;
    if (main !== null) {
      const begun = launch(state, "main", main, at);
      state = begun.state;
      effects.push(...begun.effects);
    }
    const body = state.flights.body === null ? chooseBody(state, work, at) : null;
    if (body !== null) {
      const begun = launch(state, "body", body, at);
      state = begun.state;
      effects.push(...begun.effects);
    }
    if (state.flights.main === null && state.connected) {
      if (state.fullPassAt === null) state = { ...state, fullPassAt: at + state.settings.fullPassMs };
      const ping = state.flights.ping === null && !state.ping.polling ? choosePing(state, work, at) : null;
      if (ping !== null) {
        const begun = launch(state, "ping", ping, at);
        state = begun.state;
        effects.push(...begun.effects);
      }
    }
  }
  effects.push(...cancels(state, work, at));
  return { state: { ...state, wakeAt: nextWake(state, work, at) }, effects };
}
