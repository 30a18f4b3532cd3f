import { CalendarDays, MapPin, User } from "lucide-react";
import type { MeetingSummary } from "../../../shared/model/mail.ts";
import { meetingTime, nameOf } from "./reader-words.ts";

const ICON = { size: 15, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What an invitation invites to. */
export function MeetingCard({ meeting, locale }: { meeting: MeetingSummary; locale: string }) {
  const date = new Date(meeting.start);
  const month = new Intl.DateTimeFormat(locale, { month: "short" }).format(date);
  return (
    <section className="meeting" aria-label="Invitation">
      <div className="meeting-day" aria-hidden>
        <span className="meeting-month">{month}</span>
        <span className="meeting-number">{date.getDate()}</span>
      </div>
      <ul className="meeting-facts">
        <li className="meeting-time">
          <CalendarDays {...ICON} />
          {meetingTime(meeting, locale)}
        </li>
        {meeting.location.trim() === "" ? null : (
          <li>
            <MapPin {...ICON} />
            {meeting.location}
          </li>
        )}
        {meeting.organizer === null ? null : (
          <li>
            <User {...ICON} />
            Invited by {nameOf(meeting.organizer)}
          </li>
        )}
      </ul>
    </section>
  );
}
