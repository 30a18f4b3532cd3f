import { describe, expect, test } from "vitest";
import type { CollectionAnswer, Recovery } from "../../../electron/ports/remote.ts";
import { putOff, settleCommands, type Trial } from "../../../electron/sync/machine/replies/verdicts.ts";
import type { Carried } from "../../../electron/sync/machine/tasks.ts";

function answer(verdicts: readonly (readonly [string, Recovery])[]): CollectionAnswer {
  return {
    syncKey: "2",
    moreAvailable: false,
    added: [],
    changed: [],
    deleted: [],
    verdicts: verdicts.map(([serverId, recovery]) => ({ serverId, status: 99, recovery })),
    unreadable: { count: 0, reason: null },
  };
}

const change = (serverId: string, ...intentIds: number[]): Carried => ({
  serverId,
  kind: "change",
  intentIds,
});
const NONE: ReadonlyMap<number, number> = new Map();

describe("verdicts on commands", () => {
  test("silence is consent, for every wish that the command carried", () => {
    const settled = settleCommands([change("a", 1, 2), change("b", 3)], answer([]), true, NONE);
    expect(settled.verdicts).toEqual([
      { intentId: 1, verdict: "done" },
      { intentId: 2, verdict: "done" },
      { intentId: 3, verdict: "done" },
    ]);
    expect(settled).toMatchObject({ waiting: false, unknown: false });
  });

  const table: readonly (readonly [Recovery, "done" | "gone" | "revert" | "waits"])[] = [
    ["ok", "done"],
    ["already-done", "done"],
    ["object-gone", "gone"],
    ["server-won", "revert"],
    ["give-up", "revert"],
    ["retry", "waits"],
    ["retry-later", "waits"],
    ["resync-collection", "waits"],
    ["resync-folders", "waits"],
    ["provision", "waits"],
    ["sign-in", "waits"],
    ["device-blocked", "waits"],
    ["wipe", "waits"],
    ["changes-waiting", "waits"],
    ["adapt", "waits"],
  ];
  test.each(table)("%s: %s", (recovery, expected) => {
    const settled = settleCommands([change("a", 1)], answer([["a", recovery]]), true, NONE);
    expect(settled.verdicts.map(({ verdict }) => verdict)).toEqual(expected === "waits" ? [] : [expected]);
    expect(settled.waiting).toBe(expected === "waits");
  });

  test("a verdict touches its own message only", () => {
    const settled = settleCommands(
      [change("a", 1), change("b", 2)],
      answer([["b", "server-won"]]),
      true,
      NONE,
    );
    expect(settled.verdicts.map(({ verdict }) => verdict)).toEqual(["done", "revert"]);
  });

  test("an unknown message in a folder that is not complete is no verdict", () => {
    const settled = settleCommands([change("a", 1)], answer([["a", "object-gone"]]), false, NONE);
    expect(settled.verdicts).toEqual([]);
    expect(settled.unknown).toBe(true);
  });

  test("a wish taken back says why", () => {
    const settled = settleCommands([change("a", 1)], answer([["a", "server-won"]]), true, NONE);
    expect(settled.verdicts[0]).toMatchObject({ verdict: "revert", reason: expect.stringMatching(/server/) });
  });
});

describe("putting off", () => {
  test("is counted for each wish, and ends", () => {
    const trial: Trial = { verdicts: [], attempts: new Map() };
    const stays = [1, 2, 3, 4, 5].map(() => putOff(trial, 7));
    expect(stays).toEqual([true, true, true, true, false]);
    expect(trial.verdicts).toHaveLength(1);
    expect(trial.attempts.get(7)).toBe(5);
  });

  test("does not touch the counts handed in", () => {
    const given = new Map([[1, 2]]);
    const settled = settleCommands([change("a", 1)], answer([["a", "retry"]]), true, given);
    expect(settled.attempts.get(1)).toBe(3);
    expect(given.get(1)).toBe(2);
  });
});
