import type { Address, MeetingSummary, MessageView } from "../../../shared/model/mail.ts";

/** A person's name, or the address when there is none. */
export function nameOf(address: Address): string {
  return address.name.trim() || address.email;
}

/** "Ada Berg, Tom Falk and 4 others": at most `shown` names. */
export function peopleLine(people: readonly Address[], shown: number): string {
  const names = people.map(nameOf);
  if (names.length <= shown) return names.join(", ");
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(", ")} and ${rest} ${rest === 1 ? "other" : "others"}`;
}

/** The domain of an address in lower case; empty when it has none. */
export function domainOf(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 0 ? "" : email.slice(at + 1).toLowerCase();
}

/** Addresses that answers go to although the message does not come from them. */
export function otherReplyTo(view: Pick<MessageView, "row" | "replyTo">): Address[] {
  const from = view.row.from.email.toLowerCase();
  return view.replyTo.filter((address) => address.email !== "" && address.email.toLowerCase() !== from);
}

/** Whether the sender is outside every domain of the person's own accounts. */
export function isExternal(from: Address, ownAddresses: readonly string[]): boolean {
  const domain = domainOf(from.email);
  if (domain === "" || ownAddresses.length === 0) return false;
  return !ownAddresses.some((own) => {
    const ours = domainOf(own);
    return ours !== "" && (domain === ours || domain.endsWith(`.${ours}`));
  });
}

/** "Wed 25 November, 10:00 to 11:30" in the reader's own zone; days only for an all-day event. */
export function meetingTime(meeting: MeetingSummary, locale: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "long", ...zone });
  const hour = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", ...zone });
  // An all-day event ends at the midnight that begins the day after it.
  const end = meeting.allDay ? Math.max(meeting.start, meeting.end - 1) : meeting.end;
  const [first, last] = [day.format(meeting.start), day.format(end)];
  if (meeting.allDay) return first === last ? `${first}, all day` : `${first} to ${last}`;
  const [from, to] = [hour.format(meeting.start), hour.format(end)];
  return first === last ? `${first}, ${from} to ${to}` : `${first}, ${from} to ${last}, ${to}`;
}
