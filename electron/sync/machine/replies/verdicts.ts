import type { CollectionAnswer } from "../../../ports/remote.ts";
import type { IntentVerdict } from "../../../ports/sync-store.ts";
import { REMEDY_OF_RECOVERY } from "../faults.ts";
import type { Carried } from "../tasks.ts";

/** A server that puts a wish off this often will not grant it. */
const MOST_ATTEMPTS = 5;
const SERVER_KEPT = "The server kept its own version of this message.";
const SERVER_REFUSED = "The server did not accept this change.";

export interface Settlement {
  readonly verdicts: readonly IntentVerdict[];
  readonly attempts: ReadonlyMap<number, number>;
  /** Some wishes were put off. */
  readonly waiting: boolean;
  /** The server did not know a message of a collection whose pass is not complete. */
  readonly unknown: boolean;
}

export interface Trial {
  readonly verdicts: IntentVerdict[];
  readonly attempts: Map<number, number>;
}

/** Counts one more refusal-for-now; after enough of them the wish is taken back. Returns whether it stays. */
export function putOff(trial: Trial, intentId: number): boolean {
  const tried = (trial.attempts.get(intentId) ?? 0) + 1;
  trial.attempts.set(intentId, tried);
  if (tried < MOST_ATTEMPTS) return true;
  trial.verdicts.push({ intentId, verdict: "revert", reason: SERVER_REFUSED });
  return false;
}

/**
 * Turns the server's verdicts on commands into verdicts on intents. Silence about a command means that it was
 * carried out (MS-ASCMD 2.2.3.156: Responses holds only what failed or needs telling).
 */
export function settleCommands(
  carried: readonly Carried[],
  answer: CollectionAnswer,
  complete: boolean,
  attempts: ReadonlyMap<number, number>,
): Settlement {
  const spoken = new Map(answer.verdicts.map((verdict) => [verdict.serverId, verdict.recovery]));
  const trial: Trial = { verdicts: [], attempts: new Map(attempts) };
  let waiting = false;
  let unknown = false;
  for (const { serverId, intentIds } of carried) {
    const recovery = spoken.get(serverId);
    const remedy = recovery === undefined || recovery === "ok" ? "done" : REMEDY_OF_RECOVERY[recovery];
    for (const intentId of intentIds) {
      if (remedy === "done") trial.verdicts.push({ intentId, verdict: "done" });
      else if (remedy === "gone") {
        // Before the pass is complete, "unknown" may only mean that the server has not told us of it again yet.
        if (complete) trial.verdicts.push({ intentId, verdict: "gone" });
        else unknown = true;
      } else if (remedy === "server-won") {
        trial.verdicts.push({ intentId, verdict: "revert", reason: SERVER_KEPT });
      } else if (remedy === "give-up") {
        trial.verdicts.push({ intentId, verdict: "revert", reason: SERVER_REFUSED });
      } else waiting = putOff(trial, intentId) || waiting;
    }
  }
  return { verdicts: trial.verdicts, attempts: trial.attempts, waiting, unknown };
}
