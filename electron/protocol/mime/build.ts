import MailComposer from "nodemailer/lib/mail-composer";
import { err, ok, type Result } from "../../../shared/base/result.ts";
import type { Address } from "../../../shared/model/mail.ts";

export interface OutgoingAttachment {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
  /** Set for a picture inside the HTML, which names it `cid:<contentId>`; without angle brackets. */
  readonly contentId?: string | null;
}

/** A message to write. Everything that varies is handed in, so that one message always gives the same bytes. */
export interface OutgoingMime {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** Written into the message: ActiveSync's SendMail has no envelope, the server reads Bcc and removes it. */
  readonly bcc: readonly Address[];
  readonly subject: string;
  /** Milliseconds since the Unix epoch. */
  readonly date: number;
  /** With angle brackets, as are the two below. */
  readonly messageId: string;
  readonly inReplyTo?: string | null;
  readonly references?: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly OutgoingAttachment[];
}

/** Why a message cannot be written; `field` names what is wrong. */
export interface BuildFault {
  readonly code: "bad-field" | "bad-address" | "failed";
  readonly field: string;
  readonly message: string;
}

const MESSAGE_ID = /^<[^\s<>@]{1,250}@[^\s<>@]{1,250}>$/;
const TYPE = /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}$/i;
const EMAIL = /^(?:[^\s<>()[\],;:"\\@]{1,128}|"[^"\\\s]{1,128}")@[^\s<>(),;:"\\@]{1,255}$/u;
/** RFC 3676's bound on a References field that servers still take: the first and the most recent. */
const MAX_REFERENCES = 50;

/**
 * Writes a message (RFC 5322, MIME) with CRLF line ends: text and HTML as alternatives, inline pictures related
 * to the HTML, file names in RFC 2231. A control character in any header field is refused, never cleaned away:
 * it would be somebody's attempt to add a header. Reads no file and no address, whatever the message says.
 */
export async function buildMime(outgoing: OutgoingMime): Promise<Result<Uint8Array, BuildFault>> {
  const fault = findFault(outgoing);
  if (fault !== null) return err(fault);
  const references = outgoing.references ?? [];
  const kept =
    references.length > MAX_REFERENCES
      ? [...references.slice(0, 1), ...references.slice(1 - MAX_REFERENCES)]
      : references;
  const composer = new MailComposer({
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "windows",
    // From the message's own identity: the same message must be the same bytes on every attempt.
    baseBoundary: Buffer.from(outgoing.messageId).toString("hex").slice(0, 40),
    from: mailbox(outgoing.from),
    to: outgoing.to.map(mailbox),
    cc: outgoing.cc.map(mailbox),
    bcc: outgoing.bcc.map(mailbox),
    subject: outgoing.subject,
    date: new Date(outgoing.date),
    messageId: outgoing.messageId,
    ...(outgoing.inReplyTo ? { inReplyTo: outgoing.inReplyTo } : {}),
    ...(kept.length > 0 ? { references: [...kept] } : {}),
    // An empty string would leave the part out.
    text: outgoing.text === "" ? "\n" : outgoing.text,
    ...(outgoing.html === "" ? {} : { html: outgoing.html }),
    attachments: outgoing.attachments.map(({ name, type, content, contentId }) => ({
      filename: name === "" ? false : name,
      contentType: TYPE.test(type) ? type : "application/octet-stream",
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      contentDisposition: contentId ? "inline" : "attachment",
      ...(contentId ? { cid: contentId } : {}),
    })),
  });
  try {
    const message = composer.compile();
    message.keepBcc = true;
    return ok(new Uint8Array(await message.build()));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "the message could not be written";
    return err({ code: "failed", field: "", message });
  }
}

function mailbox({ name, email }: Address): { name: string; address: string } {
  return { name, address: email };
}

function findFault(outgoing: OutgoingMime): BuildFault | null {
  const people = [outgoing.from, ...outgoing.to, ...outgoing.cc, ...outgoing.bcc];
  for (const { name, email } of people) {
    if (hasControls(name)) return badField("name");
    if (!EMAIL.test(email) || hasControls(email)) {
      return { code: "bad-address", field: "email", message: `"${printable(email)}" is not a mail address` };
    }
  }
  if (hasControls(outgoing.subject)) return badField("subject");
  if (!Number.isFinite(new Date(outgoing.date).getTime())) return badField("date");
  const ids = [outgoing.messageId, ...(outgoing.references ?? [])];
  if (outgoing.inReplyTo) ids.push(outgoing.inReplyTo);
  if (ids.some((id) => !MESSAGE_ID.test(id) || hasControls(id))) return badField("message-id");
  for (const { name, type, contentId } of outgoing.attachments) {
    if (hasControls(name)) return badField("attachment name");
    if (hasControls(type)) return badField("attachment type");
    if (contentId && !/^[^\s<>]{1,250}$/.test(contentId)) return badField("content-id");
  }
  return null;
}

function badField(field: string): BuildFault {
  return { code: "bad-field", field, message: `the ${field} holds characters that a mail header cannot` };
}

/** Tabs are white space to a header; every other control character is refused. */
function hasControls(text: string): boolean {
  return /[^\P{Cc}\t]/u.test(text);
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "?").slice(0, 80);
}
