import * as v from "valibot";
import { AccountIdSchema } from "./ids.ts";

/** An account as the window sees it: never a password, never a token. */
export const AccountSchema = v.object({
  id: AccountIdSchema,
  address: v.string(),
  displayName: v.string(),
  userName: v.string(),
  server: v.string(),
  protocolVersion: v.nullable(v.string()),
});
export type Account = v.InferOutput<typeof AccountSchema>;

/** Why an account is not in step with its server, in the terms a person can act on. */
export const SyncTroubleSchema = v.object({
  kind: v.picklist([
    "sign-in", // the server refused the password
    "forbidden", // the server or tenant refuses this client
    "device", // this device is blocked or not allowed
    "tls", // the server's certificate or TLS version cannot be trusted
    "policy", // the server demands a policy that cannot be met
    "server", // the server answers with errors
    "protocol", // the server answers with something that cannot be understood
    "wiped", // the server ordered this account's data to be removed
  ]),
  message: v.string(),
  retryAt: v.nullable(v.number()),
});
export type SyncTrouble = v.InferOutput<typeof SyncTroubleSchema>;

/** Times are milliseconds since the Unix epoch. */
export const SyncStatusSchema = v.object({
  accountId: AccountIdSchema,
  state: v.picklist(["starting", "syncing", "idle", "offline", "trouble"]),
  progress: v.nullable(v.object({ done: v.number(), total: v.nullable(v.number()), folder: v.string() })),
  lastSync: v.nullable(v.number()),
  trouble: v.nullable(SyncTroubleSchema),
  /** User actions not yet confirmed by the server, and messages waiting in the outbox. */
  pendingActions: v.number(),
  outbox: v.number(),
});
export type SyncStatus = v.InferOutput<typeof SyncStatusSchema>;
