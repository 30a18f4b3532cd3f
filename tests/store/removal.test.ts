import { describe, expect, test } from "vitest";
import { changeRecorder } from "../../electron/store/changes.ts";
import { database } from "../../electron/store/db/database.ts";
import { searchIndex } from "../../electron/store/messages/index-text.ts";
import { migrate } from "../../electron/store/migrations/migrate.ts";
import { REMOVED, removal, SLICE } from "../../electron/store/removal.ts";
import type { FolderId } from "../../shared/model/ids.ts";
import { CONTENT, count, Fixture, rawSql } from "./support.ts";
import { ACCOUNT, addAccount, FOLDERS, folder, mail, manualClock, mustOpen, OTHER } from "./support-core.ts";

/** Projects with so many messages. */
function full(messages: number): Fixture {
  const f = new Fixture();
  f.answer("in", { added: [mail("keep")] });
  const added = Array.from({ length: messages }, (_, index) =>
    mail(`${index}`, { body: { kind: "text", data: "perishable", truncated: false, size: 10 } }),
  );
  f.answer("pr", { added });
  return f;
}

function removeProjects(f: Fixture): void {
  f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["pr"] });
}

const left = (f: Fixture) => count(f.path, "SELECT count(*) FROM messages");
const leftFolders = (f: Fixture) => count(f.path, "SELECT count(*) FROM folders WHERE account = 0");

/** Lets one slice run after the other until nothing is left; answers how many rows each deleted. */
function slices(f: Fixture): number[] {
  const sizes: number[] = [];
  for (let before = left(f); leftFolders(f) > 0 && sizes.length < 100; ) {
    f.clock.advance(20);
    const after = left(f);
    sizes.push(before - after);
    before = after;
  }
  return sizes;
}

describe("a removed folder", () => {
  test("is out of reach before one of its rows is deleted", () => {
    const f = full(450);
    const folderId = f.folderId("pr");
    const { id } = f.row("pr", "Subject 7");
    removeProjects(f);
    expect(left(f)).toBe(451);
    const scope = { folderId, filter: "all", query: "" } as const;
    expect(f.store.mail.page(scope, 0, 10)).toEqual({ total: 0, rows: [] });
    expect(f.store.mail.page({ ...scope, filter: "unread" }, 0, 10)).toEqual({ total: 0, rows: [] });
    expect(f.store.mail.page({ ...scope, query: "perishable" }, 0, 10)).toEqual({ total: 0, rows: [] });
    expect(f.store.mail.indexOf(scope, id)).toBeNull();
    expect(f.store.mail.indexOf({ ...scope, query: "perishable" }, id)).toBeNull();
    expect(f.store.mail.open(id)).toBeNull();
    expect(f.store.mail.wantBody(id)).toBe(false);
    expect(f.store.mail.setRead([id], true)).toEqual({ token: 0, count: 0 });
    expect(f.store.mail.setFlag([id], true)).toEqual({ token: 0, count: 0 });
    expect(f.store.mail.remove([id])).toEqual({ token: 0, count: 0 });
    expect(f.store.mail.move([id], f.folderId("in"))).toEqual({ token: 0, count: 0 });
    expect(f.store.mail.move([f.row("in", "Subject keep").id], folderId)).toBeNull();
    expect(f.store.mail.folders().map((node) => node.id)).not.toContain(folderId);
    expect(f.sync.collections().map((collection) => collection.serverId)).toEqual(["in", "dr", "se", "tr"]);
  });

  test("goes in slices of a bounded number of rows", () => {
    const f = full(450);
    removeProjects(f);
    expect(slices(f)).toEqual([200, 200, 50]);
    expect(left(f)).toBe(1);
    expect(f.subjects("in")).toEqual(["Subject keep"]);
    for (const table of ["message_details", "bodies"])
      expect(count(f.path, `SELECT count(*) FROM ${table}`)).toBe(1);
    expect(count(f.path, "SELECT count(*) FROM search WHERE search MATCH 'perishable'")).toBe(0);
    expect(f.store.check()).toEqual([]);
  });

  test.each([0, 1, 199, 200, 201, 400])("of %i messages leaves nothing", (messages) => {
    const f = full(messages);
    removeProjects(f);
    const sizes = slices(f);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(messages);
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(SLICE.messages);
    expect(leftFolders(f)).toBe(0);
    expect(left(f)).toBe(1);
  });

  test("goes on where it was after a restart at any slice", () => {
    const f = full(450);
    removeProjects(f);
    f.reopen();
    f.clock.advance(20);
    expect(left(f)).toBe(251);
    f.reopen();
    f.clock.advance(20);
    expect(left(f)).toBe(51);
    f.reopen();
    f.clock.advance(20);
    expect(left(f)).toBe(1);
    expect(leftFolders(f)).toBe(0);
  });

  test("does nothing more after the store is closed", () => {
    const f = full(250);
    removeProjects(f);
    f.store.close();
    f.clock.advance(1000);
    expect(left(f)).toBe(251);
  });

  test("may come again under the same server id while the old one is being deleted", () => {
    const f = full(300);
    const old = f.folderId("pr");
    removeProjects(f);
    f.sync.commitFolders("f2", {
      syncKey: "f3",
      added: [folder("pr", "user", { name: "Projects" })],
      updated: [],
      deleted: [],
    });
    expect(f.folderId("pr")).not.toBe(old);
    f.answer("pr", { added: [mail("0", { subject: "Fresh" })] });
    slices(f);
    expect(f.subjects("pr")).toEqual(["Fresh"]);
    expect(f.counts("pr")).toEqual({ unread: 1, total: 1 });
  });

  test("can be removed twice over, each with the same id", () => {
    const f = full(10);
    removeProjects(f);
    f.sync.commitFolders("f2", { syncKey: "f3", added: [folder("pr", "user")], updated: [], deleted: [] });
    f.answer("pr", { added: [mail("again")] });
    f.sync.commitFolders("f3", { syncKey: "f4", added: [], updated: [], deleted: ["pr"] });
    expect(leftFolders(f)).toBe(2);
    slices(f);
    expect(left(f)).toBe(1);
  });

  test("lets mail go home at once that was on its way to it", () => {
    const f = full(5);
    const { id } = f.row("in", "Subject keep");
    f.store.mail.move([id], f.folderId("pr"));
    expect(f.subjects("in")).toEqual([]);
    removeProjects(f);
    expect(f.rows("in")).toMatchObject([{ id, pending: false }]);
    expect(f.sync.pendingCount().actions).toBe(0);
    slices(f);
    expect(f.store.check()).toEqual([]);
  });

  test("takes at once the mail that the user had moved out of it and the server had not", () => {
    const f = full(5);
    f.store.mail.move([f.row("pr", "Subject 3").id], f.folderId("in"));
    expect(f.subjects("in")).toHaveLength(2);
    removeProjects(f);
    expect(f.subjects("in")).toEqual(["Subject keep"]);
    expect(left(f)).toBe(5);
    expect(f.sync.intents(10)).toEqual([]);
    slices(f);
    expect(left(f)).toBe(1);
  });

  test("takes wishes along that a repair had left without their message", () => {
    const f = full(3);
    f.store.mail.setRead([f.row("pr", "Subject 1").id], true);
    f.store.repair();
    expect(f.sync.pendingCount().actions).toBe(1);
    f.sync.commitFolders("0", { syncKey: "g", added: FOLDERS.slice(0, 4), updated: [], deleted: [] });
    expect(f.sync.pendingCount().actions).toBe(0);
  });

  test("asks sync for no body any more", () => {
    const f = full(0);
    const { body: _, ...bare } = mail("x");
    f.answer("pr", { added: [bare] });
    f.store.mail.open(f.row("pr", "Subject x").id);
    expect(f.sync.bodiesWanted(5)).toHaveLength(1);
    removeProjects(f);
    expect(f.sync.bodiesWanted(5)).toEqual([]);
  });

  test("is answered from where it was: a queued reply keeps what it named", () => {
    const f = full(2);
    const sourceId = f.row("pr", "Subject 1").id;
    const made = f.store.drafts.create({ accountId: ACCOUNT, mode: "reply", sourceId, content: CONTENT });
    f.store.drafts.queue(made.id, { content: CONTENT, clientId: "c", kind: "reply", mime: [], notBefore: 0 });
    removeProjects(f);
    const source = () => f.sync.outboxNext(f.clock.now()).entry?.message.source;
    expect(source()).toEqual({ collectionId: "pr", serverId: "1" });
    slices(f);
    expect(source()).toEqual({ collectionId: "pr", serverId: "1" });
  });

  test("names no source to a reply that is queued only after the removal", () => {
    const f = full(2);
    const sourceId = f.row("pr", "Subject 1").id;
    const made = f.store.drafts.create({ accountId: ACCOUNT, mode: "reply", sourceId, content: CONTENT });
    removeProjects(f);
    f.store.drafts.queue(made.id, { content: CONTENT, clientId: "c", kind: "reply", mime: [], notBefore: 0 });
    expect(f.sync.outboxNext(f.clock.now()).entry?.message.source).toBeNull();
  });

  test("is dropped with the rest by a repair", () => {
    const f = full(30);
    removeProjects(f);
    f.store.repair();
    expect(leftFolders(f)).toBe(0);
    expect(left(f)).toBe(0);
    f.clock.advance(100);
    expect(f.store.check()).toEqual([]);
  });

  test("the undo of an action on its mail is too late", () => {
    const f = full(2);
    const done = f.store.mail.setRead([f.row("pr", "Subject 1").id], true);
    removeProjects(f);
    expect(f.store.mail.undo(done.token)).toBe(false);
  });
});

describe("attachments of a removed folder", () => {
  /** A folder of one message with one stored attachment of so many chunks. */
  function heavy(chunks: number): Fixture {
    const f = full(0);
    const file = { name: "a", type: "t", size: 1, inline: false, contentId: null };
    f.answer("pr", { added: [mail("x", { attachments: [{ ...file, fileReference: "r" }] })] });
    const attachment = f.store.mail.open(f.row("pr", "Subject x").id)?.attachments[0];
    if (attachment === undefined) throw new Error("no attachment");
    const sql = rawSql(f.path);
    const insert = sql.prepare("INSERT INTO attachment_chunks (owner, seq, data) VALUES (?, ?, ?)");
    sql.exec("BEGIN");
    for (let seq = 0; seq < chunks; seq += 1) insert.run(attachment.id, seq, new Uint8Array(8));
    sql.exec("COMMIT");
    sql.close();
    return f;
  }

  const chunks = (f: Fixture) => count(f.path, "SELECT count(*) FROM attachment_chunks");

  test.each([1, 31, 32, 33, 100])("%i chunks go at most 32 at a time", (stored) => {
    const f = heavy(stored);
    removeProjects(f);
    let before = stored;
    while (leftFolders(f) > 0) {
      f.clock.advance(20);
      const now = chunks(f);
      expect(before - now).toBeLessThanOrEqual(SLICE.chunks);
      before = now;
    }
    expect(chunks(f)).toBe(0);
    expect(left(f)).toBe(1);
    expect(f.store.check()).toEqual([]);
  });

  test("cannot be read or found any more from the first moment", () => {
    const f = heavy(3);
    const messageId = f.row("pr", "Subject x").id;
    const attachment = f.store.mail.open(messageId)?.attachments[0];
    if (attachment === undefined) throw new Error("no attachment");
    removeProjects(f);
    expect(f.store.attachments.get(attachment.id)).toBeNull();
    expect(f.store.attachments.read(attachment.id)).toBeNull();
    expect(f.store.attachments.write(attachment.id)).toBeNull();
    expect(f.store.attachments.byContentId(messageId, "x")).toBeNull();
  });
});

describe("a removed account", () => {
  test("is gone at once, and its rows follow in slices", () => {
    const f = full(450);
    f.store.accounts.remove(ACCOUNT);
    expect(f.store.accounts.list()).toEqual([]);
    expect(f.store.accounts.get(ACCOUNT)).toBeNull();
    expect(f.store.mail.folders()).toEqual([]);
    expect(left(f)).toBe(451);
    const sizes = slices(f);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(451);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(SLICE.messages);
    expect(f.store.check()).toEqual([]);
  });

  test("can be added again at once, with the same address and folders", () => {
    const f = full(300);
    f.store.accounts.remove(ACCOUNT);
    const again = addAccount(f.store, OTHER, "anna@example.com");
    again.commitFolders("0", { syncKey: "f1", added: FOLDERS, updated: [], deleted: [] });
    const inbox = again.collections()[0];
    if (inbox === undefined) throw new Error("no inbox");
    again.commitCollection({
      folderId: inbox.folderId,
      previousKey: "0",
      newKey: "1",
      added: [mail("new")],
      changed: [],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: 1,
    });
    slices(f);
    expect(left(f)).toBe(1);
    expect(f.store.mail.folders().map((node) => node.total)).toEqual([1, 0, 0, 0, 0]);
  });

  test("leaves the slices of another account's folder in peace", () => {
    const f = full(220);
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "f1", added: FOLDERS, updated: [], deleted: [] });
    removeProjects(f);
    f.store.accounts.remove(OTHER);
    slices(f);
    expect(f.subjects("in")).toEqual(["Subject keep"]);
    expect(f.store.accounts.list().map(({ id }) => id)).toEqual([ACCOUNT]);
  });

  test("takes every table's rows with it", () => {
    const f = full(12);
    const { id } = f.row("pr", "Subject 1");
    f.store.mail.setRead([id], true);
    const made = f.store.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content: CONTENT });
    f.store.drafts.attach(made.id, { name: "a", type: "b", bytes: new Uint8Array(9) });
    f.store.drafts.queue(made.id, {
      content: CONTENT,
      clientId: "c",
      kind: "send",
      mime: [new Uint8Array(4)],
      notBefore: 0,
    });
    f.store.accounts.remove(ACCOUNT);
    slices(f);
    for (const table of [
      "folders",
      "messages",
      "message_details",
      "bodies",
      "correspondents",
      "intents",
      "drafts",
      "draft_attachments",
      "draft_attachment_chunks",
      "outbox",
      "outbox_chunks",
    ])
      expect(`${table} ${count(f.path, `SELECT count(*) FROM ${table}`)}`).toBe(`${table} 0`);
  });

  test("account 0 is nobody's: it is not listed, found or changed", () => {
    const f = full(1);
    expect(count(f.path, "SELECT count(*) FROM accounts WHERE n = ?", REMOVED)).toBe(1);
    expect(f.store.accounts.list()).toHaveLength(1);
    f.store.accounts.remove(ACCOUNT);
    slices(f);
    expect(count(f.path, "SELECT count(*) FROM accounts")).toBe(1);
    expect(count(f.path, "SELECT n FROM accounts")).toBe(REMOVED);
  });
});

describe("slices by themselves", () => {
  function parts(messages: number) {
    const f = full(messages);
    const folderId: FolderId = f.folderId("pr");
    f.store.close();
    const sql = rawSql(f.path);
    migrate(sql);
    const clock = manualClock();
    const logged: string[] = [];
    const db = database(sql, changeRecorder(clock));
    const index = searchIndex(db, (html) => html);
    const removing = removal(db, clock, (_, event) => void logged.push(event), index);
    return { f, sql, db, clock, logged, removing, folderId };
  }

  test("each answers whether there may be more", () => {
    const { db, removing, folderId } = parts(200);
    expect(removing.slice()).toBe(false);
    db.write(() => removing.folder(folderId));
    expect([removing.slice(), removing.slice(), removing.slice()]).toEqual([true, true, false]);
  });

  test("a failure of the machine stops them with a line in the log; the next start goes on", () => {
    const { f, sql, db, clock, logged, removing, folderId } = parts(300);
    db.write(() => removing.folder(folderId));
    sql.pragma("query_only = ON");
    clock.advance(20);
    clock.advance(2000);
    expect(logged).toEqual(["store-removal-stopped"]);
    sql.pragma("query_only = OFF");
    expect(sql.prepare("SELECT count(*) FROM messages").pluck().get()).toBe(301);
    removing.close();
    sql.close();
    const store = mustOpen(f.path, f.clock);
    f.clock.advance(20);
    f.clock.advance(20);
    expect(left(f)).toBe(1);
    store.close();
  });

  test("after `close` nothing is planned any more", () => {
    const { sql, db, clock, removing, folderId } = parts(20);
    removing.close();
    db.write(() => removing.folder(folderId));
    removing.resume();
    clock.advance(5000);
    expect(sql.prepare("SELECT count(*) FROM messages").pluck().get()).toBe(21);
  });
});
