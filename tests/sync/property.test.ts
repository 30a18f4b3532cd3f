import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RemoteFault } from "../../electron/ports/remote.ts";
import { killable } from "./support/killable.ts";
import type { Play } from "./support/model-server.ts";
import { furnish, MINUTE, makeWorld, serverPicture, type World } from "./support/world.ts";

const FAULTS: readonly RemoteFault[] = [
  { kind: "cut", detail: "" },
  { kind: "timeout", detail: "" },
  { kind: "offline", detail: "" },
  { kind: "garbage", detail: "" },
  { kind: "server", detail: "", httpStatus: 500 },
  { kind: "busy", detail: "", retryAfterMs: 7_000 },
  { kind: "busy", detail: "", retryAfterMs: null },
];

type Deed =
  | { readonly kind: "deliver" | "server-read" | "server-flag" | "server-remove"; readonly pick: number }
  | {
      readonly kind: "read" | "flag" | "delete" | "move" | "open";
      readonly pick: number;
      readonly on: boolean;
    }
  | { readonly kind: "send" | "sync-now" | "wake" | "forget" | "forget-hierarchy" }
  | { readonly kind: "network"; readonly on: boolean }
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "fault"; readonly fault: number; readonly after: boolean }
  | { readonly kind: "crash"; readonly writes: number; readonly before: boolean };

const pick = fc.nat(1_000);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constantFrom("deliver", "server-read", "server-flag", "server-remove"), pick }),
  fc.record({ kind: fc.constantFrom("read", "flag", "delete", "move", "open"), pick, on: fc.boolean() }),
  fc.record({ kind: fc.constantFrom("send", "send", "sync-now", "wake", "forget", "forget-hierarchy") }),
  fc.record({ kind: fc.constant("network"), on: fc.boolean() }),
  fc.record({ kind: fc.constant("pass"), ms: fc.constantFrom(0, 5, 10, 15, 100, 3_000, 40_000) }),
  fc.record({ kind: fc.constant("fault"), fault: fc.nat(FAULTS.length - 1), after: fc.boolean() }),
  fc.record({ kind: fc.constant("crash"), writes: fc.nat(6), before: fc.boolean() }),
);

const FOLDERS = ["inbox", "work", "trash"] as const;

function serverItem({ server }: World, index: number): { folder: string; id: string } | null {
  const all = FOLDERS.flatMap((folder) => [...server.folder(folder).keys()].map((id) => ({ folder, id })));
  return all[index % Math.max(1, all.length)] ?? null;
}

function ownMessage({ store }: World, index: number) {
  const all = FOLDERS.flatMap((folder) => store.messagesIn(folder));
  return all[index % Math.max(1, all.length)] ?? null;
}

/** Plays one history to its end. Returns the clientIds in the order in which the user sent them. */
async function play(world: World, deeds: readonly Deed[]): Promise<string[]> {
  const { server, store, clock } = world;
  const waiting: Play[] = [];
  const sent: string[] = [];
  server.plan = () => waiting.shift() ?? null;
  let life = killable(world);
  world.restart(life);
  for (const next of deeds) {
    switch (next.kind) {
      case "deliver":
        server.deliver(FOLDERS[next.pick % FOLDERS.length] ?? "inbox", `mail ${next.pick}`);
        break;
      case "server-read":
      case "server-flag":
      case "server-remove": {
        const item = serverItem(world, next.pick);
        if (item === null) break;
        if (next.kind === "server-remove") server.remove(item.folder, item.id);
        else
          server.change(
            item.folder,
            item.id,
            next.kind === "server-read" ? { read: true } : { flagged: true },
          );
        break;
      }
      case "read":
      case "flag":
      case "delete":
      case "move":
      case "open": {
        const message = ownMessage(world, next.pick);
        if (message === null) break;
        if (next.kind === "read") store.userSets(message.id, { read: next.on });
        else if (next.kind === "flag") store.userSets(message.id, { flagged: next.on });
        else if (next.kind === "delete") store.userDeletes(message.id);
        else if (next.kind === "move") store.userMoves(message.id, next.on ? "trash" : "work");
        else store.userOpens(message.id);
        break;
      }
      case "send":
        sent.push(`client-${sent.length}`);
        store.userSends(`client-${sent.length - 1}`);
        break;
      case "sync-now":
        world.sync.syncNow();
        break;
      case "wake":
        world.sync.wake();
        break;
      case "network":
        world.sync.networkChanged(next.on);
        break;
      case "forget":
        server.forget("inbox");
        break;
      case "forget-hierarchy":
        server.forgetHierarchy();
        break;
      case "pass":
        await clock.pass(next.ms);
        break;
      case "fault": {
        const fault = FAULTS[next.fault];
        if (fault !== undefined) waiting.push({ when: next.after ? "after" : "before", fault });
        break;
      }
      case "crash":
        life.killAfter(next.writes, next.before);
        await clock.pass(2_000);
        life.kill();
        life = killable(world);
        world.restart(life);
        break;
    }
  }
  waiting.length = 0;
  return sent;
}

async function check(repeats: "replay" | "recompute", deeds: readonly Deed[], seed: number): Promise<void> {
  const world = makeWorld({ seed });
  world.server.repeats = repeats;
  furnish(world.server, 12);
  const sent = await play(world, deeds);
  const agreed = await world.inStep(3 * 60 * MINUTE);
  expect(world.store.picture()).toEqual(serverPicture(world.server));
  expect(agreed).toBe(true);
  expect(world.server.sent).toEqual(sent);
  expect(world.store.bodiesWanted(1)).toEqual([]);
  await world.sync.stop();
}

describe.each(["replay", "recompute"] as const)(
  "with a server that answers a repeated key by %s",
  (repeats) => {
    test("whatever happens, client and server agree in the end, and everything is sent once, in order", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 40 }), fc.nat(), (deeds, seed) =>
          check(repeats, deeds, seed),
        ),
        { seed: 20261121, numRuns: 300 },
      );
    });
  },
);
