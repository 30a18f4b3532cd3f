/** Time, in milliseconds since the Unix epoch, and timers; replaceable, so that tests own time. */
export interface Clock {
  now(): number;
  /** Calls `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** Randomness; replaceable, so that a test can repeat a run. */
export interface Random {
  /** Uniform in [0, 1), for jitter. Never for secrets. */
  fraction(): number;
  /** A random (version 4) UUID. */
  uuid(): string;
}

/** One diagnostic line. Never content, addresses or secrets: ids, counts, codes and durations only. */
export type Log = (
  level: "debug" | "info" | "warn" | "error",
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | null>>,
) => void;
