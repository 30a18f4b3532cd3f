import { exhaustive } from "../../../shared/base/exhaustive.ts";
import type { Recovery, RemoteFault } from "../../ports/remote.ts";

/** What a fault means for the whole account or for the one request, whatever the command was. */
export type Remedy =
  /** We ended the request ourselves. Its fate at the server is unknown. */
  | "cancelled"
  | "offline"
  /** The line broke, or the server stays silent. The server may have acted. */
  | "broken"
  | "busy"
  | "server"
  | "garbage"
  | "sign-in"
  | "forbidden"
  | "device"
  | "tls"
  | "policy"
  | "wipe"
  | "resync-collection"
  | "resync-folders"
  | "again-soon"
  | "again-later"
  | "gone"
  | "server-won"
  | "done"
  | "adapt"
  | "give-up";

/** Every recovery that a status table can name, as a remedy. */
export const REMEDY_OF_RECOVERY: Readonly<Record<Recovery, Remedy>> = {
  // A success reported as a fault is an answer that contradicts itself.
  ok: "garbage",
  "resync-collection": "resync-collection",
  "resync-folders": "resync-folders",
  // `remote` has provisioned once already; the server still refuses.
  provision: "policy",
  retry: "again-soon",
  "retry-later": "again-later",
  "object-gone": "gone",
  "server-won": "server-won",
  "already-done": "done",
  "give-up": "give-up",
  "sign-in": "sign-in",
  "device-blocked": "device",
  wipe: "wipe",
  "changes-waiting": "again-soon",
  adapt: "adapt",
};

export function remedyFor(fault: RemoteFault): Remedy {
  switch (fault.kind) {
    case "offline":
    case "tls":
    case "cancelled":
    case "sign-in":
    case "forbidden":
    case "wipe":
    case "busy":
    case "server":
    case "garbage":
      return fault.kind;
    case "cut":
    case "timeout":
      return "broken";
    case "device-blocked":
      return "device";
    case "status":
      return REMEDY_OF_RECOVERY[fault.recovery];
    default:
      return exhaustive(fault);
  }
}

/** A fault as facts for the log: kinds and codes, never the server's words. */
export function faultFacts(fault: RemoteFault): Record<string, string | number> {
  if (fault.kind === "status") {
    return { fault: "status", command: fault.command, status: fault.status, recovery: fault.recovery };
  }
  if (fault.kind === "server") return { fault: "server", httpStatus: fault.httpStatus };
  return { fault: fault.kind };
}
