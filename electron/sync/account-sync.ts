import type { SyncStatus } from "../../shared/model/account.ts";
import type { Clock, Log, Random } from "../ports/basics.ts";
import type { RemoteMailbox } from "../ports/remote.ts";
import type { SyncStore } from "../ports/sync-store.ts";
import { createDriver, type Driver } from "./driver.ts";
import { DEFAULT_SETTINGS, type SyncSettings } from "./machine/work.ts";

export interface AccountSyncOptions {
  readonly mailbox: RemoteMailbox;
  readonly store: SyncStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** At most a few times a second; the last one always arrives. */
  readonly onStatus: (status: SyncStatus) => void;
  readonly settings?: Partial<SyncSettings>;
  /** Called with a heartbeat (seconds) that worked, to be handed back as `settings.heartbeatSeconds` next time. */
  readonly onHeartbeat?: (seconds: number) => void;
}

/** Keeps one account in step. Several are independent of each other. */
export interface AccountSync {
  start(): void;
  /** Ends what is under way; resolves when the store will not be touched any more. May be started again. */
  stop(): Promise<void>;
  /** The user wants to see everything as it is now. */
  syncNow(): void;
  /** The operating system says that there is, or is no, network. A hint, not the truth. */
  networkChanged(online: boolean): void;
  /** The computer woke up: no connection survived, whatever they look like. */
  wake(): void;
  /** A new password or token is there. */
  credentialsChanged(): void;
}

export function createAccountSync(options: AccountSyncOptions): AccountSync {
  let driver: Driver | null = null;
  let unsubscribe: (() => void) | null = null;

  return {
    start() {
      if (driver !== null) return;
      const begun = createDriver({
        mailbox: options.mailbox,
        store: options.store,
        clock: options.clock,
        random: options.random,
        log: options.log,
        settings: { ...DEFAULT_SETTINGS, ...options.settings },
        onStatus: options.onStatus,
        onHeartbeat: options.onHeartbeat ?? (() => undefined),
      });
      driver = begun;
      unsubscribe = options.store.onWork(() => begun.tell({ kind: "user-action" }));
      begun.tell({ kind: "user-action" });
    },
    async stop() {
      unsubscribe?.();
      unsubscribe = null;
      const ending = driver;
      driver = null;
      await ending?.end();
    },
    syncNow: () => driver?.tell({ kind: "sync-now" }),
    networkChanged: (online) => driver?.tell({ kind: "network", online }),
    wake: () => driver?.tell({ kind: "wake" }),
    credentialsChanged: () => driver?.tell({ kind: "credentials" }),
  };
}
