import * as v from "valibot";
import { AccountSchema, SyncStatusSchema } from "../model/account.ts";
import { AccountIdSchema } from "../model/ids.ts";
import { call, event } from "./define.ts";

const text = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));

/** Accounts and the state of their sync. */
export const accounts = {
  list: call({ in: v.object({}), out: v.array(AccountSchema) }),
  /** Signs in once; only what worked is kept. An empty `server` means the address's domain. */
  add: call({
    in: v.object({
      address: v.pipe(text(254), v.email()),
      displayName: text(200),
      userName: text(254),
      password: v.pipe(v.string(), v.maxLength(1024)),
      /** Host, host:port or full URL of the ActiveSync endpoint. */
      server: text(2048),
    }),
    out: AccountSchema,
    errors: ["sign-in", "unreachable", "tls", "forbidden", "not-activesync", "exists", "server"],
  }),
  /** A new password after the server refused the old one. */
  signIn: call({
    in: v.object({ accountId: AccountIdSchema, password: v.pipe(v.string(), v.maxLength(1024)) }),
    out: v.object({}),
    errors: ["not-found", "sign-in", "unreachable"],
  }),
  remove: call({ in: v.object({ accountId: AccountIdSchema }), out: v.object({}), errors: ["not-found"] }),
  syncNow: call({ in: v.object({ accountId: v.nullable(AccountIdSchema) }), out: v.object({}) }),
  status: call({ in: v.object({}), out: v.array(SyncStatusSchema) }),
  changed: event({ out: v.object({}) }),
  statusChanged: event({ out: SyncStatusSchema }),
};
