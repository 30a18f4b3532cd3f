/** The middle of the values; the mean of the two in the middle where there is no one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

/** A figure of ours and a peer's, one soon after the other. */
export interface Round {
  readonly ours: number;
  readonly peer: number;
}

/**
 * The round in the middle by its ratio. What else the machine does changes both figures of a round alike, so
 * that the ratio within a round is steadier than either figure from round to round.
 */
export function middleRound(rounds: readonly Round[]): Round {
  const sorted = rounds.toSorted((a, b) => a.ours / a.peer - b.ours / b.peer);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? { ours: 0, peer: 0 };
}

/** The value that 95 in 100 of the values do not exceed (nearest rank). */
export function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

/** Milliseconds that a task took, and what it answered. */
export function timed<T>(task: () => T): { readonly ms: number; readonly value: T } {
  const began = performance.now();
  const value = task();
  return { ms: performance.now() - began, value };
}

/** Numbers from 0 up to 1, the same in every run (Park and Miller's generator). */
export function seededFractions(seed: number): () => number {
  let state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state - 1) / 2147483646;
  };
}
