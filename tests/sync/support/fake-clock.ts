import type { Clock, Random } from "../../../electron/ports/basics.ts";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  #now = 1_700_000_000_000;
  #order = 0;
  #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    this.#order += 1;
    const timer = { at: this.#now + ms, order: this.#order, task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #next(until: number): Timer | null {
    let best: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.at > until) continue;
      if (best === null || timer.at < best.at || (timer.at === best.at && timer.order < best.order))
        best = timer;
    }
    return best;
  }

  /** Lets `ms` pass, firing timers in order; promises settle between them. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (let timer = this.#next(until); timer !== null; timer = this.#next(until)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.task();
      await settled();
    }
    this.#now = until;
  }

  /** Lets time pass until `done` holds, at most `ms`. Returns whether it came to hold. */
  async passUntil(done: () => boolean, ms: number): Promise<boolean> {
    const until = this.#now + ms;
    await settled();
    while (!done()) {
      const timer = this.#next(until);
      if (timer === null) {
        this.#now = until;
        return done();
      }
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.task();
      await settled();
    }
    return true;
  }
}

/** Every promise that can settle without time passing has settled afterwards. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A small repeatable generator (mulberry32): for tests and jitter, never for secrets. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function seededRandom(seed: number): Random {
  const fraction = seeded(seed);
  let count = 0;
  return {
    fraction,
    uuid() {
      count += 1;
      return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
    },
  };
}
