import { describe, expect, test } from "vitest";
import type { DraftId } from "../../shared/model/ids.ts";
import { CONTENT, count, Fixture } from "./support.ts";
import { ACCOUNT, addAccount, mail, OTHER } from "./support-core.ts";

/** The states that a message can be in on its way out. */
type Stage = "draft" | "queued" | "sending" | "failed" | "sent";

function create(f: Fixture): DraftId {
  return f.store.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content: CONTENT }).id;
}

function queue(f: Fixture, id: DraftId, clientId = `c${id}`, notBefore = 0): boolean {
  const mime = [new Uint8Array([1, 2, 3])];
  return f.store.drafts.queue(id, { content: CONTENT, clientId, kind: "send", mime, notBefore });
}

/** A message brought to a stage. */
function at(stage: Stage): { f: Fixture; id: DraftId } {
  const f = new Fixture();
  const id = create(f);
  if (stage !== "draft") queue(f, id);
  if (stage === "sending" || stage === "failed" || stage === "sent") f.sync.outboxSending(id, 1);
  if (stage === "failed") f.sync.outboxFailed(id, "too large", null);
  if (stage === "sent") f.sync.outboxSent(id);
  return { f, id };
}

function stageOf(f: Fixture, id: DraftId): Stage {
  const item = f.store.drafts.outbox().find((candidate) => candidate.id === id);
  if (item !== undefined) return item.state;
  return f.store.drafts.get(id) === null ? "sent" : "draft";
}

const STAGES: readonly Stage[] = ["draft", "queued", "sending", "failed", "sent"];

describe("each step from each stage", () => {
  const STEPS: readonly {
    readonly name: string;
    readonly act: (f: Fixture, id: DraftId) => unknown;
    /** Where it leads and what it answers, from each stage. */
    readonly from: Readonly<Record<Stage, readonly [Stage, unknown]>>;
  }[] = [
    {
      name: "queue",
      act: queue,
      from: {
        draft: ["queued", true],
        queued: ["queued", false],
        sending: ["sending", false],
        failed: ["failed", false],
        sent: ["sent", false],
      },
    },
    {
      name: "sending",
      act: (f, id) => f.sync.outboxSending(id, 5),
      from: {
        draft: ["draft", undefined],
        queued: ["sending", undefined],
        sending: ["sending", undefined],
        failed: ["sending", undefined],
        sent: ["sent", undefined],
      },
    },
    {
      name: "sent",
      act: (f, id) => f.sync.outboxSent(id),
      from: {
        draft: ["draft", undefined],
        queued: ["sent", undefined],
        sending: ["sent", undefined],
        failed: ["sent", undefined],
        sent: ["sent", undefined],
      },
    },
    {
      name: "failed for now",
      act: (f, id) => f.sync.outboxFailed(id, "busy", 99),
      from: {
        draft: ["draft", undefined],
        queued: ["queued", undefined],
        sending: ["queued", undefined],
        failed: ["queued", undefined],
        sent: ["sent", undefined],
      },
    },
    {
      name: "failed for good",
      act: (f, id) => f.sync.outboxFailed(id, "refused", null),
      from: {
        draft: ["draft", undefined],
        queued: ["failed", undefined],
        sending: ["failed", undefined],
        failed: ["failed", undefined],
        sent: ["sent", undefined],
      },
    },
    {
      name: "retry",
      act: (f, id) => f.store.drafts.retry(id),
      from: {
        draft: ["draft", false],
        queued: ["queued", true],
        sending: ["sending", true],
        failed: ["queued", true],
        sent: ["sent", false],
      },
    },
    {
      name: "recall",
      act: (f, id) => {
        const answer = f.store.drafts.recall(id);
        return typeof answer === "string" ? answer : answer.id === id;
      },
      from: {
        draft: ["draft", "not-found"],
        queued: ["draft", true],
        sending: ["sending", "too-late"],
        failed: ["draft", true],
        sent: ["sent", "not-found"],
      },
    },
    {
      name: "discard",
      act: (f, id) => f.store.drafts.discard(id),
      from: {
        draft: ["sent", true],
        queued: ["sent", true],
        sending: ["sending", false],
        failed: ["sent", true],
        sent: ["sent", false],
      },
    },
    {
      name: "save",
      act: (f, id) => f.store.drafts.save(id, CONTENT) !== null,
      from: {
        draft: ["draft", true],
        queued: ["queued", false],
        sending: ["sending", false],
        failed: ["failed", false],
        sent: ["sent", false],
      },
    },
    {
      name: "attach",
      act: (f, id) => f.store.drafts.attach(id, { name: "a", type: "b", bytes: new Uint8Array(1) }) !== null,
      from: {
        draft: ["draft", true],
        queued: ["queued", false],
        sending: ["sending", false],
        failed: ["failed", false],
        sent: ["sent", false],
      },
    },
  ];

  describe.each(STEPS)("$name", ({ act, from }) => {
    test.each(STAGES)("from %s", (stage) => {
      const { f, id } = at(stage);
      expect(stageOf(f, id)).toBe(stage);
      const [expected, answer] = from[stage];
      expect(act(f, id)).toBe(answer);
      expect(stageOf(f, id)).toBe(expected);
      f.reopen();
      expect(stageOf(f, id)).toBe(expected);
      expect(f.store.check()).toEqual([]);
    });
  });

  test.each(STAGES)("a message that is %s leaves no bytes without an owner", (stage) => {
    const { f } = at(stage);
    const chunks = count(f.path, "SELECT count(*) FROM outbox_chunks");
    expect(chunks).toBe(stage === "draft" || stage === "sent" ? 0 : 1);
  });
});

describe("what sync is given to send", () => {
  test("counts the attempts, one for each beginning", () => {
    const { f, id } = at("queued");
    for (let attempts = 0; attempts < 4; attempts += 1) {
      expect(f.sync.outboxNext(1e15).entry).toMatchObject({ draftId: id, attempts });
      f.sync.outboxSending(id, 1);
      f.sync.outboxFailed(id, "busy", 1);
    }
  });

  test("keeps its client id over every retry, recall and restart of the same queueing", () => {
    const { f, id } = at("queued");
    const clientId = () => f.sync.outboxNext(1e15).entry?.message.clientId;
    const first = clientId();
    f.sync.outboxSending(id, 1);
    f.reopen();
    expect(clientId()).toBe(first);
    f.sync.outboxFailed(id, "busy", 5);
    f.store.drafts.retry(id);
    expect(clientId()).toBe(first);
    f.store.drafts.recall(id);
    queue(f, id, "another");
    expect(clientId()).toBe("another");
  });

  test("waits until it is due, and says when that is", () => {
    const f = new Fixture();
    const now = f.clock.now();
    const id = create(f);
    queue(f, id, "c", now + 10_000);
    expect(f.sync.outboxNext(now)).toEqual({ entry: null, dueAt: now + 10_000 });
    expect(f.sync.outboxNext(now + 9_999).entry).toBeNull();
    expect(f.sync.outboxNext(now + 10_000).entry?.draftId).toBe(id);
  });

  test("is due at once after a retry by the user", () => {
    const f = new Fixture();
    const id = create(f);
    queue(f, id, "c", f.clock.now() + 10_000);
    let woken = 0;
    f.sync.onWork(() => {
      woken += 1;
    });
    expect(f.store.drafts.retry(id)).toBe(true);
    expect(woken).toBe(1);
    expect(f.sync.outboxNext(f.clock.now()).entry?.draftId).toBe(id);
  });

  test("goes in the order of queueing, whatever was written first", () => {
    const f = new Fixture();
    const ids = [create(f), create(f), create(f)];
    const order = [ids[2], ids[0], ids[1]].filter((id) => id !== undefined);
    for (const id of order) {
      queue(f, id);
      f.clock.advance(1);
    }
    const sent: DraftId[] = [];
    for (let entry = f.sync.outboxNext(1e15).entry; entry !== null; entry = f.sync.outboxNext(1e15).entry) {
      sent.push(entry.draftId);
      f.sync.outboxSent(entry.draftId);
    }
    expect(sent).toEqual(order);
  });

  test("passes over what failed for good", () => {
    const f = new Fixture();
    const [one, two] = [create(f), create(f)];
    queue(f, one);
    queue(f, two);
    f.sync.outboxFailed(one, "refused", null);
    expect(f.sync.outboxNext(1e15).entry?.draftId).toBe(two);
    expect(f.sync.pendingCount().outbox).toBe(1);
    f.sync.outboxSent(two);
    expect(f.sync.outboxNext(1e15)).toEqual({ entry: null, dueAt: null });
  });

  test("the reason is cleared by the next beginning and by a retry", () => {
    const { f, id } = at("failed");
    const reason = () => f.store.drafts.outbox()[0]?.reason;
    expect(reason()).toBe("too large");
    f.store.drafts.retry(id);
    expect(reason()).toBeNull();
    f.sync.outboxFailed(id, "busy", 1);
    expect(reason()).toBe("busy");
    f.sync.outboxSending(id, 1);
    expect(reason()).toBeNull();
  });

  test.each(["send", "reply", "forward"] as const)("a %s says that it is one", (kind) => {
    const f = new Fixture();
    const id = create(f);
    f.store.drafts.queue(id, { content: CONTENT, clientId: "c", kind, mime: [], notBefore: 0 });
    expect(f.sync.outboxNext(1e15).entry?.message.kind).toBe(kind);
  });

  test("two accounts do not send, fail or count each other's", () => {
    const { f, id } = at("queued");
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.outboxSending(id, 1);
    other.outboxFailed(id, "forged", null);
    other.outboxSent(id);
    expect(stageOf(f, id)).toBe("queued");
    expect(other.outboxNext(1e15)).toEqual({ entry: null, dueAt: null });
    expect(other.pendingCount().outbox).toBe(0);
  });
});

describe("the message that is answered", () => {
  function answering() {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const sourceId = f.row("in", "Subject 1").id;
    const { id } = f.store.drafts.create({ accountId: ACCOUNT, mode: "reply", sourceId, content: CONTENT });
    const source = () => f.sync.outboxNext(1e15).entry?.message.source;
    return { f, id, sourceId, source };
  }

  test("is named where it was when it is deleted before the answer is sent", () => {
    const { f, id, source } = answering();
    queue(f, id);
    f.answer("in", { deleted: ["1"] });
    expect(source()).toEqual({ collectionId: "in", serverId: "1" });
  });

  test("is not named when it was gone before the answer was queued", () => {
    const { f, id, source } = answering();
    f.answer("in", { deleted: ["1"] });
    queue(f, id);
    expect(source()).toBeNull();
  });

  test("is not named while it is on its way to another folder and its id is not known", () => {
    const { f, id, sourceId, source } = answering();
    queue(f, id);
    f.store.mail.move([sourceId], f.folderId("pr"));
    f.sync.intents(5);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: null }]);
    expect(source()).toBeNull();
  });

  test("is still named where the server has it while a move only waits", () => {
    const { f, id, sourceId, source } = answering();
    queue(f, id);
    f.store.mail.move([sourceId], f.folderId("pr"));
    expect(source()).toEqual({ collectionId: "in", serverId: "1" });
  });

  test("is remembered by the draft even when it is gone", () => {
    const { f, id, sourceId } = answering();
    f.answer("in", { deleted: ["1"] });
    expect(f.store.drafts.get(id)).toMatchObject({ mode: "reply", sourceId });
  });
});
