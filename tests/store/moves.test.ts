import { describe, expect, test } from "vitest";
import type { MessageId } from "../../shared/model/ids.ts";
import { count, Fixture } from "./support.ts";
import { ACCOUNT, addAccount, FOLDERS, mail, OTHER } from "./support-core.ts";

/** Every folder synced once, so that further answers tell changes only. */
function ready(): Fixture {
  const f = new Fixture();
  for (const folder of ["in", "pr", "tr"]) f.answer(folder);
  return f;
}

/** Moves one message to Projects, and the server confirms it with the id. */
function moved(f: Fixture, serverId: string, newServerId: string | null): MessageId {
  const { id } = f.row("in", `Subject ${serverId}`);
  f.store.mail.move([id], f.folderId("pr"));
  const intent = f.sync.intents(50).find((item) => item.messageId === id);
  f.sync.settleIntents([{ intentId: intent?.id ?? 0, verdict: "done", newServerId }]);
  return id;
}

/** The server announces a moved message, as nearly every server does. */
function taught(): Fixture {
  const f = ready();
  const lesson = mail("lesson");
  f.answer("in", { added: [lesson] });
  moved(f, "lesson", "p-lesson");
  f.answer("pr", { added: [{ ...lesson, serverId: "p-lesson" }] });
  f.answer("in", { deleted: ["lesson"] });
  return f;
}

function tells(f: Fixture): number {
  return count(f.path, "SELECT tells_moves FROM accounts WHERE id = ?", ACCOUNT);
}

describe("silence about a moved message", () => {
  test("means that it is gone after two complete passes, once the server was seen to announce moves", () => {
    const f = taught();
    f.answer("in", { added: [mail("1")] });
    moved(f, "1", "p1");
    expect(f.subjects("pr")).toContain("Subject 1");
    f.answer("pr");
    expect(f.subjects("pr")).toContain("Subject 1");
    f.answer("pr");
    expect(f.subjects("pr")).toEqual(["Subject lesson"]);
    expect(f.rows("pr", "all", "body")).toHaveLength(1);
    expect(f.counts("pr")).toEqual({ unread: 1, total: 1 });
  });

  test("means nothing while a pass goes on", () => {
    const f = taught();
    f.answer("in", { added: [mail("1")] });
    moved(f, "1", "p1");
    for (let n = 0; n < 5; n += 1) f.answer("pr", { passComplete: false });
    expect(f.subjects("pr")).toContain("Subject 1");
    f.answer("pr");
    expect(f.subjects("pr")).toContain("Subject 1");
  });

  test("means nothing in other folders", () => {
    const f = taught();
    f.answer("in", { added: [mail("1")] });
    moved(f, "1", "p1");
    for (let n = 0; n < 4; n += 1) for (const folder of ["in", "tr"]) f.answer(folder);
    expect(f.subjects("pr")).toContain("Subject 1");
  });

  test("means nothing on a server that never announces moves", () => {
    const f = ready();
    f.answer("in", { added: [mail("1")] });
    moved(f, "1", "p1");
    for (let n = 0; n < 6; n += 1) f.answer("pr");
    expect(f.subjects("pr")).toEqual(["Subject 1"]);
    expect(tells(f)).toBe(0);
  });

  test("is understood afterwards, when the server is seen to announce another move", () => {
    const f = ready();
    const two = mail("2");
    f.answer("in", { added: [mail("1"), two] });
    moved(f, "1", "p1");
    for (let n = 0; n < 3; n += 1) f.answer("pr");
    expect(f.subjects("pr")).toEqual(["Subject 1"]);
    moved(f, "2", "p2");
    f.answer("pr", { added: [{ ...two, serverId: "p2" }] });
    f.answer("pr");
    expect(f.subjects("pr")).toEqual(["Subject 2"]);
  });

  test("is remembered over a restart, both the lesson and the waiting", () => {
    const f = taught();
    f.answer("in", { added: [mail("1")] });
    moved(f, "1", "p1");
    f.answer("pr");
    f.reopen();
    f.answer("pr");
    expect(f.subjects("pr")).toEqual(["Subject lesson"]);
  });

  test("is remembered over a repair", () => {
    const f = taught();
    f.store.repair();
    expect(tells(f)).toBe(1);
  });

  test("is learnt for each account alone", () => {
    const f = taught();
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    expect(tells(f)).toBe(1);
    expect(count(f.path, "SELECT tells_moves FROM accounts WHERE id = ?", OTHER)).toBe(0);
  });

  test("does not take a message whose next move is on its way: that one was left behind", () => {
    const f = taught();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    f.store.mail.move([id], f.folderId("tr"));
    expect(f.sync.intents(10)).toMatchObject([{ kind: "move", serverId: "p1", toServerId: "tr" }]);
    f.answer("pr");
    f.answer("pr");
    expect(f.rows("tr").map((row) => row.id)).toEqual([id]);
    f.answer("tr", { added: [{ ...one, serverId: "t1" }] });
    expect(f.rows("tr")).toMatchObject([{ id, pending: false }]);
    expect(f.sync.pendingCount().actions).toBe(0);
  });

  test("takes the message with what the user still wished of it", () => {
    const f = taught();
    f.answer("in", { added: [mail("1")] });
    const id = moved(f, "1", "p1");
    f.store.mail.setFlag([id], true);
    f.answer("pr");
    f.answer("pr");
    expect(f.store.mail.open(id)).toBeNull();
    expect(f.sync.pendingCount().actions).toBe(0);
  });

  test("begins anew with each further move", () => {
    const f = taught();
    f.answer("in", { added: [mail("1")] });
    const id = moved(f, "1", "p1");
    f.answer("pr");
    f.store.mail.move([id], f.folderId("tr"));
    const intent = f.sync.intents(10)[0];
    f.sync.settleIntents([{ intentId: intent?.id ?? 0, verdict: "done", newServerId: "t1" }]);
    f.answer("pr");
    f.answer("tr");
    expect(f.rows("tr").map((row) => row.id)).toEqual([id]);
    f.answer("tr");
    expect(f.rows("tr")).toEqual([]);
  });
});

describe("what confirms a moved message", () => {
  test.each([
    ["an Add", "added"],
    ["a Change", "changed"],
  ] as const)("%s that names it", (_, how) => {
    const f = taught();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    f.answer("pr", { [how]: [{ ...one, serverId: "p1", flagged: true }] });
    for (let n = 0; n < 5; n += 1) f.answer("pr");
    expect(f.rows("pr").map((row) => row.id)).toContain(id);
    expect(f.store.mail.open(id)?.row.flagged).toBe(true);
  });

  test("an Add that came before the verdict", () => {
    const f = taught();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    const intent = f.sync.intents(10)[0];
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    f.sync.settleIntents([{ intentId: intent?.id ?? 0, verdict: "done", newServerId: "p1" }]);
    for (let n = 0; n < 4; n += 1) f.answer("pr");
    expect(f.rows("pr").map((row) => row.id)).toContain(id);
  });

  test("an Add of an arriving message, whose id was not known before", () => {
    const f = ready();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const id = moved(f, "1", null);
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    expect(tells(f)).toBe(1);
    for (let n = 0; n < 4; n += 1) f.answer("pr");
    expect(f.rows("pr").map((row) => row.id)).toEqual([id]);
  });

  test("not an Add of another message that looks the same", () => {
    const f = taught();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    f.answer("pr", { added: [{ ...one, serverId: "p2" }] });
    f.answer("pr");
    expect(f.store.mail.open(id)).toBeNull();
    expect(f.subjects("pr").sort()).toEqual(["Subject 1", "Subject lesson"]);
  });

  test("the Add of a first pass confirms, and teaches nothing: it names everything", () => {
    const f = new Fixture();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    expect(tells(f)).toBe(0);
    for (let n = 0; n < 4; n += 1) f.answer("pr");
    expect(f.rows("pr").map((row) => row.id)).toEqual([id]);
  });

  test("the Add of a resync confirms, and teaches nothing", () => {
    const f = ready();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    f.sync.resetCollection(f.folderId("pr"));
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    expect(tells(f)).toBe(0);
    expect(f.rows("pr").map((row) => row.id)).toEqual([id]);
  });

  test("a resync that does not name it takes it away on any server", () => {
    const f = ready();
    f.answer("in", { added: [mail("1")] });
    moved(f, "1", "p1");
    f.sync.resetCollection(f.folderId("pr"));
    f.answer("pr");
    expect(f.subjects("pr")).toEqual([]);
  });

  test("a Delete that names it takes it away at once", () => {
    const f = ready();
    f.answer("in", { added: [mail("1")] });
    moved(f, "1", "p1");
    f.answer("pr", { deleted: ["p1"] });
    expect(f.subjects("pr")).toEqual([]);
  });

  test("a late Add of one that was given up brings it back as new mail", () => {
    const f = taught();
    const one = mail("1");
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    f.answer("pr");
    f.answer("pr");
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    expect(f.subjects("pr").sort()).toEqual(["Subject 1", "Subject lesson"]);
    expect(f.row("pr", "Subject 1").id).not.toBe(id);
  });
});

describe("a moved message keeps what is stored of it", () => {
  test("its body, when the Add in the new folder brings none", () => {
    const f = ready();
    const one = mail("1", { body: { kind: "html", data: "<p>whole</p>", truncated: false, size: 12 } });
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    const { body: _, ...bare } = one;
    f.answer("pr", { added: [{ ...bare, serverId: "p1" }] });
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "html", html: "<p>whole</p>", truncated: false });
  });

  test("its whole body, when the Add brings a shortened one", () => {
    const f = ready();
    const one = mail("1", { body: { kind: "html", data: "<p>whole</p>", truncated: false, size: 12 } });
    f.answer("in", { added: [one] });
    const id = moved(f, "1", "p1");
    const body = { kind: "html" as const, data: "<p>wh", truncated: true, size: 12 };
    f.answer("pr", { added: [{ ...one, serverId: "p1", body }] });
    expect(f.store.mail.open(id)?.body).toMatchObject({ html: "<p>whole</p>", truncated: false });
  });

  test("the body that only its twin had", () => {
    const f = ready();
    const one = mail("1");
    const { body: _, ...bare } = one;
    f.answer("in", { added: [bare] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    const intent = f.sync.intents(1)[0];
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    f.sync.settleIntents([{ intentId: intent?.id ?? 0, verdict: "done", newServerId: "p1" }]);
    expect(f.store.mail.open(id)?.body).toMatchObject({ kind: "html", html: "<p>Body of 1</p>" });
    expect(f.store.check()).toEqual([]);
  });

  test("its attachments' bytes, under the new references", () => {
    const f = ready();
    const file = {
      fileReference: "in/1/a",
      name: "a.pdf",
      type: "application/pdf",
      size: 3,
      inline: false,
      contentId: null,
    };
    const one = mail("1", { attachments: [file] });
    f.answer("in", { added: [one] });
    const before = f.store.mail.open(f.row("in", "Subject 1").id)?.attachments[0];
    if (before === undefined) throw new Error("no attachment");
    const writer = f.store.attachments.write(before.id);
    writer?.append(new Uint8Array([1, 2, 3]));
    writer?.finish(null);
    moved(f, "1", "p1");
    const attachments = [{ ...file, fileReference: "pr/p1/a" }];
    f.answer("pr", { added: [{ ...one, serverId: "p1", attachments }] });
    expect(f.store.attachments.get(before.id)).toMatchObject({
      fileReference: "pr/p1/a",
      attachment: { state: "stored" },
    });
    expect(Buffer.concat([...(f.store.attachments.read(before.id) ?? [])])).toEqual(Buffer.from([1, 2, 3]));
  });

  test("its place in searches", () => {
    const f = ready();
    const one = mail("1", {
      body: { kind: "text", data: "pomegranate", truncated: false, size: 11 },
    });
    f.answer("in", { added: [one] });
    moved(f, "1", "p1");
    expect(f.rows("in", "all", "pomegranate")).toEqual([]);
    expect(f.rows("pr", "all", "pomegranate")).toHaveLength(1);
    f.answer("pr", { added: [{ ...one, serverId: "p1" }] });
    f.answer("in", { deleted: ["1"] });
    expect(f.rows("pr", "all", "pomegranate")).toHaveLength(1);
  });
});
