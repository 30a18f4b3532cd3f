import { describe, expect, test } from "vitest";
import { Fixture } from "./support.ts";
import { ACCOUNT, addAccount, mail, OTHER } from "./support-core.ts";

const CONTENT = {
  to: [{ name: "Bob", email: "bob@example.com" }],
  cc: [],
  bcc: [{ name: "", email: "hidden@example.com" }],
  subject: "Plans",
  html: "<p>Plans</p>",
};

function draft(f: Fixture, more: { sourceId?: ReturnType<Fixture["row"]>["id"] } = {}) {
  return f.store.drafts.create({
    accountId: ACCOUNT,
    mode: "new",
    sourceId: more.sourceId ?? null,
    content: CONTENT,
  });
}

function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31) % 251);
}

function joined(pieces: Iterable<Uint8Array> | null): Buffer {
  if (pieces === null) throw new Error("nothing is stored");
  return Buffer.concat([...pieces]);
}

describe("drafts", () => {
  test("keep what was written, over a restart, newest first", () => {
    const f = new Fixture();
    const one = draft(f);
    expect(one).toMatchObject({
      ...CONTENT,
      accountId: ACCOUNT,
      mode: "new",
      sourceId: null,
      attachments: [],
      savedAt: f.clock.now(),
    });
    f.clock.advance(1000);
    const two = draft(f);
    f.clock.advance(1000);
    expect(f.store.drafts.save(one.id, { ...CONTENT, subject: "Other plans" })).toBe(f.clock.now());
    f.reopen();
    expect(f.store.drafts.list().map(({ id, subject }) => [id, subject])).toEqual([
      [one.id, "Other plans"],
      [two.id, "Plans"],
    ]);
    expect(f.store.drafts.discard(one.id)).toBe(true);
    expect(f.store.drafts.discard(one.id)).toBe(false);
    expect(f.store.drafts.get(one.id)).toBeNull();
    expect(f.store.drafts.save(one.id, CONTENT)).toBeNull();
  });

  test.each([0, 1, 256 * 1024, 256 * 1024 + 1, 3_000_000])(
    "a file of %i bytes comes back as it was",
    (length) => {
      const f = new Fixture();
      const { id } = draft(f);
      const file = bytes(length);
      const after = f.store.drafts.attach(id, { name: "a.bin", type: "x/y", bytes: file });
      const [attached] = after?.attachments ?? [];
      expect(attached).toMatchObject({ name: "a.bin", type: "x/y", size: length });
      const pieces = [...(f.store.drafts.readAttachment(attached?.id ?? 0) ?? [])];
      expect(Math.max(0, ...pieces.map((piece) => piece.byteLength))).toBeLessThanOrEqual(256 * 1024);
      expect(joined(pieces).equals(file)).toBe(true);
      expect(f.store.drafts.detach(id, attached?.id ?? 0)?.attachments).toEqual([]);
      expect(f.store.drafts.detach(id, attached?.id ?? 0)).toBeNull();
      expect(f.store.drafts.readAttachment(attached?.id ?? 0)).toBeNull();
    },
  );

  test("a received file is copied only when it is stored, and stays when the mail goes", () => {
    const f = new Fixture();
    f.answer("in", {
      added: [
        mail("1", {
          attachments: [
            { fileReference: "r1", name: "r.pdf", type: "p", size: 9, inline: false, contentId: null },
          ],
        }),
      ],
    });
    const [received] = f.store.mail.open(f.row("in", "Subject 1").id)?.attachments ?? [];
    if (received === undefined) throw new Error("no attachment");
    const { id } = draft(f);
    expect(f.store.drafts.attachStored(id, received.id)).toBeNull();
    const writer = f.store.attachments.write(received.id);
    writer?.append(bytes(400_000));
    writer?.finish(null);
    const after = f.store.drafts.attachStored(id, received.id);
    f.answer("in", { deleted: ["1"] });
    expect(after?.attachments).toMatchObject([{ name: "r.pdf", size: 400_000 }]);
    expect(joined(f.store.drafts.readAttachment(after?.attachments[0]?.id ?? 0)).equals(bytes(400_000))).toBe(
      true,
    );
  });
});

describe("the outbox", () => {
  function queued(f: Fixture, clientId: string, more: { notBefore?: number; size?: number } = {}) {
    const made = draft(f);
    const mime = bytes(more.size ?? 600_000);
    const pieces = [mime.subarray(0, 7), mime.subarray(7, 500_001), mime.subarray(500_001)];
    expect(
      f.store.drafts.queue(made.id, {
        content: CONTENT,
        clientId,
        kind: "send",
        mime: pieces,
        notBefore: more.notBefore ?? 0,
      }),
    ).toBe(true);
    return made.id;
  }

  test("a queued message leaves Drafts, wakes sync and is read whole, again and again", async () => {
    const f = new Fixture();
    let woken = 0;
    f.sync.onWork(() => {
      woken += 1;
    });
    const id = queued(f, "c1");
    expect(woken).toBe(1);
    expect(f.store.drafts.list()).toEqual([]);
    expect(f.store.drafts.outbox()).toEqual([
      {
        id,
        accountId: ACCOUNT,
        subject: "Plans",
        to: CONTENT.to,
        queuedAt: f.clock.now(),
        state: "queued",
        reason: null,
      },
    ]);
    f.reopen();
    const { entry } = f.sync.outboxNext(f.clock.now());
    expect(entry).toMatchObject({
      draftId: id,
      state: "queued",
      attempts: 0,
      message: { clientId: "c1", kind: "send", source: null, size: 600_000 },
    });
    for (let again = 0; again < 2; again += 1) {
      const parts: Uint8Array[] = [];
      for await (const part of entry?.message.open() ?? []) parts.push(part);
      expect(Buffer.concat(parts).equals(bytes(600_000))).toBe(true);
    }
    expect(f.sync.pendingCount().outbox).toBe(1);
  });

  test("the oldest that is due goes first; else it says when the next is due", () => {
    const f = new Fixture();
    const now = f.clock.now();
    const late = queued(f, "c1", { notBefore: now + 5000, size: 10 });
    f.clock.advance(1);
    const first = queued(f, "c2", { size: 10 });
    f.clock.advance(1);
    queued(f, "c3", { size: 10 });
    expect(f.sync.outboxNext(now).entry?.draftId).toBe(first);
    f.sync.outboxSent(first);
    f.sync.outboxSent(f.sync.outboxNext(now).entry?.draftId ?? first);
    expect(f.sync.outboxNext(now)).toEqual({ entry: null, dueAt: now + 5000 });
    expect(f.sync.outboxNext(now + 5000).entry?.draftId).toBe(late);
    f.sync.outboxSent(late);
    expect(f.sync.outboxNext(now + 9000)).toEqual({ entry: null, dueAt: null });
  });

  test("what is being sent cannot be taken back, and a restart still knows of it", () => {
    const f = new Fixture();
    const id = queued(f, "c1");
    f.sync.outboxSending(id, f.clock.now());
    f.reopen();
    expect(f.store.drafts.outbox()).toMatchObject([{ state: "sending" }]);
    expect(f.sync.outboxNext(f.clock.now()).entry).toMatchObject({
      state: "sending",
      attempts: 1,
      message: { clientId: "c1" },
    });
    expect(f.store.drafts.recall(id)).toBe("too-late");
    expect(f.store.drafts.discard(id)).toBe(false);
    f.sync.outboxSent(id);
    expect(f.store.drafts.recall(id)).toBe("not-found");
    expect(f.store.drafts.get(id)).toBeNull();
    expect(f.store.drafts.outbox()).toEqual([]);
  });

  test("a failure is shown with its reason; a retry makes it due, a recall makes it a draft", () => {
    const f = new Fixture();
    const id = queued(f, "c1");
    f.sync.outboxSending(id, 0);
    f.sync.outboxFailed(id, "busy", f.clock.now() + 60_000);
    expect(f.store.drafts.outbox()).toMatchObject([{ state: "queued", reason: "busy" }]);
    expect(f.sync.outboxNext(f.clock.now())).toEqual({ entry: null, dueAt: f.clock.now() + 60_000 });
    expect(f.store.drafts.retry(id)).toBe(true);
    expect(f.sync.outboxNext(f.clock.now()).entry).toMatchObject({
      attempts: 1,
      message: { clientId: "c1" },
    });
    f.sync.outboxFailed(id, "too large", null);
    expect(f.store.drafts.outbox()).toMatchObject([{ state: "failed", reason: "too large" }]);
    expect(f.sync.outboxNext(f.clock.now() + 1e9)).toEqual({ entry: null, dueAt: null });
    expect(f.sync.pendingCount().outbox).toBe(0);
    expect(f.store.drafts.recall(id)).toMatchObject({ id, ...CONTENT });
    expect(f.store.drafts.list()).toHaveLength(1);
    expect(f.store.drafts.outbox()).toEqual([]);
    expect(f.store.drafts.retry(id)).toBe(false);
  });

  test("what is in the outbox cannot be changed or queued again, and no client id is used twice", () => {
    const f = new Fixture();
    const id = queued(f, "c1");
    const request = { content: CONTENT, clientId: "c2", kind: "send" as const, mime: [], notBefore: 0 };
    expect(f.store.drafts.save(id, CONTENT)).toBeNull();
    expect(f.store.drafts.attach(id, { name: "", type: "", bytes: bytes(1) })).toBeNull();
    expect(f.store.drafts.queue(id, request)).toBe(false);
    const two = draft(f);
    expect(() => f.store.drafts.queue(two.id, { ...request, clientId: "c1" })).toThrow("UNIQUE");
    expect(() => f.store.drafts.queue(two.id, { ...request, clientId: "x".repeat(41) })).toThrow("too long");
    expect(f.store.drafts.list().map((left) => left.id)).toEqual([two.id]);
  });

  test("a message whose bytes cannot be had is not queued at all", () => {
    const f = new Fixture();
    const made = draft(f);
    function* broken() {
      yield bytes(300_000);
      throw new Error("the file went away");
    }
    const content = { ...CONTENT, subject: "changed" };
    expect(() =>
      f.store.drafts.queue(made.id, { content, clientId: "c", kind: "send", mime: broken(), notBefore: 0 }),
    ).toThrow("went away");
    expect(f.store.drafts.outbox()).toEqual([]);
    expect(f.store.drafts.get(made.id)?.subject).toBe("Plans");
  });

  test("an answer names its original where it is now, and where it was once it is gone", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const sourceId = f.row("in", "Subject 1").id;
    const made = draft(f, { sourceId });
    f.store.drafts.queue(made.id, { content: CONTENT, clientId: "c", kind: "reply", mime: [], notBefore: 0 });
    const source = () => f.sync.outboxNext(f.clock.now()).entry?.message.source;
    expect(source()).toEqual({ collectionId: "in", serverId: "1" });
    f.store.mail.move([sourceId], f.folderId("pr"));
    f.sync.intents(1);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "p7" }]);
    expect(source()).toEqual({ collectionId: "pr", serverId: "p7" });
    f.answer("pr", { deleted: ["p7"] });
    expect(source()).toEqual({ collectionId: "in", serverId: "1" });
  });

  test("each account's sync sees its own outbox only", () => {
    const f = new Fixture();
    const other = addAccount(f.store, OTHER, "otto@example.com");
    const id = queued(f, "c1");
    expect(other.outboxNext(f.clock.now())).toEqual({ entry: null, dueAt: null });
    other.outboxSent(id);
    other.outboxFailed(id, "forged", null);
    expect(f.store.drafts.outbox()).toMatchObject([{ state: "queued", reason: null }]);
  });
});

describe("received attachments", () => {
  function withFiles() {
    const f = new Fixture();
    const file = (name: string, more = {}) => ({
      fileReference: `ref-${name}`,
      name,
      type: "",
      size: 10,
      inline: false,
      contentId: null,
      ...more,
    });
    const one = mail("1", {
      attachments: [file("a.pdf"), file("logo.png", { inline: true, contentId: "<Logo@1>" })],
    });
    f.answer("in", { added: [one] });
    const { id } = f.row("in", "Subject 1");
    const list = () => f.store.mail.open(id)?.attachments ?? [];
    const [pdf, logo] = list();
    if (pdf === undefined || logo === undefined) throw new Error("no attachments");
    return { f, one, id, list, pdf, logo };
  }

  test("are unreadable until they are whole", () => {
    const { f, pdf, list } = withFiles();
    const writer = f.store.attachments.write(pdf.id);
    for (let n = 0; n < 10; n += 1) writer?.append(bytes(100_000));
    expect(f.store.attachments.read(pdf.id)).toBeNull();
    expect(list()[0]?.state).toBe("remote");
    writer?.finish("application/pdf");
    expect(list()[0]).toMatchObject({ state: "stored", size: 1_000_000, type: "application/pdf" });
    expect(joined(f.store.attachments.read(pdf.id)).byteLength).toBe(1_000_000);
    f.reopen();
    expect(joined(f.store.attachments.read(pdf.id)).subarray(0, 100_000).equals(bytes(100_000))).toBe(true);
  });

  test("an abandoned or interrupted try leaves nothing in the way of the next", () => {
    const { f, pdf } = withFiles();
    const first = f.store.attachments.write(pdf.id);
    first?.append(bytes(600_000));
    first?.abort();
    first?.finish(null);
    expect(f.store.attachments.read(pdf.id)).toBeNull();
    f.store.attachments.write(pdf.id)?.append(bytes(600_000));
    f.reopen();
    const third = f.store.attachments.write(pdf.id);
    third?.append(bytes(3));
    third?.finish(null);
    expect(joined(f.store.attachments.read(pdf.id))).toEqual(Buffer.from(bytes(3)));
  });

  test("one whose message goes away meanwhile ends quietly", () => {
    const { f, pdf } = withFiles();
    const writer = f.store.attachments.write(pdf.id);
    writer?.append(bytes(300_000));
    f.answer("in", { deleted: ["1"] });
    writer?.append(bytes(300_000));
    writer?.finish(null);
    expect(f.store.attachments.get(pdf.id)).toBeNull();
    expect(f.store.attachments.write(pdf.id)).toBeNull();
    expect(f.store.check()).toEqual([]);
  });

  test.each(["logo@1", "<logo@1>", " LOGO@1 "])(
    "an inline picture is found by its content id: %s",
    (contentId) => {
      const { f, id, logo } = withFiles();
      expect(f.store.attachments.byContentId(id, contentId)).toEqual({
        attachment: logo,
        accountId: ACCOUNT,
        messageId: id,
        fileReference: "ref-logo.png",
      });
      expect(f.store.attachments.byContentId(id, "another@1")).toBeNull();
    },
  );

  test("stored bytes stay when the server names the file anew, as after a move", () => {
    const { f, one, pdf, list } = withFiles();
    const writer = f.store.attachments.write(pdf.id);
    writer?.append(bytes(10));
    writer?.finish(null);
    const renamed = (one.attachments ?? [])
      .map((item) => ({ ...item, fileReference: `new-${item.name}` }))
      .reverse();
    f.answer("in", { changed: [{ serverId: "1", attachments: renamed }] });
    expect(list().map(({ id, state }) => [id, state])).toEqual([
      [pdf.id + 1, "remote"],
      [pdf.id, "stored"],
    ]);
    expect(f.store.attachments.get(pdf.id)?.fileReference).toBe("new-a.pdf");
    f.answer("in", { changed: [{ serverId: "1", attachments: [] }] });
    expect(list()).toEqual([]);
    expect(f.row("in", "Subject 1").attachments).toBe(false);
  });
});

describe("suggestions", () => {
  test("people written to come before people heard from; any word may begin the search", () => {
    const f = new Fixture();
    const person = (name: string, email: string) => ({ name, email });
    f.answer("in", {
      added: [
        mail("1", { from: [person("Émile Zola", "emile@books.example")] }),
        mail("2", { from: [person("Émile Zola", "EMILE@books.example")] }),
        mail("3", { from: [person("Emily Brontë", "eb@moor.example")] }),
        mail("4", { from: [person("", "nobody")] }),
      ],
    });
    f.answer("se", {
      added: [mail("5", { to: [person("Emma Woodhouse", "emma@hartfield.example")], from: [] })],
    });
    const suggest = (text: string) => f.store.mail.suggest(text, 10).map((found) => found.email);
    expect(suggest("em")).toEqual(["emma@hartfield.example", "emile@books.example", "eb@moor.example"]);
    expect(suggest("zol")).toEqual(["emile@books.example"]);
    expect(suggest("ÉMILE z")).toEqual(["emile@books.example"]);
    expect(suggest("bronte")).toEqual(["eb@moor.example"]);
    expect(suggest("artfield")).toEqual([]);
    expect(suggest("  ")).toEqual([]);
    expect(suggest("%")).toEqual([]);
    expect(f.store.mail.suggest("em", 1)).toEqual([
      { name: "Emma Woodhouse", email: "emma@hartfield.example" },
    ]);
  });
});
