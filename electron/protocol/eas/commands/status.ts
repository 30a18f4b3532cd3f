import type { Recovery } from "../../../ports/remote.ts";
import { textOf, type WbxmlElement } from "../wbxml/index.ts";

interface StatusEntry {
  readonly recovery: Recovery;
  readonly meaning: string;
}
export type StatusTable = Readonly<Record<number, StatusEntry>>;

const entry = (recovery: Recovery, meaning: string): StatusEntry => ({ recovery, meaning });

/** Status codes that any command may answer (MS-ASCMD 2.2.2). */
export const commonStatuses: StatusTable = {
  101: entry("give-up", "invalid content"),
  102: entry("give-up", "invalid WBXML"),
  103: entry("give-up", "invalid XML"),
  104: entry("give-up", "invalid date or time"),
  105: entry("give-up", "invalid combination of ids"),
  106: entry("give-up", "invalid ids"),
  107: entry("give-up", "invalid MIME"),
  108: entry("give-up", "device id missing or invalid"),
  109: entry("give-up", "device type missing or invalid"),
  110: entry("retry-later", "server error"),
  111: entry("retry-later", "server error, retry later"),
  112: entry("device-blocked", "access to the directory denied"),
  113: entry("give-up", "mailbox full"),
  114: entry("retry-later", "mailbox server offline"),
  115: entry("give-up", "send quota exceeded"),
  116: entry("give-up", "a recipient could not be resolved"),
  117: entry("give-up", "replies to this message are not allowed"),
  118: entry("already-done", "sent before"),
  119: entry("give-up", "no recipient"),
  120: entry("give-up", "submission failed"),
  121: entry("give-up", "reply failed"),
  122: entry("give-up", "attachment too large"),
  123: entry("give-up", "user has no mailbox"),
  124: entry("sign-in", "anonymous users are not allowed"),
  125: entry("sign-in", "user not found"),
  126: entry("device-blocked", "user may not synchronise"),
  127: entry("device-blocked", "user on a new mailbox may not synchronise"),
  128: entry("device-blocked", "user on a legacy mailbox may not synchronise"),
  129: entry("device-blocked", "device blocked for this user"),
  130: entry("device-blocked", "access denied"),
  131: entry("sign-in", "account disabled"),
  132: entry("resync-folders", "sync state not found"),
  133: entry("retry", "sync state locked"),
  134: entry("resync-folders", "sync state corrupt"),
  135: entry("resync-folders", "sync state exists already"),
  136: entry("resync-folders", "sync state of another version"),
  137: entry("give-up", "command not supported"),
  138: entry("give-up", "protocol version not supported"),
  139: entry("device-blocked", "device cannot be fully provisioned"),
  // The order to wipe itself comes with the Provision that this asks for (MS-ASPROV 3.1.5.1).
  140: entry("provision", "remote wipe requested"),
  141: entry("provision", "legacy device under strict policy"),
  142: entry("provision", "device not provisioned"),
  143: entry("provision", "policy refresh"),
  144: entry("provision", "invalid policy key"),
  145: entry("device-blocked", "externally managed devices not allowed"),
  146: entry("give-up", "no recurrence in the calendar item"),
  147: entry("give-up", "unexpected item class"),
  148: entry("give-up", "remote server has no TLS"),
  149: entry("retry", "stored request invalid, send it whole"),
  150: entry("object-gone", "item not found"),
  151: entry("give-up", "too many folders"),
  152: entry("give-up", "no folders found"),
  153: entry("give-up", "items lost after a move"),
  154: entry("retry", "failure in a move"),
  155: entry("give-up", "move not allowed for this action"),
  156: entry("give-up", "invalid destination folder"),
  160: entry("give-up", "too many recipients for availability"),
  161: entry("give-up", "distribution list too large for availability"),
  162: entry("retry", "passing failure of availability"),
  163: entry("give-up", "failure of availability"),
  164: entry("give-up", "body part preference not supported"),
  // Device information travels in our Provision (MS-ASPROV 2.2.2.53).
  165: entry("provision", "device information required"),
  166: entry("give-up", "invalid account id"),
  167: entry("give-up", "sending is disabled for this account"),
  168: entry("give-up", "rights management disabled"),
  169: entry("retry", "passing failure of rights management"),
  170: entry("give-up", "failure of rights management"),
  171: entry("give-up", "invalid rights template"),
  172: entry("give-up", "not permitted by rights"),
  173: entry("give-up", "no picture"),
  174: entry("give-up", "picture too large"),
  175: entry("give-up", "limit of pictures reached"),
  176: entry("give-up", "conversation too large"),
  177: entry("device-blocked", "too many devices"),
};

/**
 * The number in a Status element: `absent` where there is no such element, and 0, which means nothing to any
 * command, where it holds no number. An answer whose verdict cannot be read is no success.
 */
export function statusIn(status: WbxmlElement | undefined, absent: number): number {
  if (status === undefined) return absent;
  const text = textOf(status).trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** What to do about a status: the command's own table first, then the common one. Unknown ones cannot be helped. */
export function recoveryOf(table: StatusTable, status: number): Recovery {
  return (table[status] ?? commonStatuses[status])?.recovery ?? "give-up";
}
