import { htmlToText, textToHtml } from "../mail/convert.ts";
import type { MailMessage, Person } from "../mail/message.ts";
import type { BodyPreference, SyncOptions } from "../state/collection.ts";
import { type Item, serverIdOf } from "../state/mailbox.ts";
import { e, InlineBytes, type WbxmlOutput } from "../wbxml/node.ts";
import { type Context, isLegacy } from "./context.ts";

const quoted = (name: string): string => name.replace(/["\\]/g, "\\$&");

function addresses(list: readonly Person[]): string {
  return list.map((one) => (one.name === "" ? one.email : `"${quoted(one.name)}" <${one.email}>`)).join(", ");
}

/** An empty value is written as an empty tag. */
function field(name: string, value: string): WbxmlOutput {
  return value === "" ? e(name) : e(name, value);
}

const isoTime = (time: number): string => new Date(time).toISOString();
const compactTime = (time: number): string => isoTime(time).replace(/[-:]/g, "");

export function flagNode(item: Item): WbxmlOutput {
  return item.flag === 0
    ? e("Email:Flag")
    : e(
        "Email:Flag",
        e("Email:Status", item.flag),
        e("Email:FlagType", item.flag === 2 ? "Follow up" : "Flag complete"),
      );
}

/** Cuts UTF-8 at a character. */
function cutUtf8(bytes: Uint8Array, limit: number): Uint8Array {
  let end = Math.min(limit, bytes.length);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

/** 1 plain text, 2 HTML: the form the message is kept in (MS-ASAIRS 2.2.2.32). */
const nativeType = (message: MailMessage): number => (message.html === null ? 1 : 2);

function choose(message: MailMessage, options: SyncOptions): BodyPreference {
  const usable = options.bodies.filter((body) => body.type !== 4 || options.mimeSupport === 2);
  const native = nativeType(message);
  const mime = usable.find((body) => body.type === 4);
  const fallback = { type: 1, truncationSize: null, allOrNone: false, preview: 0 };
  return mime ?? usable.find((body) => body.type === native) ?? usable[0] ?? fallback;
}

/** `AirSyncBase:Body` and `NativeBodyType` as the client's preferences ask for them (MS-ASAIRS 3.2.4). */
function bodyNodes(context: Context, item: Item, options: SyncOptions): WbxmlOutput[] {
  const message = item.source.message();
  const preference = choose(message, options);
  const whole =
    preference.type === 4
      ? item.source.mime()
      : Buffer.from(
          preference.type === 2
            ? (message.html ?? textToHtml(message.text))
            : (message.text || htmlToText(message.html ?? "")).replace(/\r?\n/g, "\r\n"),
          "utf8",
        );
  const limit =
    preference.type === 4 ? (preference.truncationSize ?? options.mimeTruncation) : preference.truncationSize;
  const truncated = limit !== null && whole.length > limit;
  const sent = !truncated ? whole : preference.allOrNone ? whole.subarray(0, 0) : cutUtf8(whole, limit);
  const data = sent.includes(0) ? Buffer.from(sent).filter((byte) => byte !== 0) : sent;
  const preview = isLegacy(context) ? 0 : preference.preview;
  return [
    e(
      "AirSyncBase:Body",
      e("AirSyncBase:Type", preference.type),
      e("AirSyncBase:EstimatedDataSize", whole.length),
      truncated ? e("AirSyncBase:Truncated", 1) : null,
      data.length === 0 ? null : e("AirSyncBase:Data", new InlineBytes(data)),
      preview === 0
        ? null
        : field(
            "AirSyncBase:Preview",
            [...message.text.replace(/\s+/g, " ").trim()].slice(0, preview).join(""),
          ),
    ),
    e("AirSyncBase:NativeBodyType", nativeType(message)),
  ];
}

function attachmentNodes(item: Item, message: MailMessage): WbxmlOutput[] {
  if (message.attachments.length === 0) return [];
  return [
    e(
      "AirSyncBase:Attachments",
      message.attachments.map((attachment, at) =>
        e(
          "AirSyncBase:Attachment",
          field("AirSyncBase:DisplayName", attachment.name),
          e("AirSyncBase:FileReference", `${serverIdOf(item)}:${at}`.replaceAll(":", "%3a")),
          e("AirSyncBase:Method", attachment.type === "message/rfc822" ? 5 : 1),
          e("AirSyncBase:EstimatedDataSize", attachment.content.length),
          attachment.contentId === null ? null : e("AirSyncBase:ContentId", attachment.contentId),
          attachment.inline ? e("AirSyncBase:IsInline", 1) : null,
        ),
      ),
    ),
  ];
}

function meetingNodes(context: Context, message: MailMessage): WbxmlOutput[] {
  const { meeting } = message;
  if (meeting === null) return [];
  const modern = context.version.startsWith("16");
  return [
    e(
      "Email:MeetingRequest",
      e("Email:AllDayEvent", meeting.allDay ? 1 : 0),
      e("Email:StartTime", isoTime(meeting.start)),
      e("Email:DtStamp", isoTime(message.date)),
      e("Email:EndTime", isoTime(meeting.end)),
      e("Email:InstanceType", 0),
      modern
        ? e("AirSyncBase:Location", field("AirSyncBase:DisplayName", meeting.location))
        : field("Email:Location", meeting.location),
      e("Email:Organizer", addresses([meeting.organizer])),
      e("Email:Reminder", 900),
      e("Email:ResponseRequested", 1),
      e("Email:Sensitivity", 0),
      e("Email:BusyStatus", 2),
      e("Email:TimeZone", Buffer.alloc(172).toString("base64")),
      modern ? e("Calendar:UID", meeting.uid) : e("Email:GlobalObjId", globalObjectId(meeting.uid)),
      isLegacy(context) ? null : e("Email:DisallowNewTimeProposal", 0),
      isLegacy(context) || context.version === "14.0" ? null : e("Email2:MeetingMessageType", 1),
    ),
  ];
}

/** A GlobalObjId that carries a vCal UID (MS-ASEMAIL 2.2.2.35). */
function globalObjectId(uid: string): string {
  const data = Buffer.concat([
    Buffer.from("vCal-Uid\u0001\0\0\0", "latin1"),
    Buffer.from(`${uid}\0`, "utf8"),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  const classId = Buffer.from("040000008200E00074C5B7101A82E008", "hex");
  return Buffer.concat([classId, Buffer.alloc(20), length, data]).toString("base64");
}

function hash(textValue: string): Buffer {
  const out = Buffer.alloc(16);
  let state = 2166136261;
  for (let round = 0; round < 16; round++) {
    for (const character of textValue)
      state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
    out[round] = state & 0xff;
    state = (state ^ round) >>> 0;
  }
  return out;
}

/** The properties of a message for Sync and ItemOperations (MS-ASEMAIL 2.2.2). */
export function messageNodes(context: Context, item: Item, options: SyncOptions): WbxmlOutput[] {
  const message = item.source.message();
  const legacy = isLegacy(context);
  return [
    field("Email:To", addresses(message.to)),
    ...(message.cc.length > 0 ? [e("Email:Cc", addresses(message.cc))] : []),
    field("Email:From", addresses([message.from])),
    field("Email:Subject", message.subject),
    ...(message.replyTo.length > 0 ? [e("Email:ReplyTo", addresses(message.replyTo))] : []),
    e("Email:DateReceived", isoTime(item.source.date)),
    field("Email:DisplayTo", message.to.map((one) => one.name || one.email).join("; ")),
    field("Email:ThreadTopic", message.topic),
    e("Email:Importance", message.importance),
    e("Email:Read", item.read ? 1 : 0),
    ...attachmentNodes(item, message),
    ...bodyNodes(context, item, options),
    e("Email:MessageClass", message.messageClass),
    e("Email:InternetCPID", 65001),
    flagNode(item),
    e(
      "Email:ContentClass",
      message.meeting === null ? "urn:content-classes:message" : "urn:content-classes:calendarmessage",
    ),
    ...meetingNodes(context, message),
    ...(legacy
      ? []
      : [
          e("Email2:ConversationId", hash(message.topic)),
          e("Email2:ConversationIndex", hash(message.messageId).subarray(0, 5)),
        ]),
    ...(legacy || item.lastVerb === 0
      ? []
      : [
          e("Email2:LastVerbExecuted", item.lastVerb),
          e("Email2:LastVerbExecutionTime", compactTime(item.lastVerbAt)),
        ]),
  ];
}
