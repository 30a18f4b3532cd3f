import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { RemoteFault, RemoteMailbox } from "../../electron/ports/remote.ts";
import type { OutboxEntry } from "../../electron/ports/sync-store.ts";
import type { Task } from "../../electron/sync/machine/tasks.ts";
import { cancelledReply, request } from "../../electron/sync/requests.ts";
import { DraftIdSchema } from "../../shared/model/ids.ts";
import { FakeClock } from "./support/fake-clock.ts";
import { ModelServer } from "./support/model-server.ts";
import { folderId, messageId } from "./support/model-store.ts";

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

const TASKS: readonly Task[] = [
  { kind: "connect" },
  { kind: "folders", syncKey: "0" },
  {
    kind: "sync",
    folderId: folderId(1),
    carried: [],
    request: {
      collectionId: "inbox",
      syncKey: "0",
      windowSize: 10,
      filterType: 0,
      bodyBytes: 100,
      commands: [],
    },
  },
  {
    kind: "estimate",
    folderId: folderId(1),
    stored: 3,
    request: { collectionId: "inbox", syncKey: "0", filterType: 0 },
  },
  {
    kind: "move",
    moves: [
      { intentId: 1, source: folderId(1), target: folderId(2), serverId: "x", from: "inbox", to: "work" },
    ],
  },
  { kind: "send", entry: ENTRY, message: ENTRY.message },
  { kind: "body", wanted: { messageId: messageId(1), collectionServerId: "inbox", serverId: "x" } },
  { kind: "ping", collectionIds: ["inbox"], seconds: 60 },
];

function mailbox(fault: RemoteFault): RemoteMailbox {
  const failed = async () => ({ ok: false as const, error: fault });
  return {
    connect: failed,
    folders: failed,
    sync: failed,
    estimate: failed,
    body: failed,
    attachment: failed,
    send: failed,
    move: failed,
    ping: failed,
  };
}

function throwing(): RemoteMailbox {
  const bug = () => {
    throw new Error("bug");
  };
  return {
    connect: bug,
    folders: bug,
    sync: bug,
    estimate: bug,
    body: bug,
    attachment: bug,
    send: bug,
    move: bug,
    ping: bug,
  };
}

describe.each(TASKS.map((task) => [task.kind, task] as const))("%s", (kind, task) => {
  test("replies of its own kind, with the task where the machine needs it", async () => {
    const clock = new FakeClock();
    const server = new ModelServer(clock);
    server.addFolder("inbox", "inbox");
    server.addFolder("work", "user");
    const pending = request(server, task, new AbortController().signal);
    await clock.pass(70_000);
    const reply = await pending;
    expect(reply.kind).toBe(kind);
    expect(server.count(kind)).toBe(1);
    expect(cancelledReply(task).kind).toBe(kind);
  });

  test("a mailbox that throws gives a fault, not a rejection", async () => {
    const reply = await request(throwing(), task, new AbortController().signal);
    expect(reply.result).toMatchObject({ ok: false, error: { kind: "garbage" } });
  });

  test("an end that we did not ask for counts as a broken line", async () => {
    const ended = mailbox({ kind: "cancelled", detail: "closed" });
    const reply = await request(ended, task, new AbortController().signal);
    expect(reply.result).toMatchObject({ ok: false, error: { kind: "cut" } });
  });

  test("an end that we asked for stays one", async () => {
    const abort = new AbortController();
    abort.abort();
    const reply = await request(mailbox({ kind: "cancelled", detail: "" }), task, abort.signal);
    expect(reply.result).toMatchObject({ ok: false, error: { kind: "cancelled" } });
    expect(cancelledReply(task).result).toMatchObject({ ok: false, error: { kind: "cancelled" } });
  });
});

test("a move sends what the protocol knows, and no ids of ours", async () => {
  const clock = new FakeClock();
  const server = new ModelServer(clock);
  const task = TASKS.find(({ kind }) => kind === "move");
  if (task === undefined) throw new Error("no move");
  const pending = request(server, task, new AbortController().signal);
  await clock.pass(1_000);
  await pending;
  expect(server.calls[0]?.detail).toEqual([{ serverId: "x", from: "inbox", to: "work" }]);
});
