import { err, ok, type Result } from "../../../../shared/base/result.ts";
import type { CollectionAnswer, Recovery, RemoteMessage } from "../../../ports/remote.ts";
import {
  child,
  childText,
  isElement,
  WbxmlDecoder,
  type WbxmlElement,
  type WbxmlFault,
  type WbxmlWarning,
} from "../wbxml/index.ts";
import { readMessage } from "./message.ts";
import { recoveryOf, type StatusTable, statusIn } from "./status.ts";

/** MS-ASCMD 2.2.3.177.17; the same numbers for the whole, a collection, and an item. */
export const syncStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "success" },
  3: { recovery: "resync-collection", meaning: "invalid synchronisation key" },
  4: { recovery: "give-up", meaning: "protocol error" },
  5: { recovery: "retry-later", meaning: "server error" },
  6: { recovery: "give-up", meaning: "item could not be converted" },
  7: { recovery: "server-won", meaning: "conflict, the server's version stands" },
  8: { recovery: "object-gone", meaning: "object not found" },
  9: { recovery: "give-up", meaning: "the mailbox cannot take the change" },
  12: { recovery: "resync-folders", meaning: "folder hierarchy changed" },
  13: { recovery: "retry", meaning: "incomplete request, send it whole" },
  14: { recovery: "adapt", meaning: "wait or heartbeat outside the server's bounds" },
  15: { recovery: "give-up", meaning: "too many collections" },
  16: { recovery: "retry", meaning: "passing fault, repeat" },
};

export interface SyncReply {
  /** 1, or the status that the command or its collection failed with. */
  readonly status: number;
  readonly recovery: Recovery;
  /** Null when the status is not 1. */
  readonly answer: CollectionAnswer | null;
  readonly warnings: readonly WbxmlWarning[];
}

interface SyncReader {
  push(chunk: Uint8Array): WbxmlFault | null;
  finish(): Result<SyncReply, WbxmlFault>;
}

/**
 * Reads the answer to a Sync of one collection as it arrives. Each message is turned into a value at its last
 * byte and its elements are let go, so that an answer of 512 messages needs little more memory than one.
 */
export function createSyncReader(): SyncReader {
  const added: RemoteMessage[] = [];
  const changed: RemoteMessage[] = [];
  const deleted: string[] = [];
  /** Items know nothing of their collection once they are values, so that there may be only one. */
  let collections = 0;
  let unreadable = 0;
  let reason: string | null = null;

  const takes = (element: WbxmlElement, parentName: string | null): boolean => {
    if (parentName !== "Commands" || element.namespace !== "AirSync") return false;
    if (collections > 1) return true;
    const serverId = childText(element, "AirSync", "ServerId") ?? "";
    if (serverId === "") {
      unreadable += 1;
      reason ??= `${element.name} without ServerId`;
      return true;
    }
    switch (element.name) {
      case "Add":
      case "Change": {
        const data = child(element, "AirSync", "ApplicationData");
        const fields = readMessage(data);
        if (element.name === "Change") changed.push({ ...fields, serverId });
        // What a whole message does not name, it does not have.
        else added.push({ attachments: [], ...fields, serverId });
        return true;
      }
      // SoftDelete: it has left the window of FilterType (2.2.3.170).
      case "Delete":
      case "SoftDelete":
        deleted.push(serverId);
        return true;
      default:
        return false;
    }
  };

  const decoder = new WbxmlDecoder({
    takes,
    divert(namespace, name) {
      if (namespace === "AirSync" && name === "Collection") collections += 1;
      return null;
    },
  });
  return {
    push: (chunk) => decoder.push(chunk),
    finish() {
      const fault = decoder.finish();
      if (fault !== null) return err(fault);
      const { root, warnings } = decoder;
      const failed = (status: number): SyncReply => ({
        status,
        recovery: recoveryOf(syncStatuses, status),
        answer: null,
        warnings,
      });
      if (root?.namespace !== "AirSync" || root.name !== "Sync") {
        return err({ kind: "content", offset: 0, detail: `root is ${root?.name ?? "missing"}` });
      }
      const whole = statusIn(child(root, "AirSync", "Status"), 1);
      if (whole !== 1) return ok(failed(whole));
      const collection = child(child(root, "AirSync", "Collections"), "AirSync", "Collection");
      if (collections > 1) {
        return err({ kind: "content", offset: 0, detail: `${collections} collections, one was asked for` });
      }
      const status = statusIn(child(collection, "AirSync", "Status"), collection === undefined ? 0 : 1);
      if (status !== 1) return ok(failed(status));
      const syncKey = childText(collection, "AirSync", "SyncKey");
      if (syncKey === null || syncKey === "") {
        return err({ kind: "content", offset: 0, detail: "collection without SyncKey" });
      }
      const answer: CollectionAnswer = {
        syncKey,
        moreAvailable: child(collection, "AirSync", "MoreAvailable") !== undefined,
        added,
        changed,
        deleted,
        verdicts: readVerdicts(child(collection, "AirSync", "Responses")),
        unreadable: { count: unreadable, reason },
      };
      return ok({ status, recovery: "ok", answer, warnings });
    },
  };
}

/** The server tells only of commands that it did not simply carry out (MS-ASCMD 2.2.3.156). */
function readVerdicts(responses: WbxmlElement | undefined): CollectionAnswer["verdicts"] {
  return (responses?.content ?? []).filter(isElement).flatMap((response) => {
    const serverId = childText(response, "AirSync", "ServerId");
    const status = statusIn(child(response, "AirSync", "Status"), 1);
    return serverId === null ? [] : [{ serverId, status, recovery: recoveryOf(syncStatuses, status) }];
  });
}
