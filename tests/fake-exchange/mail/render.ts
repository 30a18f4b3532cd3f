import iconv from "iconv-lite";
import type { MailAttachment, MailMessage, Person } from "./message.ts";

const CRLF = "\r\n";

/** iconv-lite has no ISO-2022-JP: it is made from EUC-JP, whose double bytes are JIS with the high bit set. */
function toIso2022Jp(text: string): Buffer {
  const out: number[] = [];
  let double = false;
  for (const character of text) {
    const bytes = iconv.encode(character, "euc-jp");
    const first = bytes[0] ?? 0x3f;
    if (bytes.length === 2 && first >= 0xa1) {
      if (!double) out.push(0x1b, 0x24, 0x42);
      double = true;
      out.push(first & 0x7f, (bytes[1] ?? 0xa1) & 0x7f);
    } else {
      if (double) out.push(0x1b, 0x28, 0x42);
      double = false;
      out.push(first < 0x80 ? first : 0x3f);
    }
  }
  if (double) out.push(0x1b, 0x28, 0x42);
  return Buffer.from(out);
}

export function encodeText(text: string, charset: string): Buffer {
  return charset === "iso-2022-jp" ? toIso2022Jp(text) : iconv.encode(text, charset);
}

/** The charset if it has every character of the text, otherwise UTF-8. */
function charsetFor(text: string, charset: string): string {
  const table = charset === "iso-2022-jp" ? "euc-jp" : charset;
  return iconv.decode(iconv.encode(text, table), table) === text ? charset : "utf-8";
}

/** RFC 2047 encoded words of at most 75 characters; a character is never cut in two. */
function encodedWords(text: string, wanted: string): string {
  const charset = charsetFor(text, wanted);
  const words: string[] = [];
  let part = "";
  const word = (value: string): string => `=?${charset}?B?${encodeText(value, charset).toString("base64")}?=`;
  for (const character of text) {
    if (part !== "" && word(part + character).length > 75) {
      words.push(word(part));
      part = "";
    }
    part += character;
  }
  words.push(word(part));
  return words.join(`${CRLF} `);
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

function headerText(text: string, charset: string): string {
  return isAscii(text) ? text : encodedWords(text, charset);
}

function person(one: Person, charset: string): string {
  if (one.name === "") return one.email;
  const name = isAscii(one.name)
    ? `"${one.name.replace(/["\\]/g, "\\$&")}"`
    : encodedWords(one.name, charset);
  return `${name} <${one.email}>`;
}

function people(name: string, list: readonly Person[], charset: string): string[] {
  return list.length === 0 ? [] : [`${name}: ${list.map((one) => person(one, charset)).join(`,${CRLF} `)}`];
}

function base64Lines(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,76}/g)
      ?.join(CRLF) ?? ""
  );
}

function quotedPrintable(bytes: Uint8Array): string {
  const lines: string[] = [];
  let line = "";
  const add = (piece: string): void => {
    if (line.length + piece.length > 75) {
      lines.push(`${line}=`);
      line = "";
    }
    line += piece;
  };
  for (let at = 0; at < bytes.length; at++) {
    const value = bytes[at] ?? 0;
    if (value === 0x0d && bytes[at + 1] === 0x0a) {
      lines.push(line.replace(/[ \t]$/, (blank) => (blank === " " ? "=20" : "=09")));
      line = "";
      at++;
    } else if ((value >= 0x20 && value <= 0x7e && value !== 0x3d) || value === 0x09) {
      add(String.fromCharCode(value));
    } else {
      add(`=${value.toString(16).toUpperCase().padStart(2, "0")}`);
    }
  }
  lines.push(line);
  return lines.join(CRLF);
}

function textPart(type: string, text: string, wanted: string): string {
  const withCrlf = text.replace(/\r?\n/g, CRLF);
  const charset = charsetFor(withCrlf, wanted);
  const bytes = encodeText(withCrlf, charset);
  const head = `Content-Type: ${type}; charset=${charset}${CRLF}Content-Transfer-Encoding: `;
  return charset === "utf-8" || charset.startsWith("iso-8859")
    ? `${head}quoted-printable${CRLF}${CRLF}${quotedPrintable(bytes)}${CRLF}`
    : `${head}base64${CRLF}${CRLF}${base64Lines(bytes)}${CRLF}`;
}

function fileName(attachment: MailAttachment): string {
  return isAscii(attachment.name)
    ? `filename="${attachment.name}"`
    : `filename*=utf-8''${encodeURIComponent(attachment.name)}`;
}

function attachmentPart(attachment: MailAttachment): string {
  const head = [
    `Content-Type: ${attachment.type}`,
    `Content-Disposition: ${attachment.inline ? "inline" : "attachment"};${CRLF} ${fileName(attachment)}`,
    ...(attachment.contentId === null ? [] : [`Content-ID: <${attachment.contentId}>`]),
  ];
  // A message inside of a message keeps its own lines (RFC 2046 5.2.1).
  if (attachment.type === "message/rfc822") {
    return `${head.join(CRLF)}${CRLF}${CRLF}${Buffer.from(attachment.content).toString("latin1")}${CRLF}`;
  }
  return `${head.join(CRLF)}${CRLF}Content-Transfer-Encoding: base64${CRLF}${CRLF}${base64Lines(attachment.content)}${CRLF}`;
}

function multipart(subtype: string, boundary: string, parts: readonly string[]): string {
  const body = parts.map((part) => `--${boundary}${CRLF}${part}`).join("");
  return `Content-Type: multipart/${subtype};${CRLF} boundary="${boundary}"${CRLF}${CRLF}${body}--${boundary}--${CRLF}`;
}

function calendarTime(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** The iCalendar form of an invitation (RFC 5546 REQUEST). */
function invitation(message: MailMessage): string | null {
  const { meeting } = message;
  if (meeting === null) return null;
  const lines = [
    "BEGIN:VCALENDAR",
    "PRODID:-//Example//Mail generator//EN",
    "VERSION:2.0",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    `UID:${meeting.uid}`,
    `DTSTAMP:${calendarTime(message.date)}`,
    ...(meeting.allDay
      ? [
          `DTSTART;VALUE=DATE:${calendarTime(meeting.start).slice(0, 8)}`,
          `DTEND;VALUE=DATE:${calendarTime(meeting.end).slice(0, 8)}`,
        ]
      : [`DTSTART:${calendarTime(meeting.start)}`, `DTEND:${calendarTime(meeting.end)}`]),
    `SUMMARY:${message.subject.replace(/[,;\\]/g, "\\$&")}`,
    `LOCATION:${meeting.location.replace(/[,;\\]/g, "\\$&")}`,
    `ORGANIZER;CN="${meeting.organizer.name}":mailto:${meeting.organizer.email}`,
    ...message.to.map(
      (one) => `ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN="${one.name}":mailto:${one.email}`,
    ),
    "SEQUENCE:0",
    "STATUS:CONFIRMED",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.join(CRLF) + CRLF;
}

/** The MIME form: alternative in related in mixed, as far as there is something to hold. */
export function renderMime(message: MailMessage): Uint8Array {
  const { charset } = message;
  const mark = `=_${message.messageId.replace(/[^A-Za-z0-9]/g, "").slice(0, 40)}`;
  const calendar = invitation(message);
  const alternatives = [
    textPart("text/plain", message.text, charset),
    ...(message.html === null ? [] : [textPart("text/html", message.html, charset)]),
    ...(calendar === null ? [] : [textPart("text/calendar; method=REQUEST", calendar, "utf-8")]),
  ];
  let body =
    alternatives.length === 1 ? (alternatives[0] ?? "") : multipart("alternative", `${mark}a`, alternatives);
  const inline = message.attachments.filter((attachment) => attachment.inline);
  if (inline.length > 0) body = multipart("related", `${mark}r`, [body, ...inline.map(attachmentPart)]);
  const files = message.attachments.filter((attachment) => !attachment.inline);
  if (files.length > 0) body = multipart("mixed", `${mark}m`, [body, ...files.map(attachmentPart)]);
  const headers = [
    `Date: ${new Date(message.date).toUTCString().replace("GMT", "+0000")}`,
    ...people("From", [message.from], charset),
    ...people("To", message.to, charset),
    ...people("Cc", message.cc, charset),
    ...people("Bcc", message.bcc, charset),
    ...people("Reply-To", message.replyTo, charset),
    `Message-ID: ${message.messageId}`,
    ...(message.inReplyTo === null ? [] : [`In-Reply-To: ${message.inReplyTo}`]),
    ...(message.references.length === 0 ? [] : [`References: ${message.references.join(`${CRLF} `)}`]),
    `Subject: ${headerText(message.subject, charset)}`,
    ...(message.topic === "" ? [] : [`Thread-Topic: ${headerText(message.topic, charset)}`]),
    ...(message.importance === 1 ? [] : [`Importance: ${message.importance === 2 ? "high" : "low"}`]),
    ...(message.readReceipt ? people("Disposition-Notification-To", [message.from], charset) : []),
    "MIME-Version: 1.0",
  ];
  return Buffer.from(`${headers.join(CRLF)}${CRLF}${body}`, "latin1");
}

/** A source for a message that is already there in full. */
export function renderedSource(message: MailMessage): {
  date: number;
  message(): MailMessage;
  mime(): Uint8Array;
} {
  return { date: message.date, message: () => message, mime: () => renderMime(message) };
}
