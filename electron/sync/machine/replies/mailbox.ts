import type { FolderDelta, RemoteFault } from "../../../ports/remote.ts";
import { faultFacts, remedyFor } from "../faults.ts";
import { wholeSetback } from "../gate.ts";
import { type Moment, type State, type Step, succeeded } from "../state.ts";
import type { Effect } from "../tasks.ts";

const MOST_FOLDER_STRIKES = 3;

function failed(
  state: State,
  event: string,
  fault: RemoteFault,
  now: Moment,
  effects: readonly Effect[],
): Step {
  const after = wholeSetback(state, remedyFor(fault), fault, now);
  return {
    state: after,
    effects: [...effects, { kind: "log", level: "warn", event, facts: faultFacts(fault) }],
  };
}

export function connected(state: State): Step {
  return { state: { ...state, online: true, connected: true }, effects: [] };
}

export function connectFailed(state: State, fault: RemoteFault, now: Moment): Step {
  return failed(state, "connect-failed", fault, now, []);
}

export function foldersAnswered(state: State, previousKey: string, delta: FolderDelta): Step {
  return {
    state: { ...succeeded(state), foldersDue: false, folderStrikes: 0 },
    effects: [{ kind: "commit-folders", previousKey, delta }],
  };
}

/** FolderSync failed. A hierarchy that keeps asking for its own resync is left alone for a while. */
export function foldersFailed(state: State, fault: RemoteFault, now: Moment): Step {
  const remedy = remedyFor(fault);
  if (remedy !== "resync-folders" && remedy !== "resync-collection") {
    return failed(state, "folders-failed", fault, now, []);
  }
  const strikes = state.folderStrikes + 1;
  const struck: State = { ...state, foldersDue: true, folderStrikes: strikes };
  if (strikes > MOST_FOLDER_STRIKES) {
    const hopeless: RemoteFault = { kind: "status", command: "FolderSync", status: 0, recovery: "give-up" };
    return failed(struck, "folders-loop", hopeless, now, [{ kind: "reset-folders" }]);
  }
  return { state: struck, effects: [{ kind: "reset-folders" }] };
}
