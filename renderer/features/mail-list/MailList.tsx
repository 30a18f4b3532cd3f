import { useVirtualizer } from "@tanstack/react-virtual";
import { CircleAlert } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { MessageId } from "../../../shared/model/ids.ts";
import type { MessageRow } from "../../../shared/model/mail.ts";
import type { DateWords } from "../../state/dates.ts";
import type { MessageAction } from "../../state/message-actions.ts";
import { type ListSnapshot, type MessageList, rowAt } from "../../state/message-list.ts";
import type { Selection } from "../../state/selection.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { GRID, ROW } from "./grid-roles.ts";
import { GROUP_HEIGHT, groupStarts, heightOf, topOf } from "./groups.ts";
import { MailRow } from "./MailRow.tsx";
import "./mail-list.css";
import "./density.css";
import { SkeletonRow } from "./SkeletonRow.tsx";

export type PickMode = "one" | "toggle" | "range";

export interface MailListProps {
  readonly label: string;
  readonly list: MessageList;
  readonly snapshot: ListSnapshot;
  readonly words: DateWords;
  readonly now: number;
  readonly selection: Selection;
  readonly openId: MessageId | null;
  readonly showRecipients: boolean;
  /** Of a row without a heading, in CSS pixels. */
  readonly rowHeight: number;
  /** A click: chooses a row; without a modifier it opens, too. */
  readonly onPick: (row: MessageRow, index: number, mode: PickMode) => void;
  /** A right click, in the window's coordinates. */
  readonly onMenu: (row: MessageRow, index: number, at: { x: number; y: number }) => void;
  readonly onAction: (action: MessageAction, row: MessageRow) => void;
  /** Shown when there is nothing to list. */
  readonly empty: ReactNode;
}

const WAITING = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** The virtualised list: a grid that holds the focus and names its active row. */
export function MailList(props: MailListProps) {
  const { list, snapshot, words, now, selection, rowHeight } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const starts = useMemo(() => groupStarts(snapshot, words, now), [snapshot, words, now]);
  const total = snapshot.total ?? 0;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(starts, index, rowHeight),
    overscan: 6,
    scrollPaddingStart: GROUP_HEIGHT,
  });
  const shown = virtualizer.getVirtualItems();
  const top = virtualizer.scrollOffset ?? 0;
  const height = virtualizer.scrollRect?.height ?? 0;

  // The row that keeps its place when others come or go: the cursor while it is in view, else the first row.
  const pin = useRef<{ id: MessageId; index: number; at: number } | null>(null);
  const drawn = useRef({ starts, generation: snapshot.generation, rowHeight });
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = drawn.current;
    if (
      element === null ||
      (before.starts === starts &&
        before.generation === snapshot.generation &&
        before.rowHeight === rowHeight)
    )
      return;
    const regrouped =
      before.rowHeight !== rowHeight || before.starts.indexes.join() !== starts.indexes.join();
    const replaced = before.generation !== snapshot.generation;
    drawn.current = { starts, generation: snapshot.generation, rowHeight };
    if (regrouped) virtualizer.measure();
    const pinned = pin.current;
    if (pinned === null) return;
    const index = replaced
      ? snapshot.anchor?.id === pinned.id
        ? snapshot.anchor.index
        : null
      : pinned.index;
    if (index === null) return;
    const wanted = topOf(starts, index, rowHeight) - pinned.at;
    pin.current = { ...pinned, index };
    if (Math.abs(wanted - element.scrollTop) >= 1) element.scrollTop = wanted;
  }, [snapshot, starts, virtualizer, rowHeight]);

  const first = shown.find((item) => item.end > top)?.index ?? 0;
  const last = shown.findLast((item) => item.start < top + height)?.index ?? first;
  useEffect(() => {
    const { cursor } = selection;
    const inView = cursor !== null && cursor.index > first && cursor.index < last;
    const index = inView ? cursor.index : Math.min(first + 1, last);
    const row = rowAt(snapshot, index);
    // At the very top new mail may push the list down: there it is what a person waits for.
    pin.current =
      row === undefined || top < 4 ? null : { id: row.id, index, at: topOf(starts, index, rowHeight) - top };
    list.show(first, last, pin.current?.id ?? null);
  }, [list, snapshot, starts, selection, first, last, top, rowHeight]);

  // Only another cursor scrolls: the same message at a new index does not, because a person may look elsewhere.
  const cursorIndex = selection.cursor?.index ?? null;
  const cursorId = selection.cursor?.id ?? null;
  const scrolledTo = useRef<MessageId | null>(null);
  useEffect(() => {
    if (cursorId === scrolledTo.current) return;
    scrolledTo.current = cursorId;
    if (cursorIndex !== null) virtualizer.scrollToIndex(cursorIndex, { align: "auto" });
  }, [cursorId, cursorIndex, virtualizer]);

  if (snapshot.total === null && snapshot.error !== null) {
    return (
      <div className="mail-list-empty">
        <EmptyState icon={<CircleAlert size={32} strokeWidth={1.5} />} title="This folder cannot be shown">
          {snapshot.error.message}
        </EmptyState>
      </div>
    );
  }
  if (snapshot.total === 0) return <div className="mail-list-empty">{props.empty}</div>;
  const firstRow = rowAt(snapshot, first);
  const cursorShown = shown.some((item) => item.index === cursorIndex) && selection.cursor !== null;
  const grid = {
    ...GRID,
    "aria-label": props.label,
    "aria-rowcount": total,
    "aria-busy": snapshot.total === null,
    "aria-activedescendant": cursorShown ? `mail-row-${selection.cursor?.id}` : undefined,
  };
  return (
    <div className="mail-list">
      {firstRow === undefined ? null : (
        <div className="mail-list-group mail-list-group-fixed" aria-hidden>
          {words.group(firstRow.date, now)}
        </div>
      )}
      <div ref={scroller} className="mail-list-scroll" data-focus-target="list" {...grid}>
        {snapshot.total === null ? (
          WAITING.map((seed) => <SkeletonRow key={seed} seed={seed} />)
        ) : (
          <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
            {shown.map((item) => {
              const row = rowAt(snapshot, item.index);
              const label = starts.labels.get(item.index);
              const place = { transform: `translateY(${item.start}px)`, height: item.size };
              if (row === undefined) {
                return (
                  <div key={item.key} className="mail-list-item" role="presentation" style={place}>
                    <SkeletonRow seed={item.index} />
                  </div>
                );
              }
              const pick = (event: MouseEvent) =>
                props.onPick(
                  row,
                  item.index,
                  event.shiftKey ? "range" : event.ctrlKey || event.metaKey ? "toggle" : "one",
                );
              const cells = {
                ...ROW,
                id: `mail-row-${row.id}`,
                "aria-rowindex": item.index + 1,
                "aria-selected": selection.ids.has(row.id),
                onClick: pick,
                onContextMenu: (event: MouseEvent) => {
                  event.preventDefault();
                  props.onMenu(row, item.index, { x: event.clientX, y: event.clientY });
                },
              };
              return (
                <div key={row.id} className="mail-list-item" style={place} {...cells}>
                  {label === undefined ? null : <div className="mail-list-group">{label}</div>}
                  <MailRow
                    row={row}
                    words={words}
                    now={now}
                    selected={selection.ids.has(row.id)}
                    cursor={selection.cursor?.id === row.id}
                    open={props.openId === row.id}
                    showRecipients={props.showRecipients}
                    onAction={props.onAction}
                  />
                </div>
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
