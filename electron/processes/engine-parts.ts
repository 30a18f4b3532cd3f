import { join } from "node:path";
import { err, ok, type Result } from "../../shared/base/result.ts";
import type { Client } from "../../shared/contract/client.ts";
import type { control, secrets as secretCalls } from "../../shared/contract/control.ts";
import type { CallCode, CallError, CallIn, CallOut } from "../../shared/contract/define.ts";
import type { AttachmentId } from "../../shared/model/ids.ts";
import { createEngineEndpoint } from "../ipc/engine-endpoint.ts";
import { accountHandlers } from "../ipc/handlers/accounts.ts";
import { composeHandlers } from "../ipc/handlers/compose.ts";
import { mailHandlers } from "../ipc/handlers/mail.ts";
import { htmlToText } from "../protocol/html/html-to-text.ts";
import { safeFileName } from "../protocol/mime/file-name.ts";
import { createEasMailbox } from "../remote/eas-mailbox.ts";
import { discoverEndpoint } from "../remote/endpoint.ts";
import { type Accounts, createAccounts, type SecretKeeper } from "../services/accounts.ts";
import { createCompose } from "../services/compose.ts";
import { createDownloads } from "../services/downloads.ts";
import { createPictures } from "../services/pictures.ts";
import type { OpenFault, Store } from "../store/api.ts";
import { openStore } from "../store/open.ts";
import { createAccountSync } from "../sync/account-sync.ts";
import { createTransport } from "../transport/transport.ts";
import { announceChanges } from "./announce.ts";
import { addedAuthorities } from "./authorities.ts";
import { systemClock, systemLog, systemRandom, watchNetwork } from "./system.ts";

type ControlResult<Name extends keyof typeof control> = Result<
  CallOut<(typeof control)[Name]>,
  CallError<CallCode<(typeof control)[Name]>>
>;

const OPEN_CODES = {
  "wrong-key": "wrong-key",
  corrupt: "damaged",
  newer: "newer",
  busy: "failed",
  unavailable: "failed",
} as const satisfies Record<OpenFault["kind"], CallCode<typeof control.open>>;

/** The mailbox, open: what main and the windows talk to. */
export interface Engine {
  attach: ReturnType<typeof createEngineEndpoint>["attach"];
  wake(): void;
  stop(): Promise<void>;
  attachment(attachmentId: AttachmentId): ControlResult<"attachment">;
  exportAttachment(attachmentId: AttachmentId, path: string): Promise<ControlResult<"exportAttachment">>;
  picture(wanted: CallIn<typeof control.picture>): Promise<ControlResult<"picture">>;
}

function keepSecrets(calls: Client<{ secrets: typeof secretCalls }>["secrets"]): SecretKeeper {
  return {
    async get(accountId) {
      const answer = await calls.get({ accountId });
      return answer.ok ? answer.value : null;
    },
    set: async (accountId, value) => (await calls.set({ accountId, value })).ok,
    async remove(accountId) {
      await calls.remove({ accountId });
    },
  };
}

/** The demo server's account, set up by itself in a profile that has none. */
async function addDemoAccount(accounts: Accounts, demo: CallIn<typeof control.open>["demo"]): Promise<void> {
  if (demo === null || accounts.list().length > 0) return;
  const added = await accounts.add({
    address: demo.address,
    displayName: demo.displayName,
    userName: demo.userName,
    password: demo.password,
    server: demo.url,
  });
  if (!added.ok) systemLog("warn", "demo-account", { code: added.error.code });
}

function formatDate(time: number): string {
  return new Date(time).toLocaleString("en-GB", { dateStyle: "full", timeStyle: "short" });
}

/** Opens the store and builds everything over it, in order. */
export async function openEngine(
  options: CallIn<typeof control.open>,
  secretPort: Client<{ secrets: typeof secretCalls }>["secrets"],
  onBug: (name: string, error: unknown) => void,
): Promise<Result<Engine, CallError<CallCode<typeof control.open>>>> {
  const opened = openStore({
    path: join(options.profileDir, "mail.db"),
    keys: { databaseKey: () => options.databaseKey },
    clock: systemClock,
    log: systemLog,
    indexText: (html) => htmlToText(html),
  });
  if (!opened.ok) return err({ code: OPEN_CODES[opened.error.kind], message: opened.error.message });
  const store: Store = opened.value;
  const transport = createTransport({ ca: addedAuthorities(options.profileDir) });

  const accounts = createAccounts({
    store,
    secrets: keepSecrets(secretPort),
    random: systemRandom,
    parts: {
      mailbox: ({ userName, password, session }) =>
        createEasMailbox({
          transport,
          credentials: () => ({ userName, password: password() }),
          session,
          clock: systemClock,
          log: systemLog,
        }),
      sync: (account, mailbox, onStatus) =>
        createAccountSync({
          mailbox,
          store: store.syncStore(account.id),
          clock: systemClock,
          random: systemRandom,
          log: systemLog,
          onStatus,
        }),
      endpoint: discoverEndpoint,
    },
    onStatus: (status) => endpoint.announce({ event: "accounts.statusChanged", payload: status }),
  });
  const downloads = createDownloads({
    attachments: store.attachments,
    mailbox: accounts.mailbox,
    onProgress: (attachmentId, received, total) =>
      endpoint.announce({ event: "mail.attachmentProgress", payload: { attachmentId, received, total } }),
  });
  const pictures = createPictures({ transport, attachments: store.attachments, downloads });
  const compose = createCompose({
    store,
    accounts: accounts.list,
    downloads,
    clock: systemClock,
    random: systemRandom,
    formatDate,
    onChange: () => endpoint.announce({ event: "compose.changed", payload: {} }),
  });
  const endpoint = createEngineEndpoint(
    {
      accounts: accountHandlers(accounts),
      mail: mailHandlers({ mail: store.mail, downloads, pictures }),
      compose: composeHandlers({ compose, drafts: store.drafts, mail: store.mail }),
    },
    onBug,
  );
  const unsubscribe = announceChanges(store, endpoint.announce);
  const unwatch = watchNetwork(accounts.networkChanged);
  void accounts.startAll().then(() => addDemoAccount(accounts, options.demo));

  return ok({
    attach: endpoint.attach,
    wake: accounts.wake,
    async stop() {
      unwatch();
      unsubscribe();
      await accounts.stopAll();
      transport.close();
      store.close();
    },
    attachment(attachmentId) {
      const source = store.attachments.get(attachmentId);
      if (source === null) return err({ code: "not-found", message: "This attachment is no longer there." });
      const { name, type, size } = source.attachment;
      return ok({ name: safeFileName(name) || "attachment", type, size });
    },
    exportAttachment: downloads.exportTo,
    picture: (wanted) =>
      wanted.kind === "remote"
        ? pictures.remote(wanted.messageId, wanted.url)
        : pictures.inline(wanted.messageId, wanted.contentId),
  });
}
