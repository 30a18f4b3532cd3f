import * as v from "valibot";
import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import { type MessageRow, MessageRowSchema } from "../../../shared/model/mail.ts";

export const ACCOUNT_ID = "7f3f2c1e-4f0a-4d52-9a55-0d7c3c6f9b10";

const PEOPLE = [
  "Annika Sørensen",
  "Tomás Herrera",
  "Ngozi Okafor",
  "Klaus Brandt",
  "Mei-Ling Zhou",
  "Farid Haddad",
  "Ingrid Lindqvist",
  "Paolo Ricci",
  "Sarah O'Connell",
  "Дмитрий Волков",
  "佐藤 美咲",
  "Leila Rahimi",
  "Facilities",
  "Payroll",
  "IT Service Desk",
  "Travel Desk",
] as const;
const SUBJECTS = [
  "Budget for the third quarter",
  "Minutes of Tuesday's meeting",
  "Re: Contract with Nordwind, draft 4",
  "Maintenance window on Saturday",
  "Your travel request was approved",
  "Invitation: Review of the pilot",
  "Re: Re: Access to the archive",
  "Draft press release for your comments",
  "Slides for the board",
  "Fire drill on Thursday",
  "Re: Site visit in Tromsø",
  "Invoice 2026-1184",
  "Vacation plan of the team",
  "New form for expenses",
  "",
  "Re: Migration of the mail servers, what is still open and who does it",
] as const;
const PREVIEWS = [
  "Thanks for the figures. Two lines still need an owner before we can close this: travel and licences.",
  "Please find attached the minutes. Corrections by Friday, otherwise they count as agreed.",
  "Our counsel had three remarks on section 7, all of them small. I have marked them in the text.",
  "Between 06:00 and 10:00 mail and calendar may be slow or not reachable. Nothing is lost.",
  "All good from my side. Can we talk for ten minutes tomorrow, before the call with the ministry?",
] as const;
const HOUR = 3_600_000;

function mix(seed: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

const pick = <T>(list: readonly T[], seed: number): T | undefined => list[seed % list.length];

/** The row of a message: the same for an id at all times. Higher ids are newer. */
export function rowFor(id: MessageId | number, newest: number, folderId: FolderId, now: number): MessageRow {
  const age = newest - id;
  const random = mix(id);
  const name = pick(PEOPLE, random) ?? "";
  const subject = pick(SUBJECTS, random >>> 4) ?? "";
  return v.parse(MessageRowSchema, {
    id,
    accountId: ACCOUNT_ID,
    folderId,
    from: { name, email: `p${random % 16}@example.org` },
    to: "Annika Sørensen, Klaus Brandt",
    subject,
    preview: pick(PREVIEWS, random >>> 8) ?? "",
    date: now - age * HOUR * 0.7 - (random % 30) * 60_000 - 240_000,
    unread: age < 12 ? random % 3 === 0 : random % 23 === 0,
    flagged: random % 11 === 0,
    attachments: random % 4 === 0,
    invitation: subject.startsWith("Invitation"),
    answered: random % 5 === 0 ? "replied" : random % 17 === 0 ? "forwarded" : "none",
    pending: false,
  });
}

/** The text of a message, as a mail program might have written it. */
export function bodyFor(row: MessageRow): string {
  return `<div style="font-family: Calibri, sans-serif; font-size: 11pt">
<p>Hello,</p><p>${row.preview}</p>
<table border="1" cellpadding="6" style="border-collapse: collapse"><tr><th>Line</th><th>Planned</th><th>Spent</th></tr>
<tr><td>Travel</td><td align="right">12,000</td><td align="right">9,480</td></tr>
<tr><td>Licences</td><td align="right">48,500</td><td align="right">51,200</td></tr></table>
<p>The second line is above plan because two teams moved early. I would rather keep it visible than spread it.</p>
<p>Kind regards<br>${row.from.name}</p></div>`;
}
