import type { RemoteFault } from "../../ports/remote.ts";
import { backoff } from "./backoff.ts";
import type { Remedy } from "./faults.ts";
import type { Gate, GateReason, Moment, State } from "./state.ts";
import type { Happening } from "./tasks.ts";
import { BROKEN_LINE, BUSY, STORE_FAILED, trouble } from "./trouble.ts";

const MINUTE = 60_000;
const LONGEST_WAIT = 5 * MINUTE;
/** A Retry-After beyond this is a mistake or malice. */
const LONGEST_RETRY_AFTER = 24 * 60 * MINUTE;
/** A user who acts again and again while there is no line must not make us knock each time. */
const KNOCK_SPACING = 2_000;

const OPENED_BY: Readonly<Record<GateReason, readonly Happening["kind"][]>> = {
  offline: ["user-action", "sync-now", "wake", "network", "credentials"],
  setback: ["user-action", "sync-now", "wake", "network", "credentials"],
  // The server said when to come back; coming sooner makes it worse.
  busy: [],
  slow: ["sync-now", "network", "credentials"],
  "sign-in": ["credentials"],
  wipe: [],
};

function shut(state: State, gate: Gate): State {
  const connected = state.connected && (gate.reason === "setback" || gate.reason === "busy");
  return { ...state, gate, connected, failures: state.failures + 1 };
}

function slow(
  state: State,
  kind: "forbidden" | "device" | "tls" | "policy" | "protocol",
  now: Moment,
): State {
  const until = now.at + backoff(state.failures + 1, now.chance, 10 * MINUTE, 60 * MINUTE);
  return shut(state, { reason: "slow", since: now.at, until, trouble: trouble(kind, until) });
}

/**
 * What a fault does to the whole account: shuts the gate for as long as the fault asks for. Returns null when the
 * remedy concerns the request alone.
 */
export function setback(state: State, remedy: Remedy, fault: RemoteFault, now: Moment): State | null {
  const failures = state.failures + 1;
  const wait = (base: number) => now.at + backoff(failures, now.chance, base, LONGEST_WAIT);
  const since = now.at;
  switch (remedy) {
    case "cancelled":
      return state;
    case "offline":
      return {
        ...shut(state, {
          reason: "offline",
          since,
          until: now.at + backoff(state.offlines + 1, now.chance, 5_000, LONGEST_WAIT),
          trouble: null,
        }),
        offlines: state.offlines + 1,
      };
    case "broken": {
      const until = wait(1_000);
      const words = failures > 3 ? trouble("server", until, BROKEN_LINE) : null;
      return shut(state, { reason: "setback", since, until, trouble: words });
    }
    case "server":
    case "garbage": {
      const until = wait(2_000);
      const kind = remedy === "server" ? "server" : "protocol";
      return shut(state, {
        reason: "setback",
        since,
        until,
        trouble: failures > 2 ? trouble(kind, until) : null,
      });
    }
    case "busy": {
      const asked = fault.kind === "busy" ? fault.retryAfterMs : null;
      const until =
        asked === null
          ? now.at + backoff(failures, now.chance, 30_000, 10 * MINUTE)
          : now.at + Math.min(Math.max(asked, 0), LONGEST_RETRY_AFTER);
      const words = until - now.at > MINUTE || failures > 2 ? trouble("server", until, BUSY) : null;
      return shut(state, { reason: "busy", since, until, trouble: words });
    }
    case "sign-in":
      return shut(state, { reason: "sign-in", since, until: null, trouble: trouble("sign-in", null) });
    case "wipe":
      return shut(state, { reason: "wipe", since, until: null, trouble: trouble("wiped", null) });
    case "forbidden":
    case "device":
    case "tls":
    case "policy":
      return slow(state, remedy, now);
    default:
      return null;
  }
}

/** For the requests that nothing can go on without (connect, FolderSync): every fault concerns the account. */
export function wholeSetback(state: State, remedy: Remedy, fault: RemoteFault, now: Moment): State {
  const general = setback(state, remedy, fault, now);
  if (general !== null) return general;
  if (remedy === "give-up") return slow(state, "protocol", now);
  if (remedy === "again-later") {
    const until = now.at + backoff(state.failures + 1, now.chance, MINUTE, 15 * MINUTE);
    return shut(state, { reason: "setback", since: now.at, until, trouble: trouble("server", until) });
  }
  return setback(state, "server", fault, now) ?? state;
}

export function storeSetback(state: State, now: Moment): State {
  const until = now.at + backoff(state.failures + 1, now.chance, 10_000, LONGEST_WAIT);
  const words = trouble("server", until, STORE_FAILED);
  return shut(state, { reason: "setback", since: now.at, until, trouble: words });
}

/** Opens the gate when the event is one that opens it, at once or after the shortest spacing. */
export function knock(state: State, kind: Happening["kind"], at: number): State {
  const { gate } = state;
  if (gate === null || !OPENED_BY[gate.reason].includes(kind)) return state;
  if (kind === "user-action" && at < gate.since + KNOCK_SPACING) {
    const until = Math.min(gate.until ?? Number.POSITIVE_INFINITY, gate.since + KNOCK_SPACING);
    return { ...state, gate: { ...gate, until } };
  }
  if (kind === "user-action") return { ...state, gate: null };
  return { ...state, gate: null, failures: 0, offlines: 0 };
}

/** Opens the gate when its time has come. */
export function expire(state: State, at: number): State {
  const { gate } = state;
  if (gate === null || gate.until === null || at < gate.until) return state;
  return { ...state, gate: null };
}

/** While it is shut for one of these, requests under way are ended as well. */
export function endsFlights(gate: Gate): boolean {
  return gate.reason === "sign-in" || gate.reason === "wipe" || gate.reason === "slow";
}
