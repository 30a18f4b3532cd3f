import type { DateWords } from "../../state/dates.ts";
import type { ListSnapshot } from "../../state/message-list.ts";
import { PAGE_ROWS, rowAt } from "../../state/message-list.ts";

/** Height of a heading in CSS pixels; `tokens.css` draws the same. */
export const GROUP_HEIGHT = 30;

/** Where a heading stands before a row. */
export interface GroupStarts {
  readonly labels: ReadonlyMap<number, string>;
  /** The same indexes in order. */
  readonly indexes: readonly number[];
}

/**
 * Finds the first row of each group among the loaded rows. A row whose neighbour above is not loaded starts no
 * group yet: the heading comes with the neighbour, and the anchor row keeps its place.
 */
export function groupStarts(snapshot: ListSnapshot, words: DateWords, now: number): GroupStarts {
  const labels = new Map<number, string>();
  for (const [page, rows] of [...snapshot.pages].sort(([a], [b]) => a - b)) {
    const base = page * PAGE_ROWS;
    const above = base === 0 ? undefined : rowAt(snapshot, base - 1);
    let last = above === undefined ? null : words.group(above.date, now);
    rows.forEach((row, at) => {
      const label = words.group(row.date, now);
      if (label !== last && (last !== null || base + at === 0)) labels.set(base + at, label);
      last = label;
    });
  }
  return { labels, indexes: [...labels.keys()].sort((a, b) => a - b) };
}

/** Height of a row, which without a heading is `rowHeight`, with its heading, if it has one. */
export function heightOf(starts: GroupStarts, index: number, rowHeight: number): number {
  return rowHeight + (starts.labels.has(index) ? GROUP_HEIGHT : 0);
}

/** Distance from the top of the list to a row, below its heading. */
export function topOf(starts: GroupStarts, index: number, rowHeight: number): number {
  let headings = 0;
  for (const start of starts.indexes) {
    if (start > index) break;
    headings++;
  }
  return index * rowHeight + headings * GROUP_HEIGHT;
}
