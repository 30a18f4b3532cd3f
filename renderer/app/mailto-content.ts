import type { Address, DraftContent } from "../../shared/model/mail.ts";
import { type MailtoFields, paragraphs } from "../content/index.ts";

/** A draft's content as a `mailto:` link wants it, without hidden copies. */
export function mailtoContent({ to, cc, subject, text }: MailtoFields): Omit<DraftContent, "bcc"> {
  return { to: people(to), cc: people(cc), subject, html: paragraphs(text) };
}

function people(emails: readonly string[]): Address[] {
  return emails.map((email) => ({ name: "", email }));
}
