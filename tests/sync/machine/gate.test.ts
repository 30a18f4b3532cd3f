import { describe, expect, test } from "vitest";
import type { Recovery, RemoteFault } from "../../../electron/ports/remote.ts";
import { remedyFor } from "../../../electron/sync/machine/faults.ts";
import {
  endsFlights,
  expire,
  knock,
  setback,
  storeSetback,
  wholeSetback,
} from "../../../electron/sync/machine/gate.ts";
import { firstState, type State } from "../../../electron/sync/machine/state.ts";
import { DEFAULT_SETTINGS } from "../../../electron/sync/machine/work.ts";

const START: State = { ...firstState(DEFAULT_SETTINGS), connected: true };
const NOW = { at: 1_000_000, chance: 0.5 };
const MINUTE = 60_000;

function shutBy(fault: RemoteFault, from = START): State {
  const state = setback(from, remedyFor(fault), fault, NOW);
  if (state === null) throw new Error("not an account's fault");
  return state;
}

function repeated(fault: RemoteFault, times: number): State {
  let state = START;
  for (let round = 0; round < times; round += 1) state = shutBy(fault, state);
  return state;
}

describe("how long it stays shut", () => {
  test("offline: a few seconds, then longer, never beyond five minutes", () => {
    const fault: RemoteFault = { kind: "offline", detail: "" };
    expect(shutBy(fault).gate).toMatchObject({ reason: "offline", until: NOW.at + 3_750, trouble: null });
    expect(repeated(fault, 40).gate?.until).toBeLessThanOrEqual(NOW.at + 5 * MINUTE);
    expect(shutBy(fault).connected).toBe(false);
  });

  test("busy: as long as the server says, to the millisecond", () => {
    expect(shutBy({ kind: "busy", detail: "", retryAfterMs: 37_000 }).gate?.until).toBe(NOW.at + 37_000);
    expect(shutBy({ kind: "busy", detail: "", retryAfterMs: 0 }).gate?.until).toBe(NOW.at);
  });

  test("busy for a year is not believed", () => {
    expect(shutBy({ kind: "busy", detail: "", retryAfterMs: 3e10 }).gate?.until).toBe(
      NOW.at + 24 * 60 * MINUTE,
    );
    expect(shutBy({ kind: "busy", detail: "", retryAfterMs: -5 }).gate?.until).toBe(NOW.at);
  });

  test("busy without a time: half a minute and up", () => {
    const until = shutBy({ kind: "busy", detail: "", retryAfterMs: null }).gate?.until;
    expect(until).toBe(NOW.at + 22_500);
  });

  test("a refused password: for ever", () => {
    expect(shutBy({ kind: "sign-in", detail: "" }).gate).toMatchObject({ reason: "sign-in", until: null });
    expect(expire(shutBy({ kind: "sign-in", detail: "" }), NOW.at + 1e12).gate).not.toBeNull();
  });

  test("expires exactly when it says", () => {
    const state = shutBy({ kind: "busy", detail: "", retryAfterMs: 9_000 });
    expect(expire(state, NOW.at + 8_999).gate).not.toBeNull();
    expect(expire(state, NOW.at + 9_000).gate).toBeNull();
  });
});

describe("what is said", () => {
  const kinds: readonly (readonly [RemoteFault, string])[] = [
    [{ kind: "sign-in", detail: "" }, "sign-in"],
    [{ kind: "forbidden", detail: "" }, "forbidden"],
    [{ kind: "device-blocked", detail: "" }, "device"],
    [{ kind: "tls", detail: "" }, "tls"],
    [{ kind: "wipe", detail: "" }, "wiped"],
    [{ kind: "status", command: "Provision", status: 144, recovery: "provision" }, "policy"],
  ];
  test.each(kinds)("%o is said at once, with what to do", (fault, kind) => {
    const trouble = shutBy(fault).gate?.trouble;
    expect(trouble?.kind).toBe(kind);
    expect(trouble?.message).toMatch(/^[A-Z].{40,}\.$/);
  });

  test("one break of the line is nobody's business, several are", () => {
    const cut: RemoteFault = { kind: "cut", detail: "" };
    expect(repeated(cut, 3).gate?.trouble).toBeNull();
    expect(repeated(cut, 4).gate?.trouble?.kind).toBe("server");
  });

  test("errors and nonsense are told apart", () => {
    expect(repeated({ kind: "server", detail: "", httpStatus: 500 }, 3).gate?.trouble?.kind).toBe("server");
    expect(repeated({ kind: "garbage", detail: "" }, 3).gate?.trouble?.kind).toBe("protocol");
  });

  test("a trouble with an end says when", () => {
    const state = shutBy({ kind: "forbidden", detail: "" });
    expect(state.gate?.trouble?.retryAt).toBe(state.gate?.until);
  });

  test("our own ending of a request is no trouble", () => {
    expect(shutBy({ kind: "cancelled", detail: "" })).toBe(START);
  });
});

describe("what opens it", () => {
  const events = ["user-action", "sync-now", "wake", "network", "credentials"] as const;
  const table: readonly (readonly [RemoteFault, readonly (typeof events)[number][]])[] = [
    [{ kind: "offline", detail: "" }, ["user-action", "sync-now", "wake", "network", "credentials"]],
    [{ kind: "cut", detail: "" }, ["user-action", "sync-now", "wake", "network", "credentials"]],
    [{ kind: "busy", detail: "", retryAfterMs: 60_000 }, []],
    [{ kind: "forbidden", detail: "" }, ["sync-now", "network", "credentials"]],
    [{ kind: "sign-in", detail: "" }, ["credentials"]],
    [{ kind: "wipe", detail: "" }, []],
  ];
  test.each(table)("%o", (fault, openers) => {
    const shut = shutBy(fault);
    const opened = events.filter((event) => knock(shut, event, NOW.at + 2_000).gate === null);
    expect(opened).toEqual(openers);
  });

  test("a user who acts again and again does not make us knock each time", () => {
    const shut = shutBy({ kind: "offline", detail: "" });
    const knocked = knock(shut, "user-action", NOW.at + 500);
    expect(knocked.gate?.until).toBe(NOW.at + 2_000);
    expect(expire(knocked, NOW.at + 2_000).gate).toBeNull();
  });

  test("nothing happens to an open gate", () => {
    expect(knock(START, "sync-now", NOW.at)).toBe(START);
    expect(expire(START, NOW.at)).toBe(START);
  });

  test("requests under way are ended only where they would do harm", () => {
    const ends = (fault: RemoteFault) => {
      const { gate } = shutBy(fault);
      return gate !== null && endsFlights(gate);
    };
    expect(ends({ kind: "sign-in", detail: "" })).toBe(true);
    expect(ends({ kind: "wipe", detail: "" })).toBe(true);
    expect(ends({ kind: "forbidden", detail: "" })).toBe(true);
    expect(ends({ kind: "offline", detail: "" })).toBe(false);
    expect(ends({ kind: "busy", detail: "", retryAfterMs: null })).toBe(false);
  });
});

describe("requests that nothing goes on without", () => {
  const recoveries: readonly Recovery[] = [
    "ok",
    "resync-collection",
    "resync-folders",
    "retry",
    "retry-later",
    "object-gone",
    "server-won",
    "already-done",
    "give-up",
    "changes-waiting",
    "adapt",
  ];
  test.each(recoveries)("%s always shuts the gate for a while", (recovery) => {
    const fault: RemoteFault = { kind: "status", command: "FolderSync", status: 99, recovery };
    const state = wholeSetback(START, remedyFor(fault), fault, NOW);
    expect(state.gate?.until).toBeGreaterThan(NOW.at);
    expect(state.failures).toBe(1);
  });
});

test("a store that cannot be written is said and tried again", () => {
  const state = storeSetback(START, NOW);
  expect(state.gate?.trouble?.message).toContain("disk");
  expect(state.gate?.until).toBeGreaterThan(NOW.at);
});
