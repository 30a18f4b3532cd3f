import { CheckCheck, FileText, Inbox, MailSearch } from "lucide-react";
import { type ReactNode, useCallback, useDeferredValue, useEffect, useRef, useState } from "react";
import type { MessageId } from "../../shared/model/ids.ts";
import type { FolderNode, FolderRole, MessageRow } from "../../shared/model/mail.ts";
import type { MailtoFields } from "../content/index.ts";
import { type Filter, ListHeader } from "../features/mail-list/ListHeader.tsx";
import { MailList, type PickMode } from "../features/mail-list/MailList.tsx";
import { Reader } from "../features/reader/Reader.tsx";
import type { DateWords } from "../state/dates.ts";
import { ROW_HEIGHTS } from "../state/density.ts";
import { folderName } from "../state/folder-names.ts";
import type { MessageAction } from "../state/message-actions.ts";
import { indexIn, rowAt } from "../state/message-list.ts";
import { targets } from "../state/selection.ts";
import { useMessageList } from "../state/use-message-list.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { useCommands } from "./commands.tsx";
import { MessageMenu } from "./MessageMenu.tsx";
import { usePreferences } from "./preferences.tsx";
import type { MailActions } from "./use-mail-actions.ts";
import { useSelection } from "./use-selection.ts";

/** A message that is only followed by the reader counts as read after this many milliseconds. */
const FOLLOW_READ_MS = 1000;

export interface FolderViewProps {
  readonly folder: FolderNode;
  readonly words: DateWords;
  readonly now: number;
  readonly mac: boolean;
  readonly actions: MailActions;
  readonly onCompose: (mode: "reply" | "reply-all" | "forward", sourceId: MessageId) => void;
  readonly onMove: (ids: readonly MessageId[], from: FolderNode, done: () => void) => void;
  readonly onMailto: (fields: MailtoFields) => void;
  /** What stands above the list: the drafts that are only here. Null when there is nothing. */
  readonly above: ReactNode;
}

export function FolderView(props: FolderViewProps) {
  const { folder, words, now, actions } = props;
  const { values, change } = usePreferences();
  const [filter, setFilter] = useState<Filter>("all");
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query.trim());
  const { list, snapshot } = useMessageList({ folderId: folder.id, filter, query: asked });
  const chosen = useSelection(list, snapshot);
  const { selection } = chosen;
  const [openId, setOpenId] = useState<MessageId | null>(null);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const listPane = useRef<HTMLElement>(null);

  const rowOf = useCallback(
    (id: MessageId): MessageRow | undefined => {
      const index = indexIn(snapshot.pages, id);
      return index === null ? undefined : rowAt(snapshot, index);
    },
    [snapshot],
  );
  const open = (id: MessageId) => {
    setOpenId(id);
    if (rowOf(id)?.unread === true) actions.setRead([id], true);
  };
  const focusList = () => listPane.current?.querySelector<HTMLElement>("[data-focus-target=list]")?.focus();

  // A mark for what waits from outside for the first usable view: screenshots, benchmarks, tests.
  const usable = folder.role === "inbox" && rowAt(snapshot, 0) !== undefined;
  useEffect(() => {
    if (usable) document.documentElement.dataset.ready = "inbox";
  }, [usable]);

  const latest = useRef({ rowOf, actions });
  latest.current = { rowOf, actions };
  useEffect(() => {
    if (openId === null) return;
    const timer = setTimeout(() => {
      if (latest.current.rowOf(openId)?.unread === true) latest.current.actions.setRead([openId], true);
    }, FOLLOW_READ_MS);
    return () => clearTimeout(timer);
  }, [openId]);

  /** Puts the cursor on the message after those that are about to go, and follows it if one was open. */
  const advance = (going: readonly MessageId[]) => {
    const leaving = new Set(going);
    const indexes = going.map((id) => indexIn(snapshot.pages, id)).filter((index) => index !== null);
    const start = indexes.length === 0 ? 0 : Math.min(...indexes);
    const stays = (index: number) => {
      const row = rowAt(snapshot, index);
      return row === undefined || leaving.has(row.id) ? null : { row, index };
    };
    const below = Array.from({ length: going.length + 1 }, (_, at) => stays(start + at)).find(
      (hit) => hit !== null,
    );
    const next = below ?? (start > 0 ? stays(start - 1) : null);
    if (next === null) chosen.clear();
    else chosen.set(next.row.id, next.index - indexes.filter((index) => index < next.index).length);
    if (openId !== null && leaving.has(openId)) setOpenId(next?.row.id ?? null);
  };

  const act = (action: MessageAction, ids: readonly MessageId[]) => {
    const [first] = ids;
    if (first === undefined) return;
    const rows = ids.map(rowOf).filter((row) => row !== undefined);
    switch (action) {
      case "reply":
      case "reply-all":
      case "forward":
        return props.onCompose(action, first);
      case "toggle-read":
        return actions.setRead(
          ids,
          rows.some((row) => row.unread),
        );
      case "toggle-flag":
        return actions.setFlag(ids, !rows.every((row) => row.flagged));
      case "move":
        return props.onMove(ids, folder, () => advance(ids));
      case "remove":
        actions.remove(ids, folder.role === "trash");
        return advance(ids);
    }
  };
  const actOnChosen = (action: MessageAction) => {
    const ids = targets(selection);
    act(action, ids.length === 0 && openId !== null ? [openId] : ids);
  };
  const step = (by: number | "first" | "last") => {
    const id = chosen.step(by);
    if (id !== null && openId !== null) setOpenId(id);
    if (document.activeElement === document.body) focusList();
  };

  useCommands({
    next: () => step(1),
    previous: () => step(-1),
    first: () => step("first"),
    last: () => step("last"),
    open: () => {
      if (selection.cursor !== null) open(selection.cursor.id);
    },
    close: () => {
      if (selection.ids.size > 1 && selection.cursor !== null)
        chosen.set(selection.cursor.id, selection.cursor.index);
      else if (openId !== null) setOpenId(null);
      else if (query !== "") setQuery("");
      focusList();
    },
    search: () => {
      searchBox.current?.focus();
      searchBox.current?.select();
    },
    "select-all": chosen.selectAll,
    reply: () => actOnChosen("reply"),
    "reply-all": () => actOnChosen("reply-all"),
    forward: () => actOnChosen("forward"),
    remove: () => actOnChosen("remove"),
    move: () => actOnChosen("move"),
    "toggle-read": () => actOnChosen("toggle-read"),
    "toggle-flag": () => actOnChosen("toggle-flag"),
  });

  const pick = (row: MessageRow, index: number, mode: PickMode) => {
    chosen.pick(row.id, index, mode);
    if (mode === "one") open(row.id);
  };
  const name = folderName(folder);
  const label = asked === "" ? name : `${name}, search for ${asked}`;

  return (
    <>
      <section ref={listPane} className="pane-list" style={{ width: values.listWidth }} aria-label="Messages">
        <ListHeader
          title={name}
          unread={filter === "all" && asked === "" ? folder.unread : 0}
          total={snapshot.total ?? folder.total}
          selected={selection.ids.size}
          filter={filter}
          onFilter={setFilter}
          query={query}
          onQuery={setQuery}
          onLeaveSearch={focusList}
          searchRef={searchBox}
        />
        {asked === "" && filter === "all" ? props.above : null}
        {props.above !== null && asked === "" && filter === "all" && snapshot.total === 0 ? null : (
          <MailList
            key={`${folder.id} ${filter} ${asked}`}
            label={label}
            list={list}
            snapshot={snapshot}
            words={words}
            now={now}
            selection={selection}
            openId={openId}
            rowHeight={ROW_HEIGHTS[values.density]}
            showRecipients={folder.role === "sent" || folder.role === "drafts"}
            onPick={pick}
            onMenu={(row, index, at) => {
              if (!selection.ids.has(row.id)) chosen.set(row.id, index);
              setMenuAt(at);
            }}
            onAction={(action, row) => act(action, [row.id])}
            empty={emptyList(asked, filter, folder.role, () =>
              asked === "" ? setFilter("all") : setQuery(""),
            )}
          />
        )}
      </section>
      {menuAt === null ? null : (
        <MessageMenu at={menuAt} mac={props.mac} onAction={actOnChosen} onClose={() => setMenuAt(null)} />
      )}
      <Splitter
        label="Width of the list"
        width={values.listWidth}
        min={280}
        max={720}
        onResize={(listWidth) => change({ listWidth }, false)}
        onDone={() => change({ listWidth: values.listWidth }, true)}
      />
      <section className="pane-reader" aria-label="Reading">
        {selection.ids.size > 1 ? (
          <Several count={selection.ids.size} act={actOnChosen} />
        ) : (
          <Reader messageId={openId} onAction={(action, id) => act(action, [id])} onMailto={props.onMailto} />
        )}
      </section>
    </>
  );
}

function Several({ count, act }: { count: number; act: (action: MessageAction) => void }) {
  return (
    <EmptyState
      icon={<Inbox size={32} strokeWidth={1.5} />}
      title={`${count.toLocaleString()} messages selected`}
      action={
        <div className="choice">
          <Button onPress={() => act("toggle-read")}>Mark read or unread</Button>
          <Button onPress={() => act("toggle-flag")}>Flag</Button>
          <Button onPress={() => act("move")}>Move</Button>
          <Button onPress={() => act("remove")}>Delete {count.toLocaleString()} messages</Button>
        </div>
      }
    />
  );
}

function emptyList(query: string, filter: Filter, role: FolderRole, reset: () => void): ReactNode {
  if (query !== "") {
    return (
      <EmptyState
        icon={<MailSearch size={32} strokeWidth={1.5} />}
        title={`Nothing found for “${query}”`}
        action={<Button onPress={reset}>Clear search</Button>}
      >
        Search looks at senders, subjects and texts that are stored here.
      </EmptyState>
    );
  }
  if (filter !== "all") {
    return (
      <EmptyState
        icon={<CheckCheck size={32} strokeWidth={1.5} />}
        title={filter === "unread" ? "Everything is read" : "Nothing is flagged"}
        action={<Button onPress={reset}>Show all messages</Button>}
      />
    );
  }
  if (role === "drafts") {
    return (
      <EmptyState icon={<FileText size={32} strokeWidth={1.5} />} title="No drafts">
        What you begin to write is kept here until it is sent.
      </EmptyState>
    );
  }
  return <EmptyState icon={<Inbox size={32} strokeWidth={1.5} />} title="This folder is empty" />;
}
