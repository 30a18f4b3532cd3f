import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { Collection, Intent, OutboxEntry } from "../../../electron/ports/sync-store.ts";
import { firstState, type State, type Step } from "../../../electron/sync/machine/state.ts";
import { statusOf } from "../../../electron/sync/machine/status.ts";
import { step } from "../../../electron/sync/machine/step.ts";
import type { Effect, Happening, Reply, Task } from "../../../electron/sync/machine/tasks.ts";
import { DEFAULT_SETTINGS, type Work } from "../../../electron/sync/machine/work.ts";
import { ok } from "../../../shared/base/result.ts";
import { DraftIdSchema } from "../../../shared/model/ids.ts";
import { ACCOUNT, folderId, messageId } from "../support/model-store.ts";

const AT = 1_000_000;

function collection(id: number, role: Collection["role"], more: Partial<Collection> = {}): Collection {
  return {
    folderId: folderId(id),
    serverId: `f${id}`,
    name: `Folder ${id}`,
    role,
    class: "mail",
    syncKey: "5",
    complete: true,
    stored: 10,
    ...more,
  };
}

const EMPTY: Work = {
  hierarchyKey: "F1",
  collections: [collection(2, "user"), collection(1, "inbox")],
  intents: [],
  outbox: { entry: null, dueAt: null },
  bodies: [],
  pending: { actions: 0, outbox: 0 },
  lastSync: null,
};

const SET: Intent = {
  id: 1,
  kind: "set",
  folderId: folderId(2),
  messageId: messageId(9),
  serverId: "m9",
  read: true,
};

const ENTRY: OutboxEntry = {
  draftId: v.parse(DraftIdSchema, 1),
  state: "queued",
  notBefore: 0,
  attempts: 0,
  message: {
    clientId: "c1",
    kind: "send",
    source: null,
    size: 1,
    async *open() {
      yield new Uint8Array(1);
    },
  },
};

function feed(state: State, happening: Happening, at = AT): Step {
  return step(state, { ...happening, at, chance: 0.5 });
}

function look(state: State, work: Work, at = AT): Step {
  return feed(state, { kind: "look", work }, at);
}

function tasks(effects: readonly Effect[]): readonly Task[] {
  return effects.flatMap((effect) => (effect.kind === "run" ? [effect.task] : []));
}

function answer(state: State, reply: Reply, lane: "main" | "body" | "ping" = "main", at = AT + 10): Step {
  const id = state.flights[lane]?.id ?? -1;
  return feed(state, { kind: "reply", lane, id, reply }, at);
}

/** Connected, folders read, nothing under way. */
function ready(work: Work = EMPTY): State {
  let { state } = look(firstState(DEFAULT_SETTINGS), work);
  state = answer(state, { kind: "connect", result: ok(null) }).state;
  state = { ...state, foldersDue: false };
  return state;
}

function quietNoMore(state: State): State {
  const memories = new Map([...state.memories].map(([id, memory]) => [id, { ...memory, quiet: false }]));
  return { ...state, memories };
}

describe("purity", () => {
  test("the same state and event give the same step, and the state is not touched", () => {
    const state = ready();
    const frozen = structuredClone({ ...state, work: null, settings: null });
    const first = look(state, { ...EMPTY, intents: [SET] });
    const second = look(state, { ...EMPTY, intents: [SET] });
    expect(second).toEqual(first);
    expect({ ...state, work: null, settings: null }).toEqual(frozen);
  });
});

describe("order of work", () => {
  test("first of all it finds out what the server speaks", () => {
    expect(tasks(look(firstState(DEFAULT_SETTINGS), EMPTY).effects)).toEqual([{ kind: "connect" }]);
  });

  test("then the folders, when there are none", () => {
    const { effects } = look(ready(), { ...EMPTY, hierarchyKey: "0", collections: [] });
    expect(tasks(effects)).toEqual([{ kind: "folders", syncKey: "0" }]);
  });

  test("what was written goes before everything else, and is written down first", () => {
    const work = { ...EMPTY, hierarchyKey: "0", intents: [SET], outbox: { entry: ENTRY, dueAt: null } };
    const { effects } = look(ready(), work);
    expect(effects.map(({ kind }) => kind)).toEqual(["outbox-sending", "run"]);
    expect(tasks(effects)[0]).toMatchObject({ kind: "send", message: { clientId: "c1" } });
  });

  test("a collection with an action comes before the inbox", () => {
    const [task] = tasks(look(quietNoMore(ready()), { ...EMPTY, intents: [SET] }).effects);
    expect(task).toMatchObject({
      kind: "sync",
      request: { collectionId: "f2", commands: [{ serverId: "m9" }] },
    });
  });

  test("the inbox comes before other mail", () => {
    const [task] = tasks(look(ready(), EMPTY).effects);
    expect(task).toMatchObject({ kind: "sync", request: { collectionId: "f1", windowSize: 100 } });
  });

  test("commands wait while a collection has no key, or its last answer may be replayed", () => {
    const [quiet] = tasks(look(ready(), { ...EMPTY, intents: [SET] }).effects);
    expect(quiet).toMatchObject({ request: { collectionId: "f2", commands: [] } });
    const collections = [collection(1, "inbox"), collection(2, "user", { syncKey: "0" })];
    const [fresh] = tasks(look(quietNoMore(ready()), { ...EMPTY, collections, intents: [SET] }).effects);
    expect(fresh).toMatchObject({ request: { collectionId: "f2", syncKey: "0", commands: [] } });
  });

  test("calendars, contacts and the server's Outbox are not read as mail", () => {
    const collections = [collection(1, "user", { class: "calendar" }), collection(2, "outbox")];
    expect(tasks(look(ready(), { ...EMPTY, collections }).effects)).toEqual([]);
  });
});

describe("lanes", () => {
  test("one request at a time changes state", () => {
    const begun = look(ready(), EMPTY).state;
    expect(tasks(look(begun, { ...EMPTY, intents: [SET] }).effects)).toEqual([]);
  });

  test("a body goes beside it", () => {
    const begun = look(ready(), EMPTY).state;
    const wanted = { messageId: messageId(3), collectionServerId: "f1", serverId: "m3" };
    expect(tasks(look(begun, { ...EMPTY, bodies: [wanted] }).effects)).toEqual([{ kind: "body", wanted }]);
  });

  test("a Ping only when there is nothing else to do", () => {
    const idle: State = {
      ...ready(),
      memories: new Map([...ready().memories].map(([id, memory]) => [id, { ...memory, dirty: false }])),
    };
    expect(tasks(look(idle, EMPTY).effects)).toEqual([
      { kind: "ping", collectionIds: ["f1", "f2"], seconds: 480 },
    ]);
    expect(tasks(look(ready(), EMPTY).effects).map(({ kind }) => kind)).toEqual(["sync"]);
  });

  test("the answer of a request that was given up is ignored", () => {
    const begun = look(ready(), EMPTY).state;
    const reply: Reply = { kind: "connect", result: ok(null) };
    const ignored = feed(begun, { kind: "reply", lane: "main", id: 999, reply });
    expect(ignored).toEqual({ state: begun, effects: [] });
  });

  test("a request past its limit is ended", () => {
    const begun = look(ready(), EMPTY).state;
    const late = look(begun, EMPTY, AT + 16 * 60_000);
    expect(late.effects).toContainEqual({ kind: "cancel", lane: "main", id: begun.flights.main?.id });
  });

  test("a change of network ends every request", () => {
    const begun = look(ready(), EMPTY).state;
    const { effects } = feed(begun, { kind: "network", online: true });
    expect(effects.map(({ kind }) => kind)).toEqual(["cancel"]);
  });
});

describe("what is not there any more is forgotten", () => {
  test("collections, attempts and tries", () => {
    const state: State = {
      ...ready(),
      attempts: new Map([[77, 3]]),
      bodyTries: new Map([[messageId(5), 2]]),
    };
    const { state: after } = look(state, { ...EMPTY, collections: [collection(1, "inbox")] });
    expect([...after.memories.keys()]).toEqual([1]);
    expect(after.attempts.size).toBe(0);
    expect(after.bodyTries.size).toBe(0);
  });
});

describe("when to look again", () => {
  test("at the time a message becomes due", () => {
    const work = { ...EMPTY, outbox: { entry: null, dueAt: AT + 7_000 } };
    expect(look(ready(), work).state.wakeAt).toBe(AT + 7_000);
  });

  test("when the gate opens", () => {
    const state: State = {
      ...ready(),
      gate: { reason: "busy", since: AT, until: AT + 3_000, trouble: null },
    };
    const waiting = look(state, EMPTY);
    expect(waiting.effects).toEqual([]);
    expect(waiting.state.wakeAt).toBe(AT + 3_000);
    expect(tasks(look(waiting.state, EMPTY, AT + 3_000).effects)).toHaveLength(1);
  });

  test("never in the past", () => {
    const state = { ...ready(), pollAt: AT - 5, sendAfter: AT - 5 };
    expect(look(state, EMPTY).state.wakeAt ?? AT + 1).toBeGreaterThan(AT);
  });
});

describe("status", () => {
  test("before anything happened", () => {
    expect(statusOf(firstState(DEFAULT_SETTINGS), ACCOUNT)).toEqual({
      accountId: ACCOUNT,
      state: "starting",
      progress: null,
      lastSync: null,
      trouble: null,
      pendingActions: 0,
      outbox: 0,
    });
  });

  test("a first pass under way shows how many of its folder are stored", () => {
    const collections = [collection(1, "inbox", { complete: false, stored: 120 })];
    const { state } = look(ready(), { ...EMPTY, collections });
    expect(statusOf(state, ACCOUNT)).toMatchObject({
      state: "syncing",
      progress: { done: 120, total: null, folder: "Folder 1" },
    });
  });

  test("a look at a folder that is complete is no progress worth showing", () => {
    expect(statusOf(look(ready(), EMPTY).state, ACCOUNT).progress).toBeNull();
  });

  test("offline by the system's word, until something works", () => {
    const offline = feed(ready(), { kind: "network", online: false }).state;
    expect(statusOf(offline, ACCOUNT).state).toBe("offline");
  });

  test("counts what waits", () => {
    const { state } = look(ready(), { ...EMPTY, pending: { actions: 3, outbox: 2 } });
    expect(statusOf(state, ACCOUNT)).toMatchObject({ pendingActions: 3, outbox: 2 });
  });
});
