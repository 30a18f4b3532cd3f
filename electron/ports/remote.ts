import type { Result } from "../../shared/base/result.ts";
import type { Address, FolderRole, MeetingSummary } from "../../shared/model/mail.ts";

/** What to do about a status code; each command's table in `protocol/eas` assigns one to every code. */
export type Recovery =
  | "ok"
  /** Forget the collection's SyncKey, start again from 0; keep what the user owns. */
  | "resync-collection"
  /** Forget the hierarchy's SyncKey; FolderSync from 0, then go on. */
  | "resync-folders"
  /** Policy missing or out of date: Provision, then repeat. `remote` does this itself, once. */
  | "provision"
  /** Repeat soon; a passing fault of the server. */
  | "retry"
  /** Repeat later, with back-off; the server is busy or a limit is reached. */
  | "retry-later"
  /** The object is gone: drop it or the intent about it. */
  | "object-gone"
  /** The server kept its own version: take the server's. */
  | "server-won"
  /** It was done before (a repeated SendMail): count it as done. */
  | "already-done"
  /** Will never succeed as it is: tell the user. */
  | "give-up"
  | "sign-in"
  /** This device or client is blocked, or there are too many of them. */
  | "device-blocked"
  | "wipe"
  /** Ping only: changes are waiting, or its parameters must be adapted. */
  | "changes-waiting"
  | "adapt";

export type RemoteFault =
  | { readonly kind: "offline" | "cut" | "timeout" | "tls" | "cancelled"; readonly detail: string }
  | { readonly kind: "sign-in" | "forbidden" | "device-blocked" | "wipe"; readonly detail: string }
  | { readonly kind: "busy"; readonly detail: string; readonly retryAfterMs: number | null }
  | { readonly kind: "server"; readonly detail: string; readonly httpStatus: number }
  /** The answer could not be understood, or is larger than allowed. */
  | { readonly kind: "garbage"; readonly detail: string }
  | {
      readonly kind: "status";
      readonly command: string;
      readonly status: number;
      readonly recovery: Recovery;
    };

export type RemoteResult<T> = Promise<Result<T, RemoteFault>>;

/** What a session with a server must remember between starts. */
export interface SessionState {
  /** Full URL of the endpoint; changes after a 451 redirect. */
  readonly url: string;
  readonly protocolVersion: string | null;
  readonly policyKey: string;
  readonly deviceId: string;
}

export type CollectionClass = "mail" | "calendar" | "contacts" | "tasks" | "notes" | "other";

export interface RemoteFolder {
  readonly serverId: string;
  /** "0" for the root. */
  readonly parentId: string;
  readonly name: string;
  readonly role: FolderRole;
  readonly class: CollectionClass;
}

export interface FolderDelta {
  readonly syncKey: string;
  readonly added: readonly RemoteFolder[];
  readonly updated: readonly RemoteFolder[];
  readonly deleted: readonly string[];
}

export interface RemoteAttachment {
  readonly fileReference: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly inline: boolean;
  readonly contentId: string | null;
}

export interface RemoteBody {
  readonly kind: "html" | "text" | "mime";
  readonly data: string;
  readonly truncated: boolean;
  /** The server's estimate of the whole, in bytes. */
  readonly size: number;
}

/** What a Sync can tell about a message. A field that is undefined was not sent: keep what is known. */
export interface RemoteMessageFields {
  readonly subject?: string;
  readonly from?: readonly Address[];
  readonly to?: readonly Address[];
  readonly cc?: readonly Address[];
  readonly replyTo?: readonly Address[];
  /** Milliseconds since the Unix epoch. */
  readonly date?: number;
  readonly read?: boolean;
  readonly flagged?: boolean;
  readonly messageClass?: string;
  readonly importance?: 0 | 1 | 2;
  readonly conversationId?: string;
  readonly answered?: "none" | "replied" | "forwarded";
  readonly preview?: string;
  readonly body?: RemoteBody;
  readonly attachments?: readonly RemoteAttachment[];
  readonly meeting?: MeetingSummary | null;
}

export interface RemoteMessage extends RemoteMessageFields {
  readonly serverId: string;
}

/** A user's change that travels in a Sync. */
export type SyncCommand =
  | {
      readonly kind: "change";
      readonly serverId: string;
      readonly read?: boolean;
      readonly flagged?: boolean;
    }
  | { readonly kind: "delete"; readonly serverId: string };

export interface CollectionRequest {
  readonly collectionId: string;
  readonly syncKey: string;
  /** At most this many changes in the answer (1 to 512). */
  readonly windowSize: number;
  /** 0 all, 1 one day, 2 three days, 3 a week, 4 two weeks, 5 a month (MS-ASCMD FilterType). */
  readonly filterType: 0 | 1 | 2 | 3 | 4 | 5;
  /** Bodies longer than this are cut by the server, in bytes. */
  readonly bodyBytes: number;
  readonly commands: readonly SyncCommand[];
  readonly signal?: AbortSignal;
}

export interface CollectionAnswer {
  readonly syncKey: string;
  readonly moreAvailable: boolean;
  readonly added: readonly RemoteMessage[];
  readonly changed: readonly RemoteMessage[];
  readonly deleted: readonly string[];
  /** The server's verdict on commands that it did not simply accept. */
  readonly verdicts: readonly {
    readonly serverId: string;
    readonly status: number;
    readonly recovery: Recovery;
  }[];
  /** Items of the answer that could not be read, left out: the count and the first reason. */
  readonly unreadable: { readonly count: number; readonly reason: string | null };
}

/** An outgoing message as it goes over the wire; `open` may be called again for a retry. */
export interface OutgoingMessage {
  /** Repeated unchanged on every attempt: the server recognises a repeat by it. */
  readonly clientId: string;
  readonly kind: "send" | "reply" | "forward";
  /** The answered or forwarded message, when it is known to the server. */
  readonly source: { readonly collectionId: string; readonly serverId: string } | null;
  readonly size: number;
  open(): AsyncIterable<Uint8Array>;
}

export interface MoveRequest {
  readonly serverId: string;
  readonly from: string;
  readonly to: string;
}

export interface MoveVerdict {
  readonly serverId: string;
  readonly recovery: Recovery;
  readonly status: number;
  /** The id in the new folder, when it moved. */
  readonly newServerId: string | null;
}

export type PingAnswer =
  | { readonly kind: "nothing" }
  | { readonly kind: "changes"; readonly collectionIds: readonly string[] }
  /** The server wants a heartbeat within these bounds, in seconds. */
  | { readonly kind: "heartbeat"; readonly seconds: number }
  | { readonly kind: "too-many-folders"; readonly max: number }
  | { readonly kind: "folders-changed" };

/** A mailbox on a server, whatever the protocol. Pure values in and out; it knows no store. */
export interface RemoteMailbox {
  /** Finds out what the server speaks, provisions when asked to. */
  connect(signal?: AbortSignal): RemoteResult<SessionState>;
  folders(syncKey: string, signal?: AbortSignal): RemoteResult<FolderDelta>;
  sync(request: CollectionRequest): RemoteResult<CollectionAnswer>;
  /** How many changes the collection still has under this SyncKey; null when the server does not tell. */
  estimate(
    request: Pick<CollectionRequest, "collectionId" | "syncKey" | "filterType" | "signal">,
  ): RemoteResult<number | null>;
  body(
    collectionId: string,
    serverId: string,
    kind: "html" | "mime",
    signal?: AbortSignal,
  ): RemoteResult<RemoteBody>;
  /** Streams an attachment into `sink`; chunks are in order and never held together in memory. */
  attachment(
    fileReference: string,
    sink: (chunk: Uint8Array) => Promise<void>,
    signal?: AbortSignal,
  ): RemoteResult<{ readonly bytes: number; readonly type: string | null }>;
  send(message: OutgoingMessage, signal?: AbortSignal): RemoteResult<void>;
  move(moves: readonly MoveRequest[], signal?: AbortSignal): RemoteResult<readonly MoveVerdict[]>;
  ping(
    collectionIds: readonly string[],
    heartbeatSeconds: number,
    signal?: AbortSignal,
  ): RemoteResult<PingAnswer>;
}
