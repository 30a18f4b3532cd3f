import { describe, expect, test } from "vitest";
import type { Recovery, RemoteFault } from "../../../electron/ports/remote.ts";
import { REMEDY_OF_RECOVERY } from "../../../electron/sync/machine/faults.ts";
import type { Command } from "../support/model-server.ts";
import { furnish, HOUR, MINUTE, makeWorld, serverPicture, type World } from "../support/world.ts";

const RECOVERIES = Object.keys(REMEDY_OF_RECOVERY).filter(
  (key): key is Recovery => key in REMEDY_OF_RECOVERY,
);

const PLAIN: readonly RemoteFault[] = [
  { kind: "offline", detail: "" },
  { kind: "cut", detail: "" },
  { kind: "timeout", detail: "" },
  { kind: "tls", detail: "" },
  { kind: "cancelled", detail: "" },
  { kind: "sign-in", detail: "" },
  { kind: "forbidden", detail: "" },
  { kind: "device-blocked", detail: "" },
  { kind: "busy", detail: "", retryAfterMs: null },
  { kind: "busy", detail: "", retryAfterMs: 5_000 },
  { kind: "server", detail: "", httpStatus: 500 },
  { kind: "garbage", detail: "" },
];

const FAULTS: readonly RemoteFault[] = [
  ...PLAIN,
  ...RECOVERIES.filter((recovery) => recovery !== "wipe").map((recovery) => ({
    kind: "status" as const,
    command: "Any",
    status: 99,
    recovery,
  })),
];

const COMMANDS: readonly Command[] = ["connect", "folders", "sync", "body", "send", "move", "ping"];

function name(fault: RemoteFault): string {
  return fault.kind === "status" ? fault.recovery : fault.kind;
}

/** A user with one thing of each kind to do. */
function busyUser({ store }: World): void {
  const [first, second, third] = store.messagesIn("inbox");
  if (first === undefined || second === undefined || third === undefined) throw new Error("no mail");
  store.userSets(first.id, { read: true });
  store.userMoves(second.id, "work");
  store.userOpens(third.id);
  store.userSends("written");
}

describe.each(COMMANDS)("when every %s fails", (command) => {
  test.each(FAULTS.map((fault) => [name(fault), fault] as const))("with %s", async (_name, fault) => {
    const world = makeWorld();
    furnish(world.server, 6);
    world.sync.start();
    expect(await world.inStep()).toBe(true);
    await world.clock.pass(1_000);
    let failing = true;
    world.server.plan = (asked) => (failing && asked === command ? { when: "before", fault } : null);
    const before = world.server.calls.length;
    world.sync.credentialsChanged();
    world.sync.syncNow();
    busyUser(world);
    await world.clock.pass(30 * MINUTE);

    // No server can make us hammer it, unless it asks for it itself with a Retry-After of a few seconds.
    const asked = fault.kind === "busy" && fault.retryAfterMs !== null;
    expect(world.server.calls.length - before).toBeLessThan(asked ? 400 : 200);

    failing = false;
    world.sync.credentialsChanged();
    world.sync.syncNow();
    expect(await world.inStep(3 * HOUR)).toBe(true);
    expect(world.store.picture()).toEqual(serverPicture(world.server));
    // Sent once, or given up with words; never both, never twice.
    const state = world.store.outbox[0]?.state;
    expect(world.server.sent).toEqual(
      state === "sent" && command !== "send" ? ["written"] : world.server.sent,
    );
    expect(world.server.sent.length).toBeLessThanOrEqual(1);
    expect(["sent", "failed"]).toContain(state);
    await world.sync.stop();
  });
});
