import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCompose } from "../../../electron/services/compose.ts";
import type { Downloads } from "../../../electron/services/downloads.ts";
import type { Store } from "../../../electron/store/api.ts";
import { openStore } from "../../../electron/store/open.ts";
import { ok } from "../../../shared/base/result.ts";
import { DraftIdSchema } from "../../../shared/model/ids.ts";
import type { Draft, DraftContent } from "../../../shared/model/mail.ts";
import { ACCOUNT_ID, messageId } from "../../support/mail.ts";

const NOW = Date.UTC(2026, 10, 20, 9);
const ACCOUNT = {
  id: ACCOUNT_ID,
  address: "me@example.test",
  displayName: "Me",
  userName: "me",
  server: "mail.example.test",
  protocolVersion: null,
};
const SESSION = {
  url: "https://mail.example.test/x",
  protocolVersion: "16.1",
  policyKey: "0",
  deviceId: "D",
};
const bo = { name: "Bo", email: "bo@example.test" };

let dir = "";
let store: Store;
let changes = 0;
let fetched: (() => void)[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "compose-"));
  changes = 0;
  fetched = [];
  const clock = { now: () => NOW, after: () => () => {} };
  const opened = openStore({
    path: join(dir, "mail.db"),
    keys: { databaseKey: () => new Uint8Array(32).fill(7) },
    clock,
    log: () => {},
    indexText: (html) => html,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  store.accounts.create(ACCOUNT, SESSION);
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

function service(accounts = [ACCOUNT]) {
  const downloads = {
    fetch: () => new Promise((done) => fetched.push(() => done(ok({})))),
    exportTo: async () => ok({}),
  } as unknown as Downloads;
  let next = 0;
  return createCompose({
    store,
    accounts: () => accounts,
    downloads,
    clock: { now: () => NOW, after: () => () => {} },
    random: { fraction: () => 0, uuid: () => `00000000-0000-4000-8000-${String(next++).padStart(12, "0")}` },
    formatDate: () => "today",
    onChange: () => {
      changes += 1;
    },
  });
}

function content(change: Partial<DraftContent> = {}): DraftContent {
  return { to: [bo], cc: [], bcc: [], subject: "Plan", html: "<p>Hello <b>Bo</b></p>", ...change };
}

function started(compose: ReturnType<typeof service>): Draft {
  const draft = compose.start({ accountId: null, mode: "new", sourceId: null });
  if (!draft.ok) throw new Error(draft.error.message);
  return draft.value;
}

async function outgoing() {
  const next = store.syncStore(ACCOUNT_ID).outboxNext(NOW + 60_000);
  if (next.entry === null) throw new Error("the outbox is empty");
  const chunks: Uint8Array[] = [];
  for await (const chunk of next.entry.message.open()) chunks.push(chunk);
  return { entry: next.entry, mime: Buffer.concat(chunks).toString("utf8") };
}

describe("starting a draft", () => {
  it("needs an account and a message that is there", () => {
    expect(service([]).start({ accountId: null, mode: "new", sourceId: null })).toMatchObject({
      error: { code: "no-account" },
    });
    expect(service().start({ accountId: null, mode: "reply", sourceId: messageId(99) })).toMatchObject({
      error: { code: "not-found" },
    });
  });

  it("keeps the draft, so that a crash loses nothing", () => {
    const draft = started(service());
    expect(store.drafts.get(draft.id)).toMatchObject({ mode: "new", subject: "" });
  });
});

describe("sending", () => {
  it("queues one complete message that waits for the time to undo", async () => {
    const compose = service();
    const draft = started(compose);
    compose.attach({
      draftId: draft.id,
      name: "n.txt",
      type: "text/plain",
      bytes: new TextEncoder().encode("note"),
    });
    expect(
      await compose.send({
        draftId: draft.id,
        content: content({ bcc: [{ name: "", email: "c@example.test" }] }),
      }),
    ).toEqual(ok({ undoMs: 10_000 }));
    expect(store.syncStore(ACCOUNT_ID).outboxNext(NOW)).toMatchObject({ entry: null, dueAt: NOW + 10_000 });
    const { entry, mime } = await outgoing();
    expect(entry.message).toMatchObject({ kind: "send", clientId: "00000000-0000-4000-8000-000000000000" });
    expect(mime).toMatch(/^From: Me <me@example\.test>\r$/m);
    expect(mime).toMatch(/^To: Bo <bo@example\.test>\r$/m);
    expect(mime).toMatch(/^Bcc: c@example\.test\r$/m);
    expect(mime).toMatch(/^Message-ID: <00000000-0000-4000-8000-000000000000@example\.test>\r$/m);
    expect(mime).toContain("text/plain");
    expect(mime).toContain("Hello <b>Bo</b>");
    expect(mime).toContain("n.txt");
  });

  it.each([
    [content({ to: [] }), "no-recipients"],
    [content({ to: [{ name: "", email: "nobody" }] }), "bad-address"],
    [content({ cc: [{ name: "", email: "a b@example.test" }] }), "bad-address"],
    [content({ bcc: [{ name: "", email: "x@y\r\nBcc: z@example.test" }] }), "bad-address"],
    [
      content({ to: Array.from({ length: 501 }, (_, i) => ({ name: "", email: `u${i}@example.test` })) }),
      "bad-address",
    ],
    [content({ html: "x".repeat(4 * 2 ** 20 + 1) }), "too-large"],
    [content({ subject: "a\r\nBcc: z@example.test" }), "bad-address"],
  ])("refuses what cannot go out and leaves it in Drafts (%#)", async (bad, code) => {
    const compose = service();
    const draft = started(compose);
    expect(await compose.send({ draftId: draft.id, content: bad })).toMatchObject({
      ok: false,
      error: { code },
    });
    expect(store.drafts.outbox()).toEqual([]);
    expect(store.drafts.get(draft.id)).not.toBeNull();
  });

  it("sends a draft once, however often it is asked", async () => {
    const compose = service();
    const draft = started(compose);
    const first = await compose.send({ draftId: draft.id, content: content() });
    const queued = store.drafts.outbox();
    expect(queued).toHaveLength(1);
    // A window asks again when the engine ended before it could answer: it must not hear of a failure.
    expect(await compose.send({ draftId: draft.id, content: content() })).toEqual(first);
    expect(store.drafts.outbox()).toEqual(queued);
  });

  it("does not know a draft that is gone", async () => {
    const compose = service();
    const draftId = v.parse(DraftIdSchema, 77);
    expect(await compose.send({ draftId, content: content() })).toMatchObject({
      error: { code: "not-found" },
    });
    expect(compose.save({ draftId, content: content() })).toMatchObject({ error: { code: "not-found" } });
    expect(compose.attach({ draftId, name: "", type: "", bytes: new Uint8Array() })).toMatchObject({
      error: { code: "not-found" },
    });
  });
});

describe("attachments", () => {
  it("are bounded one by one and together", () => {
    const compose = service();
    const draft = started(compose);
    const file = (size: number) => ({
      draftId: draft.id,
      name: "f",
      type: "x/y",
      bytes: new Uint8Array(size),
    });
    expect(compose.attach(file(25 * 2 ** 20 + 1))).toMatchObject({ error: { code: "too-large" } });
    expect(compose.attach(file(20 * 2 ** 20)).ok).toBe(true);
    expect(compose.attach(file(16 * 2 ** 20))).toMatchObject({ error: { code: "too-large" } });
    expect(store.drafts.get(draft.id)?.attachments).toHaveLength(1);
  });
});

describe("answering a message that is stored", () => {
  function receive() {
    const sync = store.syncStore(ACCOUNT_ID);
    sync.commitFolders("0", {
      syncKey: "1",
      added: [{ serverId: "5", parentId: "0", name: "Inbox", role: "inbox", class: "mail" }],
      updated: [],
      deleted: [],
    });
    const folder = sync.collections()[0];
    if (folder === undefined) throw new Error("no inbox");
    sync.commitCollection({
      folderId: folder.folderId,
      previousKey: "0",
      newKey: "1",
      added: [
        {
          serverId: "5:1",
          subject: "Plan",
          from: [bo],
          to: [{ name: "Me", email: "me@example.test" }],
          date: NOW,
          read: true,
          body: { kind: "html", data: "<p>What about Monday?</p>", truncated: false, size: 25 },
          attachments: [
            {
              fileReference: "5:1:0",
              name: "plan.pdf",
              type: "application/pdf",
              size: 4,
              inline: false,
              contentId: null,
            },
          ],
        },
      ],
      changed: [],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: NOW,
    });
    const row = store.mail.page({ folderId: folder.folderId, filter: "all", query: "" }, 0, 1).rows[0];
    if (row === undefined) throw new Error("no message");
    return row;
  }

  it("fills in recipients, subject and the quotation, and names the source to the server", async () => {
    const compose = service();
    const row = receive();
    const draft = compose.start({ accountId: null, mode: "reply", sourceId: row.id });
    if (!draft.ok) throw new Error(draft.error.message);
    expect(draft.value).toMatchObject({ to: [bo], subject: "Re: Plan", sourceId: row.id });
    expect(draft.value.html).toContain("What about Monday?");
    await compose.send({ draftId: draft.value.id, content: draft.value });
    const { entry } = await outgoing();
    expect(entry.message).toMatchObject({ kind: "reply", source: { collectionId: "5", serverId: "5:1" } });
  });

  it("waits with a forward until its attachments are here, and says that they came", async () => {
    const compose = service();
    const row = receive();
    const draft = compose.start({ accountId: null, mode: "forward", sourceId: row.id });
    if (!draft.ok) throw new Error(draft.error.message);
    expect(await compose.send({ draftId: draft.value.id, content: content() })).toMatchObject({ ok: false });
    const view = store.mail.open(row.id);
    const [attachment] = view?.attachments ?? [];
    if (attachment === undefined) throw new Error("no attachment");
    const writer = store.attachments.write(attachment.id);
    writer?.append(new TextEncoder().encode("%PDF"));
    writer?.finish(null);
    for (const done of fetched) done();
    await new Promise((done) => setTimeout(done, 5));
    expect(changes).toBe(1);
    expect(store.drafts.get(draft.value.id)?.attachments).toMatchObject([{ name: "plan.pdf", size: 4 }]);
    expect(await compose.send({ draftId: draft.value.id, content: content() })).toMatchObject({ ok: true });
  });
});
