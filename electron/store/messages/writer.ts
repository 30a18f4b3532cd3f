import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Address } from "../../../shared/model/mail.ts";
import type { RemoteMessage, RemoteMessageFields } from "../../ports/remote.ts";
import type { Db } from "../db/database.ts";
import { addressesJson } from "../json.ts";
import { wholeNumber } from "../numbers.ts";
import type { AttachmentList } from "./attachments-list.ts";
import type { BodyWriter } from "./body-writer.ts";
import type { Correspondents } from "./correspondents.ts";
import { previewOf, type SearchIndex } from "./index-text.ts";
import type { Projection } from "./project.ts";

/** The folder that a server named a message in. */
export interface Place {
  readonly id: FolderId;
  readonly account: number;
  readonly role: string;
  readonly pass: number;
}

/** Writes what a server said about messages; every call is within the caller's transaction. */
export interface MessageWriter {
  insert(place: Place, message: RemoteMessage, at: number, twinOf: MessageId | null): MessageId;
  /** Fields that were not sent stay. */
  update(messageId: MessageId, place: Place, fields: RemoteMessageFields): void;
  remove(messageId: MessageId): void;
}

/** Longer subjects and names are cut, in characters. */
export const MAX_SUBJECT = 1_000;
export const MAX_NAME = 320;
type Fields = Record<string, string | number | null>;

const ANSWERED = { none: 0, replied: 1, forwarded: 2 } as const;
const NO_ADDRESS: Address = { name: "", email: "" };

export function messageWriter(
  db: Db,
  parts: {
    readonly index: SearchIndex;
    readonly bodies: BodyWriter;
    readonly attachments: AttachmentList;
    readonly correspondents: Correspondents;
    readonly view: Projection;
  },
): MessageWriter {
  const insert = db.sql.prepare(
    `INSERT INTO messages (folder_id, date, read, flagged, answered, has_attachments, invitation,
       server_folder_id, server_id, server_read, server_flagged, pass, twin_of,
       from_name, from_email, to_text, subject, preview)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertDetails = db.sql.prepare(
    `INSERT INTO message_details
       (message_id, to_json, cc_json, reply_to_json, message_class, importance, conversation_id, meeting_json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateState = db.sql.prepare(
    `UPDATE messages SET pass = ?, server_read = coalesce(?, server_read), server_flagged = coalesce(?, server_flagged)
     WHERE id = ?`,
  );
  const updateRow = db.sql.prepare<Fields>(
    `UPDATE messages SET date = coalesce(@date, date), answered = coalesce(@answered, answered),
       invitation = coalesce(@invitation, invitation), from_name = coalesce(@fromName, from_name),
       from_email = coalesce(@fromEmail, from_email), to_text = coalesce(@toText, to_text),
       subject = coalesce(@subject, subject), preview = coalesce(@preview, preview)
     WHERE id = @id AND (date IS NOT coalesce(@date, date) OR answered IS NOT coalesce(@answered, answered)
       OR invitation IS NOT coalesce(@invitation, invitation) OR from_name IS NOT coalesce(@fromName, from_name)
       OR from_email IS NOT coalesce(@fromEmail, from_email) OR to_text IS NOT coalesce(@toText, to_text)
       OR subject IS NOT coalesce(@subject, subject) OR preview IS NOT coalesce(@preview, preview))`,
  );
  const updateDetails = db.sql.prepare<Fields>(
    `UPDATE message_details SET to_json = coalesce(@to, to_json), cc_json = coalesce(@cc, cc_json),
       reply_to_json = coalesce(@replyTo, reply_to_json), message_class = coalesce(@messageClass, message_class),
       importance = coalesce(@importance, importance), conversation_id = coalesce(@conversationId, conversation_id),
       meeting_json = CASE WHEN @meetingSent THEN @meeting ELSE meeting_json END
     WHERE message_id = @id AND (to_json IS NOT coalesce(@to, to_json) OR cc_json IS NOT coalesce(@cc, cc_json)
       OR reply_to_json IS NOT coalesce(@replyTo, reply_to_json) OR message_class IS NOT coalesce(@messageClass, message_class)
       OR importance IS NOT coalesce(@importance, importance) OR conversation_id IS NOT coalesce(@conversationId, conversation_id)
       OR @meetingSent)`,
  );
  const place = db.sql
    .prepare<[MessageId], FolderId | null>("SELECT folder_id FROM messages WHERE id = ?")
    .pluck();
  const twins = db.sql.prepare<[MessageId], MessageId>("SELECT id FROM messages WHERE twin_of = ?").pluck();
  const untwin = db.sql.prepare<[MessageId]>("UPDATE messages SET twin_of = NULL WHERE id = ?");
  const remove = db.sql.prepare<[MessageId]>("DELETE FROM messages WHERE id = ?");

  function reindex(messageId: MessageId): void {
    parts.index.put(messageId, parts.bodies.words(messageId), false);
  }

  return {
    insert(target, message, at, twinOf) {
      const from = message.from?.[0] ?? NO_ADDRESS;
      const words = message.body === undefined ? "" : parts.index.words(message.body.kind, message.body.data);
      const read = Number(message.read ?? false);
      const flagged = Number(message.flagged ?? false);
      const date = wholeNumber(message.date ?? at, at);
      const done = insert.run(
        twinOf === null ? target.id : null,
        date,
        read,
        flagged,
        ANSWERED[message.answered ?? "none"],
        message.attachments?.some((item) => !item.inline) ? 1 : 0,
        Number(isInvitation(message)),
        target.id,
        message.serverId,
        read,
        flagged,
        target.pass,
        twinOf,
        from.name.slice(0, MAX_NAME),
        from.email.slice(0, MAX_NAME),
        shortList(message.to ?? []),
        (message.subject ?? "").slice(0, MAX_SUBJECT),
        previewOf(message.preview ?? words),
      );
      const messageId = Number(done.lastInsertRowid) as MessageId;
      insertDetails.run(
        messageId,
        addressesJson(message.to ?? []),
        addressesJson(message.cc ?? []),
        addressesJson(message.replyTo ?? []),
        message.messageClass ?? "",
        message.importance ?? 1,
        message.conversationId ?? null,
        message.meeting ? JSON.stringify(message.meeting) : null,
      );
      if (message.attachments !== undefined && message.attachments.length > 0)
        parts.attachments.save(messageId, message.attachments);
      if (message.body !== undefined) parts.bodies.save(messageId, message.body, "replace");
      parts.index.put(messageId, words, true);
      parts.correspondents.note(target, message, date);
      db.changes.message(messageId, twinOf === null ? target.id : null);
      db.changes.topic("folders");
      return messageId;
    },

    update(messageId, target, fields) {
      updateState.run(target.pass, flag(fields.read), flag(fields.flagged), messageId);
      const from = fields.from === undefined ? null : (fields.from[0] ?? NO_ADDRESS);
      const invitation =
        fields.messageClass === undefined && fields.meeting === undefined
          ? null
          : Number(isInvitation(fields));
      const row = updateRow.run({
        id: messageId,
        date: fields.date === undefined ? null : wholeNumber(fields.date, null),
        answered: fields.answered === undefined ? null : ANSWERED[fields.answered],
        invitation,
        fromName: from?.name.slice(0, MAX_NAME) ?? null,
        fromEmail: from?.email.slice(0, MAX_NAME) ?? null,
        toText: fields.to === undefined ? null : shortList(fields.to),
        subject: fields.subject?.slice(0, MAX_SUBJECT) ?? null,
        preview: fields.preview === undefined ? null : previewOf(fields.preview),
      });
      const details = updateDetails.run({
        id: messageId,
        to: fields.to === undefined ? null : addressesJson(fields.to),
        cc: fields.cc === undefined ? null : addressesJson(fields.cc),
        replyTo: fields.replyTo === undefined ? null : addressesJson(fields.replyTo),
        messageClass: fields.messageClass ?? null,
        importance: fields.importance ?? null,
        conversationId: fields.conversationId ?? null,
        meetingSent: fields.meeting === undefined ? 0 : 1,
        meeting: fields.meeting ? JSON.stringify(fields.meeting) : null,
      });
      const files = fields.attachments !== undefined && parts.attachments.save(messageId, fields.attachments);
      // Only what lies in Drafts can change its text; elsewhere a shortened copy must not replace a whole one.
      const body =
        fields.body !== undefined &&
        parts.bodies.save(messageId, fields.body, target.role === "drafts" ? "replace" : "keep-whole");
      if (row.changes > 0 || details.changes > 0 || body || files) reindex(messageId);
      db.changes.message(messageId, place.get(messageId) ?? null);
      parts.view.project(messageId);
    },

    remove(messageId) {
      db.changes.message(messageId, place.get(messageId) ?? null);
      db.changes.topic("folders");
      const hidden = twins.all(messageId);
      parts.index.delete(messageId);
      remove.run(messageId);
      for (const twin of hidden) {
        untwin.run(twin);
        parts.view.project(twin);
      }
    },
  };
}

function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : Number(value);
}

/** MS-ASEMAIL MessageClass: meeting requests, answers and cancellations are IPM.Schedule.Meeting.* */
function isInvitation(fields: RemoteMessageFields): boolean {
  return Boolean(fields.meeting) || (fields.messageClass ?? "").startsWith("IPM.Schedule.Meeting");
}

/** First recipients as one line. */
function shortList(addresses: readonly Address[]): string {
  return addresses
    .slice(0, 5)
    .map(({ name, email }) => name || email)
    .join(", ")
    .slice(0, MAX_NAME);
}
