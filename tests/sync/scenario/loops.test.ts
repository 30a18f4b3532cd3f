import { describe, expect, test } from "vitest";
import type { CollectionAnswer, CollectionRequest } from "../../../electron/ports/remote.ts";
import { ok } from "../../../shared/base/result.ts";
import { messagesRead } from "../support/ask.ts";
import { furnish, HOUR, MINUTE, makeWorld, serverPicture, type World } from "../support/world.ts";

/** A server whose Sync of the inbox is replaced. */
function withInbox(world: World, answer: (request: CollectionRequest) => Partial<CollectionAnswer> | null) {
  const { server } = world;
  const real = server.sync.bind(server);
  server.sync = async (request) => {
    const given = request.collectionId === "inbox" ? answer(request) : null;
    const result = await real(request);
    if (given === null || !result.ok) return result;
    return ok({ ...result.value, ...given });
  };
}

test("a lost sync key costs one resync, and what is gone meanwhile is gone afterwards", async () => {
  const world = makeWorld();
  furnish(world.server, 30);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  const [gone] = world.server.folder("inbox").keys();
  world.server.forget("inbox");
  world.server.remove("inbox", gone ?? "");
  world.server.deliver("inbox", "new");
  world.sync.syncNow();
  expect(await world.inStep()).toBe(true);
  expect(world.store.picture()).toEqual(serverPicture(world.server));
  expect(world.store.messagesIn("inbox")).toHaveLength(30);
});

test("mail stays readable while its folder is read anew", async () => {
  const world = makeWorld();
  furnish(world.server, 30);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  world.server.forget("inbox");
  world.sync.syncNow();
  const counts = new Set<number>();
  for (let round = 0; round < 100; round += 1) {
    await world.clock.pass(5);
    counts.add(world.store.messagesIn("inbox").length);
  }
  expect([...counts]).toEqual([30]);
});

test("a server that refuses every key of a folder is asked ever more rarely, and it is said", async () => {
  const world = makeWorld();
  furnish(world.server, 10);
  world.server.deliver("work", "reachable");
  world.server.plan = (command, detail) =>
    command === "sync" && JSON.stringify(detail).includes('"inbox"')
      ? {
          when: "before",
          fault: { kind: "status", command: "Sync", status: 3, recovery: "resync-collection" },
        }
      : null;
  world.sync.start();
  await world.clock.pass(3 * HOUR);
  const asked = messagesRead(world.server).filter(({ collectionId }) => collectionId === "inbox").length;
  expect(asked).toBeGreaterThan(3);
  expect(asked).toBeLessThan(20);
  expect(world.status().trouble?.kind).toBe("protocol");
  expect(world.status().trouble?.message).toContain("restarting");
  expect(world.store.messagesIn("work")).toHaveLength(1);
});

test("a folder that is never complete counts as no progress, even if some answers come through", async () => {
  const world = makeWorld();
  furnish(world.server, 1500);
  let asked = 0;
  world.server.plan = (command, detail) => {
    if (command !== "sync" || !JSON.stringify(detail).includes('"inbox"')) return null;
    asked += 1;
    // The key, one window, then the key is refused: for ever.
    return asked % 3 === 0
      ? {
          when: "before",
          fault: { kind: "status", command: "Sync", status: 3, recovery: "resync-collection" },
        }
      : null;
  };
  world.sync.start();
  await world.clock.pass(HOUR);
  expect(asked).toBeLessThan(40);
  expect(world.status().trouble?.message).toContain("restarting");
});

test("a promise of more that never comes is not followed for ever", async () => {
  const world = makeWorld();
  furnish(world.server, 0);
  withInbox(world, ({ syncKey }) => (syncKey === "0" ? null : { moreAvailable: true }));
  world.sync.start();
  await world.clock.pass(HOUR);
  const asked = messagesRead(world.server).filter(({ collectionId }) => collectionId === "inbox").length;
  expect(asked).toBeLessThan(60);
  expect(world.status().trouble?.message).toContain("without sending");
});

test("a key that stays 0 is not followed for ever", async () => {
  const world = makeWorld();
  furnish(world.server, 3);
  withInbox(world, () => ({ syncKey: "0", moreAvailable: true }));
  world.sync.start();
  await world.clock.pass(HOUR);
  const asked = messagesRead(world.server).filter(({ collectionId }) => collectionId === "inbox").length;
  expect(asked).toBeLessThan(60);
  expect(world.status().trouble?.kind).toBe("protocol");
});

test("a hierarchy that is refused again and again is left alone for a while", async () => {
  const world = makeWorld();
  furnish(world.server, 3);
  world.server.plan = (command) =>
    command === "folders"
      ? {
          when: "before",
          fault: { kind: "status", command: "FolderSync", status: 9, recovery: "resync-folders" },
        }
      : null;
  world.sync.start();
  await world.clock.pass(2 * HOUR);
  expect(world.server.count("folders")).toBeLessThan(60);
  expect(world.status().trouble?.kind).toBe("protocol");
  world.server.plan = () => null;
  world.sync.syncNow();
  expect(await world.inStep()).toBe(true);
});

test("a Sync that says the hierarchy changed leads to a FolderSync, and not to an endless one", async () => {
  const world = makeWorld();
  furnish(world.server, 3);
  world.server.plan = (command, detail) =>
    command === "sync" && JSON.stringify(detail).includes('"work"')
      ? { when: "before", fault: { kind: "status", command: "Sync", status: 12, recovery: "resync-folders" } }
      : null;
  world.sync.start();
  await world.clock.pass(HOUR);
  expect(world.server.count("folders")).toBeLessThan(15);
  expect(world.server.count("folders")).toBeGreaterThan(2);
  expect(world.store.messagesIn("inbox")).toHaveLength(3);
});

describe("folders", () => {
  test("that come and go are followed", async () => {
    const world = makeWorld();
    furnish(world.server, 3);
    world.sync.start();
    expect(await world.inStep()).toBe(true);
    await world.clock.pass(1_000);
    world.server.addFolder("project", "user");
    world.server.deliver("project", "kick-off");
    expect(await world.inStep()).toBe(true);
    expect(world.store.messagesIn("project")).toHaveLength(1);
    world.server.removeFolder("project");
    world.sync.syncNow();
    expect(await world.inStep()).toBe(true);
    expect(world.store.picture()).not.toHaveProperty("project");
  });

  test("a lost hierarchy is read anew without losing mail", async () => {
    const world = makeWorld();
    furnish(world.server, 12);
    world.sync.start();
    expect(await world.inStep()).toBe(true);
    const before = world.store.messagesIn("inbox").map(({ id }) => id);
    world.server.forgetHierarchy();
    world.sync.syncNow();
    expect(await world.inStep()).toBe(true);
    await world.clock.pass(MINUTE);
    expect(world.store.messagesIn("inbox").map(({ id }) => id)).toEqual(before);
    expect(world.store.hierarchyKey()).not.toBe("0");
  });
});

test("a commit that the store refuses is not repeated in a tight loop", async () => {
  const world = makeWorld();
  furnish(world.server, 3);
  world.store.commitCollection = () => false;
  world.sync.start();
  await world.clock.pass(10 * MINUTE);
  expect(messagesRead(world.server).length).toBeLessThan(80);
  expect(world.logs).toContain("warn commit-refused");
});

test("a mailbox that throws costs a request, not the engine", async () => {
  const world = makeWorld();
  furnish(world.server, 3);
  const real = world.server.sync.bind(world.server);
  let thrown = false;
  world.server.sync = async (request) => {
    if (!thrown) {
      thrown = true;
      throw new Error("decoder bug");
    }
    return real(request);
  };
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  expect(thrown).toBe(true);
});

test("every other status of a Sync is asked again, with growing patience", async () => {
  for (const recovery of [
    "retry",
    "retry-later",
    "server-won",
    "already-done",
    "adapt",
    "give-up",
    "object-gone",
  ] as const) {
    const world = makeWorld();
    furnish(world.server, 5);
    world.server.plan = (command, detail) =>
      command === "sync" && JSON.stringify(detail).includes('"inbox"')
        ? { when: "before", fault: { kind: "status", command: "Sync", status: 5, recovery } }
        : null;
    world.sync.start();
    await world.clock.pass(HOUR);
    const asked = messagesRead(world.server).filter(({ collectionId }) => collectionId === "inbox").length;
    expect(asked, recovery).toBeGreaterThan(2);
    expect(asked, recovery).toBeLessThan(25);
    world.server.plan = () => null;
    expect(await world.inStep(2 * HOUR), recovery).toBe(true);
    await world.sync.stop();
  }
});
