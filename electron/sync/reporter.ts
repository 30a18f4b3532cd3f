import type { SyncStatus } from "../../shared/model/account.ts";
import type { Clock } from "../ports/basics.ts";

/** Progress is shown a few times a second at most; a change of state or trouble at once. */
const SPACING_MS = 250;

function urgent(a: SyncStatus, b: SyncStatus): boolean {
  return (
    a.state !== b.state || a.trouble?.kind !== b.trouble?.kind || a.trouble?.message !== b.trouble?.message
  );
}

function same(a: SyncStatus, b: SyncStatus): boolean {
  return (
    !urgent(a, b) &&
    a.trouble?.retryAt === b.trouble?.retryAt &&
    a.progress?.done === b.progress?.done &&
    a.progress?.folder === b.progress?.folder &&
    a.lastSync === b.lastSync &&
    a.pendingActions === b.pendingActions &&
    a.outbox === b.outbox
  );
}

export interface Reporter {
  report(status: SyncStatus): void;
  stop(): void;
}

/** Passes on what changed, not more often than anybody can read, and always the last. */
export function createReporter(clock: Clock, onStatus: (status: SyncStatus) => void): Reporter {
  let shown: SyncStatus | null = null;
  let shownAt = Number.NEGATIVE_INFINITY;
  let waiting: SyncStatus | null = null;
  let cancel: (() => void) | null = null;

  const show = (status: SyncStatus) => {
    cancel?.();
    cancel = null;
    waiting = null;
    shown = status;
    shownAt = clock.now();
    onStatus(status);
  };
  return {
    report(status) {
      if (shown !== null && same(shown, status)) {
        waiting = null;
        return;
      }
      const wait = shownAt + SPACING_MS - clock.now();
      if (shown === null || wait <= 0 || urgent(shown, status)) {
        show(status);
        return;
      }
      waiting = status;
      cancel ??= clock.after(wait, () => {
        cancel = null;
        if (waiting !== null) show(waiting);
      });
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
