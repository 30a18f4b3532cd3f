import type { RemoteFault } from "../../../ports/remote.ts";
import { faultFacts, type Remedy, remedyFor } from "../faults.ts";
import { wholeSetback } from "../gate.ts";
import { type Moment, remember, type State, type Step } from "../state.ts";
import type { EstimateTask } from "../tasks.ts";

/** What shuts the gate for every command, so that this one cannot pass over it either. */
const EVERYBODYS: ReadonlySet<Remedy> = new Set<Remedy>([
  "offline",
  "busy",
  "sign-in",
  "forbidden",
  "device",
  "tls",
  "policy",
  "wipe",
]);

/** What a first pass will have stored in the end; null when the server does not tell. */
export function estimated(state: State, { folderId, stored }: EstimateTask, left: number | null): Step {
  return {
    state: remember(state, folderId, { expected: left === null ? null : stored + left }),
    effects: [],
  };
}

/** A server that cannot count is no trouble: the pass goes on without a total. */
export function estimateFailed(state: State, task: EstimateTask, fault: RemoteFault, now: Moment): Step {
  const remedy = remedyFor(fault);
  if (remedy === "cancelled") return { state, effects: [] };
  const shut = EVERYBODYS.has(remedy) ? wholeSetback(state, remedy, fault, now) : state;
  return {
    state: remember(shut, task.folderId, { expected: null }),
    effects: [{ kind: "log", level: "info", event: "estimate-failed", facts: faultFacts(fault) }],
  };
}
