import { err, ok, type Result } from "../../shared/base/result.ts";
import type { accounts } from "../../shared/contract/accounts.ts";
import type { CallCode, CallError, CallIn } from "../../shared/contract/define.ts";
import type { Account, SyncStatus } from "../../shared/model/account.ts";
import type { AccountId } from "../../shared/model/ids.ts";
import type { Random } from "../ports/basics.ts";
import type { RemoteFault, RemoteMailbox, SessionState } from "../ports/remote.ts";
import type { Store, StoredAccount } from "../store/api.ts";
import type { AccountSync } from "../sync/account-sync.ts";

/** What the composition root builds for one account. */
export interface AccountParts {
  mailbox(options: {
    readonly userName: string;
    /** Null when the keychain has none: the server is not asked, so that no failed attempt is counted. */
    readonly password: () => string | null;
    readonly session: { load(): SessionState; save(state: SessionState): void };
  }): RemoteMailbox;
  sync(account: StoredAccount, mailbox: RemoteMailbox, onStatus: (status: SyncStatus) => void): AccountSync;
  /** The endpoint's full URL; null when the text is no host or address. */
  endpoint(server: string, address: string): string | null;
}

/** Passwords, kept by main. */
export interface SecretKeeper {
  get(accountId: AccountId): Promise<string | null>;
  /** False when the keychain refused. */
  set(accountId: AccountId, password: string): Promise<boolean>;
  remove(accountId: AccountId): Promise<void>;
}

interface Running {
  readonly mailbox: RemoteMailbox;
  readonly sync: AccountSync;
  password: string | null;
  status: SyncStatus | null;
}

type AddError = CallError<CallCode<typeof accounts.add>>;

function addFailure(fault: RemoteFault): AddError {
  switch (fault.kind) {
    case "sign-in":
      return { code: "sign-in", message: "The server did not accept the user name or password." };
    case "forbidden":
    case "device-blocked":
      return {
        code: "forbidden",
        message: "The server does not let this app in. Your administrator can allow it.",
      };
    case "tls":
      return { code: "tls", message: `The server's identity cannot be trusted: ${fault.detail}` };
    case "offline":
    case "cut":
    case "timeout":
    case "cancelled":
      return {
        code: "unreachable",
        message: "No server answers at this address. Check its name and your network.",
      };
    case "garbage":
      return { code: "not-activesync", message: "The server answers, but not with Exchange ActiveSync." };
    case "server":
      return fault.httpStatus === 404 || fault.httpStatus === 501 || fault.httpStatus === 405
        ? { code: "not-activesync", message: "The server answers, but offers no Exchange ActiveSync." }
        : {
            code: "server",
            message: `The server answered with an error (${fault.httpStatus}). Try again later.`,
          };
    case "busy":
      return { code: "server", message: "The server is busy. Try again in a few minutes." };
    case "wipe":
      return {
        code: "forbidden",
        message: "The server orders this device to be wiped, so it cannot be used.",
      };
    case "status":
      return fault.recovery === "device-blocked"
        ? { code: "forbidden", message: "The server blocks this device. Your administrator can allow it." }
        : { code: "server", message: `The server refused to set up the account (status ${fault.status}).` };
  }
}

/** Accounts: adding, signing in, removing, and the sync that runs for each, independent of the others. */
export function createAccounts(options: {
  readonly store: Store;
  readonly secrets: SecretKeeper;
  readonly parts: AccountParts;
  readonly random: Random;
  readonly onStatus: (status: SyncStatus) => void;
}) {
  const { store, secrets, parts } = options;
  const running = new Map<AccountId, Running>();

  const publicView = ({ session: _session, ...account }: StoredAccount): Account => account;

  const run = (account: StoredAccount, password: string | null): void => {
    const mailbox = parts.mailbox({
      userName: account.userName,
      password: () => (running.get(account.id) ?? { password }).password,
      session: {
        load: () => store.accounts.get(account.id)?.session ?? account.session,
        save: (state) => store.accounts.saveSession(account.id, state),
      },
    });
    const sync = parts.sync(account, mailbox, (status) => {
      const own = running.get(account.id);
      if (own === undefined) return;
      own.status = status;
      options.onStatus(status);
      if (status.trouble?.kind === "wiped") void remove(account.id);
    });
    running.set(account.id, { mailbox, sync, password, status: null });
    sync.start();
  };

  const remove = async (accountId: AccountId): Promise<boolean> => {
    if (store.accounts.get(accountId) === null) return false;
    const own = running.get(accountId);
    running.delete(accountId);
    await own?.sync.stop();
    store.accounts.remove(accountId);
    await secrets.remove(accountId);
    return true;
  };

  return {
    list: (): Account[] => store.accounts.list().map(publicView),
    mailbox: (accountId: AccountId): RemoteMailbox | null => running.get(accountId)?.mailbox ?? null,
    status: (): SyncStatus[] =>
      [...running.values()].flatMap(({ status }) => (status === null ? [] : [status])),

    /** Starts the sync of every stored account. One without a readable password asks for it through its trouble. */
    async startAll(): Promise<void> {
      for (const account of store.accounts.list()) run(account, await secrets.get(account.id));
    },

    async stopAll(): Promise<void> {
      await Promise.all([...running.values()].map(({ sync }) => sync.stop()));
      running.clear();
    },

    async add(input: CallIn<typeof accounts.add>): Promise<Result<Account, AddError>> {
      const url = parts.endpoint(input.server, input.address);
      if (url === null) return err({ code: "unreachable", message: "That is no server name or address." });
      if (
        store.accounts.list().some(({ address }) => address.toLowerCase() === input.address.toLowerCase())
      ) {
        return err({ code: "exists", message: `${input.address} is set up already.` });
      }
      // Exchange allows 32 letters and digits for a device id (MS-ASHTTP 2.2.1.1.1.1.2).
      const deviceId = `BULKHEAD${options.random.uuid().replaceAll("-", "").slice(0, 24).toUpperCase()}`;
      let session: SessionState = { url, protocolVersion: null, policyKey: "0", deviceId };
      const userName = input.userName === "" ? input.address : input.userName;
      const trial = parts.mailbox({
        userName,
        password: () => input.password,
        session: {
          load: () => session,
          save: (state) => {
            session = state;
          },
        },
      });
      const connected = await trial.connect();
      if (!connected.ok) return err(addFailure(connected.error));
      const folders = await trial.folders("0");
      if (!folders.ok) return err(addFailure(folders.error));

      const id = options.random.uuid() as AccountId;
      if (!(await secrets.set(id, input.password))) {
        return err({ code: "server", message: "The password could not be kept: the keychain refused it." });
      }
      const account = {
        id,
        address: input.address,
        displayName: input.displayName,
        userName,
        server: input.server,
      };
      if (!store.accounts.create(account, session)) {
        await secrets.remove(id);
        return err({ code: "exists", message: `${input.address} is set up already.` });
      }
      const stored = store.accounts.get(id);
      if (stored === null) throw new Error("an account vanished while it was added");
      run(stored, input.password);
      return ok(publicView(stored));
    },

    async signIn(
      accountId: AccountId,
      password: string,
    ): Promise<Result<Record<string, never>, CallError<CallCode<typeof accounts.signIn>>>> {
      const account = store.accounts.get(accountId);
      const own = running.get(accountId);
      if (account === null || own === undefined) {
        return err({ code: "not-found", message: "This account is no longer there." });
      }
      const trial = parts.mailbox({
        userName: account.userName,
        password: () => password,
        session: {
          load: () => account.session,
          save: (state) => store.accounts.saveSession(accountId, state),
        },
      });
      const connected = await trial.connect();
      if (!connected.ok) {
        return connected.error.kind === "sign-in"
          ? err({ code: "sign-in", message: "The server did not accept this password." })
          : err({ code: "unreachable", message: addFailure(connected.error).message });
      }
      await secrets.set(accountId, password);
      own.password = password;
      own.sync.credentialsChanged();
      return ok({});
    },

    remove,

    syncNow(accountId: AccountId | null): void {
      for (const [id, { sync }] of running) if (accountId === null || id === accountId) sync.syncNow();
    },
    wake(): void {
      for (const { sync } of running.values()) sync.wake();
    },
    networkChanged(online: boolean): void {
      for (const { sync } of running.values()) sync.networkChanged(online);
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
