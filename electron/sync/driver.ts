import type { SyncStatus } from "../../shared/model/account.ts";
import type { Clock, Log, Random } from "../ports/basics.ts";
import type { RemoteMailbox } from "../ports/remote.ts";
import type { SyncStore } from "../ports/sync-store.ts";
import { firstState, type State } from "./machine/state.ts";
import { statusOf } from "./machine/status.ts";
import { step } from "./machine/step.ts";
import type { Effect, Happening, Lane, Task } from "./machine/tasks.ts";
import type { SyncSettings } from "./machine/work.ts";
import { readWork, type StoreEffect, write } from "./perform.ts";
import { createReporter } from "./reporter.ts";
import { cancelledReply, request } from "./requests.ts";

export interface DriverParts {
  readonly mailbox: RemoteMailbox;
  readonly store: SyncStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: SyncSettings;
  readonly onStatus: (status: SyncStatus) => void;
  /** A heartbeat that was held to its end, worth beginning with next time. */
  readonly onHeartbeat: (seconds: number) => void;
}

export interface Driver {
  /** Tells the machine what happened, carries out what it answers, and lets it look for more. */
  tell(happening: Happening): void;
  /** Ends every request and timer. Resolves when nothing of it is under way any more. */
  end(): Promise<void>;
}

interface UnderWay {
  readonly task: Task;
  readonly abort: AbortController;
}

/** How long an ended request may take to let go. */
const LET_GO_MS = 5_000;
/** When a store that could not be read is tried again. */
const STORE_AGAIN_MS = 10_000;
/** Timers of the platform overflow at 24 days. */
const LONGEST_SLEEP_MS = 86_400_000;

/** Runs the machine: one event at a time, its effects in order, its requests through the ports. */
export function createDriver(parts: DriverParts): Driver {
  const { mailbox, store, clock, random, log } = parts;
  const reporter = createReporter(clock, parts.onStatus);
  const underWay = new Map<number, UnderWay>();
  const promises = new Set<Promise<void>>();
  const queue: Happening[] = [];
  let state: State = firstState(parts.settings);
  let turning = false;
  let ended = false;
  let cancelTimer: (() => void) | null = null;

  const run = (lane: Lane, id: number, task: Task) => {
    const abort = new AbortController();
    underWay.set(id, { task, abort });
    const promise = request(mailbox, task, abort.signal).then((reply) => {
      promises.delete(promise);
      // Given up in the meantime: the machine has been told already.
      if (underWay.delete(id)) tell({ kind: "reply", lane, id, reply });
    });
    promises.add(promise);
  };

  const cancel = (lane: Lane, id: number) => {
    const flight = underWay.get(id);
    if (flight === undefined) return;
    underWay.delete(id);
    flight.abort.abort();
    queue.push({ kind: "reply", lane, id, reply: cancelledReply(flight.task) });
  };

  const writeSafely = (effect: StoreEffect): boolean => {
    try {
      const happening = write(store, effect, log);
      if (happening !== null) queue.push(happening);
      return true;
    } catch (error) {
      log("error", "store-write-failed", { effect: effect.kind, error: nameOf(error) });
      return false;
    }
  };

  const perform = (effects: readonly Effect[]) => {
    let stored = true;
    for (const effect of effects) {
      if (effect.kind === "log") log(effect.level, effect.event, effect.facts);
      else if (effect.kind === "heartbeat") parts.onHeartbeat(effect.seconds);
      else if (effect.kind === "cancel") cancel(effect.lane, effect.id);
      else if (effect.kind === "run") {
        // Nothing leaves that was to be written down first and was not.
        if (stored) run(effect.lane, effect.id, effect.task);
        else
          queue.push({ kind: "reply", lane: effect.lane, id: effect.id, reply: cancelledReply(effect.task) });
      } else stored = writeSafely(effect) && stored;
    }
    if (!stored) queue.push({ kind: "store-failed" });
  };

  const advance = (happening: Happening) => {
    const result = step(state, { ...happening, at: clock.now(), chance: random.fraction() });
    state = result.state;
    perform(result.effects);
  };

  /** Whether the store could be read. */
  const lookAround = (): boolean => {
    try {
      const work = readWork(store, clock.now());
      advance({ kind: "look", work });
      return true;
    } catch (error) {
      log("error", "store-read-failed", { error: nameOf(error) });
      advance({ kind: "store-failed" });
      return false;
    }
  };

  const turn = () => {
    if (turning || ended) return;
    turning = true;
    let readable = true;
    try {
      do {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) advance(next);
        readable = lookAround();
      } while (queue.length > 0);
    } finally {
      turning = false;
    }
    reporter.report(statusOf(state, store.accountId));
    cancelTimer?.();
    const wait = readable ? untilWake(state, clock.now()) : STORE_AGAIN_MS;
    cancelTimer = wait === null ? null : clock.after(wait, turn);
  };

  const tell = (happening: Happening) => {
    if (ended) return;
    queue.push(happening);
    turn();
  };

  return {
    tell,
    async end() {
      ended = true;
      cancelTimer?.();
      reporter.stop();
      for (const { abort } of underWay.values()) abort.abort();
      underWay.clear();
      if (promises.size === 0) return;
      await new Promise<void>((resolve) => {
        const cancelWait = clock.after(LET_GO_MS, resolve);
        void Promise.allSettled([...promises]).then(() => {
          cancelWait();
          resolve();
        });
      });
    },
  };
}

function untilWake(state: State, now: number): number | null {
  return state.wakeAt === null ? null : Math.min(Math.max(0, state.wakeAt - now), LONGEST_SLEEP_MS);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
