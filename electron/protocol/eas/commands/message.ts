import type { Address, MeetingSummary } from "../../../../shared/model/mail.ts";
import type { RemoteAttachment, RemoteBody, RemoteMessageFields } from "../../../ports/remote.ts";
import { parseAddress, parseAddressList } from "../values/addresses.ts";
import { parseDate } from "../values/date.ts";
import { mediaTypeOf } from "../values/media-type.ts";
import {
  child,
  childInteger,
  children,
  childText,
  isElement,
  textOf,
  type WbxmlElement,
} from "../wbxml/index.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Fields = Writable<RemoteMessageFields>;

const maxSubject = 10_000;
const maxAttachments = 1_000;

/** The fields of a message from its ApplicationData or Properties (MS-ASEMAIL 2.2.2); absent ones stay undefined. */
export function readMessage(data: WbxmlElement | undefined): RemoteMessageFields {
  const fields: Fields = {};
  for (const part of data?.content ?? []) {
    if (!isElement(part)) continue;
    if (part.namespace === "Email") readEmail(fields, part);
    else if (part.namespace === "AirSyncBase") readBase(fields, part);
    else if (part.namespace === "Email2") readEmail2(fields, part);
  }
  return fields;
}

function readEmail(fields: Fields, element: WbxmlElement): void {
  switch (element.name) {
    case "Subject":
      fields.subject = textOf(element).slice(0, maxSubject);
      return;
    case "From":
      fields.from = parseAddressList(textOf(element));
      return;
    case "To":
      fields.to = parseAddressList(textOf(element));
      return;
    case "Cc":
      fields.cc = parseAddressList(textOf(element));
      return;
    case "ReplyTo":
      fields.replyTo = parseAddressList(textOf(element));
      return;
    case "DateReceived": {
      const date = parseDate(textOf(element));
      if (date !== undefined) fields.date = date;
      return;
    }
    case "Read":
      fields.read = textOf(element).trim() === "1";
      return;
    case "Flag":
      // 2 is active; 1 complete; an empty Flag means none (MS-ASEMAIL 2.2.2.72).
      fields.flagged = childText(element, "Email", "Status")?.trim() === "2";
      return;
    case "MessageClass":
      fields.messageClass = textOf(element).slice(0, 255);
      return;
    case "Importance":
      fields.importance = importanceOf(textOf(element).trim());
      return;
    case "MeetingRequest":
      fields.meeting = readMeeting(element);
  }
}

function importanceOf(text: string): 0 | 1 | 2 {
  if (text === "0") return 0;
  return text === "2" ? 2 : 1;
}

function readEmail2(fields: Fields, element: WbxmlElement): void {
  switch (element.name) {
    case "ConversationId": {
      const [id] = element.content;
      if (id instanceof Uint8Array) fields.conversationId = Buffer.from(id.subarray(0, 64)).toString("hex");
      else if (typeof id === "string") fields.conversationId = id.slice(0, 128);
      return;
    }
    case "LastVerbExecuted": {
      // 1 reply, 2 reply to all, 3 forward (MS-ASEMAIL 2.2.2.43).
      const verb = textOf(element).trim();
      fields.answered = verb === "3" ? "forwarded" : verb === "1" || verb === "2" ? "replied" : "none";
    }
  }
}

function readBase(fields: Fields, element: WbxmlElement): void {
  if (element.name === "Attachments") fields.attachments = readAttachments(element);
  else if (element.name === "Body") {
    const preview = childText(element, "AirSyncBase", "Preview");
    // Servers that make no previews send an empty one.
    if (preview !== null && preview.trim() !== "") fields.preview = preview.slice(0, 1_000);
    const body = readBody(element);
    if (body !== null) fields.body = body;
  }
}

/** A body with its data; null when only its size was told, or when it is RTF, which we do not ask for. */
export function readBody(element: WbxmlElement): RemoteBody | null {
  const kinds = { "1": "text", "2": "html", "4": "mime" } as const;
  const type = childText(element, "AirSyncBase", "Type")?.trim() ?? "";
  const data = childText(element, "AirSyncBase", "Data");
  const size = childInteger(element, "AirSyncBase", "EstimatedDataSize");
  if (type !== "1" && type !== "2" && type !== "4") return null;
  const truncated = childText(element, "AirSyncBase", "Truncated")?.trim() === "1";
  // An empty body may come without Data.
  if (data === null && (truncated || size !== 0)) return null;
  return { kind: kinds[type], data: data ?? "", truncated, size: Math.max(size ?? data?.length ?? 0, 0) };
}

/** Attachments that can be fetched; the others (links to clouds, 16.1) have no FileReference. */
function readAttachments(element: WbxmlElement): RemoteAttachment[] {
  return children(element, "AirSyncBase", "Attachment")
    .slice(0, maxAttachments)
    .flatMap((attachment) => {
      const fileReference = childText(attachment, "AirSyncBase", "FileReference") ?? "";
      if (fileReference === "") return [];
      const method = childText(attachment, "AirSyncBase", "Method")?.trim();
      const name = (childText(attachment, "AirSyncBase", "DisplayName") ?? "").slice(0, 1_000);
      const contentId = childText(attachment, "AirSyncBase", "ContentId")?.replace(/^<|>$/g, "") || null;
      return [
        {
          fileReference,
          name,
          // Method 5 is a message within the message (MS-ASAIRS 2.2.2.30).
          type: method === "5" ? "message/rfc822" : mediaTypeOf(name),
          size: Math.max(childInteger(attachment, "AirSyncBase", "EstimatedDataSize") ?? 0, 0),
          inline: isTrue(childText(attachment, "AirSyncBase", "IsInline")),
          contentId,
        },
      ];
    });
}

function isTrue(text: string | null): boolean {
  return text?.trim() === "1" || text?.trim().toLowerCase() === "true";
}

function readMeeting(element: WbxmlElement): MeetingSummary | null {
  const start = parseDate(childText(element, "Email", "StartTime") ?? "");
  const end = parseDate(childText(element, "Email", "EndTime") ?? "");
  if (start === undefined || end === undefined) return null;
  // 16.0 moved the place into AirSyncBase.
  const place = child(element, "AirSyncBase", "Location");
  const location =
    childText(place, "AirSyncBase", "DisplayName") ?? childText(element, "Email", "Location") ?? "";
  const organizer: Address | undefined = parseAddress(childText(element, "Email", "Organizer") ?? "");
  return {
    start,
    end,
    allDay: isTrue(childText(element, "Email", "AllDayEvent")),
    location: location.slice(0, 1_000),
    organizer: organizer ?? null,
  };
}
