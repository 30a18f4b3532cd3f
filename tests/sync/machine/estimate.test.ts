import { describe, expect, test } from "vitest";
import type { RemoteFault } from "../../../electron/ports/remote.ts";
import { estimated, estimateFailed } from "../../../electron/sync/machine/replies/estimate.ts";
import { firstState, memoryOf, type State } from "../../../electron/sync/machine/state.ts";
import type { EstimateTask } from "../../../electron/sync/machine/tasks.ts";
import { DEFAULT_SETTINGS } from "../../../electron/sync/machine/work.ts";
import { folderId } from "../support/model-store.ts";
import { furnish, makeWorld } from "../support/world.ts";

const TASK: EstimateTask = {
  kind: "estimate",
  folderId: folderId(1),
  stored: 100,
  request: { collectionId: "inbox", syncKey: "5", filterType: 0 },
};
const NOW = { at: 1_000_000, chance: 0.5 };
const fresh = (): State => firstState(DEFAULT_SETTINGS);

describe("the answer", () => {
  test("adds what is left to what was stored when it was asked", () => {
    expect(memoryOf(estimated(fresh(), TASK, 900).state, TASK.folderId).expected).toBe(1_000);
  });

  test("is not asked for again when the server does not tell", () => {
    expect(memoryOf(estimated(fresh(), TASK, null).state, TASK.folderId).expected).toBeNull();
  });
});

describe("a failure", () => {
  const failed = (fault: RemoteFault) => estimateFailed(fresh(), TASK, fault, NOW).state;

  test.each<RemoteFault>([
    { kind: "status", command: "GetItemEstimate", status: 3, recovery: "give-up" },
    { kind: "status", command: "GetItemEstimate", status: 4, recovery: "resync-collection" },
    { kind: "server", detail: "", httpStatus: 501 },
    { kind: "garbage", detail: "" },
    { kind: "cut", detail: "" },
    { kind: "timeout", detail: "" },
  ])("of the question alone is no trouble: %j", (fault) => {
    const state = failed(fault);
    expect(state.gate).toBeNull();
    expect(memoryOf(state, TASK.folderId)).toMatchObject({ expected: null, trouble: null, failures: 0 });
  });

  test.each<RemoteFault>([
    { kind: "offline", detail: "" },
    { kind: "busy", detail: "", retryAfterMs: 90_000 },
    { kind: "sign-in", detail: "" },
    { kind: "forbidden", detail: "" },
    { kind: "tls", detail: "" },
  ])("that every command would meet shuts the gate: %j", (fault) => {
    expect(failed(fault).gate).not.toBeNull();
  });

  test("obeys Retry-After to the second", () => {
    expect(failed({ kind: "busy", detail: "", retryAfterMs: 90_000 }).gate?.until).toBe(NOW.at + 90_000);
  });

  test("of a request that we ended ourselves leaves the question open", () => {
    expect(memoryOf(failed({ kind: "cancelled", detail: "" }), TASK.folderId).expected).toBeUndefined();
  });
});

describe("in a first pass", () => {
  test("a long one asks once and counts up to the total; a short one does not ask", async () => {
    const { server, sync, statuses, inStep } = makeWorld();
    furnish(server, 700);
    server.latency = 1_000;
    server.deliver("work", "only one");
    sync.start();
    expect(await inStep()).toBe(true);
    expect(server.count("estimate")).toBe(1);
    const told = statuses.flatMap(({ progress }) => (progress?.total == null ? [] : [progress]));
    expect(told.length).toBeGreaterThan(0);
    for (const { done, total, folder } of told) {
      expect({ total, folder }).toEqual({ total: 700, folder: "inbox" });
      expect(done).toBeLessThanOrEqual(700);
    }
    await sync.stop();
  });

  test("a server that cannot count costs one question and nothing else", async () => {
    const { server, sync, statuses, inStep } = makeWorld();
    furnish(server, 400);
    server.plan = (command) =>
      command === "estimate"
        ? { when: "before", fault: { kind: "server", detail: "", httpStatus: 501 } }
        : null;
    sync.start();
    expect(await inStep()).toBe(true);
    expect(server.count("estimate")).toBe(1);
    expect(statuses.every(({ trouble }) => trouble === null)).toBe(true);
    await sync.stop();
  });
});
