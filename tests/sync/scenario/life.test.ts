import { describe, expect, test } from "vitest";
import { createReporter } from "../../../electron/sync/reporter.ts";
import type { SyncStatus } from "../../../shared/model/account.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { ACCOUNT } from "../support/model-store.ts";
import { CUT, furnish, HOUR, MINUTE, makeWorld, serverPicture } from "../support/world.ts";

describe("stopping", () => {
  test("ends what is under way, and nothing touches store or server afterwards", async () => {
    const world = makeWorld();
    furnish(world.server, 2_000);
    world.sync.start();
    await world.clock.pass(55);
    await world.sync.stop();
    const calls = world.server.calls.length;
    const stored = world.store.messagesIn("inbox").length;
    world.store.userSends("a");
    world.sync.syncNow();
    world.sync.wake();
    world.sync.networkChanged(true);
    world.sync.credentialsChanged();
    await world.clock.pass(HOUR);
    expect(world.server.calls.length).toBe(calls);
    expect(world.store.messagesIn("inbox").length).toBe(stored);
  });

  test("does not wait for a server that never lets go", async () => {
    const world = makeWorld();
    furnish(world.server, 1);
    world.server.connect = () => new Promise(() => undefined);
    world.sync.start();
    await world.clock.pass(100);
    let stopped = false;
    void world.sync.stop().then(() => {
      stopped = true;
    });
    await world.clock.pass(1_000);
    expect(stopped).toBe(false);
    await world.clock.pass(5_000);
    expect(stopped).toBe(true);
  });

  test("twice, or before a start, is nothing; a new start goes on", async () => {
    const world = makeWorld();
    furnish(world.server, 30);
    await world.sync.stop();
    world.sync.start();
    world.sync.start();
    await world.clock.pass(100);
    await world.sync.stop();
    await world.sync.stop();
    world.sync.start();
    expect(await world.inStep()).toBe(true);
    expect(world.server.count("connect")).toBe(2);
  });
});

test("accounts are independent of each other", async () => {
  const one = makeWorld();
  const other = makeWorld({ seed: 9 });
  furnish(one.server, 10);
  furnish(other.server, 10);
  one.server.plan = () => ({ when: "before", fault: { kind: "sign-in", detail: "" } });
  one.sync.start();
  other.sync.start();
  expect(await other.inStep()).toBe(true);
  await one.clock.pass(MINUTE);
  expect(one.status().state).toBe("trouble");
  expect(other.status().trouble).toBeNull();
});

test("a request that never ends is given up and made again", async () => {
  const world = makeWorld();
  furnish(world.server, 20);
  const real = world.server.sync.bind(world.server);
  let hung = false;
  world.server.sync = (request) => {
    if (hung) return real(request);
    hung = true;
    return new Promise(() => undefined);
  };
  world.sync.start();
  expect(await world.inStep(20 * MINUTE)).toBe(true);
  expect(world.store.picture()).toEqual(serverPicture(world.server));
});

describe("a store that fails", () => {
  test("to read: it is tried again, and nothing spins", async () => {
    const world = makeWorld();
    furnish(world.server, 5);
    const real = world.store.collections.bind(world.store);
    let reads = 0;
    world.store.collections = () => {
      reads += 1;
      throw new Error("locked");
    };
    world.sync.start();
    await world.clock.pass(5 * MINUTE);
    expect(reads).toBeLessThan(60);
    expect(world.status().trouble?.message).toContain("mailbox on this computer");
    world.store.collections = real;
    expect(await world.inStep(HOUR)).toBe(true);
    await world.clock.pass(MINUTE);
    expect(world.status().trouble).toBeNull();
  });

  test("to write an answer: the answer is asked for again, and nothing is lost", async () => {
    const world = makeWorld();
    furnish(world.server, 300);
    const real = world.store.commitCollection.bind(world.store);
    let left = 3;
    world.store.commitCollection = (commit) => {
      if (left > 0) {
        left -= 1;
        throw new Error("disk full");
      }
      return real(commit);
    };
    world.sync.start();
    expect(await world.inStep(HOUR)).toBe(true);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
  });
});

describe("what is shown", () => {
  test("starting, syncing with progress, idle", async () => {
    const world = makeWorld();
    furnish(world.server, 1_500);
    world.server.latency = 200;
    world.sync.start();
    expect(world.status().state).toBe("starting");
    expect(await world.inStep()).toBe(true);
    await world.clock.pass(5_000);
    expect(world.status()).toMatchObject({ state: "idle", progress: null, pendingActions: 0, outbox: 0 });
    const done = world.statuses.flatMap(({ progress }) =>
      progress?.folder === "inbox" ? [progress.done] : [],
    );
    expect(done.length).toBeGreaterThan(3);
    expect([...done].sort((a, b) => a - b)).toEqual(done);
    expect(world.status().lastSync).toBeGreaterThan(0);
  });

  test("not more than a few times a second", async () => {
    const world = makeWorld();
    furnish(world.server, 4_000);
    world.server.latency = 2;
    world.sync.start();
    const from = world.clock.now();
    expect(await world.inStep()).toBe(true);
    const seconds = (world.clock.now() - from) / 1000;
    expect(world.statuses.length).toBeLessThan(seconds * 5 + 10);
  });

  test("being in step is news even if there is no mail", async () => {
    const world = makeWorld();
    furnish(world.server, 2);
    world.sync.start();
    expect(await world.inStep()).toBe(true);
    const before = world.status().lastSync ?? 0;
    await world.clock.pass(HOUR);
    expect(world.status().lastSync ?? 0).toBeGreaterThan(before + 20 * MINUTE);
  });

  test("actions and messages that wait are counted", async () => {
    const world = makeWorld();
    furnish(world.server, 2);
    world.sync.start();
    expect(await world.inStep()).toBe(true);
    world.server.plan = () => ({ when: "before", fault: CUT });
    const [message] = world.store.messagesIn("inbox");
    if (message === undefined) throw new Error("no mail");
    world.store.userSets(message.id, { read: true });
    world.store.userSends("a");
    await world.clock.pass(MINUTE);
    expect(world.status()).toMatchObject({ pendingActions: 1, outbox: 1 });
  });
});

describe("the reporter", () => {
  const status = (done: number, state: SyncStatus["state"] = "syncing"): SyncStatus => ({
    accountId: ACCOUNT,
    state,
    progress: { done, total: null, folder: "1" },
    lastSync: null,
    trouble: null,
    pendingActions: 0,
    outbox: 0,
  });

  test("holds progress back, and always brings the last", async () => {
    const clock = new FakeClock();
    const shown: SyncStatus[] = [];
    const reporter = createReporter(clock, (one) => shown.push(one));
    for (let done = 0; done < 10; done += 1) reporter.report(status(done));
    expect(shown.map(({ progress }) => progress?.done)).toEqual([0]);
    await clock.pass(250);
    expect(shown.map(({ progress }) => progress?.done)).toEqual([0, 9]);
  });

  test("brings a change of state at once, and drops what it makes old", async () => {
    const clock = new FakeClock();
    const shown: SyncStatus[] = [];
    const reporter = createReporter(clock, (one) => shown.push(one));
    reporter.report(status(0));
    reporter.report(status(1));
    reporter.report(status(2, "idle"));
    await clock.pass(1_000);
    expect(shown.map(({ state }) => state)).toEqual(["syncing", "idle"]);
  });

  test("says nothing twice, and nothing after its end", async () => {
    const clock = new FakeClock();
    const shown: SyncStatus[] = [];
    const reporter = createReporter(clock, (one) => shown.push(one));
    reporter.report(status(1));
    reporter.report(status(1));
    reporter.report(status(2));
    reporter.stop();
    await clock.pass(1_000);
    expect(shown).toHaveLength(1);
  });
});
