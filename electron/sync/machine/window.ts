import type { CollectionAnswer } from "../../ports/remote.ts";

/** MS-ASCMD 2.2.3.199: a WindowSize above 512 is treated as 512. */
export const LARGEST_WINDOW = 512;
export const FIRST_WINDOW = 100;

const QUICK_MS = 3_000;
const SLOW_MS = 15_000;
const HEAVY_CHARACTERS = 4 * 1024 * 1024;

function weight(answer: CollectionAnswer): number {
  let characters = 0;
  for (const message of [...answer.added, ...answer.changed]) characters += message.body?.data.length ?? 0;
  return characters;
}

/** The next window after an answer: wider when a full one came quickly, narrower when it was slow or heavy. */
export function windowAfterAnswer(window: number, answer: CollectionAnswer, tookMs: number): number {
  const size = weight(answer);
  if (tookMs > SLOW_MS || size > HEAVY_CHARACTERS) return Math.max(10, Math.floor(window / 2));
  const full = answer.added.length + answer.changed.length + answer.deleted.length >= window;
  if (full && tookMs < QUICK_MS && size < HEAVY_CHARACTERS / 2) {
    return Math.min(LARGEST_WINDOW, window * 2);
  }
  return window;
}

/** After a cut the next answer should be shorter, but still worth its round trip. */
export function windowAfterCut(window: number): number {
  return Math.max(Math.min(window, 10), Math.floor(window / 2));
}

/** After an answer that could not be read: down to a single item, so that one bad item is found and passed. */
export function windowAfterGarbage(window: number): number {
  return Math.max(1, Math.floor(window / 4));
}
