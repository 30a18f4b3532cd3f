import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { Clock, Log } from "../../../electron/ports/basics.ts";
import type { RemoteMailbox } from "../../../electron/ports/remote.ts";
import { createEasMailbox } from "../../../electron/remote/eas-mailbox.ts";
import type { Store } from "../../../electron/store/api.ts";
import { openStore } from "../../../electron/store/open.ts";
import { type AccountSync, createAccountSync } from "../../../electron/sync/account-sync.ts";
import type { SyncSettings } from "../../../electron/sync/machine/work.ts";
import { createTransport } from "../../../electron/transport/transport.ts";
import type { SyncStatus } from "../../../shared/model/account.ts";
import { type AccountId, AccountIdSchema, type MessageId } from "../../../shared/model/ids.ts";
import type { FolderNode, MessageRow } from "../../../shared/model/mail.ts";
import { type MailMessage, mailMessage } from "../../fake-exchange/mail/message.ts";
import type { Truth } from "../../fake-exchange/truth.ts";
import { seeded } from "../support/fake-clock.ts";

export const USER = { name: "anna", password: "secret", address: "anna@example.test", displayName: "Anna" };
export const FRIEND = { name: "ben", password: "secret", address: "ben@example.test", displayName: "Ben" };
const ID: AccountId = v.parse(AccountIdSchema, "6f3c1f0a-58a5-4c43-9d7c-0f2a8f1d2b12");

const KEY = new Uint8Array(32).fill(11);

const clock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

const BEGAN = Date.now();
const HASTE = 20;

/** Time for the engine only, running fast, so that no test sits out a back-off. */
const hasty: Clock = {
  now: () => Math.round(BEGAN + (Date.now() - BEGAN) * HASTE),
  after: (ms, task) => clock.after(ms / HASTE, task),
};

export interface Client {
  readonly store: Store;
  readonly mailbox: RemoteMailbox;
  readonly sync: AccountSync;
  readonly statuses: SyncStatus[];
  close(): Promise<void>;
}

/** The product's own store, mailbox and engine on one database file. */
export function openClient(options: {
  readonly path: string;
  readonly url: string;
  readonly seed: number;
  readonly settings?: Partial<SyncSettings>;
  readonly log?: Log;
}): Client {
  const log = options.log ?? (() => undefined);
  const opened = openStore({
    path: options.path,
    keys: { databaseKey: () => KEY },
    clock,
    log,
    indexText: (html) => html.replace(/<[^>]*>/g, " "),
  });
  if (!opened.ok) throw new Error(`${opened.error.kind}: ${opened.error.message}`);
  const store = opened.value;
  if (store.accounts.get(ID) === null) {
    store.accounts.create(
      { id: ID, address: USER.address, displayName: "Anna", userName: USER.name, server: options.url },
      { url: options.url, protocolVersion: null, policyKey: "0", deviceId: "KILLTEST1" },
    );
  }
  const transport = createTransport({});
  const mailbox = createEasMailbox({
    transport,
    credentials: () => ({ userName: USER.name, password: USER.password }),
    session: {
      load() {
        const account = store.accounts.get(ID);
        if (account === null) throw new Error("no account");
        return account.session;
      },
      save: (state) => store.accounts.saveSession(ID, state),
    },
    clock,
    log,
  });
  const statuses: SyncStatus[] = [];
  const fraction = seeded(options.seed);
  const sync = createAccountSync({
    mailbox,
    store: store.syncStore(ID),
    clock: hasty,
    random: { fraction, uuid: randomUUID },
    log,
    onStatus: (status) => statuses.push(status),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  });
  return {
    store,
    mailbox,
    sync,
    statuses,
    async close() {
      await sync.stop();
      transport.close();
      store.close();
    },
  };
}

export function letter(number: number, subject = `message ${number}`): MailMessage {
  return mailMessage({
    from: { name: "Ben", email: FRIEND.address },
    to: [{ name: "Anna", email: USER.address }],
    subject,
    date: Date.UTC(2026, 9, 1) + number * 60_000,
    messageId: `<m${number}@example.test>`,
    html: `<p>The body of ${subject}</p>`,
    text: `The body of ${subject}`,
  });
}

/** Queues a small message as the composer would. */
export function queueMessage(store: Store, clientId: string): boolean {
  const to = [{ name: "Ben", email: FRIEND.address }];
  const content = { to, cc: [], bcc: [], subject: clientId, html: "<p>hello</p>" };
  const draft = store.drafts.create({ accountId: ID, mode: "new", sourceId: null, content });
  const mime = [
    `From: Anna <${USER.address}>`,
    `To: Ben <${FRIEND.address}>`,
    `Subject: ${clientId}`,
    `Message-ID: <${clientId}@example.test>`,
    "Date: Sat, 21 Nov 2026 00:00:00 +0000",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "hello",
    "",
  ].join("\r\n");
  return store.drafts.queue(draft.id, {
    content,
    clientId,
    kind: "send",
    mime: [new TextEncoder().encode(mime)],
    notBefore: 0,
  });
}

export function folderNamed(store: Store, name: string): FolderNode {
  const folder = store.mail.folders().find((candidate) => candidate.name === name);
  if (folder === undefined) throw new Error(`no folder ${name}`);
  return folder;
}

export function rowsIn(store: Store, name: string): readonly MessageRow[] {
  const folderId = folderNamed(store, name).id;
  const rows: MessageRow[] = [];
  for (;;) {
    const page = store.mail.page({ folderId, filter: "all", query: "" }, rows.length, 500);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

export function someRow(store: Store, fraction: number): MessageId | null {
  const folders = store.mail.folders().filter(({ role }) => role !== "outbox" && role !== "drafts");
  const rows = folders.flatMap(
    ({ id }) => store.mail.page({ folderId: id, filter: "all", query: "" }, 0, 60).rows,
  );
  return rows[Math.floor(fraction * rows.length)]?.id ?? null;
}

/** MS-ASCMD 2.2.3.186.2: the folder types that hold mail; the Outbox is the server's own affair. */
const MAIL_TYPES: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 12]);

/** The server's mail, one line per message, in an order of its own. */
export function linesOfTruth(truth: Truth): readonly string[] {
  return truth.folders
    .filter(({ type }) => MAIL_TYPES.has(type))
    .flatMap(({ name, messages }) =>
      messages.map(({ subject, read, flag }) => `${name}|${subject}|${read ? "read" : "new"}|${flag === 2}`),
    )
    .sort();
}

/** The store's mail in the same form. */
export function linesOfStore(store: Store): readonly string[] {
  return store.mail
    .folders()
    .filter(({ role }) => role !== "outbox")
    .flatMap(({ name }) =>
      rowsIn(store, name).map(
        ({ subject, unread, flagged }) => `${name}|${subject}|${unread ? "new" : "read"}|${flagged}`,
      ),
    )
    .sort();
}

export function nothingWaits(store: Store): boolean {
  const { actions, outbox } = store.syncStore(ID).pendingCount();
  return actions === 0 && outbox === 0;
}

export function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

/** Waits in small steps until `done` holds; false after `ms`. */
export async function until(done: () => boolean, ms = 20_000): Promise<boolean> {
  const end = Date.now() + ms;
  while (!done()) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  return true;
}
