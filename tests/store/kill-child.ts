import { ACCOUNT, addAccount, FOLDERS, mail, mustOpen } from "./support-core.ts";

/** Commits answers, actions and sent mail without end, and tells the parent what is done; it is killed meanwhile. */
const path = process.argv[2] ?? "";
const store = mustOpen(path);
const sync = store.accounts.get(ACCOUNT) === null ? addAccount(store) : store.syncStore(ACCOUNT);
if (sync.hierarchyKey() === "0")
  sync.commitFolders("0", { syncKey: "f1", added: FOLDERS, updated: [], deleted: [] });

process.stdout.write("ready\n");
for (;;) {
  const inbox = sync.collections().find((collection) => collection.serverId === "in");
  if (inbox === undefined) throw new Error("no inbox");
  const key = Number(inbox.syncKey);
  // Answer n holds messages 5n to 5n + 4, and takes the first of answer n - 1 away.
  sync.commitCollection({
    folderId: inbox.folderId,
    previousKey: inbox.syncKey,
    newKey: String(key + 1),
    added: Array.from({ length: 5 }, (_, index) => mail(`m${key * 5 + index}`)),
    changed: [],
    deleted: key > 0 ? [`m${(key - 1) * 5}`] : [],
    verdicts: sync.intents(100).map((intent) => ({ intentId: intent.id, verdict: "done" as const })),
    passComplete: true,
    at: 1,
  });
  const scope = { folderId: inbox.folderId, filter: "unread", query: "" } as const;
  const ids = store.mail.page(scope, 0, 2).rows.map((row) => row.id);
  store.mail.setRead(ids, true);
  const content = { to: [], cc: [], bcc: [], subject: "s", html: "" };
  const draft = store.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content });
  const mime = [Buffer.alloc(300_000, draft.id % 251)];
  store.drafts.queue(draft.id, { content, clientId: `c${draft.id}`, kind: "send", mime, notBefore: 0 });
  const { entry } = sync.outboxNext(1);
  if (entry !== null && entry.draftId !== draft.id) sync.outboxSent(entry.draftId);
  process.stdout.write(`${key + 1}\n`);
}
