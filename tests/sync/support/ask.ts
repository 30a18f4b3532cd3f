import type { CollectionRequest } from "../../../electron/ports/remote.ts";
import type { ModelServer } from "./model-server.ts";

function isRequest(value: unknown): value is CollectionRequest {
  return typeof value === "object" && value !== null && "collectionId" in value && "syncKey" in value;
}

/** The Sync requests that the server was sent, in order. */
export function messagesRead(server: ModelServer): readonly CollectionRequest[] {
  return server.calls.flatMap(({ command, detail }) =>
    command === "sync" && isRequest(detail) ? [detail] : [],
  );
}

/** The order of commands, Syncs with their collection. */
export function trace(server: ModelServer, from = 0): readonly string[] {
  return server.calls
    .slice(from)
    .map(({ command, detail }) => (isRequest(detail) ? `sync ${detail.collectionId}` : command));
}
