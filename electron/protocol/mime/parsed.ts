import type { Address } from "../../../shared/model/mail.ts";
import type { MimeWarning } from "./limits.ts";

/** A part of the message as its headers describe it. `size` is that of its decoded content, in bytes. */
export interface MimePart {
  readonly type: string;
  readonly charset: string | null;
  readonly encoding: string;
  readonly size: number;
  readonly children: readonly MimePart[];
}

export interface ParsedAttachment {
  /** Safe as a file name; never empty. */
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Of the content, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Meant to be seen inside the text rather than in the list of files. */
  readonly inline: boolean;
  /** Without angle brackets, as a `cid:` address names it. */
  readonly contentId: string | null;
  readonly content: Uint8Array;
}

/** A text/calendar part: an invitation, an answer or a cancellation. */
export interface CalendarPart {
  /** Upper case, from the part's own `method` parameter. */
  readonly method: string | null;
  readonly text: string;
}

/** A message as read. Strings are Unicode with `\n` as line end; absent fields are null or empty. */
export interface ParsedMime {
  readonly subject: string;
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: readonly Address[];
  /** ISO 8601, in UTC. */
  readonly date: string | null;
  /** With angle brackets, as in the header; so are the two below. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly ParsedAttachment[];
  readonly calendar: readonly CalendarPart[];
  readonly parts: MimePart;
  readonly warnings: readonly MimeWarning[];
}

/** Why bytes could not be read as a message at all. */
export interface NotAMessage {
  readonly code: "empty" | "too-large" | "not-a-message";
  readonly message: string;
  /** Offset of the first byte that is wrong. */
  readonly at: number;
}
