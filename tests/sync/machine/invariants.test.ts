import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RemoteFault } from "../../../electron/ports/remote.ts";
import { firstState, type State } from "../../../electron/sync/machine/state.ts";
import { statusOf } from "../../../electron/sync/machine/status.ts";
import { step } from "../../../electron/sync/machine/step.ts";
import type { Effect, Happening, Lane, Reply, Task } from "../../../electron/sync/machine/tasks.ts";
import { DEFAULT_SETTINGS, type Work } from "../../../electron/sync/machine/work.ts";
import { err, ok, type Result } from "../../../shared/base/result.ts";
import { ACCOUNT, folderId, messageId } from "../support/model-store.ts";

const LANES: readonly Lane[] = ["main", "body", "ping"];
const FAULTS: readonly RemoteFault[] = [
  { kind: "offline", detail: "" },
  { kind: "cut", detail: "" },
  { kind: "busy", detail: "", retryAfterMs: 20_000 },
  { kind: "garbage", detail: "" },
  { kind: "sign-in", detail: "" },
  { kind: "status", command: "Sync", status: 3, recovery: "resync-collection" },
  { kind: "status", command: "Sync", status: 12, recovery: "resync-folders" },
  { kind: "status", command: "Sync", status: 5, recovery: "retry" },
];

interface Move {
  readonly what: "good" | "bad" | "event" | "time";
  readonly lane: number;
  readonly pick: number;
  readonly ms: number;
}

const move: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom("good", "good", "good", "bad", "event", "time"),
  lane: fc.nat(2),
  pick: fc.nat(100),
  ms: fc.constantFrom(1, 50, 2_000, 70_000, 3_600_000),
});

const EVENTS: readonly Happening[] = [
  { kind: "user-action" },
  { kind: "sync-now" },
  { kind: "wake" },
  { kind: "network", online: false },
  { kind: "network", online: true },
  { kind: "credentials" },
  { kind: "store-failed" },
  { kind: "refused", folderId: folderId(1), key: "5" },
];

function workAt(pick: number): Work {
  const intents = Array.from({ length: pick % 4 }, (_, index) => ({
    id: index + 1,
    kind: "set" as const,
    folderId: folderId((index % 2) + 1),
    messageId: messageId(index + 1),
    serverId: `m${index}`,
    read: true,
  }));
  return {
    hierarchyKey: "F1",
    collections: [1, 2, 3].map((id) => ({
      folderId: folderId(id),
      serverId: `f${id}`,
      name: `Folder ${id}`,
      role: id === 1 ? "inbox" : "user",
      class: "mail",
      syncKey: "5",
      complete: id !== 3,
      stored: 1,
    })),
    intents,
    outbox: { entry: null, dueAt: null },
    bodies: [],
    pending: { actions: intents.length, outbox: 0 },
    lastSync: null,
  };
}

function replyTo(task: Task, fault: RemoteFault | null): Reply {
  const result = <T>(value: T): Result<T, RemoteFault> => (fault === null ? ok(value) : err(fault));
  switch (task.kind) {
    case "connect":
      return { kind: "connect", result: result(null) };
    case "folders":
      return {
        kind: "folders",
        syncKey: task.syncKey,
        result: result({ syncKey: "F2", added: [], updated: [], deleted: [] }),
      };
    case "sync":
      return {
        kind: "sync",
        task,
        result: result({
          syncKey: "6",
          moreAvailable: false,
          added: [],
          changed: [],
          deleted: [],
          verdicts: [],
          unreadable: { count: 0, reason: null },
        }),
      };
    case "estimate":
      return { kind: "estimate", task, result: result(7) };
    case "move":
      return { kind: "move", task, result: result([]) };
    case "send":
      return { kind: "send", task, result: result(undefined) };
    case "body":
      return {
        kind: "body",
        wanted: task.wanted,
        result: result({ kind: "html" as const, data: "", truncated: false, size: 0 }),
      };
    case "ping":
      return { kind: "ping", task, result: result({ kind: "nothing" as const }) };
  }
}

test("whatever comes in whatever order: one request in a lane, fresh ids, and always a next time", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      let state: State = firstState(DEFAULT_SETTINGS);
      let at = 1_000_000;
      const ids = new Set<number>();
      let ended = false;
      const inFlight = new Map<Lane, number>();
      const feed = (happening: Happening) => {
        const result = step(state, { ...happening, at, chance: 0.5 });
        state = result.state;
        check(result.effects);
      };
      const check = (effects: readonly Effect[]) => {
        for (const effect of effects) {
          if (effect.kind === "run") {
            expect(ids.has(effect.id)).toBe(false);
            expect(inFlight.has(effect.lane)).toBe(false);
            ids.add(effect.id);
            inFlight.set(effect.lane, effect.id);
          } else if (effect.kind === "cancel") {
            const { task } = state.flights[effect.lane] ?? {};
            inFlight.delete(effect.lane);
            ended = true;
            if (task !== undefined) {
              const reply = replyTo(task, { kind: "cancelled", detail: "" });
              feed({ kind: "reply", lane: effect.lane, id: effect.id, reply });
            }
          }
        }
      };
      for (const { what, lane, pick, ms } of moves) {
        const name = LANES[lane] ?? "main";
        const flight = state.flights[name];
        if (what === "time") at += ms;
        else if (what === "event") feed(EVENTS[pick % EVENTS.length] ?? { kind: "wake" });
        else if (flight !== null) {
          const fault = what === "bad" ? (FAULTS[pick % FAULTS.length] ?? null) : null;
          inFlight.delete(name);
          feed({ kind: "reply", lane: name, id: flight.id, reply: replyTo(flight.task, fault) });
        }
        do {
          ended = false;
          feed({ kind: "look", work: workAt(pick) });
        } while (ended);
        const shown = statusOf(state, ACCOUNT);
        const stopped = state.gate !== null && state.gate.until === null;
        const busy = LANES.some((one) => state.flights[one] !== null);
        // Either something is under way, or there is a time to look again, or only a person can help.
        expect(busy || state.wakeAt !== null || stopped).toBe(true);
        expect(state.wakeAt === null || state.wakeAt > at).toBe(true);
        expect(stopped ? shown.trouble : "any").not.toBeNull();
      }
    }),
    { seed: 31, numRuns: 300 },
  );
});
