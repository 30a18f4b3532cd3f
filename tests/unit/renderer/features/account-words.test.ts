import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  ADD_FAILURES,
  leadingStatus,
  SIGN_IN_FAILURES,
  statusText,
  TROUBLES,
  waitingText,
} from "../../../../renderer/features/accounts/words.ts";
import { accounts } from "../../../../shared/contract/accounts.ts";
import { type SyncStatus, SyncStatusSchema, SyncTroubleSchema } from "../../../../shared/model/account.ts";

function status(part: Partial<SyncStatus>): SyncStatus {
  return v.parse(SyncStatusSchema, {
    accountId: "7f3f2c1e-4f0a-4d52-9a55-0d7c3c6f9b10",
    state: "idle",
    progress: null,
    lastSync: null,
    trouble: null,
    pendingActions: 0,
    outbox: 0,
    ...part,
  });
}

const clock = () => "10:42";

describe("the line about sync", () => {
  it.each([
    [status({}), "Up to date"],
    [status({ lastSync: 5 }), "Up to date at 10:42"],
    [status({ state: "starting" }), "Starting"],
    [status({ state: "offline" }), "Offline"],
    [status({ state: "syncing" }), "Checking for mail"],
    [status({ state: "trouble" }), "Needs your attention"],
  ])("of %j is %j", (value, text) => {
    expect(statusText(value, clock)).toBe(text);
  });

  it("says how many of how many", () => {
    const progress = { done: 1240, total: 18_000, folder: "Inbox" };
    expect(statusText(status({ state: "syncing", progress }), clock)).toBe(
      `Syncing Inbox, ${(1240).toLocaleString()} of ${(18_000).toLocaleString()}`,
    );
  });

  it.each([
    [{ done: 340, total: null, folder: "Inbox" }, "Syncing Inbox, 340 messages"],
    [{ done: 1, total: null, folder: "Inbox" }, "Syncing Inbox, 1 message"],
    [{ done: 0, total: null, folder: "Inbox" }, "Syncing Inbox"],
    [{ done: 0, total: 0, folder: "Inbox" }, "Syncing Inbox"],
    [{ done: 12, total: null, folder: "" }, "Syncing mail, 12 messages"],
  ])("says what %j is about", (progress, text) => {
    expect(statusText(status({ state: "syncing", progress }), clock)).toBe(text);
  });

  it("is about the account that matters most", () => {
    expect(leadingStatus([])).toBeNull();
    const states = ["idle", "starting", "offline", "syncing", "trouble"] as const;
    for (let count = 1; count <= states.length; count++) {
      const some = states.slice(0, count).map((state) => status({ state }));
      expect(leadingStatus(some)?.state).toBe(states[count - 1]);
    }
  });
});

describe("what waits for the connection", () => {
  it.each([
    [0, 0, ""],
    [1, 0, "1 message waits"],
    [2, 0, "2 messages wait"],
    [0, 1, "1 change waits"],
    [2, 3, "2 messages and 3 changes wait"],
  ])("%d and %d are %j", (outbox, actions, text) => {
    expect(waitingText(outbox, actions)).toBe(text);
  });
});

describe("the words for failures", () => {
  const every = [
    ...Object.values(ADD_FAILURES),
    ...Object.values(SIGN_IN_FAILURES),
    ...Object.values(TROUBLES).flatMap(({ title, advice }) => [`${title}.`, advice]),
  ].filter((words) => words !== null);

  it("cover every code of the contract", () => {
    expect(Object.keys(ADD_FAILURES).sort()).toEqual([...accounts.add.errors, "internal", "invalid"].sort());
    expect(Object.keys(SIGN_IN_FAILURES).sort()).toEqual(
      [...accounts.signIn.errors, "internal", "invalid"].sort(),
    );
    expect(Object.keys(TROUBLES).sort()).toEqual([...SyncTroubleSchema.entries.kind.options].sort());
  });

  it("are whole sentences that do not shout and do not repeat each other", () => {
    for (const words of every) expect(words).toMatch(/^[A-Z][^!]+\.$/);
    expect(new Set(Object.values(ADD_FAILURES)).size).toBe(Object.values(ADD_FAILURES).length);
  });
});
