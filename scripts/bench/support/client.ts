import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "valibot";
import type { CollectionRequest, RemoteMailbox, SessionState } from "../../../electron/ports/remote.ts";
import { systemClock, systemLog, systemRandom } from "../../../electron/processes/system.ts";
import { htmlToText } from "../../../electron/protocol/html/html-to-text.ts";
import { createEasMailbox } from "../../../electron/remote/eas-mailbox.ts";
import type { Store } from "../../../electron/store/api.ts";
import { openStore } from "../../../electron/store/open.ts";
import { createAccountSync } from "../../../electron/sync/account-sync.ts";
import { createTransport } from "../../../electron/transport/transport.ts";
import type { Demo } from "../../../shared/contract/control.ts";
import { AccountIdSchema } from "../../../shared/model/ids.ts";

const ACCOUNT_ID = parse(AccountIdSchema, "6d0f4d6c-6b1e-4f7e-9a51-3f4b8e1d7c20");
const PATIENCE_MS = 600_000;

/** The key of the stores that benchmarks make. */
export const KEY: Uint8Array = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 11) % 256);

/** A folder for the time of one task. */
export async function inFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-bench-"));
  try {
    return await task(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the store as the engine does. */
export function openMail(path: string): Store {
  const opened = openStore({
    path,
    keys: { databaseKey: () => KEY },
    clock: systemClock,
    log: systemLog,
    indexText: (html) => htmlToText(html),
  });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** The product's mailbox on a server; a device that the server has not seen before. */
export async function withMailbox<T>(
  account: Demo,
  task: (mailbox: RemoteMailbox) => Promise<T>,
): Promise<T> {
  const transport = createTransport({});
  let session = newSession(account);
  try {
    return await task(
      createEasMailbox({
        transport,
        credentials: () => ({ userName: account.userName, password: account.password }),
        session: {
          load: () => session,
          save: (state) => {
            session = state;
          },
        },
        clock: systemClock,
        log: systemLog,
      }),
    );
  } finally {
    transport.close();
  }
}

function newSession(account: Demo): SessionState {
  const deviceId = systemRandom.uuid().replaceAll("-", "").toUpperCase();
  return { url: account.url, protocolVersion: null, policyKey: "0", deviceId };
}

/** A request for mail that the app made, without what belongs to one device. */
export type Asked = Pick<CollectionRequest, "collectionId" | "windowSize" | "filterType" | "bodyBytes">;

/**
 * The app's first sync of a mailbox into an empty store, from its first request until it is in step:
 * store, mailbox and sync put together as the engine does. Answers with the requests that it made.
 */
export async function firstSync(store: Store, account: Demo): Promise<readonly Asked[]> {
  const { address, userName, url } = account;
  const created = { id: ACCOUNT_ID, address, displayName: address, userName, server: url };
  if (!store.accounts.create(created, newSession(account))) throw new Error("the store is not empty");
  const asked: Asked[] = [];
  const unsubscribe = store.onChange(() => undefined);
  await withMailbox(account, async (mailbox) => {
    const noted: RemoteMailbox = {
      ...mailbox,
      sync(request) {
        const { collectionId, windowSize, filterType, bodyBytes } = request;
        asked.push({ collectionId, windowSize, filterType, bodyBytes });
        return mailbox.sync(request);
      },
    };
    await inStep(store, noted);
  });
  unsubscribe();
  return asked;
}

async function inStep(store: Store, mailbox: RemoteMailbox): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const sync = createAccountSync({
    mailbox,
    store: store.syncStore(ACCOUNT_ID),
    clock: systemClock,
    random: systemRandom,
    log: systemLog,
    onStatus: ({ state, trouble, lastSync }) => {
      if (state === "idle" && lastSync !== null) ended.resolve();
      else if (state === "trouble" || state === "offline")
        ended.reject(new Error(trouble?.message ?? "the server cannot be reached"));
    },
  });
  const patience = setTimeout(() => ended.reject(new Error("the first sync did not end")), PATIENCE_MS);
  try {
    sync.start();
    await ended.promise;
  } finally {
    clearTimeout(patience);
    await sync.stop();
  }
}
