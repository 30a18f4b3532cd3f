import { describe, expect, test } from "vitest";
import { messagesRead } from "../support/ask.ts";
import {
  busy,
  CUT,
  furnish,
  GARBAGE,
  HOUR,
  MINUTE,
  makeWorld,
  OFFLINE,
  playNext,
  SIGN_IN,
  serverPicture,
  type World,
} from "../support/world.ts";

async function inStepWorld(): Promise<World> {
  const world = makeWorld();
  furnish(world.server, 20);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  await world.clock.pass(1_000);
  return world;
}

describe("offline", () => {
  test("is a state, not a trouble, and is probed ever more rarely", async () => {
    const world = makeWorld();
    furnish(world.server, 5);
    world.server.plan = () => ({ when: "before", fault: OFFLINE });
    world.sync.start();
    await world.clock.pass(HOUR);
    expect(world.status().state).toBe("offline");
    expect(world.status().trouble).toBeNull();
    const probes = world.server.calls.map(({ at }) => at);
    expect(probes.length).toBeGreaterThan(10);
    expect(probes.length).toBeLessThan(40);
    const last = (probes.at(-1) ?? 0) - (probes.at(-2) ?? 0);
    expect(last).toBeGreaterThan(2 * MINUTE);
    expect(last).toBeLessThanOrEqual(5 * MINUTE + 100);
  });

  test.each(["network", "wake", "syncNow", "action"] as const)("ends at once on %s", async (event) => {
    const world = await inStepWorld();
    world.server.plan = () => ({ when: "before", fault: OFFLINE });
    world.sync.networkChanged(false);
    await world.clock.pass(HOUR);
    expect(world.status().state).toBe("offline");
    world.server.plan = () => null;
    world.server.deliver("inbox", "news");
    await world.clock.pass(3_000);
    const before = world.server.calls.length;
    if (event === "network") world.sync.networkChanged(true);
    else if (event === "wake") world.sync.wake();
    else if (event === "syncNow") world.sync.syncNow();
    else world.store.userSends("c1");
    await world.clock.pass(3_000);
    expect(world.server.calls.length).toBeGreaterThan(before);
    expect(world.status().state).not.toBe("offline");
    expect(await world.inStep()).toBe(true);
  });

  test("what the user does meanwhile goes out when the line is back", async () => {
    const world = await inStepWorld();
    world.server.plan = () => ({ when: "before", fault: OFFLINE });
    world.sync.networkChanged(false);
    await world.clock.pass(1_000);
    const [first, second, third] = world.store.messagesIn("inbox");
    if (first === undefined || second === undefined || third === undefined) throw new Error("no mail");
    world.store.userSets(first.id, { read: true, flagged: true });
    world.store.userDeletes(second.id);
    world.store.userMoves(third.id, "work");
    world.store.userSends("c1");
    await world.clock.pass(10 * MINUTE);
    expect(world.status()).toMatchObject({ state: "offline", pendingActions: 3, outbox: 1 });
    world.server.plan = () => null;
    world.sync.networkChanged(true);
    expect(await world.inStep()).toBe(true);
    expect(world.server.folder("inbox").get(first.serverId)).toMatchObject({ read: true, flagged: true });
    expect(world.server.folder("inbox").has(second.serverId)).toBe(false);
    expect(world.server.folder("work").size).toBe(1);
    expect(world.server.sent).toEqual(["c1"]);
  });

  test("a burst of actions without a line makes few attempts", async () => {
    const world = await inStepWorld();
    world.server.plan = () => ({ when: "before", fault: OFFLINE });
    world.sync.networkChanged(false);
    await world.clock.pass(MINUTE);
    const before = world.server.calls.length;
    for (const message of world.store.messagesIn("inbox")) {
      world.store.userSets(message.id, { read: true });
      await world.clock.pass(100);
    }
    expect(world.server.calls.length - before).toBeLessThanOrEqual(2);
  });

  test("the operating system's word is a hint: a line that works is used", async () => {
    const world = await inStepWorld();
    world.sync.networkChanged(false);
    world.server.deliver("inbox", "despite");
    expect(await world.inStep()).toBe(true);
    await world.clock.pass(1_000);
    expect(world.status().state).toBe("idle");
  });
});

describe("a busy server", () => {
  test("is left alone for exactly as long as it asks", async () => {
    const world = await inStepWorld();
    const asked = 90;
    let told = false;
    let toldAt = 0;
    world.server.plan = () => {
      if (told) return null;
      told = true;
      toldAt = world.clock.now();
      return { when: "before", fault: busy(asked) };
    };
    world.sync.syncNow();
    await world.clock.pass(1_000);
    const message = world.store.messagesIn("inbox")[0];
    if (message === undefined) throw new Error("no mail");
    const quietFrom = world.server.calls.length;
    world.store.userSets(message.id, { read: true });
    world.sync.syncNow();
    await world.clock.pass(asked * 1000 - 1_100);
    expect(world.server.calls.length).toBe(quietFrom);
    expect(await world.inStep()).toBe(true);
    const next = world.server.calls[quietFrom];
    expect(next?.at).toBe(toldAt + world.server.latency + asked * 1000);
  });

  test("that asks to wait long is said, with the time", async () => {
    const world = await inStepWorld();
    playNext(world.server, "folders", [{ when: "before", fault: busy(600) }]);
    world.sync.syncNow();
    await world.clock.pass(1_000);
    const { state, trouble } = world.status();
    expect(state).toBe("trouble");
    expect(trouble?.kind).toBe("server");
    expect(trouble?.retryAt).toBeGreaterThan(world.clock.now() + 590_000);
    await world.clock.pass(600_000);
    expect(world.status().trouble).toBeNull();
  });
});

describe("a refused password", () => {
  test("stops everything until there is another, so that no account is locked", async () => {
    const world = await inStepWorld();
    world.server.plan = () => ({ when: "before", fault: SIGN_IN });
    world.sync.syncNow();
    await world.clock.pass(1_000);
    expect(world.status().state).toBe("trouble");
    expect(world.status().trouble).toMatchObject({ kind: "sign-in", retryAt: null });
    const before = world.server.calls.length;
    world.store.userSends("c1");
    world.sync.syncNow();
    world.sync.wake();
    world.sync.networkChanged(true);
    await world.clock.pass(48 * HOUR);
    expect(world.server.calls.length).toBe(before);
    world.server.plan = () => null;
    world.sync.credentialsChanged();
    expect(await world.inStep()).toBe(true);
    expect(world.server.sent).toEqual(["c1"]);
    expect(world.status().trouble).toBeNull();
  });

  test("ends the Ping that is under way", async () => {
    const world = await inStepWorld();
    expect(world.server.calls.at(-1)?.command).toBe("ping");
    playNext(world.server, "folders", [{ when: "before", fault: SIGN_IN }]);
    world.sync.syncNow();
    await world.clock.pass(1_000);
    world.server.deliver("inbox", "not seen");
    await world.clock.pass(HOUR);
    expect(world.server.calls.at(-1)?.command).toBe("folders");
  });
});

describe("other refusals", () => {
  test.each([
    ["forbidden", "forbidden"],
    ["device-blocked", "device"],
    ["tls", "tls"],
  ] as const)("%s is said, and asked about rarely", async (kind, said) => {
    const world = makeWorld();
    furnish(world.server, 3);
    world.server.plan = () => ({ when: "before", fault: { kind, detail: "" } });
    world.sync.start();
    await world.clock.pass(6 * HOUR);
    expect(world.status().trouble?.kind).toBe(said);
    expect(world.server.calls.length).toBeLessThan(15);
    expect(world.server.calls.length).toBeGreaterThan(3);
    world.server.plan = () => null;
    world.sync.syncNow();
    expect(await world.inStep()).toBe(true);
  });

  test("a wipe ends everything for good", async () => {
    const world = await inStepWorld();
    playNext(world.server, "folders", [{ when: "before", fault: { kind: "wipe", detail: "" } }]);
    world.sync.syncNow();
    await world.clock.pass(100);
    const before = world.server.calls.length;
    world.sync.credentialsChanged();
    world.sync.syncNow();
    world.store.userSends("c1");
    await world.clock.pass(24 * HOUR);
    expect(world.server.calls.length).toBe(before);
    expect(world.status().trouble?.kind).toBe("wiped");
  });
});

describe("a line that breaks", () => {
  test("now and then costs a repeat and nothing else", async () => {
    const world = makeWorld({ seed: 3 });
    furnish(world.server, 900);
    let count = 0;
    world.server.plan = () => {
      count += 1;
      return count % 3 === 0 ? { when: count % 2 === 0 ? "after" : "before", fault: CUT } : null;
    };
    world.sync.start();
    expect(await world.inStep(HOUR)).toBe(true);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
    expect(world.statuses.every(({ trouble }) => trouble === null)).toBe(true);
  });

  test("each time is said in the end", async () => {
    const world = await inStepWorld();
    world.server.plan = () => ({ when: "after", fault: CUT });
    world.sync.syncNow();
    await world.clock.pass(5 * MINUTE);
    expect(world.status().trouble?.message).toContain("keeps breaking");
  });

  test("asks for less at a time", async () => {
    const world = makeWorld();
    furnish(world.server, 400);
    playNext(world.server, "sync", [
      { when: "before", fault: CUT },
      { when: "after", fault: CUT },
      { when: "after", fault: CUT },
    ]);
    world.sync.start();
    expect(await world.inStep()).toBe(true);
    expect(
      messagesRead(world.server)
        .map(({ windowSize }) => windowSize)
        .slice(0, 4),
    ).toEqual([100, 50, 25, 12]);
  });
});

describe("nonsense from the server", () => {
  test("in one folder leaves the others working", async () => {
    const world = makeWorld();
    furnish(world.server, 40);
    world.server.deliver("work", "fine");
    world.server.plan = (command, detail) =>
      command === "sync" && JSON.stringify(detail).includes('"inbox"')
        ? { when: "after", fault: GARBAGE }
        : null;
    world.sync.start();
    await world.clock.pass(10 * MINUTE);
    expect(world.store.messagesIn("work")).toHaveLength(1);
    expect(world.status().trouble?.kind).toBe("protocol");
    const inbox = messagesRead(world.server).filter(({ collectionId }) => collectionId === "inbox");
    expect(inbox.at(-1)?.windowSize).toBe(1);
    expect(inbox.length).toBeLessThan(15);
    world.server.plan = () => null;
    expect(await world.inStep(3 * HOUR)).toBe(true);
    await world.clock.pass(1_000);
    expect(world.status().trouble).toBeNull();
  });
});
