import type { PingAnswer, RemoteFault } from "../../../ports/remote.ts";
import { backoff } from "../backoff.ts";
import { faultFacts, remedyFor } from "../faults.ts";
import { setback } from "../gate.ts";
import { heartbeatBound, heartbeatCut, heartbeatHeld } from "../heartbeat.ts";
import { mailCollections } from "../priority.ts";
import {
  type Moment,
  memoryOf,
  type PingState,
  rememberAll,
  type State,
  type Step,
  succeeded,
} from "../state.ts";
import type { Effect, PingTask } from "../tasks.ts";

const HOUR = 3_600_000;
const MOST_FAILURES = 4;
const MOST_BOUNDS = 3;
/** A "nothing" that comes this much too early did not hang at all. */
const HELD_SHARE = 0.5;
/** A line that breaks in the first seconds was not too long idle. */
const IDLE_CUT_MS = 20_000;

/** A Ping that did not work: wait, and after several give way to looking at intervals. */
function pingFailure(state: State, change: Partial<PingState>, now: Moment): State {
  const failures = state.ping.failures + 1;
  const polling = failures >= MOST_FAILURES;
  const wait = polling ? HOUR : backoff(failures, now.chance, 2_000, 300_000);
  const ping: PingState = {
    ...state.ping,
    ...change,
    failures: polling ? 0 : failures,
    polling,
    notBefore: now.at + wait,
  };
  return { ...state, ping, pollAt: polling ? now.at + state.settings.pollMs : state.pollAt };
}

function worked(state: State, change: Partial<PingState>): State {
  return { ...succeeded(state), ping: { ...state.ping, failures: 0, bounds: 0, ...change } };
}

function announced(state: State, serverIds: readonly string[], task: PingTask): State {
  // An announcement that names nothing may mean any of those that were watched.
  const named = new Set(serverIds.length > 0 ? serverIds : task.collectionIds);
  const known = mailCollections(state.work?.collections ?? []);
  const folders = new Set(
    known.filter(({ serverId }) => named.has(serverId)).map(({ folderId }) => folderId),
  );
  const strange = [...named].some((id) => !known.some(({ serverId }) => serverId === id));
  const after = rememberAll(state, { dirty: true, announced: true }, (id) => folders.has(id));
  return strange ? { ...after, foldersDue: true } : after;
}

export function pingAnswered(
  state: State,
  task: PingTask,
  answer: PingAnswer,
  tookMs: number,
  now: Moment,
): Step {
  switch (answer.kind) {
    case "nothing": {
      if (tookMs < task.seconds * 1000 * HELD_SHARE)
        return { state: pingFailure(state, {}, now), effects: [] };
      const heartbeat = heartbeatHeld(state.ping.heartbeat, task.seconds);
      const calm = rememberAll(
        worked(state, { heartbeat }),
        { noise: 0 },
        (id) => memoryOf(state, id).mutedUntil === 0,
      );
      return {
        state: { ...calm, inStepAt: now.at },
        effects: [{ kind: "heartbeat", seconds: task.seconds }],
      };
    }
    case "changes":
      return { state: announced(worked(state, {}), answer.collectionIds, task), effects: [] };
    case "heartbeat": {
      const heartbeat = heartbeatBound(state.ping.heartbeat, task.seconds, answer.seconds);
      const bounds = state.ping.bounds + 1;
      if (bounds > MOST_BOUNDS)
        return { state: pingFailure(state, { heartbeat, bounds: 0 }, now), effects: [] };
      return { state: { ...state, ping: { ...state.ping, heartbeat, bounds } }, effects: [] };
    }
    case "too-many-folders": {
      const maxFolders = Math.max(1, Math.min(answer.max, task.collectionIds.length - 1));
      const pollAt = state.pollAt ?? now.at + state.settings.pollMs;
      return { state: { ...state, pollAt, ping: { ...state.ping, maxFolders } }, effects: [] };
    }
    case "folders-changed":
      // Counted as a failure until a Ping works, so that a server that says it every time is asked ever more rarely.
      return { state: { ...pingFailure(state, {}, now), foldersDue: true }, effects: [] };
  }
}

export function pingFailed(
  state: State,
  task: PingTask,
  fault: RemoteFault,
  tookMs: number,
  now: Moment,
): Step {
  const remedy = remedyFor(fault);
  const log: Effect = {
    kind: "log",
    level: "info",
    event: "ping-failed",
    facts: { ...faultFacts(fault), seconds: task.seconds, heldMs: tookMs },
  };
  switch (remedy) {
    case "cancelled":
      return { state, effects: [] };
    case "broken": {
      const idle = tookMs >= IDLE_CUT_MS;
      const heartbeat = idle ? heartbeatCut(state.ping.heartbeat, task.seconds) : state.ping.heartbeat;
      return { state: pingFailure(state, { heartbeat }, now), effects: [log] };
    }
    case "resync-folders":
    case "gone":
      return { state: { ...pingFailure(state, {}, now), foldersDue: true }, effects: [log] };
    case "server":
    case "garbage":
      return { state: pingFailure(state, {}, now), effects: [log] };
    default: {
      const general = setback(state, remedy, fault, now);
      if (general !== null) return { state: general, effects: [log] };
      return { state: pingFailure(state, {}, now), effects: [log] };
    }
  }
}
