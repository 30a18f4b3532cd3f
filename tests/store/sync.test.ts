import { describe, expect, test } from "vitest";
import type { StoreChange } from "../../electron/store/api.ts";
import { Fixture } from "./support.ts";
import { ACCOUNT, addAccount, breaking, FOLDERS, folder, mail, OTHER } from "./support-core.ts";

describe("folders", () => {
  test("a commit needs the key it was asked with", () => {
    const f = new Fixture();
    expect(f.sync.commitFolders("f0", { syncKey: "f2", added: [], updated: [], deleted: ["in"] })).toBe(
      false,
    );
    expect(f.sync.hierarchyKey()).toBe("f1");
    expect(f.sync.collections()).toHaveLength(5);
  });

  test("renames and moves keep the folder, its mail and its key", () => {
    const f = new Fixture();
    f.answer("pr", { added: [mail("1")] });
    const id = f.folderId("pr");
    f.sync.commitFolders("f1", {
      syncKey: "f2",
      added: [],
      updated: [folder("pr", "user", { name: "Old projects", parentId: "0" })],
      deleted: [],
    });
    expect(f.store.mail.folders().find((node) => node.id === id)).toMatchObject({
      name: "Old projects",
      parentId: null,
      total: 1,
    });
    expect(f.key("pr")).toBe("1");
  });

  test("a removed folder takes its mail along, and sends home what was on its way to it", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.answer("pr", {
      added: [mail("p", { body: { kind: "text", data: "vanish", truncated: false, size: 1 } })],
    });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.move([id], f.folderId("pr"));
    f.sync.commitFolders("f1", { syncKey: "f2", added: [], updated: [], deleted: ["pr", "unknown"] });
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    expect(f.row("in", "Subject 1").pending).toBe(false);
    expect(f.rows("in", "all", "vanish")).toEqual([]);
    expect(f.store.check()).toEqual([]);
  });

  test("after a reset the next full answer keeps what it names and drops the rest", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.sync.resetFolders();
    expect(f.sync.hierarchyKey()).toBe("0");
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    f.sync.commitFolders("0", { syncKey: "g", added: FOLDERS.slice(0, 2), updated: [], deleted: [] });
    expect(f.sync.collections().map((collection) => collection.serverId)).toEqual(["in", "dr"]);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    expect(f.key("in")).toBe("1");
  });
});

describe("answers", () => {
  test("an Add that comes twice is one message, with what was said last", () => {
    const f = new Fixture();
    const one = mail("1");
    f.answer("in", { added: [one, { ...one, subject: "Again" }] });
    f.answer("in", { added: [{ ...one, subject: "Third", read: true }] });
    expect(f.rows("in")).toMatchObject([{ subject: "Third", unread: false }]);
    expect(f.rows("in", "all", "third")).toHaveLength(1);
    expect(f.rows("in", "all", "again")).toHaveLength(0);
  });

  test("an answer that comes twice is refused the second time", () => {
    const f = new Fixture();
    const commit = { previousKey: "0", newKey: "k", added: [mail("1")] };
    expect(f.answer("in", commit)).toBe(true);
    expect(f.answer("in", commit)).toBe(false);
    expect(f.counts("in").total).toBe(1);
  });

  test("fields that were not sent stay", () => {
    const f = new Fixture();
    f.answer("in", {
      added: [mail("1", { cc: [{ name: "Carl", email: "c@example.com" }], flagged: true, importance: 2 })],
    });
    const before = f.store.mail.open(f.row("in", "Subject 1").id);
    f.answer("in", {
      changed: [
        { serverId: "1", read: true },
        { serverId: "unknown", read: true },
      ],
    });
    const after = f.store.mail.open(f.row("in", "Subject 1").id);
    expect(after).toEqual({ ...before, row: { ...before?.row, unread: false } });
  });

  test("a shortened body does not replace a whole one, except in Drafts", () => {
    const f = new Fixture();
    const short = { kind: "html" as const, data: "<p>Bo", truncated: true, size: 20 };
    for (const place of ["in", "dr"]) {
      f.answer(place, { added: [mail("1")] });
      f.answer(place, { changed: [{ serverId: "1", body: short }] });
    }
    const html = (place: string) => {
      const view = f.store.mail.open(f.row(place, "Subject 1").id);
      return view?.body.kind === "html" ? view.body.html : "";
    };
    expect(html("in")).toBe("<p>Body of 1</p>");
    expect(html("dr")).toBe("<p>Bo");
  });

  test("invitations, answers, previews and recipients are shown from what the server said", () => {
    const f = new Fixture();
    const meeting = { start: 1, end: 2, allDay: false, location: "Room", organizer: null };
    f.answer("in", {
      added: [
        mail("1", { meeting, messageClass: "IPM.Schedule.Meeting.Request", answered: "replied" }),
        mail("2", {
          preview: "  given \n preview ",
          from: [],
          to: Array.from({ length: 9 }, (_, n) => ({ name: `P${n}`, email: "" })),
        }),
        mail("3", {
          subject: "x".repeat(5000),
          body: { kind: "text", data: `${"word ".repeat(90_000)}`, truncated: false, size: 1 },
        }),
      ],
    });
    expect(f.row("in", "Subject 1")).toMatchObject({
      invitation: true,
      answered: "replied",
      preview: "Body of 1",
    });
    expect(f.store.mail.open(f.row("in", "Subject 1").id)?.meeting).toEqual(meeting);
    expect(f.row("in", "Subject 2")).toMatchObject({
      preview: "given preview",
      from: { name: "", email: "" },
      to: "P0, P1, P2, P3, P4",
      invitation: false,
    });
    expect(f.row("in", "x".repeat(1000)).preview.length).toBeLessThanOrEqual(200);
  });

  test("a resync keeps mail readable, takes what is there in place and sweeps the rest at its end", () => {
    const f = new Fixture();
    const all = ["1", "2", "3"].map((id) => mail(id));
    f.answer("in", { added: all });
    const ids = f.rows("in").map((row) => row.id);
    f.store.mail.setRead(ids, true);
    f.sync.resetCollection(f.folderId("in"));
    expect(f.sync.collections()[0]).toMatchObject({ syncKey: "0", complete: false, stored: 3 });
    expect(f.rows("in").map((row) => row.id)).toEqual(ids);
    f.answer("in", { added: all.slice(0, 1), passComplete: false });
    expect(f.rows("in")).toHaveLength(3);
    f.answer("in", { added: all.slice(2), passComplete: true });
    expect(f.subjects("in").sort()).toEqual(["Subject 1", "Subject 3"]);
    expect(f.rows("in").every((row) => !row.unread && row.pending)).toBe(true);
    expect(
      f.sync
        .intents(10)
        .map((intent) => intent.serverId)
        .sort(),
    ).toEqual(["1", "3"]);
    expect(f.sync.collections()[0]).toMatchObject({ complete: true, stored: 2 });
    expect(f.sync.lastSync()).toBe(f.clock.now());
  });

  test("accounts do not reach each other's folders, intents, bodies or outbox", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.setRead([id], true);
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    expect(other.intents(10)).toEqual([]);
    other.settleIntents([{ intentId: 1, verdict: "gone" }]);
    other.resetCollection(f.folderId("in"));
    other.commitBody(id, { kind: "text", data: "forged", truncated: false, size: 1 }, null);
    const target = other.collections()[0]?.folderId;
    expect(f.store.mail.move([id], target ?? (0 as never))).toBeNull();
    expect(f.row("in", "Subject 1").pending).toBe(true);
    expect(f.key("in")).toBe("1");
    expect(f.rows("in", "all", "forged")).toEqual([]);
    expect(other.lastSync()).toBeNull();
  });
});

describe("bodies", () => {
  test("a body that is not here is asked for once, and announced when it came", () => {
    const f = new Fixture();
    const { body: _, ...bare } = mail("1");
    f.answer("in", { added: [bare] });
    const { id } = f.row("in", "Subject 1");
    let woken = 0;
    f.sync.onWork(() => {
      woken += 1;
    });
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "loading" });
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "loading" });
    expect(woken).toBe(1);
    expect(f.sync.bodiesWanted(10)).toEqual([{ messageId: id, collectionServerId: "in", serverId: "1" }]);
    f.sync.commitBody(id, { kind: "html", data: "<p>late words</p>", truncated: false, size: 17 }, [
      {
        fileReference: "r",
        name: "late.pdf",
        type: "application/pdf",
        size: 5,
        inline: false,
        contentId: null,
      },
    ]);
    expect(f.sync.bodiesWanted(10)).toEqual([]);
    expect(f.store.mail.open(id)).toMatchObject({
      body: { kind: "html", html: "<p>late words</p>", truncated: false },
      attachments: [{ name: "late.pdf", state: "remote" }],
      row: { preview: "late words", attachments: true },
    });
    expect(f.rows("in", "all", "late words")).toHaveLength(1);
  });

  test("after a failure it is shown as missing for a while, then asked for again", () => {
    const f = new Fixture();
    const { body: _, ...bare } = mail("1");
    f.answer("in", { added: [bare] });
    const { id } = f.row("in", "Subject 1");
    f.store.mail.open(id);
    f.sync.bodyFailed(id);
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "offline" });
    expect(f.sync.bodiesWanted(10)).toEqual([]);
    f.clock.advance(30_000);
    expect(f.store.mail.open(id)?.body).toEqual({ kind: "missing", reason: "loading" });
    expect(f.sync.bodiesWanted(10)).toHaveLength(1);
    f.sync.bodyFailed(id);
    expect(f.store.mail.wantBody(id)).toBe(true);
    expect(f.sync.bodiesWanted(10)).toHaveLength(1);
  });
});

describe("change records", () => {
  test("tell what commits changed, together and after them; never what was rolled back", () => {
    const f = new Fixture();
    const records: StoreChange[] = [];
    const stop = f.store.onChange((change) => records.push(change));
    f.answer("in", { added: [mail("1")] });
    f.store.mail.setRead([f.row("in", "Subject 1").id], true);
    expect(records).toEqual([]);
    f.clock.advance(40);
    expect(records).toEqual([
      {
        folderIds: [f.folderId("in")],
        messageIds: [f.row("in", "Subject 1").id],
        folders: true,
        accounts: false,
        drafts: false,
        outbox: false,
      },
    ]);
    expect(() => f.answer("in", { added: [mail("2"), breaking("3")] })).toThrow();
    f.clock.advance(40);
    expect(records).toHaveLength(1);
    expect(f.subjects("in")).toEqual(["Subject 1"]);
    f.answer("in", { added: Array.from({ length: 201 }, (_, index) => mail(`m${index}`)) });
    f.clock.advance(40);
    expect(records[1]).toMatchObject({ folderIds: [f.folderId("in")], messageIds: null });
    stop();
    f.answer("in", { deleted: ["1"] });
    f.clock.advance(40);
    expect(records).toHaveLength(2);
  });

  test("a session that learnt nothing announces nothing", () => {
    const f = new Fixture();
    const records: StoreChange[] = [];
    f.store.onChange((change) => records.push(change));
    const session = f.store.accounts.get(ACCOUNT)?.session;
    if (session === undefined) throw new Error("no session");
    f.store.accounts.saveSession(ACCOUNT, session);
    f.store.accounts.saveSession(OTHER, session);
    f.clock.advance(40);
    expect(records).toEqual([]);
    f.store.accounts.saveSession(ACCOUNT, { ...session, policyKey: "77", protocolVersion: "16.1" });
    f.clock.advance(40);
    expect(records).toMatchObject([{ accounts: true, folders: false }]);
    expect(f.store.accounts.get(ACCOUNT)).toMatchObject({
      protocolVersion: "16.1",
      session: { policyKey: "77" },
    });
  });
});

describe("accounts", () => {
  test("an address is there once, without regard to case", () => {
    const f = new Fixture();
    const session = { url: "u", protocolVersion: null, policyKey: "0", deviceId: "d" };
    const account = { id: OTHER, address: "ANNA@example.com", displayName: "", userName: "", server: "" };
    expect(f.store.accounts.create(account, session)).toBe(false);
    expect(f.store.accounts.create({ ...account, address: "b@example.com" }, session)).toBe(true);
    expect(f.store.accounts.list().map(({ id }) => id)).toEqual([ACCOUNT, OTHER]);
  });

  test("removing one takes everything of it and nothing of the other", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    f.store.mail.setRead([f.row("in", "Subject 1").id], true);
    const content = { to: [], cc: [], bcc: [], subject: "", html: "" };
    f.store.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content });
    f.store.accounts.remove(ACCOUNT);
    expect(f.store.accounts.list().map(({ id }) => id)).toEqual([OTHER]);
    expect(f.store.mail.folders().map(({ accountId }) => accountId)).toEqual(Array(5).fill(OTHER));
    expect(f.store.drafts.list()).toEqual([]);
    expect(f.sync.collections()).toEqual([]);
    expect(f.sync.commitFolders("f1", { syncKey: "f2", added: FOLDERS, updated: [], deleted: [] })).toBe(
      false,
    );
    expect(f.store.mail.suggest("bob", 5)).toEqual([]);
    expect(f.store.check()).toEqual([]);
    f.store.tidy();
  });
});
