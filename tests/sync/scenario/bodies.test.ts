import { expect, test } from "vitest";
import { trace } from "../support/ask.ts";
import {
  CUT,
  furnish,
  GARBAGE,
  HOUR,
  MINUTE,
  makeWorld,
  OFFLINE,
  playNext,
  type World,
} from "../support/world.ts";

async function inStepWorld(count = 5): Promise<World> {
  const world = makeWorld();
  furnish(world.server, count);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  await world.clock.pass(1_000);
  return world;
}

function first(world: World) {
  const message = world.store.messagesIn("inbox")[0];
  if (message === undefined) throw new Error("no mail");
  return message;
}

test("a body somebody opens is fetched at once while a Ping hangs", async () => {
  const world = await inStepWorld();
  const { id, serverId } = first(world);
  world.store.userOpens(id);
  await world.clock.pass(50);
  expect(world.store.bodies.get(id)).toBe(`body of ${serverId}`);
});

test("it does not wait for the download that is under way", async () => {
  const world = makeWorld();
  furnish(world.server, 2_000);
  world.sync.start();
  await world.clock.passUntil(() => world.store.messagesIn("inbox").length > 0, MINUTE);
  world.server.plan = (command) => (command === "sync" ? { when: "after", fault: CUT, delay: 60_000 } : null);
  await world.clock.pass(20);
  world.store.userOpens(first(world).id);
  await world.clock.pass(100);
  expect(world.store.bodies.size).toBe(1);
});

test("a message that is gone is said to have no body", async () => {
  const world = await inStepWorld();
  const { id, serverId } = first(world);
  world.server.mailboxes.get("inbox")?.delete(serverId);
  world.store.userOpens(id);
  await world.clock.pass(100);
  expect(world.store.failedBodies).toEqual([id]);
});

test.each([CUT, GARBAGE, { kind: "server", detail: "", httpStatus: 500 } as const])(
  "%o is tried three times, then the reader is told",
  async (fault) => {
    const world = await inStepWorld();
    world.server.plan = (command) => (command === "body" ? { when: "before", fault } : null);
    world.store.userOpens(first(world).id);
    await world.clock.pass(HOUR);
    expect(world.server.count("body")).toBe(3);
    expect(world.store.failedBodies).toHaveLength(1);
  },
);

test("without a line it waits for the line", async () => {
  const world = await inStepWorld();
  world.server.plan = () => ({ when: "before", fault: OFFLINE });
  world.store.userOpens(first(world).id);
  await world.clock.pass(MINUTE);
  expect(world.store.failedBodies).toEqual([]);
  world.server.plan = () => null;
  world.sync.networkChanged(true);
  await world.clock.pass(MINUTE);
  expect(world.store.bodies.size).toBe(1);
});

test("a store that asks for the same body again and again is not served for ever", async () => {
  const world = await inStepWorld();
  world.store.commitBody = () => undefined;
  world.store.userOpens(first(world).id);
  await world.clock.pass(HOUR);
  expect(world.server.count("body")).toBe(3);
});

test("a body that fails does not disturb the mail", async () => {
  const world = await inStepWorld();
  playNext(world.server, "body", [{ when: "before", fault: GARBAGE }]);
  const from = world.server.calls.length;
  world.store.userOpens(first(world).id);
  world.server.deliver("inbox", "news");
  expect(await world.inStep(10_000)).toBe(true);
  expect(trace(world.server, from)).toContain("sync inbox");
  expect(world.status().trouble).toBeNull();
});
