import type { Result } from "../../../shared/base/result.ts";
import type { FolderId } from "../../../shared/model/ids.ts";
import type {
  CollectionAnswer,
  CollectionRequest,
  FolderDelta,
  MoveRequest,
  MoveVerdict,
  OutgoingMessage,
  PingAnswer,
  RemoteBody,
  RemoteFault,
} from "../../ports/remote.ts";
import type { BodyWanted, CollectionCommit, IntentVerdict, OutboxEntry } from "../../ports/sync-store.ts";
import type { Work } from "./work.ts";

/** One command to the server and the intents that it carries out, oldest first. */
export interface Carried {
  readonly serverId: string;
  readonly kind: "change" | "delete";
  readonly intentIds: readonly number[];
}

export interface SyncTask {
  readonly kind: "sync";
  readonly folderId: FolderId;
  readonly request: Omit<CollectionRequest, "signal">;
  readonly carried: readonly Carried[];
}

/** Asks how much of a long first pass is left; only for the eye, so a failure of it is no trouble. */
export interface EstimateTask {
  readonly kind: "estimate";
  readonly folderId: FolderId;
  /** Stored when it was asked. */
  readonly stored: number;
  readonly request: Pick<CollectionRequest, "collectionId" | "syncKey" | "filterType">;
}

export interface MoveTask {
  readonly kind: "move";
  readonly moves: readonly (MoveRequest & {
    readonly intentId: number;
    readonly source: FolderId;
    readonly target: FolderId;
  })[];
}

export interface SendTask {
  readonly kind: "send";
  readonly entry: OutboxEntry;
  /** The entry's message, or the same as a plain message when the answered one is gone. */
  readonly message: OutgoingMessage;
}

export interface PingTask {
  readonly kind: "ping";
  readonly collectionIds: readonly string[];
  readonly seconds: number;
}

export type Task =
  | { readonly kind: "connect" }
  | { readonly kind: "folders"; readonly syncKey: string }
  | SyncTask
  | EstimateTask
  | MoveTask
  | SendTask
  | { readonly kind: "body"; readonly wanted: BodyWanted }
  | PingTask;

export type Lane = "main" | "body" | "ping";

/** A task's outcome, with the task itself. */
export type Reply =
  | { readonly kind: "connect"; readonly result: Result<null, RemoteFault> }
  | {
      readonly kind: "folders";
      readonly syncKey: string;
      readonly result: Result<FolderDelta, RemoteFault>;
    }
  | {
      readonly kind: "sync";
      readonly task: SyncTask;
      readonly result: Result<CollectionAnswer, RemoteFault>;
    }
  | {
      readonly kind: "estimate";
      readonly task: EstimateTask;
      readonly result: Result<number | null, RemoteFault>;
    }
  | {
      readonly kind: "move";
      readonly task: MoveTask;
      readonly result: Result<readonly MoveVerdict[], RemoteFault>;
    }
  | { readonly kind: "send"; readonly task: SendTask; readonly result: Result<void, RemoteFault> }
  | { readonly kind: "body"; readonly wanted: BodyWanted; readonly result: Result<RemoteBody, RemoteFault> }
  | { readonly kind: "ping"; readonly task: PingTask; readonly result: Result<PingAnswer, RemoteFault> };

export type Happening =
  /** Decide what to do next. Fed by the driver after every other event. */
  | { readonly kind: "look"; readonly work: Work }
  | { readonly kind: "reply"; readonly lane: Lane; readonly id: number; readonly reply: Reply }
  /** A commit was refused: the stored key was another than the request's. */
  | { readonly kind: "refused"; readonly folderId: FolderId | null; readonly key: string }
  /** The store could not be read or written. */
  | { readonly kind: "store-failed" }
  /** The user did something: new intents, a message to send, a body to read. */
  | { readonly kind: "user-action" }
  | { readonly kind: "sync-now" }
  | { readonly kind: "wake" }
  | { readonly kind: "network"; readonly online: boolean }
  | { readonly kind: "credentials" };

/** `at` is the time in milliseconds; `chance` is uniform in [0, 1) and only spreads delays. */
export type Event = Happening & { readonly at: number; readonly chance: number };

export type Effect =
  | { readonly kind: "run"; readonly lane: Lane; readonly id: number; readonly task: Task }
  | { readonly kind: "cancel"; readonly lane: Lane; readonly id: number }
  | { readonly kind: "commit-folders"; readonly previousKey: string; readonly delta: FolderDelta }
  | { readonly kind: "reset-folders" }
  | { readonly kind: "commit-collection"; readonly commit: CollectionCommit }
  | { readonly kind: "reset-collection"; readonly folderId: FolderId }
  | { readonly kind: "settle"; readonly verdicts: readonly IntentVerdict[] }
  | { readonly kind: "outbox-sending"; readonly entry: OutboxEntry; readonly at: number }
  | { readonly kind: "outbox-sent"; readonly entry: OutboxEntry }
  | {
      readonly kind: "outbox-failed";
      readonly entry: OutboxEntry;
      readonly reason: string;
      readonly retryAt: number | null;
    }
  | { readonly kind: "commit-body"; readonly wanted: BodyWanted; readonly body: RemoteBody }
  | { readonly kind: "body-failed"; readonly wanted: BodyWanted }
  /** The heartbeat that works on this network, to begin with next time. */
  | { readonly kind: "heartbeat"; readonly seconds: number }
  | {
      readonly kind: "log";
      readonly level: "debug" | "info" | "warn" | "error";
      readonly event: string;
      readonly facts: Readonly<Record<string, string | number | boolean | null>>;
    };
