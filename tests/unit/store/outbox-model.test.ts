import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DraftId } from "../../../shared/model/ids.ts";
import { Fixture } from "../../store/support.ts";
import { START } from "../../store/support-core.ts";
import {
  CHUNK,
  content,
  joinedAsync,
  newDraft,
  numberFrom,
  pattern,
  pieces,
  SEED,
} from "../../support/store/workbench.ts";

function queue(
  f: Fixture,
  clientId: string,
  notBefore = 0,
  mime: Iterable<Uint8Array> = [pattern(3)],
): DraftId {
  const { id } = newDraft(f, { subject: clientId });
  const request = {
    content: content({ subject: clientId }),
    clientId,
    kind: "send" as const,
    mime,
    notBefore,
  };
  if (!f.store.drafts.queue(id, request)) throw new Error("not queued");
  return id;
}

interface Entry {
  readonly id: DraftId;
  readonly queuedAt: number;
  state: "queued" | "sending" | "failed";
  notBefore: number;
  attempts: number;
  reason: string | null;
}

/** The outbox as the interface describes it. */
class ModelOutbox {
  readonly entries: Entry[] = [];

  find(id: DraftId): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  drop(id: DraftId): void {
    const at = this.entries.findIndex((entry) => entry.id === id);
    if (at >= 0) this.entries.splice(at, 1);
  }

  next(now: number): { draftId: DraftId | null; dueAt: number | null } {
    const waiting = this.entries.filter((entry) => entry.state !== "failed");
    const due = waiting.filter((entry) => entry.notBefore <= now);
    const [first] = due.sort((a, b) => a.queuedAt - b.queuedAt || a.id - b.id);
    if (first !== undefined) return { draftId: first.id, dueAt: first.notBefore };
    return {
      draftId: null,
      dueAt: waiting.length === 0 ? null : Math.min(...waiting.map((one) => one.notBefore)),
    };
  }
}

describe("the outbox beside a model", () => {
  test.each([1, 2, 3, 4])("whatever the user and the server do (history %i)", (seed) => {
    const f = new Fixture();
    const model = new ModelOutbox();
    const steps = fc.sample(
      fc.record({
        kind: fc.constantFrom(
          "queue",
          "queue",
          "sending",
          "sent",
          "later",
          "never",
          "recall",
          "retry",
          "discard",
          "wait",
          "restart",
        ),
        at: fc.nat(),
        ms: fc.integer({ min: 0, max: 5_000 }),
      }),
      { seed: SEED + seed, numRuns: 90 },
    );
    for (const [number, { kind, at, ms }] of steps.entries()) {
      const now = f.clock.now();
      const entry = model.entries[at % Math.max(1, model.entries.length)];
      if (kind === "queue") {
        const id = queue(f, `c${number}`, now + ms);
        model.entries.push({
          id,
          queuedAt: now,
          state: "queued",
          notBefore: now + ms,
          attempts: 0,
          reason: null,
        });
      } else if (kind === "wait") f.clock.advance(ms);
      else if (kind === "restart") f.reopen();
      else if (entry !== undefined && kind === "sending") {
        f.sync.outboxSending(entry.id, now);
        Object.assign(entry, { state: "sending", attempts: entry.attempts + 1, reason: null });
      } else if (entry !== undefined && kind === "sent") {
        f.sync.outboxSent(entry.id);
        model.drop(entry.id);
      } else if (entry !== undefined && kind === "later") {
        f.sync.outboxFailed(entry.id, `try ${number}`, now + ms);
        Object.assign(entry, { state: "queued", reason: `try ${number}`, notBefore: now + ms });
      } else if (entry !== undefined && kind === "never") {
        f.sync.outboxFailed(entry.id, `no ${number}`, null);
        Object.assign(entry, { state: "failed", reason: `no ${number}` });
      } else if (entry !== undefined && kind === "retry") {
        expect(f.store.drafts.retry(entry.id)).toBe(true);
        if (entry.state !== "sending")
          Object.assign(entry, { state: "queued", reason: null, notBefore: now });
      } else if (entry !== undefined && kind === "recall") {
        const answer = f.store.drafts.recall(entry.id);
        if (entry.state === "sending") expect(answer).toBe("too-late");
        else expect(answer).toMatchObject({ id: entry.id });
        if (entry.state !== "sending") model.drop(entry.id);
      } else if (entry !== undefined) {
        expect(f.store.drafts.discard(entry.id)).toBe(entry.state !== "sending");
        if (entry.state !== "sending") model.drop(entry.id);
      }
      const expected = model.next(f.clock.now());
      const { entry: next, dueAt } = f.sync.outboxNext(f.clock.now());
      expect({ draftId: next?.draftId ?? null, dueAt }).toEqual(expected);
      expect(f.store.drafts.outbox().map(({ id, state, reason }) => ({ id, state, reason }))).toEqual(
        [...model.entries]
          .sort((a, b) => a.queuedAt - b.queuedAt || a.id - b.id)
          .map(({ id, state, reason }) => ({ id, state, reason })),
      );
      if (next !== null) expect(next.attempts).toBe(model.find(next.draftId)?.attempts);
      expect(f.sync.pendingCount().outbox).toBe(model.entries.filter((one) => one.state !== "failed").length);
    }
  });
});

describe("what is due", () => {
  test.each([
    [-1, false],
    [0, true],
    [1, true],
  ])("%i ms after its time a message is given out: %s", (late, expected) => {
    const f = new Fixture();
    const id = queue(f, "c", START + 1_000);
    const next = f.sync.outboxNext(START + 1_000 + late);
    expect([next.entry?.draftId ?? null, next.dueAt]).toEqual([expected ? id : null, START + 1_000]);
  });

  test("an empty outbox and one of failures have nothing due at any time", () => {
    const f = new Fixture();
    expect(f.sync.outboxNext(Number.MAX_SAFE_INTEGER)).toEqual({ entry: null, dueAt: null });
    f.sync.outboxFailed(queue(f, "c"), "no", null);
    expect(f.sync.outboxNext(Number.MAX_SAFE_INTEGER)).toEqual({ entry: null, dueAt: null });
  });

  test("one that waits lets the later ones pass, and is first again when it is due", () => {
    const f = new Fixture();
    const ids = [queue(f, "slow", START + 100), queue(f, "b"), queue(f, "c")];
    expect(f.sync.outboxNext(START).entry?.draftId).toBe(ids[1]);
    expect(f.sync.outboxNext(START + 100).entry?.draftId).toBe(ids[0]);
  });

  test("news about a message that is not in the outbox changes nothing", () => {
    const f = new Fixture();
    const { id } = newDraft(f, { subject: "mine" });
    f.sync.outboxSending(id, START);
    f.sync.outboxFailed(id, "no", START);
    f.sync.outboxSent(id);
    f.sync.outboxSent(999 as DraftId);
    expect(f.store.drafts.list()).toMatchObject([{ id, subject: "mine" }]);
    expect([f.store.drafts.retry(id), f.store.drafts.recall(id)]).toEqual([false, "not-found"]);
  });

  test.each([
    [40, true],
    [41, false],
  ])("a client id of %i characters is taken: %s", (length, expected) => {
    const f = new Fixture();
    const attempt = () => queue(f, "c".repeat(length));
    if (expected) expect(attempt()).toBe(1);
    else expect(attempt).toThrow("client id too long");
    expect(f.store.drafts.outbox()).toHaveLength(Number(expected));
    expect(f.store.drafts.list()).toHaveLength(Number(!expected));
  });

  test("the text that is queued is the text of a recall, not what was saved before", () => {
    const f = new Fixture();
    const { id } = newDraft(f, { subject: "saved" });
    f.store.drafts.queue(id, {
      content: content({ subject: "sent" }),
      clientId: "c",
      kind: "send",
      mime: [],
      notBefore: 0,
    });
    expect(f.store.drafts.outbox()).toMatchObject([{ subject: "sent" }]);
    expect(f.store.drafts.recall(id)).toMatchObject({ subject: "sent" });
    expect(numberFrom(f, "SELECT count(*) FROM outbox_chunks")).toBe(0);
  });

  test("after a recall the same message can be queued again, with the same client id and other bytes", async () => {
    const f = new Fixture();
    const id = queue(f, "c", 0, [pattern(10)]);
    f.store.drafts.recall(id);
    f.store.drafts.queue(id, {
      content: content(),
      clientId: "c",
      kind: "forward",
      mime: [pattern(20)],
      notBefore: 0,
    });
    const { entry } = f.sync.outboxNext(START);
    expect(entry?.message).toMatchObject({ clientId: "c", kind: "forward", size: 20 });
    if (entry !== null) expect(await joinedAsync(entry.message.open())).toEqual(Buffer.from(pattern(20)));
  });
});

describe("the bytes of a message", () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17])(
    "%i of them come out as they went in, for any piece",
    async (size) => {
      const f = new Fixture();
      const mime = pattern(size);
      for (const step of [997, 65_536, CHUNK, CHUNK + 1, 10 * CHUNK]) {
        const id = queue(f, `c${step}`, 0, pieces(mime, step));
        const { entry } = f.sync.outboxNext(START);
        if (entry === null) throw new Error("nothing is due");
        expect(entry.message.size).toBe(size);
        for (let attempt = 0; attempt < 2; attempt += 1)
          expect((await joinedAsync(entry.message.open())).equals(mime)).toBe(true);
        f.sync.outboxSent(id);
      }
      expect(numberFrom(f, "SELECT count(*) FROM outbox_chunks")).toBe(0);
      expect(f.store.drafts.list()).toEqual([]);
    },
  );

  test("two readings at once, one of them broken off, do not disturb each other", async () => {
    const f = new Fixture();
    const mime = pattern(2 * CHUNK + 3);
    queue(f, "c", 0, [mime]);
    const { entry } = f.sync.outboxNext(START);
    if (entry === null) throw new Error("nothing is due");
    for await (const piece of entry.message.open()) {
      expect(piece.byteLength).toBe(CHUNK);
      break;
    }
    const [one, two] = await Promise.all([
      joinedAsync(entry.message.open()),
      joinedAsync(entry.message.open()),
    ]);
    expect([one.equals(mime), two.equals(mime)]).toEqual([true, true]);
  });
});
