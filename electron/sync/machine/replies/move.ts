import type { MoveVerdict, RemoteFault } from "../../../ports/remote.ts";
import { backoff } from "../backoff.ts";
import { faultFacts, REMEDY_OF_RECOVERY, remedyFor } from "../faults.ts";
import { setback } from "../gate.ts";
import { type Moment, remember, type State, type Step, succeeded } from "../state.ts";
import type { Effect, MoveTask } from "../tasks.ts";
import { putOff, type Trial } from "./verdicts.ts";

const NOT_MOVED = "The server could not move this message there.";

/** Both ends of every move hold changes now; Ping's view of them is old. */
function touched(state: State, task: MoveTask): State {
  let after: State = { ...state, ping: { ...state.ping, stale: true } };
  for (const { source, target } of task.moves) {
    after = remember(after, source, { dirty: true });
    // Until a Sync has named the moved message there, the server may not know it under its new id.
    after = remember(after, target, { dirty: true, held: true });
  }
  return after;
}

function later(state: State, now: Moment): number {
  return now.at + backoff(state.moveFailures + 1, now.chance, 5_000, 900_000);
}

/**
 * MoveItems answered. A source that is gone may have been moved by an earlier attempt whose answer was lost: the
 * local copy goes, and the Sync of the target that follows shows where the message is.
 */
export function movesAnswered(
  state: State,
  task: MoveTask,
  spoken: readonly MoveVerdict[],
  now: Moment,
): Step {
  const bySource = new Map(spoken.map((verdict) => [verdict.serverId, verdict]));
  const trial: Trial = { verdicts: [], attempts: new Map(state.attempts) };
  let waiting = false;
  let foldersDue = state.foldersDue;
  for (const { intentId, serverId } of task.moves) {
    const verdict = bySource.get(serverId);
    const remedy = verdict === undefined ? "again-soon" : REMEDY_OF_RECOVERY[verdict.recovery];
    if (verdict?.recovery === "ok" || remedy === "done") {
      trial.verdicts.push({ intentId, verdict: "done", newServerId: verdict?.newServerId ?? null });
    } else if (remedy === "gone") trial.verdicts.push({ intentId, verdict: "gone" });
    else if (remedy === "give-up" || remedy === "server-won" || remedy === "resync-folders") {
      trial.verdicts.push({ intentId, verdict: "revert", reason: NOT_MOVED });
      foldersDue = true;
    } else waiting = putOff(trial, intentId) || waiting;
  }
  const after = touched(succeeded(state), task);
  return {
    state: {
      ...after,
      foldersDue,
      attempts: trial.attempts,
      moveFailures: waiting ? state.moveFailures + 1 : 0,
      movesAfter: waiting ? later(state, now) : 0,
    },
    effects: [{ kind: "settle", verdicts: trial.verdicts }],
  };
}

/** MoveItems failed as a whole: the same moves are asked for again. */
export function movesFailed(state: State, task: MoveTask, fault: RemoteFault, now: Moment): Step {
  const remedy = remedyFor(fault);
  const log: Effect = { kind: "log", level: "warn", event: "move-failed", facts: faultFacts(fault) };
  const general = setback(touched(state, task), remedy, fault, now);
  if (general !== null) {
    if (general.failures === state.failures) return { state: general, effects: [log] };
    // Waiting longer than the account does lets other work pass.
    const held = { moveFailures: state.moveFailures + 1, movesAfter: later(state, now) };
    return { state: { ...general, ...held }, effects: [log] };
  }
  const trial: Trial = { verdicts: [], attempts: new Map(state.attempts) };
  for (const { intentId } of task.moves) putOff(trial, intentId);
  const after: State = {
    ...touched(state, task),
    attempts: trial.attempts,
    foldersDue: state.foldersDue || remedy === "resync-folders",
    moveFailures: state.moveFailures + 1,
    movesAfter: later(state, now),
  };
  return { state: after, effects: [{ kind: "settle", verdicts: trial.verdicts }, log] };
}
