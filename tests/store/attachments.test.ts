import { describe, expect, test } from "vitest";
import type { RemoteAttachment } from "../../electron/ports/remote.ts";
import type { AttachmentId } from "../../shared/model/ids.ts";
import { CONTENT, count, Fixture } from "./support.ts";
import { ACCOUNT, mail } from "./support-core.ts";

const CHUNK = 256 * 1024;

function bytes(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed) % 251);
}

function file(name: string, more: Partial<RemoteAttachment> = {}): RemoteAttachment {
  return { fileReference: `ref-${name}`, name, type: "", size: 10, inline: false, contentId: null, ...more };
}

/** A message with these files, and their ids. */
function withFiles(...files: RemoteAttachment[]) {
  const f = new Fixture();
  f.answer("in", { added: [mail("1", { attachments: files })] });
  const { id } = f.row("in", "Subject 1");
  const list = () => f.store.mail.open(id)?.attachments ?? [];
  return { f, id, list, ids: list().map((item) => item.id) };
}

function stored(f: Fixture, id: AttachmentId): Buffer | null {
  const pieces = f.store.attachments.read(id);
  return pieces === null ? null : Buffer.concat([...pieces]);
}

const chunks = (f: Fixture) => count(f.path, "SELECT count(*) FROM attachment_chunks");

describe("bytes of an attachment", () => {
  test.each([
    [0, 0],
    [1, 1],
    [CHUNK - 1, 1],
    [CHUNK, 1],
    [CHUNK + 1, 2],
    [2 * CHUNK - 1, 2],
    [2 * CHUNK, 2],
    [2 * CHUNK + 1, 3],
  ])("%i of them are %i chunks, and come back as they were", (length, expected) => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const whole = bytes(length);
    const writer = f.store.attachments.write(id);
    writer?.append(whole);
    writer?.finish(null);
    expect(chunks(f)).toBe(expected);
    f.reopen();
    expect(stored(f, id)?.equals(whole)).toBe(true);
    expect(f.store.attachments.get(id)?.attachment).toMatchObject({ state: "stored", size: length });
    for (const piece of f.store.attachments.read(id) ?? [])
      expect(piece.byteLength).toBeLessThanOrEqual(CHUNK);
  });

  test.each([1, 1000, CHUNK - 1, CHUNK, CHUNK + 1])("in pieces of %i are the same", (piece) => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const whole = bytes(piece === 1 ? 3000 : 600_001);
    const writer = f.store.attachments.write(id);
    for (let at = 0; at < whole.byteLength; at += piece) writer?.append(whole.subarray(at, at + piece));
    writer?.finish("application/pdf");
    expect(stored(f, id)?.equals(whole)).toBe(true);
  });

  test("a buffer that the caller uses again does not change what was given", () => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const reused = new Uint8Array(5);
    const writer = f.store.attachments.write(id);
    for (let n = 1; n <= 3; n += 1) {
      reused.fill(n);
      writer?.append(reused);
    }
    writer?.finish(null);
    expect([...(stored(f, id) ?? [])]).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
  });

  test("are nothing before `finish`, whatever was given", () => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const writer = f.store.attachments.write(id);
    writer?.append(bytes(3 * CHUNK));
    expect(chunks(f)).toBe(3);
    expect(stored(f, id)).toBeNull();
    expect(f.store.attachments.get(id)?.attachment.state).toBe("remote");
  });

  test("of an aborted try are gone", () => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const writer = f.store.attachments.write(id);
    writer?.append(bytes(2 * CHUNK));
    writer?.abort();
    expect(chunks(f)).toBe(0);
    writer?.append(bytes(CHUNK));
    writer?.finish(null);
    expect(chunks(f)).toBe(0);
    expect(stored(f, id)).toBeNull();
  });

  test("stay when the writer is aborted only after it had finished", () => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const writer = f.store.attachments.write(id);
    writer?.append(bytes(9));
    writer?.finish(null);
    writer?.abort();
    writer?.finish("text/plain");
    expect(stored(f, id)?.byteLength).toBe(9);
    expect(f.store.attachments.get(id)?.attachment.type).toBe("");
  });

  test("of a try that a restart cut off are replaced by the next", () => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    f.store.attachments.write(id)?.append(bytes(3 * CHUNK, 7));
    f.reopen();
    expect(stored(f, id)).toBeNull();
    const writer = f.store.attachments.write(id);
    writer?.append(bytes(CHUNK + 5, 9));
    writer?.finish(null);
    expect(stored(f, id)?.equals(bytes(CHUNK + 5, 9))).toBe(true);
    expect(chunks(f)).toBe(2);
  });

  test("fetched again replace the old ones, which cannot be read meanwhile", () => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const first = f.store.attachments.write(id);
    first?.append(bytes(2 * CHUNK, 1));
    first?.finish(null);
    const second = f.store.attachments.write(id);
    expect(stored(f, id)).toBeNull();
    second?.append(bytes(10, 2));
    second?.finish(null);
    expect(stored(f, id)?.equals(bytes(10, 2))).toBe(true);
    expect(chunks(f)).toBe(1);
  });

  test("of two attachments written at once do not mix", () => {
    const { f, ids } = withFiles(file("a"), file("b"));
    const [a, b] = ids;
    if (a === undefined || b === undefined) throw new Error("no attachments");
    const [one, two] = [f.store.attachments.write(a), f.store.attachments.write(b)];
    for (let n = 0; n < 4; n += 1) {
      one?.append(bytes(200_000, 3));
      two?.append(bytes(150_000, 4));
    }
    two?.finish(null);
    one?.finish(null);
    expect(stored(f, a)?.byteLength).toBe(800_000);
    expect(stored(f, b)?.byteLength).toBe(600_000);
    expect(stored(f, b)?.subarray(0, 150_000).equals(bytes(150_000, 4))).toBe(true);
  });

  test("go with their message", () => {
    const { f, ids } = withFiles(file("a"));
    const [id] = ids;
    if (id === undefined) throw new Error("no attachment");
    const writer = f.store.attachments.write(id);
    writer?.append(bytes(2 * CHUNK));
    writer?.finish(null);
    f.answer("in", { deleted: ["1"] });
    expect(chunks(f)).toBe(0);
    expect(stored(f, id)).toBeNull();
  });
});

describe("the list of attachments", () => {
  test.each([
    ["given", "text/csv", null, "text/csv"],
    ["given before delivery", "text/csv", "application/zip", "text/csv"],
    ["told on delivery", "", "application/zip", "application/zip"],
    ["never told", "", null, ""],
  ])("has the type that was %s", (_, before, delivered, expected) => {
    const { f, ids, list } = withFiles(file("a", { type: before }));
    const writer = f.store.attachments.write(ids[0] ?? (0 as never));
    writer?.finish(delivered);
    expect(list()[0]?.type).toBe(expected);
  });

  test("keeps the server's order and tells inline ones apart", () => {
    const { list, f } = withFiles(file("b"), file("a", { inline: true, contentId: "a@1" }), file("c"));
    expect(list().map(({ name, inline }) => [name, inline])).toEqual([
      ["b", false],
      ["a", true],
      ["c", false],
    ]);
    expect(f.row("in", "Subject 1").attachments).toBe(true);
  });

  test("of inline pictures alone is no attachment in the list of messages", () => {
    const { f } = withFiles(file("a", { inline: true, contentId: "a@1" }));
    expect(f.row("in", "Subject 1").attachments).toBe(false);
  });

  test("with two of the same name keeps each one's bytes when the references change", () => {
    const { f, ids, list } = withFiles(
      file("same", { fileReference: "r1" }),
      file("same", { fileReference: "r2" }),
    );
    const second = ids[1];
    if (second === undefined) throw new Error("no attachment");
    const writer = f.store.attachments.write(second);
    writer?.append(bytes(4));
    writer?.finish(null);
    const size = list()[1]?.size ?? 0;
    f.answer("in", {
      changed: [
        {
          serverId: "1",
          attachments: [file("same", { fileReference: "n1" }), file("same", { fileReference: "n2", size })],
        },
      ],
    });
    expect(list().map(({ id, state }) => [id, state])).toEqual([
      [ids[0], "remote"],
      [second, "stored"],
    ]);
  });

  test("told again unchanged changes nothing", () => {
    const { f, list, ids } = withFiles(file("a"), file("b"));
    const before = list();
    f.answer("in", { changed: [{ serverId: "1", attachments: [file("a"), file("b")] }] });
    expect(list()).toEqual(before);
    expect(list().map((item) => item.id)).toEqual(ids);
  });

  test.each([
    ["<pic@1>", "pic@1", true],
    ["pic@1", "<PIC@1>", true],
    [" pic@1 ", "pic@1", true],
    ["pic@1", "pic@2", false],
    ["pic@1", "", false],
  ])("finds the content id %j by %j: %s", (given, asked, found) => {
    const { f, id } = withFiles(file("a", { inline: true, contentId: given }));
    expect(f.store.attachments.byContentId(id, asked) !== null).toBe(found);
  });

  test("finds nothing by a content id in another message", () => {
    const { f } = withFiles(file("a", { inline: true, contentId: "pic@1" }));
    f.answer("in", { added: [mail("2")] });
    expect(f.store.attachments.byContentId(f.row("in", "Subject 2").id, "pic@1")).toBeNull();
  });
});

describe("files of a draft", () => {
  const draft = (f: Fixture) =>
    f.store.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content: CONTENT }).id;
  const read = (f: Fixture, id: number) => Buffer.concat([...(f.store.drafts.readAttachment(id) ?? [])]);

  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1])("of %i bytes come back after a restart", (length) => {
    const f = new Fixture();
    const id = draft(f);
    const made = f.store.drafts.attach(id, { name: "a", type: "t", bytes: bytes(length) });
    f.reopen();
    expect(read(f, made?.attachments[0]?.id ?? 0).equals(bytes(length))).toBe(true);
    expect(f.store.drafts.get(id)?.attachments).toEqual(made?.attachments);
  });

  test("keep the order in which they were added, also when one is taken out", () => {
    const f = new Fixture();
    const id = draft(f);
    for (const name of ["c", "a", "b"]) f.store.drafts.attach(id, { name, type: "", bytes: bytes(1) });
    const [, second] = f.store.drafts.get(id)?.attachments ?? [];
    expect(f.store.drafts.detach(id, second?.id ?? 0)?.attachments.map((item) => item.name)).toEqual([
      "c",
      "b",
    ]);
  });

  test("cannot be taken out of another draft", () => {
    const f = new Fixture();
    const [one, two] = [draft(f), draft(f)];
    const made = f.store.drafts.attach(one, { name: "a", type: "", bytes: bytes(1) });
    expect(f.store.drafts.detach(two, made?.attachments[0]?.id ?? 0)).toBeNull();
    expect(f.store.drafts.get(one)?.attachments).toHaveLength(1);
  });

  test("go with the draft, and with the sent message", () => {
    const f = new Fixture();
    const [one, two] = [draft(f), draft(f)];
    for (const id of [one, two]) f.store.drafts.attach(id, { name: "a", type: "", bytes: bytes(CHUNK + 1) });
    const left = () => count(f.path, "SELECT count(*) FROM draft_attachment_chunks");
    expect(left()).toBe(4);
    f.store.drafts.discard(one);
    expect(left()).toBe(2);
    f.store.drafts.queue(two, { content: CONTENT, clientId: "c", kind: "send", mime: [], notBefore: 0 });
    expect(left()).toBe(2);
    f.sync.outboxSent(two);
    expect(left()).toBe(0);
  });

  test("copied from a message are the draft's own", () => {
    const { f, ids } = withFiles(file("a", { type: "text/plain" }));
    const [received] = ids;
    if (received === undefined) throw new Error("no attachment");
    const writer = f.store.attachments.write(received);
    writer?.append(bytes(CHUNK + 9));
    writer?.finish(null);
    const made = f.store.drafts.attachStored(draft(f), received);
    f.answer("in", { deleted: ["1"] });
    expect(made?.attachments).toMatchObject([{ name: "a", type: "text/plain", size: CHUNK + 9 }]);
    expect(read(f, made?.attachments[0]?.id ?? 0).equals(bytes(CHUNK + 9))).toBe(true);
  });

  test("of unknown drafts are refused", () => {
    const f = new Fixture();
    const unknown = 999 as never;
    expect(f.store.drafts.attach(unknown, { name: "", type: "", bytes: bytes(1) })).toBeNull();
    expect(f.store.drafts.attachStored(unknown, 1 as never)).toBeNull();
    expect(f.store.drafts.detach(unknown, 1)).toBeNull();
    expect(f.store.drafts.readAttachment(999)).toBeNull();
    expect(count(f.path, "SELECT count(*) FROM draft_attachments")).toBe(0);
  });
});

describe("the content of a draft", () => {
  test.each([
    ["nothing", { to: [], cc: [], bcc: [], subject: "", html: "" }],
    ["every script", { ...CONTENT, subject: "日本語 עברית Ελληνικά 👩‍👩‍👧", html: "<p>Ünïcödé\u0000</p>" }],
    ["quotes", { ...CONTENT, subject: `'"\`;--`, to: [{ name: `O"Neill, 'Pat'`, email: "p@example.com" }] }],
    ["a long text", { ...CONTENT, html: "<p>long</p>".repeat(100_000) }],
    [
      "many people",
      {
        ...CONTENT,
        cc: Array.from({ length: 500 }, (_, n) => ({ name: `N${n}`, email: `n${n}@example.com` })),
      },
    ],
  ])("of %s comes back as it was written", (_, content) => {
    const f = new Fixture();
    const made = f.store.drafts.create({ accountId: ACCOUNT, mode: "forward", sourceId: null, content });
    f.reopen();
    expect(f.store.drafts.get(made.id)).toEqual(made);
    expect(made).toMatchObject(content);
  });

  test.each(["new", "reply", "reply-all", "forward"] as const)("remembers that it is a %s", (mode) => {
    const f = new Fixture();
    const { id } = f.store.drafts.create({ accountId: ACCOUNT, mode, sourceId: null, content: CONTENT });
    f.store.drafts.save(id, { ...CONTENT, subject: "later" });
    expect(f.store.drafts.get(id)).toMatchObject({ mode, subject: "later" });
  });

  test("needs an account that is there", () => {
    const f = new Fixture();
    const accountId = "22222222-2222-4222-8222-222222222222" as never;
    const create = () => f.store.drafts.create({ accountId, mode: "new", sourceId: null, content: CONTENT });
    expect(create).toThrow("no such account");
    expect(f.store.drafts.list()).toEqual([]);
  });

  test.each([0, 1, 39, 40])("a client id of %i characters is taken", (length) => {
    const f = new Fixture();
    const { id } = f.store.drafts.create({
      accountId: ACCOUNT,
      mode: "new",
      sourceId: null,
      content: CONTENT,
    });
    const clientId = "c".repeat(length);
    expect(
      f.store.drafts.queue(id, { content: CONTENT, clientId, kind: "send", mime: [], notBefore: 0 }),
    ).toBe(true);
  });
});
