import type { EasQuery } from "../http/query.ts";
import type { Device } from "../state/device.ts";
import type { Mailbox } from "../state/mailbox.ts";
import type { Account, World } from "../state/world.ts";
import type { WbxmlNode, WbxmlOutput } from "../wbxml/node.ts";

export interface Policy {
  /** Elements of EASProvisionDoc in the order of the specification, by name without namespace. */
  readonly settings: Readonly<Record<string, string>>;
  /** Raised by a test to make every device provision again (status 143). */
  revision: number;
}

export interface ServerOptions {
  policy: Policy | null;
  ping: { minHeartbeat: number; maxHeartbeat: number; maxFolders: number };
  /** Largest message that is accepted, in bytes. */
  maxMessageBytes: number;
}

export interface Context {
  readonly world: World;
  readonly options: ServerOptions;
  readonly account: Account;
  readonly mailbox: Mailbox;
  readonly device: Device;
  readonly version: "12.1" | "14.0" | "14.1" | "16.0" | "16.1";
  readonly query: EasQuery;
  /** The parsed body; null when there was none. */
  readonly request: WbxmlNode | null;
  readonly body: Uint8Array;
  /** Set while the client still listens. */
  readonly gone: AbortSignal;
}

export type CommandAnswer =
  | { readonly kind: "wbxml"; readonly document: WbxmlOutput }
  | { readonly kind: "empty" }
  | { readonly kind: "http"; readonly status: number }
  | { readonly kind: "raw"; readonly type: string; readonly bytes: Uint8Array };

export const reply = (document: WbxmlOutput): CommandAnswer => ({ kind: "wbxml", document });
export const EMPTY: CommandAnswer = { kind: "empty" };
export const http = (status: number): CommandAnswer => ({ kind: "http", status });

export type Command = (context: Context) => Promise<CommandAnswer>;

/** 12.1 has no common status codes: it answers with an HTTP status instead (MS-ASCMD 2.2.4). */
export const isLegacy = (context: { version: string }): boolean => context.version === "12.1";
