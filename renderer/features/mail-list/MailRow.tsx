import {
  CalendarClock,
  CloudUpload,
  CornerUpLeft,
  CornerUpRight,
  Flag,
  Mail,
  MailOpen,
  Paperclip,
  Trash2,
} from "lucide-react";
import { type MouseEvent, memo, useState } from "react";
import type { MessageRow } from "../../../shared/model/mail.ts";
import type { DateWords } from "../../state/dates.ts";
import type { MessageAction } from "../../state/message-actions.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { classNames } from "../../ui/class-names.ts";
import { CELL } from "./grid-roles.ts";

export interface MailRowProps {
  readonly row: MessageRow;
  readonly words: DateWords;
  readonly now: number;
  readonly selected: boolean;
  readonly cursor: boolean;
  readonly open: boolean;
  /** Sent and Drafts name whom it went to. */
  readonly showRecipients: boolean;
  readonly onAction: (action: MessageAction, row: MessageRow) => void;
}

/** What a screen reader says of a row, the most telling first. */
export function describeRow(row: MessageRow, words: DateWords, showRecipients: boolean): string {
  const who = showRecipients ? `To ${row.to}` : row.from.name || row.from.email;
  return [
    row.unread ? "Unread" : null,
    row.flagged ? "Flagged" : null,
    who,
    row.subject === "" ? "No subject" : row.subject,
    words.full(row.date),
    row.attachments ? "Has attachments" : null,
    row.invitation ? "Invitation" : null,
    row.answered === "replied" ? "Replied" : row.answered === "forwarded" ? "Forwarded" : null,
    row.pending ? "Waits for the server" : null,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

function Marks({ row }: { row: MessageRow }) {
  return (
    <span className="mail-row-marks">
      {row.answered === "replied" ? <CornerUpLeft {...ICON} /> : null}
      {row.answered === "forwarded" ? <CornerUpRight {...ICON} /> : null}
      {row.invitation ? <CalendarClock {...ICON} /> : null}
      {row.attachments ? <Paperclip {...ICON} /> : null}
      {row.pending ? <CloudUpload {...ICON} className="mail-row-pending" /> : null}
      {row.flagged ? <Flag {...ICON} className="mail-row-flag" fill="currentColor" /> : null}
    </span>
  );
}

function RowActions({ row, onAction }: Pick<MailRowProps, "row" | "onAction">) {
  const action = (kind: MessageAction) => (event: MouseEvent) => {
    event.stopPropagation();
    onAction(kind, row);
  };
  return (
    <div {...CELL} className="mail-row-actions">
      <button type="button" tabIndex={-1} title="Delete" aria-label="Delete" onClick={action("remove")}>
        <Trash2 {...ICON} size={16} />
      </button>
      <button
        type="button"
        tabIndex={-1}
        title={row.unread ? "Mark read" : "Mark unread"}
        aria-label={row.unread ? "Mark read" : "Mark unread"}
        onClick={action("toggle-read")}
      >
        {row.unread ? <MailOpen {...ICON} size={16} /> : <Mail {...ICON} size={16} />}
      </button>
      <button
        type="button"
        tabIndex={-1}
        title={row.flagged ? "Clear flag" : "Flag"}
        aria-label={row.flagged ? "Clear flag" : "Flag"}
        onClick={action("toggle-flag")}
      >
        <Flag {...ICON} size={16} fill={row.flagged ? "currentColor" : "none"} />
      </button>
    </div>
  );
}

/** One message in the list, as the cells of a grid row. */
export const MailRow = memo(function MailRow(props: MailRowProps) {
  const { row, words, now, showRecipients, onAction } = props;
  const name = showRecipients ? row.to : row.from.name || row.from.email;
  // Made only under the pointer: most rows that scroll past never need their actions.
  const [near, setNear] = useState(false);
  return (
    <div
      className={classNames(
        "mail-row",
        row.unread && "mail-row-unread",
        props.selected && "mail-row-selected",
        props.cursor && "mail-row-cursor",
        props.open && "mail-row-open",
        near && "mail-row-near",
      )}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      <div {...CELL} className="mail-row-cell">
        <span className="visually-hidden">{describeRow(row, words, showRecipients)}</span>
        <Avatar name={name} email={showRecipients ? row.to : row.from.email} />
        <div className="mail-row-text" aria-hidden>
          <div className="mail-row-line">
            <span className="mail-row-who">{name}</span>
            <time className="mail-row-time" title={words.full(row.date)}>
              {words.row(row.date, now)}
            </time>
          </div>
          <div className="mail-row-line">
            <span className="mail-row-subject">{row.subject === "" ? "(No subject)" : row.subject}</span>
            <Marks row={row} />
          </div>
          <div className="mail-row-preview">{row.preview}</div>
        </div>
      </div>
      {near ? <RowActions row={row} onAction={onAction} /> : null}
    </div>
  );
});
