import type { RemoteBody, RemoteFault } from "../../../ports/remote.ts";
import type { BodyWanted } from "../../../ports/sync-store.ts";
import { backoff } from "../backoff.ts";
import { faultFacts, remedyFor } from "../faults.ts";
import { setback } from "../gate.ts";
import { type Moment, type State, type Step, succeeded } from "../state.ts";
import type { Effect } from "../tasks.ts";

/** After this many the reader is told instead of being kept waiting. */
const MOST_TRIES = 3;

function tried(state: State, wanted: BodyWanted): State {
  const bodyTries = new Map(state.bodyTries);
  bodyTries.set(wanted.messageId, (bodyTries.get(wanted.messageId) ?? 0) + 1);
  return { ...state, bodyTries };
}

export function bodyAnswered(state: State, wanted: BodyWanted, body: RemoteBody): Step {
  return { state: tried(succeeded(state), wanted), effects: [{ kind: "commit-body", wanted, body }] };
}

export function bodyRefused(state: State, wanted: BodyWanted, fault: RemoteFault, now: Moment): Step {
  const remedy = remedyFor(fault);
  const log: Effect = { kind: "log", level: "warn", event: "body-failed", facts: faultFacts(fault) };
  if (remedy === "cancelled") return { state, effects: [] };
  const perMessage = remedy === "server" || remedy === "garbage";
  const general = perMessage ? null : setback(state, remedy, fault, now);
  if (general !== null && remedy !== "broken") return { state: general, effects: [log] };
  const after = tried(general ?? state, wanted);
  const tries = after.bodyTries.get(wanted.messageId) ?? 0;
  const hopeless = remedy === "gone" || remedy === "give-up" || remedy === "server-won";
  if (hopeless || tries >= MOST_TRIES) {
    return { state: after, effects: [{ kind: "body-failed", wanted }, log] };
  }
  return {
    state: { ...after, bodyAfter: now.at + backoff(tries, now.chance, 2_000, 60_000) },
    effects: [log],
  };
}
