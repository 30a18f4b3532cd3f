import { describe, expect, test } from "vitest";
import type { Intent } from "../../../electron/ports/sync-store.ts";
import { commandBatch, moveBatch } from "../../../electron/sync/machine/batch.ts";
import { folderId, messageId } from "../support/model-store.ts";

const INBOX = folderId(1);
const WORK = folderId(2);
let ids = 0;
const common = (message: number, folder = INBOX) => {
  ids += 1;
  return { id: ids, folderId: folder, messageId: messageId(message), serverId: `m${message}` };
};
const set = (message: number, change: { read?: boolean; flagged?: boolean }, folder = INBOX): Intent => ({
  ...common(message, folder),
  kind: "set",
  ...change,
});
const remove = (message: number, folder = INBOX): Intent => ({ ...common(message, folder), kind: "delete" });
const move = (message: number, folder = INBOX): Intent => ({
  ...common(message, folder),
  kind: "move",
  targetId: WORK,
  fromServerId: "inbox",
  toServerId: "work",
});

describe("commands of one collection", () => {
  test("several wishes about one message become one command, the latest winning", () => {
    const intents = [set(1, { read: true }), set(1, { flagged: true }), set(1, { read: false })];
    const batch = commandBatch(intents, INBOX);
    expect(batch.commands).toEqual([{ kind: "change", serverId: "m1", read: false, flagged: true }]);
    expect(batch.carried).toEqual([
      { serverId: "m1", kind: "change", intentIds: intents.map(({ id }) => id) },
    ]);
  });

  test("a field that nobody touched is not sent", () => {
    const { commands } = commandBatch([set(1, { flagged: false })], INBOX);
    expect(commands).toEqual([{ kind: "change", serverId: "m1", flagged: false }]);
  });

  test("a delete swallows what was wished before it, and what comes after it", () => {
    const intents = [set(1, { read: true }), remove(1), set(1, { flagged: true })];
    const batch = commandBatch(intents, INBOX);
    expect(batch.commands).toEqual([{ kind: "delete", serverId: "m1" }]);
    expect(batch.carried[0]?.intentIds).toEqual(intents.map(({ id }) => id));
  });

  test("other collections wait for their own request", () => {
    const batch = commandBatch([set(1, { read: true }), set(2, { read: true }, WORK)], INBOX);
    expect(batch.commands.map(({ serverId }) => serverId)).toEqual(["m1"]);
  });

  test("what comes after a move waits for the new id", () => {
    const before = set(1, { read: true });
    const batch = commandBatch([before, move(1), set(1, { flagged: true }), remove(1)], INBOX);
    expect(batch.commands).toEqual([{ kind: "change", serverId: "m1", read: true }]);
    expect(batch.carried[0]?.intentIds).toEqual([before.id]);
  });

  test("holds at most 100 messages, and still gathers all wishes about those", () => {
    const intents = Array.from({ length: 150 }, (_, index) => set(index + 1, { read: true }));
    const batch = commandBatch([...intents, set(1, { flagged: true }), set(149, { flagged: true })], INBOX);
    expect(batch.commands).toHaveLength(100);
    expect(batch.commands[0]).toEqual({ kind: "change", serverId: "m1", read: true, flagged: true });
    expect(batch.carried).toHaveLength(100);
  });

  test("nothing to do is an empty batch", () => {
    expect(commandBatch([], INBOX)).toEqual({ commands: [], carried: [] });
  });
});

describe("moves", () => {
  test("go together, each with both ends", () => {
    const intents = [move(1), move(2)];
    expect(moveBatch(intents)).toEqual(
      intents.map((intent, index) => ({
        intentId: intent.id,
        source: INBOX,
        target: WORK,
        serverId: `m${index + 1}`,
        from: "inbox",
        to: "work",
      })),
    );
  });

  test("wait for what was wished before them about the same message", () => {
    expect(moveBatch([set(1, { read: true }), move(1), move(2)]).map(({ serverId }) => serverId)).toEqual([
      "m2",
    ]);
  });

  test("only one of a message at a time: the second needs the id that the first brings", () => {
    expect(moveBatch([move(1), move(1)])).toHaveLength(1);
  });

  test("hold at most 50", () => {
    expect(moveBatch(Array.from({ length: 80 }, (_, index) => move(index + 1)))).toHaveLength(50);
  });
});
