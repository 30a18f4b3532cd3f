import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { Address, MessageView } from "../../../shared/model/mail.ts";
import type { DateWords } from "../../state/dates.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { nameOf, peopleLine } from "./reader-words.ts";

/** Who wrote to whom, and when. The recipients open to their addresses. */
export function ReaderHeader({ view, words }: { view: MessageView; words: DateWords }) {
  const [shortDate] = useState(
    () => new Intl.DateTimeFormat(navigator.language, { dateStyle: "medium", timeStyle: "short" }),
  );
  const [open, setOpen] = useState(false);
  const { row, to, cc } = view;
  const recipients = [...to, ...cc];
  return (
    <header className="reader-head">
      <Avatar name={row.from.name} email={row.from.email} size={36} />
      <div className="reader-people">
        <div className="reader-line">
          <span className="reader-from">{nameOf(row.from)}</span>
          {row.from.name === "" ? null : <span className="reader-address">{row.from.email}</span>}
          <time
            className="reader-date"
            dateTime={new Date(row.date).toISOString()}
            title={words.full(row.date)}
          >
            {shortDate.format(row.date)}
          </time>
        </div>
        <AriaButton className="reader-to" aria-expanded={open} onPress={() => setOpen(!open)}>
          <span className="reader-to-line">
            {recipients.length === 0 ? "No recipients shown" : `To ${peopleLine(recipients, 3)}`}
          </span>
          <ChevronDown size={14} aria-hidden className="reader-to-mark" />
        </AriaButton>
        {open ? (
          <dl className="reader-recipients">
            <People term="From" people={[row.from]} />
            <People term="To" people={to} />
            <People term="Cc" people={cc} />
            <People term="Reply to" people={view.replyTo} />
            <dt>Date</dt>
            <dd>{words.full(row.date)}</dd>
          </dl>
        ) : null}
      </div>
    </header>
  );
}

function People({ term, people }: { term: string; people: readonly Address[] }) {
  if (people.length === 0) return null;
  return (
    <>
      <dt>{term}</dt>
      <dd>
        {people.map((person) => (
          <span key={`${person.email} ${person.name}`} className="reader-person">
            {person.name === "" ? null : `${person.name} `}
            <span className="reader-address">{person.email}</span>
          </span>
        ))}
      </dd>
    </>
  );
}
