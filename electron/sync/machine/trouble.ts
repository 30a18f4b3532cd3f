import type { SyncTrouble } from "../../../shared/model/account.ts";

type Kind = SyncTrouble["kind"];

/** Plain words for each kind of trouble, each with what the reader can do about it. */
const WORDS: Readonly<Record<Kind, string>> = {
  "sign-in":
    "The server refused the user name or password. Enter the password again in this account's settings.",
  forbidden:
    "The server does not let this app in. Ask your administrator to allow ActiveSync for your account and this app.",
  device:
    "The server has blocked this device or is waiting for approval. Ask your administrator to allow it, or remove old devices from your account.",
  tls: "The server's identity could not be verified, so nothing was sent. Check the network you are on, or ask your administrator about the server's certificate.",
  policy:
    "The server demands security settings that this device does not meet. Ask your administrator which policy applies to you.",
  server: "The server is having problems. Bulkhead keeps trying; nothing you did is lost.",
  protocol:
    "The server sent an answer that could not be understood. Bulkhead keeps trying; if this goes on, tell your administrator.",
  wiped: "Your administrator ordered the data of this account to be removed from this device.",
};

export function trouble(kind: Kind, retryAt: number | null, words?: string): SyncTrouble {
  return { kind, message: words ?? WORDS[kind], retryAt };
}

export const RESYNC_LOOP =
  "The server keeps restarting the synchronisation of a folder. Your mail stays readable, and Bulkhead tries again later.";
export const EMPTY_LOOP =
  "The server keeps announcing mail in a folder without sending it. Bulkhead tries again later.";
export const BUSY = "The server is busy and asked to wait. Bulkhead goes on by itself.";
export const BROKEN_LINE =
  "The connection to the server keeps breaking. Check your network; Bulkhead keeps trying.";
export const STORE_FAILED =
  "The mailbox on this computer could not be read or written. Check that the disk is not full.";
