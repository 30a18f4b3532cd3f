import { describe, expect, test } from "vitest";
import type { SyncCommand } from "../../../electron/ports/remote.ts";
import type { MessageId } from "../../../shared/model/ids.ts";
import { messagesRead, trace } from "../support/ask.ts";
import {
  CUT,
  furnish,
  HOUR,
  MINUTE,
  makeWorld,
  playNext,
  serverPicture,
  type World,
} from "../support/world.ts";

async function inStepWorld(count = 20): Promise<World> {
  const world = makeWorld();
  furnish(world.server, count);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  await world.clock.pass(1_000);
  return world;
}

function mail(world: World, index: number, folder = "inbox"): { id: MessageId; serverId: string } {
  const message = world.store.messagesIn(folder)[index];
  if (message === undefined) throw new Error("no such message");
  return message;
}

function commandsSent(world: World, from = 0): readonly (readonly SyncCommand[])[] {
  return messagesRead(world.server)
    .slice(from)
    .map(({ commands }) => commands)
    .filter((commands) => commands.length > 0);
}

describe("read, flag, delete", () => {
  test("go out at once while a Ping hangs, together, in one Sync of their collection", async () => {
    const world = await inStepWorld();
    const before = messagesRead(world.server).length;
    world.store.userSets(mail(world, 0).id, { read: true });
    world.store.userSets(mail(world, 1).id, { flagged: true });
    world.store.userDeletes(mail(world, 2).id);
    const ids = [0, 1, 2].map((index) => mail(world, index).serverId);
    expect(await world.inStep(5_000)).toBe(true);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
    const sent = commandsSent(world, before).flat();
    expect(sent.map(({ serverId }) => serverId).sort()).toEqual([...ids].sort());
    expect(commandsSent(world, before).length).toBeLessThanOrEqual(2);
  });

  test("many at once are carried in requests of at most 100", async () => {
    const world = await inStepWorld(250);
    const before = messagesRead(world.server).length;
    const wish = world.store.onWork.bind(world.store);
    expect(wish).toBeTypeOf("function");
    await world.sync.stop();
    for (const { id } of world.store.messagesIn("inbox")) world.store.userSets(id, { read: true });
    world.restart();
    expect(await world.inStep()).toBe(true);
    const sizes = commandsSent(world, before).map((commands) => commands.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  test("go before more downloading", async () => {
    const world = makeWorld();
    furnish(world.server, 3_000);
    world.sync.start();
    await world.clock.passUntil(() => world.store.messagesIn("inbox").length >= 300, MINUTE);
    world.store.userSets(mail(world, 0).id, { read: true });
    const { serverId } = mail(world, 0);
    await world.clock.passUntil(() => world.server.folder("inbox").get(serverId)?.read === true, MINUTE);
    expect(world.store.messagesIn("inbox").length).toBeLessThan(2_000);
    expect(await world.inStep()).toBe(true);
  });

  test("a new action on a message whose change is under way stays queued and wins in the end", async () => {
    const world = await inStepWorld();
    const { id, serverId } = mail(world, 0);
    world.store.userSets(id, { read: true });
    await world.clock.pass(5);
    world.store.userSets(id, { read: false });
    expect(world.store.pendingCount().actions).toBe(2);
    expect(await world.inStep()).toBe(true);
    expect(world.server.folder("inbox").get(serverId)?.read).toBe(false);
    expect(commandsSent(world).map((commands) => commands.length)).toEqual([1, 1]);
  });

  test("an answer lost by a cut: the very same request with the same key, newer wishes waiting", async () => {
    const world = await inStepWorld();
    playNext(world.server, "sync", [
      { when: "after", fault: CUT },
      { when: "before", fault: CUT },
    ]);
    const before = messagesRead(world.server).length;
    world.store.userSets(mail(world, 0).id, { read: true });
    await world.clock.pass(15);
    world.store.userSets(mail(world, 1).id, { read: true });
    expect(await world.inStep()).toBe(true);
    const [first, second, third] = messagesRead(world.server).slice(before);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(first?.commands).toHaveLength(1);
    expect(world.store.reverted).toEqual([]);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
  });

  test("a request that is cut every time is given up for a quiet Sync, and nothing is lost", async () => {
    const world = await inStepWorld();
    let cuts = 0;
    world.server.plan = (command, detail) => {
      if (command !== "sync" || !JSON.stringify(detail).includes('"change"') || cuts >= 6) return null;
      cuts += 1;
      return { when: "after", fault: CUT };
    };
    const before = messagesRead(world.server).length;
    world.store.userSets(mail(world, 0).id, { read: true });
    expect(await world.inStep(HOUR)).toBe(true);
    const lengths = messagesRead(world.server)
      .slice(before)
      .map(({ commands }) => commands.length);
    expect(lengths.slice(0, 5)).toEqual([1, 1, 1, 1, 0]);
    expect(world.server.folder("inbox").get(mail(world, 0).serverId)?.read).toBe(true);
  });

  test("after a restart the first Sync of a collection is quiet, because the last answer may be replayed", async () => {
    const world = await inStepWorld();
    playNext(world.server, "sync", [{ when: "after", fault: CUT, delay: HOUR }]);
    world.store.userSets(mail(world, 0).id, { read: true });
    await world.clock.pass(1_000);
    await world.sync.stop();
    world.store.userSets(mail(world, 1).id, { flagged: true });
    world.server.plan = () => null;
    const before = messagesRead(world.server).length;
    world.restart();
    expect(await world.inStep()).toBe(true);
    const [first, second] = messagesRead(world.server)
      .slice(before)
      .filter(({ collectionId }) => collectionId === "inbox");
    expect(first?.commands).toEqual([]);
    expect(second?.commands).toHaveLength(2);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
  });
});

describe("the server's word", () => {
  test("a conflict leaves the server's version", async () => {
    const world = await inStepWorld();
    const { id, serverId } = mail(world, 0);
    world.server.change("inbox", serverId, { flagged: true });
    world.store.userSets(id, { read: true });
    expect(await world.inStep()).toBe(true);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
  });

  test("a message that is gone drops the wish about it", async () => {
    const world = await inStepWorld();
    const { id, serverId } = mail(world, 0);
    world.server.mailboxes.get("inbox")?.delete(serverId);
    world.store.userSets(id, { read: true });
    expect(await world.inStep()).toBe(true);
    expect(world.store.pendingCount().actions).toBe(0);
    expect(world.store.messagesIn("inbox").some((message) => message.serverId === serverId)).toBe(false);
  });

  test("while a folder is read anew, a message not told of yet is no reason to drop the wish", async () => {
    const world = await inStepWorld(900);
    const last = world.store.messagesIn("inbox")[800];
    const [oldest] = world.server.folder("inbox").keys();
    const message = world.store.messagesIn("inbox").find(({ serverId }) => serverId === oldest);
    if (message === undefined || last === undefined) throw new Error("no mail");
    world.server.forget("inbox");
    world.server.latency = 1_000;
    world.sync.syncNow();
    await world.clock.passUntil(
      () =>
        world.store
          .collections()
          .some(({ role, complete, syncKey }) => role === "inbox" && !complete && syncKey !== "0"),
      MINUTE,
    );
    world.store.userSets(message.id, { read: true });
    world.store.userDeletes(last.id);
    expect(await world.inStep(HOUR)).toBe(true);
    expect(world.server.folder("inbox").get(message.serverId)?.read).toBe(true);
    expect(world.server.folder("inbox").has(last.serverId)).toBe(false);
    expect(world.store.reverted).toEqual([]);
  });

  test("a change that is put off for ever is taken back, with words", async () => {
    const world = await inStepWorld();
    const { id, serverId } = mail(world, 0);
    const real = world.server.sync.bind(world.server);
    world.server.sync = async (request) => {
      const result = await real({ ...request, commands: [] });
      if (!result.ok) return result;
      const verdicts = request.commands.map((command) => ({
        serverId: command.serverId,
        status: 16,
        recovery: "retry" as const,
      }));
      return { ok: true, value: { ...result.value, verdicts } };
    };
    world.store.userSets(id, { read: true });
    await world.clock.passUntil(() => world.store.pendingCount().actions === 0, 2 * HOUR);
    expect(world.store.reverted).toEqual(["The server did not accept this change."]);
    expect(world.server.folder("inbox").get(serverId)?.read).toBe(false);
  });

  test("commands that the server refuses as a whole are taken back after some attempts", async () => {
    const world = await inStepWorld();
    world.server.plan = (command, detail) =>
      command === "sync" && JSON.stringify(detail).includes('"change"')
        ? { when: "before", fault: { kind: "status", command: "Sync", status: 4, recovery: "give-up" } }
        : null;
    world.store.userSets(mail(world, 0).id, { read: true });
    await world.clock.passUntil(() => world.store.pendingCount().actions === 0, 24 * HOUR);
    expect(world.store.reverted).toHaveLength(1);
  });
});

describe("moves", () => {
  test("go by MoveItems, and the message keeps its row", async () => {
    const world = await inStepWorld();
    const { id, serverId } = mail(world, 0);
    world.store.userMoves(id, "work");
    expect(await world.inStep()).toBe(true);
    expect(world.store.messagesIn("work").map((message) => message.id)).toEqual([id]);
    expect(world.server.folder("inbox").has(serverId)).toBe(false);
    expect(world.server.count("move")).toBe(1);
  });

  test("several travel together", async () => {
    const world = await inStepWorld();
    await world.sync.stop();
    for (const index of [0, 1, 2]) world.store.userMoves(mail(world, index).id, "work");
    world.restart();
    expect(await world.inStep()).toBe(true);
    expect(world.server.count("move")).toBe(1);
    expect(world.server.folder("work").size).toBe(3);
  });

  test("an answer lost after the move: the message is there once, and nowhere else", async () => {
    const world = await inStepWorld();
    playNext(world.server, "move", [{ when: "after", fault: CUT }]);
    world.store.userMoves(mail(world, 0).id, "work");
    expect(await world.inStep()).toBe(true);
    expect(world.store.messagesIn("work")).toHaveLength(1);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
  });

  test("what is wished afterwards follows under the new id", async () => {
    const world = await inStepWorld();
    const { id } = mail(world, 0);
    world.store.userMoves(id, "work");
    world.store.userSets(id, { flagged: true });
    expect(await world.inStep()).toBe(true);
    expect([...world.server.folder("work").values()].map(({ flagged }) => flagged)).toEqual([true]);
  });

  test("into a folder that is gone is taken back, and the folders are read again", async () => {
    const world = await inStepWorld();
    const { id, serverId } = mail(world, 0);
    world.server.removeFolder("work");
    world.store.userMoves(id, "work");
    const before = world.server.count("folders");
    expect(await world.inStep()).toBe(true);
    expect(world.server.count("folders")).toBeGreaterThan(before);
    expect(world.server.folder("inbox").has(serverId)).toBe(true);
    expect(world.store.messagesIn("inbox").some((message) => message.id === id)).toBe(true);
  });

  test.each(["retry", "resync-collection", "give-up", "object-gone"] as const)(
    "a MoveItems that fails as a whole with %s does not go on for ever",
    async (recovery) => {
      const world = await inStepWorld();
      world.server.plan = (command) =>
        command === "move"
          ? { when: "before", fault: { kind: "status", command: "MoveItems", status: 9, recovery } }
          : null;
      world.store.userMoves(mail(world, 0).id, "work");
      await world.clock.pass(2 * HOUR);
      expect(world.server.count("move")).toBe(5);
      expect(world.store.pendingCount().actions).toBe(0);
      expect(world.store.messagesIn("inbox")).toHaveLength(20);
    },
  );

  test("that always break the line do not keep mail from coming", async () => {
    const world = await inStepWorld();
    world.server.plan = (command) => (command === "move" ? { when: "before", fault: CUT } : null);
    world.store.userMoves(mail(world, 0).id, "work");
    await world.clock.pass(MINUTE);
    world.server.deliver("inbox", "still coming");
    await world.clock.pass(HOUR);
    expect(world.store.messagesIn("inbox").some(({ subject }) => subject === "still coming")).toBe(true);
  });
});

test("what the user wrote goes before what the user did, and both before mail", async () => {
  const world = await inStepWorld(300);
  await world.sync.stop();
  world.server.deliver("inbox", "new");
  world.store.userSets(mail(world, 0).id, { read: true });
  world.store.userMoves(mail(world, 1).id, "work");
  world.store.userSends("c1");
  const from = world.server.calls.length;
  world.restart();
  expect(await world.inStep()).toBe(true);
  expect(trace(world.server, from).slice(0, 5)).toEqual([
    "connect",
    "send",
    "sync inbox",
    "sync inbox",
    "move",
  ]);
});
