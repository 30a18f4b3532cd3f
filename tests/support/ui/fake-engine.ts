import * as v from "valibot";
import { ok, type Result } from "../../../shared/base/result.ts";
import type { Handlers } from "../../../shared/contract/dispatch.ts";
import type { engineContract } from "../../../shared/contract/index.ts";
import type { ListScope } from "../../../shared/contract/mail.ts";
import { AccountSchema, SyncStatusSchema } from "../../../shared/model/account.ts";
import type { MessageId } from "../../../shared/model/ids.ts";
import {
  DraftSchema,
  FolderNodeSchema,
  type MessageRow,
  OutboxItemSchema,
} from "../../../shared/model/mail.ts";
import { ACCOUNT_ID, bodyFor, rowFor } from "./rows.ts";
import type { Scene } from "./scenes.ts";

type Announce = (event: string, payload: unknown) => void;

const never = <T>(): Promise<Result<T, never>> => new Promise(() => {});
const FOLDERS = [
  ["Inbox", "inbox", null],
  ["Drafts", "drafts", null],
  ["Sent Items", "sent", null],
  ["Deleted Items", "trash", null],
  ["Junk Email", "junk", null],
  ["Projects", "user", null],
  ["Nordwind", "user", 6],
  ["Archive migration", "user", 6],
  ["Newsletters", "user", null],
  ["Travel", "user", null],
] as const;

/** Answers the contract from generated rows: deletes, flags and reads are kept, nothing else is. */
export function createFakeEngine(
  scene: Scene,
  now: number,
  announce: Announce,
): Handlers<typeof engineContract> {
  let newest = Math.max(1, scene.rows);
  const inbox = Array.from({ length: scene.rows }, (_, at) => scene.rows - at);
  const other = Array.from({ length: Math.min(40, scene.rows) }, (_, at) => 900_040 - at);
  const changes = new Map<number, Partial<MessageRow>>();
  const account = v.parse(AccountSchema, {
    id: ACCOUNT_ID,
    address: "ngozi.okafor@example.org",
    displayName: "Ngozi Okafor",
    userName: "ngozi",
    server: "mail.example.org",
    protocolVersion: "16.1",
  });
  const accounts = scene.accounts === 0 ? [] : [account];
  const idsOf = (folderId: number): number[] => (folderId === 1 ? inbox : folderId === 9 ? [] : other);
  const folders = () =>
    FOLDERS.map(([name, role, parentId], at) =>
      v.parse(FolderNodeSchema, {
        id: at + 1,
        accountId: ACCOUNT_ID,
        parentId,
        name,
        role,
        unread: at === 0 ? Math.min(37, scene.rows) : at === 6 ? Math.min(4, scene.rows) : 0,
        total: idsOf(at + 1).length,
      }),
    );
  const row = (id: number, folderId: ListScope["folderId"]): MessageRow => ({
    ...rowFor(id, folderId === 1 ? newest : 900_040, folderId, now),
    ...changes.get(id),
  });
  const inScope = (scope: ListScope): number[] => {
    const ids = idsOf(scope.folderId);
    if (scope.filter === "all" && scope.query === "") return ids;
    const words = scope.query.toLowerCase();
    return ids.slice(0, 5000).filter((id) => {
      const found = row(id, scope.folderId);
      if (scope.filter === "unread" && !found.unread) return false;
      if (scope.filter === "flagged" && !found.flagged) return false;
      return `${found.subject} ${found.from.name}`.toLowerCase().includes(words);
    });
  };
  const changed = (messageIds: readonly number[] | null) =>
    announce("mail.changed", { folderIds: FOLDERS.map((_, at) => at + 1), messageIds });
  const change = (ids: readonly MessageId[], part: Partial<MessageRow>) => {
    for (const id of ids) changes.set(id, { ...changes.get(id), ...part });
    changed(ids);
    return ok({ token: 1, count: ids.length });
  };
  let taken: { ids: number[]; before: number[] } = { ids: [], before: [] };
  const takeOut = (ids: readonly MessageId[]) => {
    taken = { ids: [...ids], before: [...inbox] };
    const gone = new Set<number>(ids);
    inbox.splice(0, inbox.length, ...inbox.filter((id) => !gone.has(id)));
    changed(null);
    return ok({ token: 2, count: ids.length });
  };
  const draft = (mode: string) =>
    v.parse(DraftSchema, {
      id: 71,
      accountId: ACCOUNT_ID,
      mode,
      sourceId: null,
      to: mode === "new" ? [] : [{ name: "Klaus Brandt", email: "klaus@example.org" }],
      cc: [],
      bcc: [],
      subject: mode === "new" ? "" : "Re: Budget for the third quarter",
      html: "<p></p>",
      attachments: [],
      savedAt: now - 600_000,
    });
  const outbox = Array.from({ length: scene.outbox }, (_, at) =>
    v.parse(OutboxItemSchema, {
      id: 80 + at,
      accountId: ACCOUNT_ID,
      subject: "Re: Site visit in Tromsø",
      to: [{ name: "Ingrid Lindqvist", email: "ingrid@example.org" }],
      queuedAt: now - 900_000,
      state: "queued",
      reason: "Waits for the server",
    }),
  );
  if (scene.arrivals > 0) {
    setInterval(() => {
      newest += 1;
      inbox.unshift(newest);
      changed(null);
    }, scene.arrivals);
  }
  return {
    accounts: {
      list: () => ok(accounts),
      add: () => ({ ok: false, error: { code: "sign-in", message: "refused" } }),
      signIn: () => ({ ok: false, error: { code: "sign-in", message: "refused" } }),
      remove: () => ok({}),
      syncNow: () => ok({}),
      status: () =>
        ok(
          accounts.map(({ id }) =>
            v.parse(SyncStatusSchema, { accountId: id, lastSync: now - 60_000, ...scene.status }),
          ),
        ),
    },
    mail: {
      folders: () => (scene.silent ? never() : ok(folders())),
      page: ({ scope, offset, limit }) => {
        const ids = inScope(scope);
        return ok({
          total: ids.length,
          rows: ids.slice(offset, offset + limit).map((id) => row(id, scope.folderId)),
        });
      },
      indexOf: ({ scope, messageId }) => {
        const at = inScope(scope).indexOf(messageId);
        return ok(at < 0 ? null : at);
      },
      open: ({ messageId }) => {
        const [first] = folders();
        if (first === undefined) return { ok: false, error: { code: "not-found", message: "gone" } };
        const found = row(messageId, first.id);
        return ok({
          row: found,
          to: [{ name: "Ngozi Okafor", email: "ngozi.okafor@example.org" }],
          cc: [{ name: "Klaus Brandt", email: "klaus@example.org" }],
          replyTo: [],
          body: { kind: "html", html: bodyFor(found), truncated: false },
          attachments: [],
          meeting: null,
        });
      },
      complete: () => ok({}),
      setRead: ({ ids, read }) => change(ids, { unread: !read }),
      setFlag: ({ ids, flagged }) => change(ids, { flagged }),
      move: ({ ids }) => takeOut(ids),
      remove: ({ ids }) => takeOut(ids),
      undo: () => {
        if (taken.ids.length > 0) inbox.splice(0, inbox.length, ...taken.before);
        changed(null);
        return ok({});
      },
      fetchAttachment: () => ok({}),
      inlinePicture: () => ok(null),
      showPictures: () => ok({}),
    },
    compose: {
      start: ({ mode }) => ok(draft(mode)),
      get: () => ok(draft("reply")),
      list: () => ok(scene.drafts === 0 ? [] : [draft("reply")]),
      save: () => ok({ savedAt: now }),
      attach: () => ok(draft("new")),
      detach: () => ok(draft("new")),
      discard: () => ok({}),
      send: () => ok({ undoMs: 10_000 }),
      outbox: () => ok(outbox),
      recall: () => ok(draft("reply")),
      retry: () => ok({}),
      suggest: () => ok([{ name: "Klaus Brandt", email: "klaus@example.org" }]),
    },
  };
}
