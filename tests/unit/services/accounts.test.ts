import { describe, expect, it } from "vitest";
import type { RemoteFault, RemoteMailbox, SessionState } from "../../../electron/ports/remote.ts";
import { type AccountParts, createAccounts, type SecretKeeper } from "../../../electron/services/accounts.ts";
import type { Store, StoredAccount } from "../../../electron/store/api.ts";
import { err, ok } from "../../../shared/base/result.ts";
import type { SyncStatus } from "../../../shared/model/account.ts";
import type { AccountId } from "../../../shared/model/ids.ts";

const INPUT = {
  address: "ada@example.test",
  displayName: "Ada",
  userName: "",
  password: "right",
  server: "mail.example.test",
};

/** A store for accounts only. */
function accountStore() {
  const rows = new Map<AccountId, StoredAccount>();
  const store = {
    accounts: {
      list: () => [...rows.values()],
      get: (id: AccountId) => rows.get(id) ?? null,
      create(account: Omit<StoredAccount, "session" | "protocolVersion">, session: SessionState) {
        rows.set(account.id, { ...account, protocolVersion: session.protocolVersion, session });
        return true;
      },
      saveSession(id: AccountId, session: SessionState) {
        const row = rows.get(id);
        if (row !== undefined) rows.set(id, { ...row, session });
      },
      remove: (id: AccountId) => rows.delete(id),
    },
  };
  return { rows, store: store as unknown as Store };
}

function keychain(refuse = false) {
  const kept = new Map<string, string>();
  const secrets: SecretKeeper = {
    get: async (id) => kept.get(id) ?? null,
    async set(id, password) {
      if (!refuse) kept.set(id, password);
      return !refuse;
    },
    async remove(id) {
      kept.delete(id);
    },
  };
  return { kept, secrets };
}

function setUp(options: { fault?: RemoteFault; foldersFault?: RemoteFault; refuse?: boolean } = {}) {
  const { rows, store } = accountStore();
  const { kept, secrets } = keychain(options.refuse);
  const calls: string[] = [];
  const passwords: (string | null)[] = [];
  const announced: SyncStatus[] = [];
  let tell: (status: SyncStatus) => void = () => {};
  const parts: AccountParts = {
    mailbox: ({ password, session }) =>
      ({
        async connect() {
          passwords.push(password());
          if (options.fault !== undefined) return err(options.fault);
          if (password() !== "right") return err({ kind: "sign-in", detail: "" });
          session.save({ ...session.load(), protocolVersion: "16.1" });
          return ok(session.load());
        },
        async folders() {
          return options.foldersFault === undefined
            ? ok({ syncKey: "1", added: [], updated: [], deleted: [] })
            : err(options.foldersFault);
        },
      }) as unknown as RemoteMailbox,
    sync: (account, mailbox, onStatus) => {
      tell = onStatus;
      const note = (what: string) => () => void calls.push(`${what} ${account.address}`);
      return {
        start: () => {
          calls.push(`start ${account.address}`);
          void mailbox.connect();
        },
        stop: async () => note("stop")(),
        syncNow: note("now"),
        networkChanged: (online) => void calls.push(`network ${online}`),
        wake: note("wake"),
        credentialsChanged: note("credentials"),
      };
    },
    endpoint: (server) => (server === "bad server" ? null : `https://${server}/Microsoft-Server-ActiveSync`),
  };
  let next = 0;
  const random = {
    fraction: () => 0,
    uuid: () => `00000000-0000-4000-8000-${String(next++).padStart(12, "0")}`,
  };
  const accounts = createAccounts({
    store,
    secrets,
    parts,
    random,
    onStatus: (status) => announced.push(status),
  });
  return { accounts, rows, kept, calls, passwords, announced, tell: (status: SyncStatus) => tell(status) };
}

const status = (accountId: AccountId, state: SyncStatus["state"]): SyncStatus => ({
  accountId,
  state,
  progress: null,
  lastSync: null,
  trouble: null,
  pendingActions: 0,
  outbox: 0,
});

describe("adding an account", () => {
  it("keeps what worked: session in the store, password in the keychain, sync running", async () => {
    const { accounts, rows, kept, calls } = setUp();
    const added = await accounts.add(INPUT);
    expect(added).toMatchObject({
      ok: true,
      value: { address: "ada@example.test", userName: "ada@example.test" },
    });
    const [row] = rows.values();
    expect(row?.session).toMatchObject({ protocolVersion: "16.1", policyKey: "0" });
    expect(row?.session.deviceId).toMatch(/^[A-Z0-9]{32}$/);
    expect([...kept.values()]).toEqual(["right"]);
    expect(calls).toEqual(["start ada@example.test"]);
    expect(JSON.stringify(added)).not.toContain("right");
  });

  it.each([
    [{ kind: "sign-in", detail: "" }, "sign-in"],
    [{ kind: "forbidden", detail: "" }, "forbidden"],
    [{ kind: "device-blocked", detail: "" }, "forbidden"],
    [{ kind: "wipe", detail: "" }, "forbidden"],
    [{ kind: "tls", detail: "self-signed" }, "tls"],
    [{ kind: "offline", detail: "" }, "unreachable"],
    [{ kind: "timeout", detail: "" }, "unreachable"],
    [{ kind: "garbage", detail: "" }, "not-activesync"],
    [{ kind: "server", detail: "", httpStatus: 404 }, "not-activesync"],
    [{ kind: "server", detail: "", httpStatus: 500 }, "server"],
    [{ kind: "busy", detail: "", retryAfterMs: 1 }, "server"],
    [{ kind: "status", command: "Provision", status: 129, recovery: "device-blocked" }, "forbidden"],
    [{ kind: "status", command: "FolderSync", status: 110, recovery: "retry" }, "server"],
  ] as const)("keeps nothing and names the cause: %j", async (fault, code) => {
    const { accounts, rows, kept, calls } = setUp({ fault });
    expect(await accounts.add(INPUT)).toMatchObject({ ok: false, error: { code } });
    expect([rows.size, kept.size, calls.length]).toEqual([0, 0, 0]);
  });

  it("counts as added only when folders can be read", async () => {
    const { accounts, rows } = setUp({ foldersFault: { kind: "forbidden", detail: "" } });
    expect(await accounts.add(INPUT)).toMatchObject({ ok: false, error: { code: "forbidden" } });
    expect(rows.size).toBe(0);
  });

  it("refuses a second account with the same address and a server that is no name", async () => {
    const { accounts } = setUp();
    await accounts.add(INPUT);
    expect(await accounts.add({ ...INPUT, address: "ADA@example.test" })).toMatchObject({
      error: { code: "exists" },
    });
    expect(await accounts.add({ ...INPUT, address: "b@x.test", server: "bad server" })).toMatchObject({
      error: { code: "unreachable" },
    });
  });

  it("adds nothing when the keychain will not keep the password", async () => {
    const { accounts, rows } = setUp({ refuse: true });
    expect(await accounts.add(INPUT)).toMatchObject({ ok: false });
    expect(rows.size).toBe(0);
  });
});

describe("a running account", () => {
  async function withAccount() {
    const world = setUp();
    const added = await world.accounts.add(INPUT);
    if (!added.ok) throw new Error("not added");
    return { ...world, id: added.value.id };
  }

  it("takes a new password only when the server does", async () => {
    const { accounts, id, kept, calls } = await withAccount();
    expect(await accounts.signIn(id, "wrong")).toMatchObject({ error: { code: "sign-in" } });
    expect([...kept.values()]).toEqual(["right"]);
    expect(await accounts.signIn(id, "right")).toEqual(ok({}));
    expect(calls.at(-1)).toBe("credentials ada@example.test");
  });

  it("tells its status to whoever asks or listens", async () => {
    const { accounts, id, tell, announced } = await withAccount();
    expect(accounts.status()).toEqual([]);
    tell(status(id, "syncing"));
    expect(accounts.status()).toEqual([status(id, "syncing")]);
    expect(announced).toHaveLength(1);
  });

  it("is removed with its password, and a late status of its sync is not announced", async () => {
    const { accounts, id, rows, kept, tell, announced, calls } = await withAccount();
    expect(await accounts.remove(id)).toBe(true);
    tell(status(id, "idle"));
    expect([rows.size, kept.size, announced.length]).toEqual([0, 0, 0]);
    expect(calls.at(-1)).toBe("stop ada@example.test");
    expect(await accounts.remove(id)).toBe(false);
    expect(await accounts.signIn(id, "right")).toMatchObject({ error: { code: "not-found" } });
  });

  it("removes what a server ordered to be wiped, and says so", async () => {
    const { accounts, id, rows, kept, tell, announced } = await withAccount();
    tell({ ...status(id, "trouble"), trouble: { kind: "wiped", message: "", retryAt: null } });
    await new Promise((done) => setTimeout(done, 0));
    expect([rows.size, kept.size]).toEqual([0, 0]);
    expect(announced.at(-1)?.trouble?.kind).toBe("wiped");
    expect(accounts.mailbox(id)).toBeNull();
  });

  it("hears of the network, of waking and of the sync button", async () => {
    const { accounts, id, calls } = await withAccount();
    accounts.networkChanged(false);
    accounts.wake();
    accounts.syncNow(null);
    accounts.syncNow(id);
    expect(calls.slice(1)).toEqual([
      "network false",
      "wake ada@example.test",
      "now ada@example.test",
      "now ada@example.test",
    ]);
  });

  it("starts again with the stored password, or with none rather than a wrong one", async () => {
    const { accounts, kept, passwords } = await withAccount();
    await accounts.stopAll();
    await accounts.startAll();
    expect(passwords.at(-1)).toBe("right");
    kept.clear();
    await accounts.stopAll();
    await accounts.startAll();
    expect(passwords.at(-1)).toBeNull();
  });
});
