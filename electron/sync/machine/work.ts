import type { BodyWanted, Collection, Intent, OutboxEntry } from "../../ports/sync-store.ts";

/** What the store says there is to do, read in one go. */
export interface Work {
  readonly hierarchyKey: string;
  readonly collections: readonly Collection[];
  readonly intents: readonly Intent[];
  readonly outbox: { readonly entry: OutboxEntry | null; readonly dueAt: number | null };
  readonly bodies: readonly BodyWanted[];
  readonly pending: { readonly actions: number; readonly outbox: number };
  readonly lastSync: number | null;
}

export interface SyncSettings {
  /** Age of mail to keep, as MS-ASCMD FilterType. */
  readonly filterType: 0 | 1 | 2 | 3 | 4 | 5;
  /** Bodies longer than this are cut by the server and fetched when opened, in bytes. */
  readonly bodyBytes: number;
  /** The heartbeat to begin with, in seconds: the value that worked last time, where it is known. */
  readonly heartbeatSeconds: number;
  /** How often to look when the server's Ping does not work, in milliseconds. */
  readonly pollMs: number;
  /** How often to look at everything even though Ping announced nothing, in milliseconds. */
  readonly fullPassMs: number;
}

export const DEFAULT_SETTINGS: SyncSettings = {
  filterType: 0,
  bodyBytes: 128 * 1024,
  heartbeatSeconds: 480,
  pollMs: 5 * 60_000,
  fullPassMs: 2 * 3_600_000,
};
