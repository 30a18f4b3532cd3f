import { describe, expect, test } from "vitest";
import type { RemoteBody, RemoteMessage } from "../../electron/ports/remote.ts";
import type { MessageId } from "../../shared/model/ids.ts";
import { Fixture } from "./support.ts";
import { addAccount, mail, OTHER } from "./support-core.ts";

function bare(serverId: string): RemoteMessage {
  const { body: _, ...rest } = mail(serverId);
  return rest;
}

/** An inbox of so many messages whose bodies are not here. */
function bodiless(amount: number): { f: Fixture; ids: MessageId[] } {
  const f = new Fixture();
  f.answer("in", { added: Array.from({ length: amount }, (_, n) => bare(`${n}`)) });
  return { f, ids: Array.from({ length: amount }, (_, n) => f.row("in", `Subject ${n}`).id) };
}

const wanted = (f: Fixture) => f.sync.bodiesWanted(100).map((item) => item.serverId);
const html = (data: string, truncated = false): RemoteBody => ({ kind: "html", data, truncated, size: 99 });

describe("a body that is not here", () => {
  test("is wanted from the moment that somebody opens the message", () => {
    const { f, ids } = bodiless(3);
    expect(wanted(f)).toEqual([]);
    f.store.mail.open(ids[1] ?? (0 as never));
    expect(wanted(f)).toEqual(["1"]);
  });

  test("is wanted the sooner the later it was opened", () => {
    const { f, ids } = bodiless(3);
    for (const id of ids) {
      f.store.mail.open(id);
      f.clock.advance(10);
    }
    expect(wanted(f)).toEqual(["2", "1", "0"]);
    f.store.mail.wantBody(ids[0] ?? (0 as never));
    expect(wanted(f)).toEqual(["0", "2", "1"]);
    expect(f.sync.bodiesWanted(1)).toHaveLength(1);
  });

  test("is still wanted after a restart", () => {
    const { f, ids } = bodiless(1);
    f.store.mail.open(ids[0] ?? (0 as never));
    f.reopen();
    expect(wanted(f)).toEqual(["0"]);
  });

  test("is not wanted by another account", () => {
    const { f, ids } = bodiless(1);
    f.store.mail.open(ids[0] ?? (0 as never));
    expect(addAccount(f.store, OTHER, "otto@example.com").bodiesWanted(5)).toEqual([]);
  });

  test("is asked for where the message is now", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.store.mail.open(id);
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(5);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: "p0" }]);
    expect(f.sync.bodiesWanted(5)).toEqual([{ messageId: id, collectionServerId: "pr", serverId: "p0" }]);
  });

  test("waits while the message's id is not known", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.store.mail.open(id);
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.intents(5);
    f.sync.settleIntents([{ intentId: 1, verdict: "done", newServerId: null }]);
    expect(wanted(f)).toEqual([]);
  });

  test("is no longer wanted when the message goes", () => {
    const { f, ids } = bodiless(2);
    for (const id of ids) f.store.mail.open(id);
    f.answer("in", { deleted: ["0"] });
    expect(wanted(f)).toEqual(["1"]);
  });

  test("comes as well by an ordinary answer, and is shown then", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.store.mail.open(id);
    f.answer("in", { changed: [{ serverId: "0", body: html("<p>by the way</p>") }] });
    expect(f.store.mail.open(id)?.body).toMatchObject({ html: "<p>by the way</p>" });
  });
});

describe("a fetch that fails", () => {
  test("shows the body as missing for thirty seconds, and asks for nothing meanwhile", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.store.mail.open(id);
    f.sync.bodyFailed(id);
    for (const ms of [0, 1, 29_998]) {
      f.clock.advance(ms);
      expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "offline" });
      expect(wanted(f)).toEqual([]);
    }
    f.clock.advance(1);
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "loading" });
    expect(wanted(f)).toEqual(["0"]);
  });

  test("again begins the thirty seconds again", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    for (let n = 0; n < 3; n += 1) {
      f.store.mail.open(id);
      f.sync.bodyFailed(id);
      f.clock.advance(29_000);
      expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "offline" });
      f.clock.advance(1_000);
    }
  });

  test("does not hold the others back", () => {
    const { f, ids } = bodiless(2);
    for (const id of ids) f.store.mail.open(id);
    f.sync.bodyFailed(ids[1] ?? (0 as never));
    expect(wanted(f)).toEqual(["0"]);
  });

  test("is forgiven when the user asks", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.store.mail.open(id);
    f.sync.bodyFailed(id);
    expect(f.store.mail.wantBody(id)).toBe(true);
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "loading" });
  });

  test("after which the body comes all the same is forgotten", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.store.mail.open(id);
    f.sync.bodyFailed(id);
    f.sync.commitBody(id, html("<p>late</p>"), null);
    expect(f.store.mail.open(id)?.body).toMatchObject({ html: "<p>late</p>" });
    expect(wanted(f)).toEqual([]);
  });

  test("of an unknown message, or another account's, does nothing", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.store.mail.open(id);
    addAccount(f.store, OTHER, "otto@example.com").bodyFailed(id);
    f.sync.bodyFailed(999 as never);
    expect(wanted(f)).toEqual(["0"]);
  });
});

describe("a body that comes", () => {
  test.each([
    ["html", { kind: "html", html: "<p>x</p>", truncated: false }],
    ["text", { kind: "text", text: "<p>x</p>", truncated: false }],
    ["mime", { kind: "text", text: "<p>x</p>", truncated: false }],
  ] as const)("as %s is shown as what it is", (kind, expected) => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    f.sync.commitBody(id, { kind, data: "<p>x</p>", truncated: false, size: 8 }, null);
    expect(f.store.mail.open(id)?.body).toEqual(expected);
  });

  test("shortened says so, and the whole can be asked for", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { body: html("<p>be", true) })] });
    const { id } = f.row("in", "Subject 1");
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "html", html: "<p>be", truncated: true });
    expect(wanted(f)).toEqual([]);
    f.store.mail.wantBody(id);
    expect(wanted(f)).toEqual(["1"]);
    f.sync.commitBody(id, html("<p>beginning and end</p>"), null);
    expect(f.store.mail.open(id)?.body).toMatchObject({ truncated: false });
    expect(wanted(f)).toEqual([]);
  });

  test("shortened never replaces a whole one", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { body: html("<p>whole</p>") })] });
    const { id } = f.row("in", "Subject 1");
    f.sync.commitBody(id, html("<p>wh", true), null);
    expect(f.store.mail.open(id)?.body).toMatchObject({ html: "<p>whole</p>", truncated: false });
  });

  test("shortened replaces a shortened one", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { body: html("<p>a", true) })] });
    const { id } = f.row("in", "Subject 1");
    f.answer("in", { changed: [{ serverId: "1", body: html("<p>abc", true) }] });
    expect(f.store.mail.open(id)?.body).toMatchObject({ html: "<p>abc", truncated: true });
  });

  test("gives a preview to a message that has none, and keeps one that is there", () => {
    const f = new Fixture();
    f.answer("in", { added: [bare("1"), { ...bare("2"), preview: "given" }] });
    for (const n of [1, 2]) f.sync.commitBody(f.row("in", `Subject ${n}`).id, html("<p>from body</p>"), null);
    expect(f.row("in", "Subject 1").preview).toBe("from body");
    expect(f.row("in", "Subject 2").preview).toBe("given");
  });

  test.each([0, 1, 8191, 8192, 100_000, 2_000_000])("of %i characters comes back as it was", (length) => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    const data = "añ日".repeat(Math.ceil(length / 3)).slice(0, length);
    f.sync.commitBody(id, { kind: "text", data, truncated: false, size: length }, null);
    f.reopen();
    const body = f.store.mail.open(id)?.body;
    expect(body?.kind === "text" && body.text === data).toBe(true);
  });

  test("with attachments makes them the message's; without a list leaves those there are", () => {
    const { f, ids } = bodiless(1);
    const id = ids[0] ?? (0 as never);
    const file = { fileReference: "r", name: "a.pdf", type: "", size: 1, inline: false, contentId: null };
    f.sync.commitBody(id, html("1"), [file]);
    expect(f.store.mail.open(id)?.attachments).toHaveLength(1);
    f.sync.commitBody(id, html("2"), null);
    expect(f.store.mail.open(id)?.attachments).toHaveLength(1);
    f.sync.commitBody(id, html("3"), []);
    expect(f.store.mail.open(id)?.attachments).toHaveLength(0);
  });
});

describe("suggestions", () => {
  const person = (name: string, email: string) => ({ name, email });
  const hears = (f: Fixture, name: string, email: string, more = {}) =>
    f.answer("in", {
      added: [mail(`${name}${email}${f.key("in")}`, { from: [person(name, email)], ...more })],
    });
  const writes = (f: Fixture, name: string, email: string) =>
    f.answer("se", {
      added: [mail(`${name}${email}${f.key("se")}`, { from: [], to: [person(name, email)] })],
    });
  const emails = (f: Fixture, text: string, limit = 10) =>
    f.store.mail.suggest(text, limit).map((found) => found.email);

  test("who was written to once comes before who wrote a hundred times", () => {
    const f = new Fixture();
    const from = [person("Sam Many", "many@example.org")];
    f.answer("in", { added: Array.from({ length: 100 }, (_, n) => mail(`${n}`, { from })) });
    writes(f, "Sam Once", "once@example.org");
    expect(emails(f, "sam")).toEqual(["once@example.org", "many@example.org"]);
  });

  test("among those written to the more often comes first", () => {
    const f = new Fixture();
    writes(f, "Sam A", "a@example.org");
    for (let n = 0; n < 2; n += 1) writes(f, "Sam B", "b@example.org");
    expect(emails(f, "sam")).toEqual(["b@example.org", "a@example.org"]);
  });

  test("among equals the later comes first, and then the alphabet", () => {
    const f = new Fixture();
    hears(f, "Sam A", "a@example.org", { date: 1000 });
    hears(f, "Sam B", "b@example.org", { date: 2000 });
    hears(f, "Sam D", "d@example.org", { date: 500 });
    hears(f, "Sam C", "c@example.org", { date: 500 });
    expect(emails(f, "sam")).toEqual(["b@example.org", "a@example.org", "c@example.org", "d@example.org"]);
  });

  test.each([
    ["anne", true],
    ["ANNE", true],
    ["ånne", true],
    ["marie", true],
    ["lef", true],
    ["o'b", false],
    ["anne marie", true],
    ["anne-m", true],
    ["brien", true],
    ["am@", true],
    ["am@example.o", true],
    ["example", false],
    ["nne", false],
    ["lefèvre", true],
    ["%", false],
    ["_", false],
    ["", false],
    [" ", false],
  ])("%j finds Anne Marie (Lefèvre) or not: %s", (text, found) => {
    const f = new Fixture();
    hears(f, "Anne Marie (Lefèvre)", "am@example.org");
    hears(f, "Anne-M. O'Brien", "other@example.net");
    expect(emails(f, text).length > 0).toBe(found);
  });

  test("the latest name of an address is shown, and an empty one does not replace it", () => {
    const f = new Fixture();
    hears(f, "Old Name", "x@example.org", { date: 1000 });
    hears(f, "New Name", "X@Example.org", { date: 2000 });
    hears(f, "", "x@example.org", { date: 3000 });
    hears(f, "Older Name", "x@example.org", { date: 10 });
    expect(f.store.mail.suggest("x@", 5)).toEqual([{ name: "New Name", email: "x@example.org" }]);
    expect(emails(f, "old")).toEqual([]);
  });

  test("junk and drafts make nobody known", () => {
    const f = new Fixture();
    f.sync.commitFolders("f1", {
      syncKey: "f2",
      added: [{ serverId: "ju", parentId: "0", name: "Junk", role: "junk", class: "mail" }],
      updated: [],
      deleted: [],
    });
    f.answer("ju", { added: [mail("1", { from: [person("Spam", "spam@example.org")] })] });
    f.answer("dr", { added: [mail("2", { to: [person("Half", "half@example.org")] })] });
    expect([emails(f, "spam"), emails(f, "half")]).toEqual([[], []]);
  });

  test("of a long list of recipients the first twenty are known", () => {
    const f = new Fixture();
    const to = Array.from({ length: 30 }, (_, n) => person(`Sam ${n}`, `s${n}@example.org`));
    f.answer("se", { added: [mail("1", { from: [], to })] });
    expect(emails(f, "sam", 100)).toHaveLength(20);
  });

  test("an address known to two accounts is suggested once", () => {
    const f = new Fixture();
    hears(f, "Sam", "sam@example.org");
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", {
      syncKey: "1",
      added: [{ serverId: "in", parentId: "0", name: "Inbox", role: "inbox", class: "mail" }],
      updated: [],
      deleted: [],
    });
    other.commitCollection({
      folderId: other.collections()[0]?.folderId ?? (0 as never),
      previousKey: "0",
      newKey: "1",
      added: [mail("1", { from: [person("Sam", "sam@example.org")] })],
      changed: [],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: 1,
    });
    expect(emails(f, "sam")).toEqual(["sam@example.org"]);
  });

  test("no more than asked for", () => {
    const f = new Fixture();
    for (let n = 0; n < 5; n += 1) hears(f, `Sam ${n}`, `s${n}@example.org`);
    expect([0, 1, 3, 9].map((limit) => emails(f, "sam", limit).length)).toEqual([0, 1, 3, 5]);
  });
});
