import { describe, expect, test } from "vitest";
import type { Recovery, RemoteFault } from "../../../electron/ports/remote.ts";
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
  type World,
} from "../support/world.ts";

async function inStepWorld(): Promise<World> {
  const world = makeWorld();
  furnish(world.server, 5);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  await world.clock.pass(1_000);
  return world;
}

test("messages go out in the order in which they were written", async () => {
  const world = await inStepWorld();
  for (const id of ["a", "b", "c", "d"]) world.store.userSends(id);
  expect(await world.inStep()).toBe(true);
  expect(world.server.sent).toEqual(["a", "b", "c", "d"]);
});

test("the order holds when the first one has to wait", async () => {
  const world = await inStepWorld();
  const retry: RemoteFault = { kind: "status", command: "SendMail", status: 111, recovery: "retry" };
  playNext(world.server, "send", [
    { when: "before", fault: retry },
    { when: "before", fault: CUT },
    { when: "after", fault: CUT },
  ]);
  world.store.userSends("a");
  world.store.userSends("b");
  expect(await world.inStep()).toBe(true);
  expect(world.server.sent).toEqual(["a", "b"]);
});

test("it is written down before the first byte leaves", async () => {
  const world = await inStepWorld();
  const states: string[] = [];
  world.server.plan = (command) => {
    if (command === "send") states.push(world.store.outbox[0]?.state ?? "");
    return null;
  };
  world.store.userSends("a");
  expect(await world.inStep()).toBe(true);
  expect(states).toEqual(["sending"]);
});

test("a message that cannot be written down does not leave", async () => {
  const world = await inStepWorld();
  const real = world.store.outboxSending.bind(world.store);
  world.store.outboxSending = () => {
    throw new Error("disk full");
  };
  world.store.userSends("a");
  await world.clock.pass(MINUTE);
  expect(world.server.count("send")).toBe(0);
  expect(world.status().trouble?.message).toContain("disk");
  world.store.outboxSending = real;
  expect(await world.inStep()).toBe(true);
  expect(world.server.sent).toEqual(["a"]);
});

test("undo: nothing leaves before its time", async () => {
  const world = await inStepWorld();
  world.store.userSends("a", {}, world.clock.now() + 10_000);
  await world.clock.pass(9_900);
  expect(world.server.count("send")).toBe(0);
  await world.clock.pass(200);
  expect(world.server.sent).toEqual(["a"]);
});

test("a cut after the server took it: repeated under the same id, delivered once", async () => {
  const world = await inStepWorld();
  playNext(world.server, "send", [
    { when: "after", fault: CUT },
    { when: "before", fault: { kind: "timeout", detail: "" } },
  ]);
  world.store.userSends("a");
  expect(await world.inStep()).toBe(true);
  expect(world.server.count("send")).toBe(3);
  expect(world.server.sent).toEqual(["a"]);
  expect(world.store.outbox[0]?.state).toBe("sent");
});

test("a restart in the middle of sending: delivered once", async () => {
  const world = await inStepWorld();
  playNext(world.server, "send", [{ when: "after", fault: CUT, delay: HOUR }]);
  world.store.userSends("a");
  await world.clock.pass(1_000);
  expect(world.server.sent).toEqual(["a"]);
  await world.sync.stop();
  expect(world.store.outbox[0]?.state).toBe("sending");
  world.server.plan = () => null;
  world.restart();
  expect(await world.inStep()).toBe(true);
  expect(world.server.sent).toEqual(["a"]);
});

test("without a line it waits, and says so", async () => {
  const world = await inStepWorld();
  world.server.plan = () => ({ when: "before", fault: OFFLINE });
  world.store.userSends("a");
  await world.clock.pass(HOUR);
  expect(world.store.outbox[0]).toMatchObject({ state: "queued", reason: "Waiting for a connection." });
  world.server.plan = () => null;
  world.sync.networkChanged(true);
  expect(await world.inStep()).toBe(true);
  expect(world.server.sent).toEqual(["a"]);
});

test("it never waits for a long download, only for the answer under way", async () => {
  const world = makeWorld();
  furnish(world.server, 5_000);
  world.sync.start();
  await world.clock.passUntil(() => world.store.messagesIn("inbox").length >= 300, MINUTE);
  const from = world.server.calls.length;
  world.store.userSends("a");
  await world.clock.passUntil(() => world.server.sent.length === 1, MINUTE);
  expect(
    world.server.calls
      .slice(from)
      .map(({ command }) => command)
      .slice(0, 2),
  ).toContain("send");
  expect(world.store.messagesIn("inbox").length).toBeLessThan(1_500);
});

test("the copy in Sent is fetched at once", async () => {
  const world = await inStepWorld();
  world.store.userSends("a");
  expect(await world.inStep(10_000)).toBe(true);
  expect(world.store.messagesIn("sent").map(({ subject }) => subject)).toEqual(["a"]);
});

describe("refusals", () => {
  test("for good: failed, with words, and the next one goes", async () => {
    const world = await inStepWorld();
    playNext(world.server, "send", [
      { when: "before", fault: { kind: "status", command: "SendMail", status: 119, recovery: "give-up" } },
    ]);
    world.store.userSends("a");
    world.store.userSends("b");
    expect(await world.inStep()).toBe(true);
    expect(world.server.sent).toEqual(["b"]);
    expect(world.store.outbox[0]).toMatchObject({ state: "failed" });
    expect(world.store.outbox[0]?.reason).toContain("refused");
  });

  test("too large is said as such", async () => {
    const world = await inStepWorld();
    playNext(world.server, "send", [
      { when: "before", fault: { kind: "server", detail: "", httpStatus: 413 } },
    ]);
    world.store.userSends("a");
    await world.clock.pass(MINUTE);
    expect(world.store.outbox[0]).toMatchObject({ state: "failed" });
    expect(world.store.outbox[0]?.reason).toContain("too large");
    expect(world.status().trouble).toBeNull();
  });

  test.each(["retry", "retry-later", "resync-folders", "server-won"] as const)(
    "%s is tried again, but not for ever",
    async (recovery: Recovery) => {
      const world = await inStepWorld();
      world.server.plan = (command) =>
        command === "send"
          ? { when: "before", fault: { kind: "status", command: "SendMail", status: 120, recovery } }
          : null;
      world.store.userSends("a");
      await world.clock.pass(6 * HOUR);
      expect(world.server.count("send")).toBe(6);
      expect(world.store.outbox[0]?.state).toBe("failed");
    },
  );

  test("an answer that is never understood ends in honest words", async () => {
    const world = await inStepWorld();
    world.server.plan = (command) => (command === "send" ? { when: "after", fault: GARBAGE } : null);
    world.store.userSends("a");
    await world.clock.pass(6 * HOUR);
    // The second attempt is told "done before" in truth, but its answer is lost as well.
    expect(world.store.outbox[0]?.state).toBe("failed");
    expect(world.store.outbox[0]?.reason).toContain("may have been sent");
    expect(world.server.sent).toEqual(["a"]);
  });

  test("a message under which the line breaks each time lets mail come", async () => {
    const world = await inStepWorld();
    world.server.plan = (command) => (command === "send" ? { when: "before", fault: CUT } : null);
    world.store.userSends("a");
    await world.clock.pass(5 * MINUTE);
    world.server.deliver("inbox", "meanwhile");
    await world.clock.pass(HOUR);
    expect(world.store.messagesIn("inbox").some(({ subject }) => subject === "meanwhile")).toBe(true);
    await world.clock.pass(24 * HOUR);
    expect(world.server.count("send")).toBe(20);
    expect(world.store.outbox[0]?.state).toBe("failed");
  });

  test("a busy server is waited for, and the message stays first", async () => {
    const world = await inStepWorld();
    playNext(world.server, "send", [{ when: "before", fault: busy(30) }]);
    world.store.userSends("a");
    await world.clock.pass(25_000);
    expect(world.store.outbox[0]?.state).toBe("queued");
    expect(world.server.count("send")).toBe(1);
    await world.clock.pass(10_000);
    expect(world.server.sent).toEqual(["a"]);
  });

  test("a sign-in problem keeps it for later", async () => {
    const world = await inStepWorld();
    playNext(world.server, "send", [{ when: "before", fault: { kind: "sign-in", detail: "" } }]);
    world.store.userSends("a");
    await world.clock.pass(HOUR);
    expect(world.store.outbox[0]?.state).toBe("queued");
    expect(world.store.outbox[0]?.reason).toContain("account");
    world.sync.credentialsChanged();
    expect(await world.inStep()).toBe(true);
    expect(world.server.sent).toEqual(["a"]);
  });
});

describe("answers to a message that is gone", () => {
  const source = { collectionId: "inbox", serverId: "inbox:no" };

  test("a reply goes out without its original: the quotation is in it", async () => {
    const world = await inStepWorld();
    world.store.userSends("a", { kind: "reply", source });
    expect(await world.inStep()).toBe(true);
    expect(world.server.sent).toEqual(["a"]);
    const kinds = world.server.calls.flatMap(({ command, detail }) =>
      command === "send" && typeof detail === "object" && detail !== null && "kind" in detail
        ? [detail.kind]
        : [],
    );
    expect(kinds).toEqual(["reply", "send"]);
  });

  test("a forward fails with words: the server was to add what it no longer has", async () => {
    const world = await inStepWorld();
    world.store.userSends("a", { kind: "forward", source });
    await world.clock.pass(MINUTE);
    expect(world.store.outbox[0]).toMatchObject({ state: "failed" });
    expect(world.store.outbox[0]?.reason).toContain("forwarded");
    expect(world.server.sent).toEqual([]);
  });
});
