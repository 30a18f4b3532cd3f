import type { CallError } from "../../shared/contract/define.ts";
import type { ListScope } from "../../shared/contract/mail.ts";
import type { MessageId } from "../../shared/model/ids.ts";
import type { MessageRow } from "../../shared/model/mail.ts";
import type { Bridge } from "../bridge/bridge.ts";

/** Rows asked for at once. */
export const PAGE_ROWS = 100;
/** Pages held at most: those nearest to the visible rows. */
const MAX_PAGES = 24;
/** Changes that come together are answered by one refresh, after this many milliseconds. */
const SETTLE_MS = 60;

/** What the list shows now. A new object for every change. */
export interface ListSnapshot {
  /** Null until the first answer. */
  readonly total: number | null;
  readonly error: CallError | null;
  readonly pages: ReadonlyMap<number, readonly MessageRow[]>;
  /** Grows when all pages were replaced after a change in the store. */
  readonly generation: number;
  /** Where the anchor row stands in this generation; null when there is none or it is gone. */
  readonly anchor: { readonly id: MessageId; readonly index: number } | null;
}

export interface MessageList {
  subscribe(listener: () => void): () => void;
  snapshot(): ListSnapshot;
  /** Says which rows are visible, and which of them must stay where it is when others come or go. */
  show(first: number, last: number, anchor: MessageId | null): void;
  /** Ids of the rows `from` to `to`, both included, whether loaded or not. */
  ids(from: number, to: number): Promise<MessageId[]>;
  /** Where a message stands now: from what is loaded, else asked. */
  locate(id: MessageId): Promise<number | null>;
}

/** Timers of the window, handed in so that tests decide when time passes. */
export type Later = (run: () => void, ms: number) => () => void;

/** The live list of one scope. It works while someone is subscribed. */
export function createMessageList(bridge: Bridge, scope: ListScope, later: Later): MessageList {
  const listeners = new Set<() => void>();
  let state: ListSnapshot = { total: null, error: null, pages: new Map(), generation: 0, anchor: null };
  let visible = { first: 0, last: 0, anchor: null as MessageId | null };
  let epoch = 0;
  const asked = new Set<number>();
  let cancel: (() => void) | null = null;
  let ends: (() => void)[] = [];

  const set = (next: Partial<ListSnapshot>): void => {
    state = { ...state, ...next };
    for (const listener of [...listeners]) listener();
  };
  const fetchPage = (page: number) =>
    bridge.engine.mail.page({ scope, offset: page * PAGE_ROWS, limit: PAGE_ROWS });

  const load = async (page: number): Promise<void> => {
    if (asked.has(page)) return;
    asked.add(page);
    const asking = epoch;
    const result = await fetchPage(page);
    if (asking !== epoch) return;
    asked.delete(page);
    if (!result.ok) {
      set({ error: result.error });
      return;
    }
    if (state.total !== null && result.value.total !== state.total) {
      // The store changed between two pages: they would not fit together.
      void refresh();
      return;
    }
    const pages = nearest(new Map(state.pages).set(page, result.value.rows), visible);
    set({ pages, total: result.value.total, error: null });
  };

  const refresh = async (): Promise<void> => {
    const asking = ++epoch;
    asked.clear();
    const { first, last, anchor } = visible;
    const before = anchor === null ? null : indexIn(state.pages, anchor);
    const found = anchor === null ? null : await bridge.engine.mail.indexOf({ scope, messageId: anchor });
    if (asking !== epoch) return;
    const index = found?.ok === true ? found.value : null;
    const shift = index === null || before === null ? 0 : index - before;
    const results = await Promise.all(
      pagesOf(first + shift, last + shift).map(async (page) => ({ page, result: await fetchPage(page) })),
    );
    if (asking !== epoch) return;
    const pages = new Map<number, readonly MessageRow[]>();
    let total = 0;
    for (const { page, result } of results) {
      if (!result.ok) {
        set({ error: result.error });
        return;
      }
      pages.set(page, result.value.rows);
      total = result.value.total;
    }
    set({
      pages,
      total,
      error: null,
      generation: state.generation + 1,
      anchor: anchor !== null && index !== null ? { id: anchor, index } : null,
    });
  };

  const changed = (): void => {
    cancel ??= later(() => {
      cancel = null;
      void refresh();
    }, SETTLE_MS);
  };

  return {
    subscribe(listener) {
      if (listeners.size === 0) {
        ends = [
          bridge.onFreshEngine(changed),
          bridge.on("mail.changed", ({ folderIds }) => {
            if (folderIds.includes(scope.folderId)) changed();
          }),
        ];
        void refresh();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        for (const end of ends) end();
        cancel?.();
        cancel = null;
        epoch++;
      };
    },
    snapshot: () => state,
    show(first, last, anchor) {
      visible = { first, last, anchor };
      if (state.total === null) return;
      for (const page of pagesOf(first, Math.min(last, state.total - 1))) {
        if (!state.pages.has(page)) void load(page);
      }
    },
    async ids(from, to) {
      const ids: MessageId[] = [];
      for (let offset = Math.max(0, from); offset <= to; offset += 500) {
        const limit = Math.min(500, to - offset + 1);
        const result = await bridge.engine.mail.page({ scope, offset, limit });
        if (!result.ok) break;
        for (const row of result.value.rows) ids.push(row.id);
        if (result.value.rows.length < limit) break;
      }
      return ids;
    },
    async locate(id) {
      const loaded = indexIn(state.pages, id);
      if (loaded !== null) return loaded;
      const result = await bridge.engine.mail.indexOf({ scope, messageId: id });
      return result.ok ? result.value : null;
    },
  };
}

/** The row at an index, while its page is loaded. */
export function rowAt(snapshot: ListSnapshot, index: number): MessageRow | undefined {
  return snapshot.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
}

/** The index of a message among the loaded pages. */
export function indexIn(pages: ListSnapshot["pages"], id: MessageId): number | null {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((row) => row.id === id);
    if (at >= 0) return page * PAGE_ROWS + at;
  }
  return null;
}

function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
  const to = Math.floor(Math.max(0, last) / PAGE_ROWS);
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, at) => from + at);
}

function nearest(
  pages: Map<number, readonly MessageRow[]>,
  visible: { readonly first: number; readonly last: number },
): Map<number, readonly MessageRow[]> {
  const middle = (visible.first + visible.last) / 2 / PAGE_ROWS;
  const far = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
  for (const page of far.slice(0, Math.max(0, pages.size - MAX_PAGES))) pages.delete(page);
  return pages;
}
