import { randomFrom } from "./generator/random.ts";

export type FaultAction =
  /** The connection ends: before anything is done, after it was done but before the answer, or within the answer. */
  | { readonly kind: "cut"; readonly at: "before" | "after" }
  | { readonly kind: "cut"; readonly at: "answer"; readonly bytes: number }
  | { readonly kind: "delay"; readonly ms: number }
  /** The request is processed twice, as by a proxy that repeats it; the second answer is sent. */
  | { readonly kind: "duplicate" }
  | { readonly kind: "http"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Status 200 with bytes that mean nothing. */
  | { readonly kind: "garbage"; readonly bytes: number }
  /** A correct HTTP answer whose WBXML stops in the middle. */
  | { readonly kind: "half" };

interface FaultTarget {
  readonly command: string;
  readonly user: string | null;
  /** Number of this request among all, from 1. */
  readonly number: number;
}

interface FaultRule {
  /** Only this command; "OPTIONS" for that request. */
  readonly command?: string;
  readonly when?: (target: FaultTarget) => boolean;
  /** The first so many matches pass. */
  readonly skip?: number;
  /** How many matches are hit; 1 unless told. */
  readonly times?: number;
  readonly action: FaultAction;
}

/** The faults of one test. Rules are asked in order; the first that matches acts. */
export class FaultPlan {
  readonly #rules: { readonly rule: FaultRule; seen: number; hit: number }[] = [];
  #random: {
    readonly next: () => number;
    readonly rate: number;
    readonly actions: readonly FaultAction[];
  } | null = null;
  hits = 0;

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0, hit: 0 });
  }

  clear(): void {
    this.#rules.length = 0;
    this.#random = null;
  }

  /** Besides the rules, hits a share of all requests, the same ones for the same seed and order of requests. */
  randomly(seed: number, rate: number, actions: readonly FaultAction[]): void {
    this.#random = { next: randomFrom(seed), rate, actions };
  }

  next(target: FaultTarget): FaultAction | null {
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (rule.command !== undefined && rule.command !== target.command) continue;
      if (rule.when !== undefined && !rule.when(target)) continue;
      entry.seen++;
      if (entry.seen <= (rule.skip ?? 0) || entry.hit >= (rule.times ?? 1)) continue;
      entry.hit++;
      this.hits++;
      return rule.action;
    }
    const random = this.#random;
    if (random === null || random.next() >= random.rate) return null;
    this.hits++;
    return random.actions[Math.floor(random.next() * random.actions.length)] ?? null;
  }
}
