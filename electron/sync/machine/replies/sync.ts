import type { CollectionAnswer, RemoteFault } from "../../../ports/remote.ts";
import { backoff } from "../backoff.ts";
import { faultFacts, type Remedy, remedyFor } from "../faults.ts";
import { setback } from "../gate.ts";
import { type Memory, type Moment, memoryOf, remember, type State, type Step, succeeded } from "../state.ts";
import type { Effect, SyncTask } from "../tasks.ts";
import { EMPTY_LOOP, RESYNC_LOOP, trouble } from "../trouble.ts";
import { windowAfterAnswer, windowAfterCut, windowAfterGarbage } from "../window.ts";
import { putOff, settleCommands, type Trial } from "./verdicts.ts";

const MINUTE = 60_000;
const MOST_STRIKES = 3;
const MOST_HOLLOW = 5;
const MOST_REPEATS = 3;
const PATIENT_FAILURES = 3;

function benched(
  memory: Memory,
  now: Moment,
  words: string | null,
  kind: "server" | "protocol",
): Partial<Memory> {
  const failures = memory.failures + 1;
  const retryAt = now.at + backoff(failures, now.chance, 2 * MINUTE, 60 * MINUTE);
  return { failures, retryAt, trouble: trouble(kind, retryAt, words ?? undefined) };
}

/** An answer stored: what it changes about the collection, the window, and what is known of its Ping. */
export function syncAnswered(
  state: State,
  task: SyncTask,
  answer: CollectionAnswer,
  tookMs: number,
  now: Moment,
): Step {
  const { folderId, request } = task;
  const memory = memoryOf(state, folderId);
  const initial = request.syncKey === "0";
  const changes = answer.added.length + answer.changed.length + answer.deleted.length;
  const passComplete = !answer.moreAvailable && !initial;
  const collection = state.work?.collections.find((candidate) => candidate.folderId === folderId);
  const settled = settleCommands(
    task.carried,
    answer,
    // Commands come before changes in an answer: what completes the pass came after them.
    collection?.complete === true && !memory.held,
    state.attempts,
  );

  // A key that does not move, or a promise of more with nothing given, is a loop in the making.
  const hollow =
    (answer.moreAvailable && changes === 0 && answer.unreadable.count === 0 && !initial) ||
    answer.syncKey === "0"
      ? memory.hollow + 1
      : 0;
  const empty = changes === 0 && task.carried.length === 0;
  const noise = memory.announced ? (empty ? memory.noise + 1 : 0) : memory.noise;
  const effects: Effect[] = [
    {
      kind: "commit-collection",
      commit: {
        folderId,
        previousKey: request.syncKey,
        newKey: answer.syncKey,
        added: answer.added,
        changed: answer.changed,
        deleted: answer.deleted,
        verdicts: settled.verdicts,
        passComplete,
        at: now.at,
      },
    },
  ];
  if (answer.unreadable.count > 0) {
    effects.push({
      kind: "log",
      level: "warn",
      event: "items-unreadable",
      facts: { folder: folderId, count: answer.unreadable.count },
    });
  }
  let next: Partial<Memory> = {
    dirty: !passComplete,
    quiet: false,
    held: passComplete ? false : memory.held || settled.unknown,
    repeat: null,
    repeats: 0,
    window: windowAfterAnswer(memory.window, answer, tookMs),
    failures: 0,
    retryAt: 0,
    strikes: passComplete ? 0 : memory.strikes,
    hollow,
    announced: false,
    noise,
    // Each announcement that proves empty makes the next silence longer; the look at its end keeps mail coming.
    mutedUntil: noise >= 3 ? now.at + Math.min(30 * MINUTE, MINUTE * 2 ** (noise - 3)) : 0,
    trouble: passComplete ? null : memory.trouble,
    answeredAt: now.at,
  };
  if (hollow >= MOST_HOLLOW) {
    const failures = hollow - MOST_HOLLOW;
    next = { ...next, ...benched({ ...memory, failures }, now, EMPTY_LOOP, "protocol") };
  }
  let after = remember(succeeded(state), folderId, next);
  after = {
    ...after,
    attempts: settled.attempts,
    intentsAfter: settled.waiting
      ? now.at + backoff(Math.max(0, ...settled.attempts.values()), now.chance, 5_000, 5 * MINUTE)
      : after.intentsAfter,
    ping: task.carried.length > 0 ? { ...after.ping, stale: true } : after.ping,
  };
  return { state: after, effects };
}

function resync(state: State, task: SyncTask, hierarchy: boolean, now: Moment): Step {
  const memory = memoryOf(state, task.folderId);
  const strikes = memory.strikes + 1;
  const again: Partial<Memory> = {
    strikes,
    dirty: true,
    quiet: hierarchy,
    repeat: null,
    repeats: 0,
  };
  const loop =
    strikes > MOST_STRIKES
      ? benched({ ...memory, failures: strikes - MOST_STRIKES - 1 }, now, RESYNC_LOOP, "protocol")
      : {};
  const after = remember(state, task.folderId, { ...again, ...loop });
  if (hierarchy) return { state: { ...after, foldersDue: true }, effects: [{ kind: "reset-folders" }] };
  return { state: after, effects: [{ kind: "reset-collection", folderId: task.folderId }] };
}

/** The request is to be made again: unchanged when it carried commands, otherwise in smaller portions. */
function unknownFate(memory: Memory, task: SyncTask, remedy: Remedy): Partial<Memory> {
  const smaller = remedy === "garbage" ? windowAfterGarbage(memory.window) : windowAfterCut(memory.window);
  const window = remedy === "cancelled" ? memory.window : smaller;
  if (task.carried.length === 0) return { dirty: true, quiet: true, window };
  const repeats = memory.repeats + (remedy === "cancelled" ? 0 : 1);
  if (repeats > MOST_REPEATS) return { dirty: true, quiet: true, window, repeat: null, repeats: 0 };
  return { dirty: true, window, repeat: task, repeats };
}

/** A Sync that failed as a whole. */
export function syncFailed(state: State, task: SyncTask, fault: RemoteFault, now: Moment): Step {
  const remedy = remedyFor(fault);
  const memory = memoryOf(state, task.folderId);
  const log: Effect = {
    kind: "log",
    level: remedy === "cancelled" ? "debug" : "warn",
    event: "sync-failed",
    facts: { folder: task.folderId, ...faultFacts(fault) },
  };
  if (remedy === "resync-collection" || remedy === "resync-folders") {
    const step = resync(state, task, remedy === "resync-folders", now);
    return { state: step.state, effects: [...step.effects, log] };
  }
  if (remedy === "gone") {
    const after = remember({ ...state, foldersDue: true }, task.folderId, {
      repeat: null,
      ...benched(memory, now, null, "server"),
    });
    return { state: after, effects: [log] };
  }
  const general = setback(state, remedy, fault, now);
  if (general !== null) {
    const failures =
      memory.failures + (remedy === "broken" || remedy === "server" || remedy === "garbage" ? 1 : 0);
    // One collection that always fails must not keep the others waiting.
    const bench =
      failures > PATIENT_FAILURES && failures !== memory.failures
        ? benched(memory, now, null, remedy === "garbage" ? "protocol" : "server")
        : { failures };
    const after = remember(general, task.folderId, { ...unknownFate(memory, task, remedy), ...bench });
    return { state: after, effects: [log] };
  }
  if (remedy === "give-up") {
    const trial: Trial = { verdicts: [], attempts: new Map(state.attempts) };
    for (const { intentIds } of task.carried) for (const id of intentIds) putOff(trial, id);
    const after = remember({ ...state, attempts: trial.attempts }, task.folderId, {
      repeat: null,
      quiet: true,
      ...benched({ ...memory, failures: memory.failures + 2 }, now, null, "protocol"),
    });
    return { state: after, effects: [{ kind: "settle", verdicts: trial.verdicts }, log] };
  }
  // again-soon, again-later, server-won, done, adapt: the server is alive and wants the request another time.
  const failures = memory.failures + 1;
  const base = remedy === "again-later" ? 30_000 : 2_000;
  const retryAt = now.at + backoff(failures, now.chance, base, 30 * MINUTE);
  const after = remember(state, task.folderId, {
    ...unknownFate(memory, task, "broken"),
    failures,
    retryAt,
    trouble: failures > PATIENT_FAILURES ? trouble("server", retryAt) : memory.trouble,
  });
  return { state: after, effects: [log] };
}
