import { describe, expect, test } from "vitest";
import type { PingAnswer, RemoteFault } from "../../../electron/ports/remote.ts";
import { ok } from "../../../shared/base/result.ts";
import { messagesRead, trace } from "../support/ask.ts";
import type { ModelServer } from "../support/model-server.ts";
import { CUT, furnish, HOUR, MINUTE, makeWorld, serverPicture, type World } from "../support/world.ts";

async function inStepWorld(): Promise<World> {
  const world = makeWorld();
  furnish(world.server, 5);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  await world.clock.pass(1_000);
  return world;
}

function pings(server: ModelServer): readonly { at: number; seconds: number; ids: readonly string[] }[] {
  return server.calls.flatMap(({ command, at, detail }) => {
    if (command !== "ping" || typeof detail !== "object" || detail === null) return [];
    const seconds =
      "heartbeatSeconds" in detail && typeof detail.heartbeatSeconds === "number"
        ? detail.heartbeatSeconds
        : 0;
    const ids =
      "collectionIds" in detail && Array.isArray(detail.collectionIds)
        ? detail.collectionIds.map(String)
        : [];
    return [{ at, seconds, ids }];
  });
}

function answering(
  world: World,
  answer: (seconds: number, ids: readonly string[]) => PingAnswer | RemoteFault | null,
) {
  const real = world.server.ping.bind(world.server);
  world.server.ping = async (ids, seconds, signal) => {
    const given = answer(seconds, ids);
    if (given === null) return real(ids, seconds, signal);
    world.server.calls.push({
      command: "ping",
      at: world.clock.now(),
      detail: { collectionIds: ids, heartbeatSeconds: seconds },
    });
    if ("detail" in given || given.kind === "status") return { ok: false, error: given };
    return ok(given);
  };
}

test("new mail is there as soon as the server says so", async () => {
  const world = await inStepWorld();
  await world.clock.pass(3 * MINUTE);
  world.server.deliver("work", "news");
  expect(await world.inStep(1_000)).toBe(true);
  expect(world.store.picture()).toEqual(serverPicture(world.server));
});

test("one Ping at a time watches all mail folders, the important ones first", async () => {
  const world = await inStepWorld();
  expect(pings(world.server).at(-1)?.ids).toEqual(["inbox", "sent", "work", "trash"]);
  await world.clock.pass(HOUR);
  const begun = pings(world.server);
  expect(begun.length).toBeLessThan(8);
});

test("the heartbeat grows while it is held, and what worked is handed out to be remembered", async () => {
  const world = await inStepWorld();
  await world.clock.pass(3 * HOUR);
  const asked = pings(world.server).map(({ seconds }) => seconds);
  expect(asked.slice(0, 5)).toEqual([480, 720, 1080, 1620, 2430]);
  expect(world.heartbeats.slice(0, 3)).toEqual([480, 720, 1080]);
});

test("a remembered heartbeat is begun with", async () => {
  const world = makeWorld({ settings: { heartbeatSeconds: 1_600 } });
  furnish(world.server, 2);
  world.sync.start();
  await world.clock.pass(MINUTE);
  expect(pings(world.server)[0]?.seconds).toBe(1_600);
});

test("a router that forgets connections after ten minutes is found out", async () => {
  const world = await inStepWorld();
  const real = world.server.ping.bind(world.server);
  world.server.ping = async (ids, seconds, signal) => {
    if (seconds <= 600) return real(ids, seconds, signal);
    world.server.calls.push({
      command: "ping",
      at: world.clock.now(),
      detail: { collectionIds: ids, heartbeatSeconds: seconds },
    });
    await new Promise<void>((resolve) => {
      world.clock.after(600_000, resolve);
      signal?.addEventListener("abort", () => resolve());
    });
    return { ok: false, error: signal?.aborted === true ? { kind: "cancelled", detail: "" } : CUT };
  };
  await world.clock.pass(10 * HOUR);
  const last = pings(world.server).at(-1)?.seconds ?? 0;
  expect(last).toBeGreaterThan(540);
  expect(last).toBeLessThanOrEqual(600);
  world.server.deliver("inbox", "news");
  expect(await world.inStep(5_000)).toBe(true);
});

test("the server's bounds are obeyed at once", async () => {
  const world = await inStepWorld();
  answering(world, (seconds) => (seconds > 300 ? { kind: "heartbeat", seconds: 300 } : null));
  await world.clock.pass(10 * MINUTE);
  world.sync.wake();
  await world.clock.pass(MINUTE);
  expect(pings(world.server).at(-1)?.seconds).toBe(300);
  await world.clock.pass(2 * HOUR);
  expect(
    pings(world.server)
      .slice(-5)
      .every(({ seconds }) => seconds === 300),
  ).toBe(true);
});

test("bounds that contradict each other do not make a loop", async () => {
  const world = await inStepWorld();
  answering(world, (seconds) => ({ kind: "heartbeat", seconds: seconds > 300 ? 200 : 600 }));
  world.sync.wake();
  const before = pings(world.server).length;
  await world.clock.pass(HOUR);
  expect(pings(world.server).length - before).toBeLessThan(40);
});

test("too many folders: as many as it allows, the others are looked at in turns", async () => {
  const world = await inStepWorld();
  answering(world, (_seconds, ids) => (ids.length > 2 ? { kind: "too-many-folders", max: 2 } : null));
  world.sync.wake();
  await world.clock.pass(MINUTE);
  expect(pings(world.server).at(-1)?.ids).toEqual(["inbox", "sent"]);
  world.server.deliver("work", "unwatched");
  expect(await world.inStep(6 * MINUTE)).toBe(true);
});

test("folders that changed are read, and their mail too", async () => {
  const world = await inStepWorld();
  world.server.addFolder("new", "user");
  world.server.deliver("new", "first");
  expect(await world.inStep(30_000)).toBe(true);
});

test("a server that always says folders-changed is asked ever more rarely", async () => {
  const world = await inStepWorld();
  answering(world, () => ({ kind: "folders-changed" }));
  world.sync.wake();
  const before = world.server.count("folders");
  await world.clock.pass(2 * HOUR);
  expect(world.server.count("folders") - before).toBeLessThan(40);
});

test("a Ping that announces changes where there are none is muted, and mail still comes", async () => {
  const world = await inStepWorld();
  answering(world, (_seconds, ids) =>
    ids.includes("work") ? { kind: "changes", collectionIds: ["work"] } : null,
  );
  world.sync.wake();
  const before = messagesRead(world.server).length;
  await world.clock.pass(4 * HOUR);
  expect(messagesRead(world.server).length - before).toBeLessThan(60);
  world.server.deliver("inbox", "prompt");
  await world.clock.pass(1_000);
  expect(world.store.messagesIn("inbox")).toHaveLength(6);
  world.server.deliver("work", "late, but it comes");
  expect(await world.inStep(31 * MINUTE)).toBe(true);
});

test("a Ping that names nothing, and one that names the unknown", async () => {
  const world = await inStepWorld();
  let times = 0;
  answering(world, () => {
    times += 1;
    if (times === 1) return { kind: "changes", collectionIds: [] };
    return times === 2 ? { kind: "changes", collectionIds: ["elsewhere"] } : null;
  });
  const from = world.server.calls.length;
  world.sync.wake();
  await world.clock.pass(MINUTE);
  const after = trace(world.server, from);
  for (const folder of ["inbox", "sent", "work", "trash"]) expect(after).toContain(`sync ${folder}`);
  expect(after).toContain("folders");
});

test("a nothing that comes at once is not believed, and not repeated in a loop", async () => {
  const world = await inStepWorld();
  answering(world, () => ({ kind: "nothing" }));
  world.sync.wake();
  const before = pings(world.server).length;
  await world.clock.pass(HOUR);
  expect(pings(world.server).length - before).toBeLessThan(10);
});

describe("a Ping that never works", () => {
  const faults: readonly RemoteFault[] = [
    CUT,
    { kind: "server", detail: "", httpStatus: 501 },
    { kind: "garbage", detail: "" },
    { kind: "status", command: "Ping", status: 8, recovery: "retry-later" },
    { kind: "status", command: "Ping", status: 4, recovery: "give-up" },
    { kind: "status", command: "Ping", status: 7, recovery: "resync-folders" },
  ];
  test.each(faults)("%o: mail is looked for at intervals instead", async (fault) => {
    const world = await inStepWorld();
    answering(world, () => fault);
    world.sync.wake();
    await world.clock.pass(20 * MINUTE);
    world.server.deliver("inbox", "polled");
    world.server.deliver("work", "polled too");
    expect(await world.inStep(6 * MINUTE)).toBe(true);
    const before = pings(world.server).length;
    await world.clock.pass(6 * HOUR);
    expect(pings(world.server).length - before).toBeLessThan(40);
    expect(pings(world.server).length - before).toBeGreaterThan(3);
    expect(["idle", "syncing"]).toContain(world.status().state);
  });

  test("is tried again on another network", async () => {
    const world = await inStepWorld();
    let broken = true;
    answering(world, () => (broken ? CUT : null));
    world.sync.wake();
    await world.clock.pass(20 * MINUTE);
    broken = false;
    world.sync.networkChanged(true);
    await world.clock.pass(MINUTE);
    world.server.deliver("inbox", "at once");
    expect(await world.inStep(1_000)).toBe(true);
  });
});

test("after a sleep the old Ping is not trusted", async () => {
  const world = await inStepWorld();
  const before = pings(world.server).length;
  world.sync.wake();
  await world.clock.pass(1_000);
  expect(pings(world.server).length).toBe(before + 1);
});

test("everything is looked at now and then even if Ping says nothing", async () => {
  const world = await inStepWorld();
  answering(world, () => null);
  world.server.mailboxes
    .get("work")
    ?.set("work:x", { subject: "unannounced", read: false, flagged: false, version: 1 });
  const silent = world.server.ping.bind(world.server);
  world.server.ping = async (_ids, seconds, signal) => silent([], seconds, signal);
  world.sync.wake();
  expect(await world.inStep(3 * HOUR)).toBe(true);
});
