import { useCallback, useEffect, useRef, useState } from "react";
import type { MessageId } from "../../shared/model/ids.ts";
import { type ListSnapshot, type MessageList, rowAt } from "../state/message-list.ts";
import {
  MAX_SELECTED,
  NOTHING_SELECTED,
  rangeTo,
  type Selection,
  selectOne,
  selectRange,
  stepFrom,
  toggleOne,
} from "../state/selection.ts";

export interface ListSelection {
  readonly selection: Selection;
  pick(id: MessageId, index: number, mode: "one" | "toggle" | "range"): void;
  /** Moves the cursor by rows, or to an end of the list; gives the row it came to, if that is loaded. */
  step(by: number | "first" | "last"): MessageId | null;
  selectAll(): void;
  clear(): void;
  set(id: MessageId, index: number): void;
}

/** What is chosen in a list. A new list starts with nothing chosen. */
export function useSelection(list: MessageList, snapshot: ListSnapshot): ListSelection {
  const [state, setState] = useState({ list, selection: NOTHING_SELECTED });
  const selection = state.list === list ? state.selection : NOTHING_SELECTED;
  const total = snapshot.total ?? 0;
  const change = useCallback((next: Selection) => setState({ list, selection: next }), [list]);
  const latest = useRef(selection);
  latest.current = selection;

  // After the rows were replaced the cursor's message may stand elsewhere, or be gone.
  const { generation } = snapshot;
  useEffect(() => {
    const { cursor } = latest.current;
    if (cursor === null || generation === 0) return;
    let dropped = false;
    void list.locate(cursor.id).then((index) => {
      const now = latest.current;
      if (dropped || now.cursor?.id !== cursor.id) return;
      if (index !== null) {
        if (index !== now.cursor.index) change({ ...now, cursor: { id: cursor.id, index }, pivot: index });
        return;
      }
      const ids = new Set(now.ids);
      ids.delete(cursor.id);
      change({ cursor: null, pivot: cursor.index, ids });
    });
    return () => {
      dropped = true;
    };
  }, [list, generation, change]);

  return {
    selection,
    pick(id, index, mode) {
      if (mode === "one") change(selectOne(id, index));
      else if (mode === "toggle") change(toggleOne(selection, id, index));
      else {
        const { from, to } = rangeTo(selection, index);
        void list.ids(from, to).then((ids) => change(selectRange(selection, id, index, ids)));
      }
    },
    step(by) {
      if (total === 0) return null;
      const wanted = by === "first" ? 0 : by === "last" ? total - 1 : stepFrom(selection, snapshot, by);
      const index = Math.min(total - 1, Math.max(0, wanted));
      const row = rowAt(snapshot, index);
      if (row !== undefined) {
        change(selectOne(row.id, index));
        return row.id;
      }
      void list.ids(index, index).then(([id]) => id !== undefined && change(selectOne(id, index)));
      return null;
    },
    selectAll() {
      void list.ids(0, Math.min(total, MAX_SELECTED) - 1).then((ids) => {
        const [first] = ids;
        if (first === undefined) return;
        change({ cursor: selection.cursor ?? { id: first, index: 0 }, pivot: 0, ids: new Set(ids) });
      });
    },
    clear: () => change(NOTHING_SELECTED),
    set: (id, index) => change(selectOne(id, index)),
  };
}
