/** A seeded generator of numbers from 0 up to 1: the same seed gives the same row on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed for a part of something: independent of how many numbers other parts draw. */
export function seedFor(seed: number, ...parts: readonly (number | string)[]): number {
  let hash = seed >>> 0;
  for (const part of parts) {
    for (const character of `${part}/`) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
      hash = (hash ^ (hash >>> 13)) >>> 0;
    }
  }
  return hash;
}

/** Draws from lists and ranges. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomFrom(seed);
  }

  real(): number {
    return this.#next();
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.#next() * list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  }

  /** `count` different ones, in the order they were drawn. */
  several<T>(list: readonly T[], count: number): T[] {
    const rest = [...list];
    const out: T[] = [];
    while (out.length < count && rest.length > 0) {
      out.push(...rest.splice(Math.floor(this.#next() * rest.length), 1));
    }
    return out;
  }
}
