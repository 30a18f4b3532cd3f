export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface MailAttachment {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
  /** Shown inside of the HTML by its Content-Id. */
  readonly inline: boolean;
  /** Without angle brackets. */
  readonly contentId: string | null;
}

interface MailMeeting {
  readonly uid: string;
  /** Milliseconds since the Unix epoch, as all times here. */
  readonly start: number;
  readonly end: number;
  readonly allDay: boolean;
  readonly location: string;
  readonly organizer: Person;
}

/** A message as its sender meant it, before it is MIME or ActiveSync. */
export interface MailMessage {
  /** With angle brackets. */
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly date: number;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly replyTo: readonly Person[];
  readonly subject: string;
  /** The subject of the thread's first message. */
  readonly topic: string;
  readonly importance: 0 | 1 | 2;
  readonly html: string | null;
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
  readonly meeting: MailMeeting | null;
  readonly messageClass: string;
  /** Charset of the MIME form. */
  readonly charset: string;
  readonly readReceipt: boolean;
}

/** Where a stored message's content comes from: made when asked, so that 100,000 fit in memory. */
export interface MessageSource {
  readonly date: number;
  message(): MailMessage;
  mime(): Uint8Array;
}

/** A message with every field that was not given set to what a plain mail has. */
export function mailMessage(
  given: Partial<MailMessage> & Pick<MailMessage, "from" | "to" | "subject" | "date" | "messageId">,
): MailMessage {
  return {
    inReplyTo: null,
    references: [],
    cc: [],
    bcc: [],
    replyTo: [],
    topic: given.subject.replace(/^(?:(?:re|fw|fwd|aw|wg):\s*)+/i, ""),
    importance: 1,
    html: null,
    text: "",
    attachments: [],
    meeting: null,
    messageClass: "IPM.Note",
    charset: "utf-8",
    readReceipt: false,
    ...given,
  };
}
