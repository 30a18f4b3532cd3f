import { err, ok } from "../../../shared/base/result.ts";
import type { Handlers } from "../../../shared/contract/dispatch.ts";
import type { engineContract } from "../../../shared/contract/index.ts";
import type { Accounts } from "../../services/accounts.ts";

export function accountHandlers(accounts: Accounts): Handlers<typeof engineContract>["accounts"] {
  return {
    list: () => ok(accounts.list()),
    add: (input) => accounts.add(input),
    signIn: ({ accountId, password }) => accounts.signIn(accountId, password),
    remove: async ({ accountId }) =>
      (await accounts.remove(accountId))
        ? ok({})
        : err({ code: "not-found", message: "This account is no longer there." }),
    syncNow: ({ accountId }) => {
      accounts.syncNow(accountId);
      return ok({});
    },
    status: () => ok(accounts.status()),
  };
}
