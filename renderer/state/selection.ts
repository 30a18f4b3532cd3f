import type { MessageId } from "../../shared/model/ids.ts";
import { indexIn, type ListSnapshot, rowAt } from "./message-list.ts";

/**
 * Which messages are chosen in a list. `cursor` is the one the keys act from, `pivot` where a range began.
 * Ids carry the meaning; indexes are only where they were seen last.
 */
export interface Selection {
  readonly cursor: { readonly id: MessageId; readonly index: number } | null;
  readonly pivot: number;
  readonly ids: ReadonlySet<MessageId>;
}

export const NOTHING_SELECTED: Selection = { cursor: null, pivot: 0, ids: new Set() };

/** Largest number of messages that can be chosen at once, which is what one action may name. */
export const MAX_SELECTED = 10_000;

/** One message alone: a click, or a step with the keys. */
export function selectOne(id: MessageId, index: number): Selection {
  return { cursor: { id, index }, pivot: index, ids: new Set([id]) };
}

/** Ctrl and a click: adds a message, or takes it out. */
export function toggleOne(selection: Selection, id: MessageId, index: number): Selection {
  const ids = new Set(selection.ids);
  if (ids.has(id)) ids.delete(id);
  else if (ids.size < MAX_SELECTED) ids.add(id);
  return { cursor: { id, index }, pivot: index, ids };
}

/** Shift and a click: everything from the pivot to here, and nothing else. */
export function selectRange(
  selection: Selection,
  id: MessageId,
  index: number,
  between: readonly MessageId[],
): Selection {
  return { cursor: { id, index }, pivot: selection.pivot, ids: new Set(between.slice(0, MAX_SELECTED)) };
}

/** The rows that a range to `index` takes in, first and last. */
export function rangeTo(selection: Selection, index: number): { from: number; to: number } {
  const from = Math.min(selection.pivot, index);
  return { from, to: Math.min(Math.max(selection.pivot, index), from + MAX_SELECTED - 1) };
}

/** What an action means: the chosen messages, or the one under the cursor. */
export function targets(selection: Selection): MessageId[] {
  if (selection.ids.size > 0) return [...selection.ids];
  return selection.cursor === null ? [] : [selection.cursor.id];
}

/**
 * The index that a step by rows leads to; it may lie outside the list. A cursor whose message moved is followed
 * by its id. Where its message is gone, its neighbours have closed the gap: the next row stands at its index.
 */
export function stepFrom(selection: Selection, snapshot: ListSnapshot, by: number): number {
  const { cursor } = selection;
  const gap = cursor?.index ?? selection.pivot;
  const stands = cursor === null ? null : rowAt(snapshot, gap);
  const index =
    cursor === null || stands === undefined || stands?.id === cursor.id
      ? cursor?.index
      : indexIn(snapshot.pages, cursor.id);
  return (index ?? (by > 0 ? gap - 1 : gap)) + by;
}
