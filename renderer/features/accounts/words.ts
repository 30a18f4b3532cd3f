import type { SyncStatus, SyncTrouble } from "../../../shared/model/account.ts";
import type { Bridge } from "../../bridge/bridge.ts";

type Failure<Call extends (arg: never) => Promise<unknown>> =
  Awaited<ReturnType<Call>> extends infer R
    ? R extends { ok: false; error: { code: infer Code extends string } }
      ? Code
      : never
    : never;
type AddFailure = Failure<Bridge["engine"]["accounts"]["add"]>;
type SignInFailure = Failure<Bridge["engine"]["accounts"]["signIn"]>;

/** Why an account could not be added, and what to do. Null: the engine's own words say it best. */
export const ADD_FAILURES: Readonly<Record<AddFailure, string | null>> = {
  "sign-in":
    "The server refused the user name or the password. Check both, or ask whether you need an app password.",
  unreachable: "The server cannot be reached. Check its name, and that this computer is online.",
  tls: "The server's certificate cannot be trusted, so no password was sent. Ask the people who run it.",
  forbidden:
    "The server knows you but does not let this app in. Ask the people who run it to allow Bulkhead Mail.",
  "not-activesync": "There is a server at this address, but no Exchange ActiveSync. Check the server's name.",
  exists: "This account is already here.",
  server: "The server answered with an error. Try again in a few minutes.",
  internal: "Something went wrong inside the app. Try again.",
  invalid: "Check the mail address: it looks like name@example.org.",
};

export const SIGN_IN_FAILURES: Readonly<Record<SignInFailure, string>> = {
  "not-found": "This account is no longer here.",
  "sign-in": "The server refused this password, too.",
  unreachable: "The server cannot be reached. The password was not checked.",
  internal: "Something went wrong inside the app. Try again.",
  invalid: "This password is too long.",
};

/** What troubles an account, and what a person can do about it. */
export const TROUBLES: Readonly<
  Record<SyncTrouble["kind"], { title: string; advice: string; action: "sign-in" | "retry" | null }>
> = {
  "sign-in": {
    title: "The server refused your password",
    advice: "Sign in again to receive and send mail.",
    action: "sign-in",
  },
  forbidden: {
    title: "The server does not let this app in",
    advice: "Ask the people who run it to allow Bulkhead Mail.",
    action: "retry",
  },
  device: {
    title: "This device is blocked or waits for approval",
    advice: "Ask the people who run the server to allow it.",
    action: "retry",
  },
  tls: {
    title: "The server's certificate cannot be trusted",
    advice: "Nothing was sent. Ask the people who run the server.",
    action: "retry",
  },
  policy: {
    title: "The server demands a rule this computer cannot keep",
    advice: "Mail stored here can still be read.",
    action: "retry",
  },
  server: {
    title: "The server answers with errors",
    advice: "Bulkhead tries again by itself.",
    action: "retry",
  },
  protocol: {
    title: "The server's answer cannot be understood",
    advice: "Bulkhead tries again by itself.",
    action: "retry",
  },
  wiped: {
    title: "The server ordered this account's mail to be removed",
    advice: "Nothing of it is left on this computer.",
    action: null,
  },
};

const count = (n: number, one: string, many: string) => `${n.toLocaleString()} ${n === 1 ? one : many}`;

/** What waits for the connection, or an empty string: "2 messages and 3 changes wait". */
export function waitingText(outbox: number, actions: number): string {
  const parts = [
    outbox > 0 ? count(outbox, "message", "messages") : "",
    actions > 0 ? count(actions, "change", "changes") : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return "";
  return `${parts.join(" and ")} ${outbox + actions === 1 ? "waits" : "wait"}`;
}

/** The line at the foot of the folders: short, and exact about how far it is. */
export function statusText(status: SyncStatus, clock: (time: number) => string): string {
  switch (status.state) {
    case "starting":
      return "Starting";
    case "offline":
      return "Offline";
    case "trouble":
      return "Needs your attention";
    case "syncing": {
      if (status.progress === null) return "Checking for mail";
      const { done, total, folder } = status.progress;
      const what = `Syncing ${folder === "" ? "mail" : folder}`;
      if (total !== null && total > 0)
        return `${what}, ${done.toLocaleString()} of ${total.toLocaleString()}`;
      return done === 0 ? what : `${what}, ${count(done, "message", "messages")}`;
    }
    case "idle":
      return status.lastSync === null ? "Up to date" : `Up to date at ${clock(status.lastSync)}`;
  }
}

/** The status that matters most when there are several accounts. */
export function leadingStatus(statuses: readonly SyncStatus[]): SyncStatus | null {
  const order: readonly SyncStatus["state"][] = ["trouble", "syncing", "offline", "starting", "idle"];
  return [...statuses].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null;
}
