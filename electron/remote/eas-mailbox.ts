import { err, ok, type Result } from "../../shared/base/result.ts";
import type { Clock, Log } from "../ports/basics.ts";
import type {
  CollectionAnswer,
  FolderDelta,
  MoveVerdict,
  PingAnswer,
  RemoteFault,
  RemoteMailbox,
  RemoteResult,
  SessionState,
} from "../ports/remote.ts";
import type { Transport } from "../ports/transport.ts";
import {
  folderSyncRequest,
  folderSyncStatuses,
  readFolderSync,
} from "../protocol/eas/commands/folder-sync.ts";
import {
  getItemEstimateRequest,
  getItemEstimateStatuses,
  readGetItemEstimate,
} from "../protocol/eas/commands/get-item-estimate.ts";
import { moveItemsRequest, moveItemsStatuses, readMoveItems } from "../protocol/eas/commands/move-items.ts";
import { type PingReply, pingRequest, pingStatuses, readPing } from "../protocol/eas/commands/ping.ts";
import type { DeviceFacts } from "../protocol/eas/commands/provision.ts";
import { recoveryOf } from "../protocol/eas/commands/status.ts";
import { createSyncReader } from "../protocol/eas/commands/sync-answer.ts";
import { syncRequest } from "../protocol/eas/commands/sync-request.ts";
import type { CommandName } from "../protocol/eas/query.ts";
import { encode, type WbxmlElement } from "../protocol/eas/wbxml/index.ts";
import { readChunks, readDocument } from "./eas/answers.ts";
import { createChannel } from "./eas/channel.ts";
import { fromStatus, fromWbxml } from "./eas/faults.ts";
import { fetchAttachment, fetchBody } from "./eas/fetch.ts";
import { createProvisioner } from "./eas/provisioning.ts";
import { sendMessage } from "./eas/send.ts";

const timeoutMs = 120_000;
const maxAnswer = 256 << 20;
/** How much longer than its heartbeat a Ping may stay silent before the line counts as dead. */
const pingGraceMs = 30_000;
/** The longest heartbeat of MS-ASCMD 2.2.3.87.2. */
const maxHeartbeatSeconds = 3_540;

export interface EasMailboxOptions {
  readonly transport: Transport;
  /** A null password: the server is not asked. */
  readonly credentials: () => { readonly userName: string; readonly password: string | null };
  readonly session: { load(): SessionState; save(state: SessionState): void };
  readonly clock: Clock;
  readonly log: Log;
  /** Up to 16 letters and digits (MS-ASHTTP 2.2.1.1.1.2.4). */
  readonly deviceType?: string;
  readonly device?: DeviceFacts;
  /** The base64 form hides nothing and is shorter; some servers know only the plain one. */
  readonly queryForm?: "plain" | "base64";
}

const defaultDevice: DeviceFacts = {
  model: "Bulkhead Mail",
  friendlyName: "Bulkhead Mail",
  os: "Desktop",
  userAgent: "BulkheadMail/26.11",
};

/** A mailbox on an Exchange ActiveSync server (MS-ASCMD, MS-ASHTTP, MS-ASPROV), versions 12.1 to 16.1. */
export function createEasMailbox(options: EasMailboxOptions): RemoteMailbox {
  const device = options.device ?? defaultDevice;
  const channel = createChannel({
    transport: options.transport,
    credentials: options.credentials,
    session: options.session,
    clock: options.clock,
    log: options.log,
    deviceType: options.deviceType ?? "BulkheadMail",
    userAgent: device.userAgent,
    queryForm: options.queryForm ?? "plain",
  });
  const provisioned = createProvisioner(channel, device);

  /** A command with a document each way; null for an empty answer. */
  const exchange = async (
    command: CommandName,
    request: WbxmlElement,
    signal: AbortSignal | undefined,
    silenceMs = timeoutMs,
  ): RemoteResult<WbxmlElement | null> => {
    const version = await channel.version(signal);
    if (!version.ok) return version;
    const body = encode(request);
    const sent = await channel.post({ command, body, timeoutMs: silenceMs, maxBytes: maxAnswer, signal });
    return sent.ok ? readDocument(sent.value) : sent;
  };

  const folders = async (syncKey: string, signal?: AbortSignal): RemoteResult<FolderDelta> => {
    const document = await exchange("FolderSync", folderSyncRequest(syncKey), signal);
    if (!document.ok) return document;
    if (document.value === null) return emptyAnswer("FolderSync");
    const { status, delta } = readFolderSync(document.value);
    if (delta !== null) return ok(delta);
    return err(fromStatus("FolderSync", status, recoveryOf(folderSyncStatuses, status)));
  };

  const sync: RemoteMailbox["sync"] = async (request): RemoteResult<CollectionAnswer> => {
    const version = await channel.version(request.signal);
    if (!version.ok) return version;
    const body = encode(syncRequest(request, version.value));
    const { signal } = request;
    const sent = await channel.post({ command: "Sync", body, timeoutMs, maxBytes: maxAnswer, signal });
    if (!sent.ok) return sent;
    const reader = createSyncReader();
    const read = await readChunks(sent.value, (chunk) => {
      const fault = reader.push(chunk);
      return fault === null ? null : fromWbxml(fault);
    });
    if (!read.ok) return read;
    // Nothing changed, and the key stays (MS-ASCMD 2.2.1.21.2); not an answer to the first request.
    if (read.value === 0)
      return request.syncKey === "0" ? emptyAnswer("Sync") : ok(unchanged(request.syncKey));
    const reply = reader.finish();
    if (!reply.ok) return err(fromWbxml(reply.error));
    const { status, recovery, answer, warnings } = reply.value;
    for (const { kind, page, token } of warnings.slice(0, 3)) options.log("warn", kind, { page, token });
    return answer === null ? err(fromStatus("Sync", status, recovery)) : ok(answer);
  };

  const estimate: RemoteMailbox["estimate"] = async (request) => {
    const version = await channel.version(request.signal);
    if (!version.ok) return version;
    const document = await exchange(
      "GetItemEstimate",
      getItemEstimateRequest(request, version.value),
      request.signal,
    );
    if (!document.ok) return document;
    if (document.value === null) return ok(null);
    const answer = readGetItemEstimate(document.value);
    const recovery = recoveryOf(getItemEstimateStatuses, answer.status);
    return recovery === "ok"
      ? ok(answer.estimate)
      : err(fromStatus("GetItemEstimate", answer.status, recovery));
  };

  const move: RemoteMailbox["move"] = async (moves, signal) => {
    const document = await exchange("MoveItems", moveItemsRequest(moves), signal);
    if (!document.ok) return document;
    if (document.value === null) return emptyAnswer("MoveItems");
    const { status, verdicts } = readMoveItems(document.value);
    if (verdicts.length === 0 && status !== null) {
      return err(fromStatus("MoveItems", status, recoveryOf(moveItemsStatuses, status)));
    }
    const spoken = new Map(verdicts.map((verdict) => [verdict.serverId, verdict]));
    return ok(moves.map(({ serverId }) => spoken.get(serverId) ?? unspoken(serverId)));
  };

  const ping = async (
    collectionIds: readonly string[],
    heartbeatSeconds: number,
    signal?: AbortSignal,
  ): RemoteResult<PingAnswer> => {
    const request = pingRequest(collectionIds, heartbeatSeconds);
    const document = await exchange("Ping", request, signal, heartbeatSeconds * 1_000 + pingGraceMs);
    if (!document.ok) return document;
    if (document.value === null) return ok({ kind: "nothing" });
    return pingAnswer(readPing(document.value), collectionIds, heartbeatSeconds);
  };

  return {
    async connect(signal) {
      const version = await channel.negotiate(signal);
      return version.ok ? ok(options.session.load()) : version;
    },
    folders: (syncKey, signal) => provisioned(() => folders(syncKey, signal), signal),
    sync: (request) => provisioned(() => sync(request), request.signal),
    estimate: (request) => provisioned(() => estimate(request), request.signal),
    body: (collectionId, serverId, kind, signal) =>
      provisioned(() => fetchBody(channel, { collectionId, serverId }, kind, signal), signal),
    attachment: (fileReference, sink, signal) =>
      provisioned(() => fetchAttachment(channel, fileReference, sink, signal), signal),
    send: (message, signal) => provisioned(() => sendMessage(channel, message, signal), signal),
    move: (moves, signal) => provisioned(() => move(moves, signal), signal),
    ping: (collectionIds, heartbeatSeconds, signal) =>
      provisioned(() => ping(collectionIds, heartbeatSeconds, signal), signal),
  };
}

function emptyAnswer(command: string): Result<never, RemoteFault> {
  return err({ kind: "garbage", detail: `empty answer to ${command}` });
}

function unchanged(syncKey: string): CollectionAnswer {
  return {
    syncKey,
    moreAvailable: false,
    added: [],
    changed: [],
    deleted: [],
    verdicts: [],
    unreadable: { count: 0, reason: null },
  };
}

/** A move that the server did not mention may not have happened. */
function unspoken(serverId: string): MoveVerdict {
  return { serverId, status: 0, recovery: "retry", newServerId: null };
}

/** Bounds that make no sense are replaced by more modest ones than we asked for. */
async function pingAnswer(
  reply: PingReply,
  folders: readonly string[],
  asked: number,
): RemoteResult<PingAnswer> {
  switch (reply.status) {
    case 1:
      return ok({ kind: "nothing" });
    case 2:
      // Something changed, it does not say where: then it may be anywhere.
      return ok({
        kind: "changes",
        collectionIds: reply.collectionIds.length === 0 ? folders : reply.collectionIds,
      });
    case 5: {
      const bound = reply.heartbeatSeconds;
      const sensible = bound !== null && bound >= 1 && bound <= maxHeartbeatSeconds && bound !== asked;
      return ok({ kind: "heartbeat", seconds: sensible ? bound : Math.max(60, Math.floor(asked / 2)) });
    }
    case 6: {
      const max = reply.maxFolders;
      const fewer = Math.max(1, folders.length - 1);
      return ok({ kind: "too-many-folders", max: max !== null && max >= 1 ? max : fewer });
    }
    case 7:
      return ok({ kind: "folders-changed" });
    default:
      return err(fromStatus("Ping", reply.status, recoveryOf(pingStatuses, reply.status)));
  }
}
