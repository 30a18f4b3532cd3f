import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttachmentId, DraftId } from "../../../shared/model/ids.ts";
import { Fixture } from "../../store/support.ts";
import { addAccount, mail, OTHER } from "../../store/support-core.ts";
import {
  CHUNK,
  content,
  file,
  idOf,
  joined,
  newDraft,
  numberFrom,
  pattern,
  person,
  SEED,
} from "../../support/store/workbench.ts";

/** Text without lone surrogates: those are no characters. */
const TEXT = fc.string({ unit: "binary", maxLength: 80 });
const ADDRESSES = fc.array(fc.record({ name: TEXT, email: TEXT }), { maxLength: 4 });
const CONTENT = fc.record({ to: ADDRESSES, cc: ADDRESSES, bcc: ADDRESSES, subject: TEXT, html: TEXT });
const NO_DRAFT = 999 as DraftId;

describe("what a draft says comes back", () => {
  test("any content, when made, when saved and after a restart", () => {
    const f = new Fixture();
    const samples = fc.sample(CONTENT, { seed: SEED, numRuns: 60 });
    const made = samples.map((sample) => newDraft(f, sample));
    for (const [index, sample] of samples.entries()) expect(made[index]).toMatchObject(sample);
    for (const [index, draft] of made.entries())
      f.store.drafts.save(draft.id, content(samples[samples.length - 1 - index]));
    f.reopen();
    for (const [index, draft] of made.entries())
      expect(f.store.drafts.get(draft.id)).toMatchObject(content(samples[samples.length - 1 - index]));
  });

  test.each([
    ["ASCII and its controls", 0x00],
    ["Latin and Greek", 0xc0],
    ["Han", 0x4e00],
    ["private use", 0xe000],
    ["halfwidth forms", 0xff00],
    ["the last of plane 0", 0xff80],
    ["plane 1, emoji", 0x1f600],
    ["plane 2", 0x20000],
    ["plane 3", 0x30000],
    ["plane 14, tags", 0xe0000],
    ["plane 15", 0xf0000],
    ["plane 16", 0x100000],
    ["the last of all", 0x10ff80],
  ])("128 characters of %s", (_, first) => {
    const f = new Fixture();
    const all = Array.from({ length: 128 }, (__, n) => String.fromCodePoint(first + n)).join("");
    const said = content({ subject: all, html: `<p>${all}</p>`, to: [person(all, `${all}@example.com`)] });
    const { id } = newDraft(f, said);
    f.reopen();
    expect(f.store.drafts.get(id)).toMatchObject(said);
  });

  test.each([0, 1, 8_191, 8_192, 100_000, 5_000_000])("a text of %i characters", (length) => {
    const f = new Fixture();
    const html = "añ漢😀".repeat(Math.ceil(length / 5)).slice(0, length);
    const { id } = newDraft(f);
    f.store.drafts.save(id, content({ html: html.toWellFormed() }));
    expect(f.store.drafts.get(id)?.html).toBe(html.toWellFormed());
  });

  test("five thousand recipients, in the order they were written, doubles too", () => {
    const f = new Fixture();
    const to = Array.from({ length: 5_000 }, (_, n) => person(`N ${n % 100}`, `u${n % 2_500}@example.com`));
    const { id } = newDraft(f, { to, cc: to.slice(0, 3), bcc: to.slice(-3) });
    expect(f.store.drafts.get(id)).toMatchObject({ to, cc: to.slice(0, 3), bcc: to.slice(-3) });
  });

  test("half a character does not keep the rest from being saved", () => {
    const f = new Fixture();
    const { id } = newDraft(f, { subject: "a\ud800b", html: "\udfffc" });
    expect(f.store.drafts.get(id)).toMatchObject({ subject: "a\ufffdb", html: "\ufffdc" });
  });

  test.each(["new", "reply", "reply-all", "forward"] as const)("the mode %s and its original", (mode) => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const sourceId = idOf(f, "Subject 1");
    const made = f.store.drafts.create({ accountId: f.sync.accountId, mode, sourceId, content: content() });
    f.answer("in", { deleted: ["1"] });
    f.reopen();
    expect(f.store.drafts.get(made.id)).toMatchObject({ mode, sourceId });
  });

  test("saved at the same moment the later made is first; saving moves a draft up", () => {
    const f = new Fixture();
    const made = [1, 2, 3, 4].map((n) => newDraft(f, { subject: `${n}` }));
    const order = () => f.store.drafts.list().map((draft) => draft.subject);
    expect(order()).toEqual(["4", "3", "2", "1"]);
    f.clock.advance(5);
    f.store.drafts.save(made[1]?.id ?? NO_DRAFT, content({ subject: "2" }));
    expect(order()).toEqual(["2", "4", "3", "1"]);
  });

  test("an id is not used again after its draft is gone", () => {
    const f = new Fixture();
    const ids: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { id } = newDraft(f);
      ids.push(id);
      f.store.drafts.discard(id);
      if (n === 2) f.reopen();
    }
    expect(ids).toEqual([1, 2, 3, 4, 5]);
  });

  test("no draft is made for an account that is not there", () => {
    const f = new Fixture();
    expect(() => newDraft(f, {}, OTHER)).toThrow("no such account");
    expect(f.store.drafts.list()).toEqual([]);
  });
});

describe("a draft's files", () => {
  const names = (f: Fixture, id: DraftId) => f.store.drafts.get(id)?.attachments.map(({ name }) => name);
  const chunks = (f: Fixture) => numberFrom(f, "SELECT count(*) FROM draft_attachment_chunks");
  const attach = (f: Fixture, id: DraftId, name: string, size = 10) => {
    const after = f.store.drafts.attach(id, { name, type: "a/b", bytes: pattern(size, name.length) });
    return after?.attachments.at(-1)?.id ?? 0;
  };

  test("stay in the order they came in, whichever is taken away", () => {
    const f = new Fixture();
    const { id } = newDraft(f);
    const ids = new Map(["a", "b", "c", "d", "e"].map((name) => [name, attach(f, id, name)]));
    expect(names(f, id)).toEqual(["a", "b", "c", "d", "e"]);
    for (const [gone, left] of [
      ["c", ["a", "b", "d", "e"]],
      ["a", ["b", "d", "e"]],
      ["e", ["b", "d"]],
    ] as const) {
      f.store.drafts.detach(id, ids.get(gone) ?? 0);
      expect(names(f, id)).toEqual(left);
    }
    attach(f, id, "c");
    f.reopen();
    expect(names(f, id)).toEqual(["b", "d", "c"]);
  });

  test("of the same name and bytes are two files with ids of their own", () => {
    const f = new Fixture();
    const { id } = newDraft(f);
    const [one, two] = [attach(f, id, "a"), attach(f, id, "a")];
    expect(one).not.toBe(two);
    f.store.drafts.detach(id, one);
    expect([names(f, id), f.store.drafts.readAttachment(one)]).toEqual([["a"], null]);
    expect(joined(f.store.drafts.readAttachment(two)).equals(pattern(10, 1))).toBe(true);
  });

  test("belong to one draft: another cannot take them away", () => {
    const f = new Fixture();
    const [mine, other] = [newDraft(f), newDraft(f)];
    const id = attach(f, mine.id, "a");
    expect(f.store.drafts.detach(other.id, id)).toBeNull();
    expect(names(f, mine.id)).toEqual(["a"]);
    expect(f.store.drafts.attach(NO_DRAFT, { name: "x", type: "", bytes: pattern(1) })).toBeNull();
    expect(chunks(f)).toBe(1);
  });

  test.each([
    ["an empty name", ""],
    ["a path", "../../etc/passwd"],
    ["line breaks", "a\r\nb: c"],
    ["NUL", "a\0.exe"],
    ["a name of 4,000 characters", "n".repeat(4_000)],
    ["right-to-left marks", "\u202efdp.exe"],
  ])("keep %s as it is: what it means is for whoever writes a file", (_, name) => {
    const f = new Fixture();
    const { id } = newDraft(f);
    attach(f, id, name);
    expect(names(f, id)).toEqual([name]);
  });

  test("go with the draft, with their bytes, and with nobody else's", () => {
    const f = new Fixture();
    const [one, two] = [newDraft(f), newDraft(f)];
    attach(f, one.id, "a", 2 * CHUNK + 1);
    const kept = attach(f, two.id, "b", CHUNK);
    expect(chunks(f)).toBe(4);
    f.store.drafts.discard(one.id);
    expect(chunks(f)).toBe(1);
    expect(joined(f.store.drafts.readAttachment(kept)).byteLength).toBe(CHUNK);
  });

  test("cannot be changed while the message is in the outbox, and can again when it is back", () => {
    const f = new Fixture();
    const { id } = newDraft(f);
    const first = attach(f, id, "a");
    f.store.drafts.queue(id, { content: content(), clientId: "c", kind: "send", mime: [], notBefore: 0 });
    expect(f.store.drafts.attach(id, { name: "b", type: "", bytes: pattern(1) })).toBeNull();
    expect(f.store.drafts.detach(id, first)).toBeNull();
    expect(names(f, id)).toEqual(["a"]);
    f.store.drafts.recall(id);
    attach(f, id, "b");
    expect(f.store.drafts.detach(id, first)?.attachments.map(({ name }) => name)).toEqual(["b"]);
  });

  test.each([0, 1, CHUNK, 2 * CHUNK + 9])(
    "of %i bytes are copied from a received message byte by byte",
    (size) => {
      const f = new Fixture();
      f.answer("in", { added: [mail("1", { attachments: [file("r.bin", { type: "r/r" })] })] });
      const [received] = f.store.mail.open(idOf(f, "Subject 1"))?.attachments ?? [];
      if (received === undefined) throw new Error("no attachment");
      const writer = f.store.attachments.write(received.id);
      writer?.append(pattern(size));
      writer?.finish(null);
      const { id } = newDraft(f);
      attach(f, id, "before");
      expect(f.store.drafts.attachStored(id, received.id)?.attachments.at(-1)).toMatchObject({
        name: "r.bin",
        type: "r/r",
        size,
      });
      const second = f.store.drafts.attachStored(id, received.id)?.attachments.at(-1)?.id ?? 0;
      f.store.attachments.write(received.id)?.abort();
      expect(names(f, id)).toEqual(["before", "r.bin", "r.bin"]);
      expect(joined(f.store.drafts.readAttachment(second)).equals(pattern(size))).toBe(true);
    },
  );

  test("are not copied from nowhere, into nothing or into the outbox", () => {
    const f = new Fixture();
    const other = addAccount(f.store, OTHER, "otto@example.com");
    expect(other.accountId).toBe(OTHER);
    f.answer("in", { added: [mail("1", { attachments: [file("r")] })] });
    const [received] = f.store.mail.open(idOf(f, "Subject 1"))?.attachments ?? [];
    if (received === undefined) throw new Error("no attachment");
    f.store.attachments.write(received.id)?.finish(null);
    const { id } = newDraft(f);
    expect(f.store.drafts.attachStored(id, 999 as AttachmentId)).toBeNull();
    expect(f.store.drafts.attachStored(NO_DRAFT, received.id)).toBeNull();
    f.store.drafts.queue(id, { content: content(), clientId: "c", kind: "send", mime: [], notBefore: 0 });
    expect(f.store.drafts.attachStored(id, received.id)).toBeNull();
    expect(names(f, id)).toEqual([]);
  });
});
