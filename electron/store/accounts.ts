import type { AccountId } from "../../shared/model/ids.ts";
import type { SessionState } from "../ports/remote.ts";
import type { AccountStore, StoredAccount } from "./api.ts";
import type { Db } from "./db/database.ts";
import { REMOVED, type Removal } from "./removal.ts";

interface AccountRow {
  id: AccountId;
  address: string;
  display_name: string;
  user_name: string;
  server: string;
  url: string;
  protocol_version: string | null;
  policy_key: string;
  device_id: string;
}

export function accountStore(db: Db, removal: Removal): AccountStore {
  const list = db.sql.prepare<[number], AccountRow>("SELECT * FROM accounts WHERE n <> ? ORDER BY n");
  const one = db.sql.prepare<[AccountId], AccountRow>("SELECT * FROM accounts WHERE id = ?");
  const number = db.sql.prepare<[AccountId], number>("SELECT n FROM accounts WHERE id = ?").pluck();
  const insert = db.sql.prepare(
    `INSERT INTO accounts (id, address, display_name, user_name, server, url, protocol_version, policy_key, device_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const saveSession = db.sql.prepare(
    "UPDATE accounts SET url = ?, protocol_version = ?, policy_key = ?, device_id = ? WHERE id = ?",
  );
  const drop = db.sql.prepare<[number]>("DELETE FROM accounts WHERE n = ?");

  return {
    list: () => list.all(REMOVED).map(stored),
    get(accountId) {
      const row = one.get(accountId);
      return row === undefined ? null : stored(row);
    },
    create: (account, session) =>
      db.durable(() => {
        const done = insert.run(
          account.id,
          account.address,
          account.displayName,
          account.userName,
          account.server,
          session.url,
          session.protocolVersion,
          session.policyKey,
          session.deviceId,
        );
        if (done.changes === 0) return false;
        db.changes.topic("accounts");
        return true;
      }),
    saveSession: (accountId, session) =>
      db.durable(() => {
        const before = one.get(accountId);
        if (before === undefined || sameSession(stored(before).session, session)) return;
        saveSession.run(session.url, session.protocolVersion, session.policyKey, session.deviceId, accountId);
        db.changes.topic("accounts");
      }),
    remove: (accountId) =>
      db.durable(() => {
        const n = number.get(accountId);
        if (n === undefined) return;
        removal.account(n);
        drop.run(n);
        for (const topic of ["accounts", "folders", "drafts", "outbox"] as const) db.changes.topic(topic);
      }),
  };
}

function stored(row: AccountRow): StoredAccount {
  return {
    id: row.id,
    address: row.address,
    displayName: row.display_name,
    userName: row.user_name,
    server: row.server,
    protocolVersion: row.protocol_version,
    session: {
      url: row.url,
      protocolVersion: row.protocol_version,
      policyKey: row.policy_key,
      deviceId: row.device_id,
    },
  };
}

function sameSession(a: SessionState, b: SessionState): boolean {
  return (
    a.url === b.url &&
    a.protocolVersion === b.protocolVersion &&
    a.policyKey === b.policyKey &&
    a.deviceId === b.deviceId
  );
}
