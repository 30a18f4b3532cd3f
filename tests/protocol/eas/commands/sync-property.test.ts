import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RemoteAttachment, RemoteBody, RemoteMessage } from "../../../../electron/ports/remote.ts";
import { createSyncReader } from "../../../../electron/protocol/eas/commands/sync-answer.ts";
import { el, encode, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";
import type { Address } from "../../../../shared/model/mail.ts";

const seed = 20261121;

const word = fc.stringMatching(/^[A-Za-zäöüßÅøłжи0-9]{1,12}$/);
const line = fc
  .string({ unit: "grapheme", maxLength: 60 })
  .filter((text) => text.isWellFormed() && !text.includes("\0"));
const address: fc.Arbitrary<Address> = fc.record({
  name: fc.array(word, { maxLength: 3 }).map((words) => words.join(" ")),
  email: fc.stringMatching(/^[a-z][a-z0-9.]{0,8}[a-z0-9]$/).map((local) => `${local}@example.test`),
});
const instant = fc
  .date({ min: new Date("1980-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.getTime());
const body: fc.Arbitrary<RemoteBody> = fc.record({
  kind: fc.constantFrom("html", "text", "mime"),
  data: line,
  truncated: fc.boolean(),
  size: fc.nat({ max: 10_000_000 }),
});
const attachment: fc.Arbitrary<RemoteAttachment> = fc.record({
  fileReference: word,
  name: word.map((name) => `${name}.pdf`),
  type: fc.constant("application/pdf"),
  size: fc.nat(),
  inline: fc.boolean(),
  contentId: fc.option(word),
});
const message: fc.Arbitrary<RemoteMessage> = fc.record(
  {
    serverId: word,
    subject: line,
    from: fc.array(address, { minLength: 1, maxLength: 1 }),
    to: fc.array(address, { maxLength: 4 }),
    cc: fc.array(address, { maxLength: 2 }),
    date: instant,
    read: fc.boolean(),
    flagged: fc.boolean(),
    importance: fc.constantFrom(0, 1, 2),
    answered: fc.constantFrom("none", "replied", "forwarded"),
    conversationId: fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .map((id) => Buffer.from(id).toString("hex")),
    body,
    attachments: fc.array(attachment, { maxLength: 3 }),
    meeting: fc.record({
      start: instant,
      end: instant,
      allDay: fc.boolean(),
      location: word,
      organizer: fc.option(address),
    }),
  },
  { requiredKeys: ["serverId", "attachments"] },
);

/** What a server would write for a message; the reader must find the message in it again. */
function written(one: RemoteMessage): WbxmlElement[] {
  const list = (addresses: readonly Address[]) =>
    addresses.map(({ name, email }) => (name === "" ? email : `"${name}" <${email}>`)).join(", ");
  const flag = (on: boolean) => (on ? "1" : "0");
  const parts: (WbxmlElement | null)[] = [
    one.subject === undefined ? null : el("Email", "Subject", one.subject),
    one.from === undefined ? null : el("Email", "From", list(one.from)),
    one.to === undefined ? null : el("Email", "To", list(one.to)),
    one.cc === undefined ? null : el("Email", "Cc", list(one.cc)),
    one.date === undefined ? null : el("Email", "DateReceived", new Date(one.date).toISOString()),
    one.read === undefined ? null : el("Email", "Read", flag(one.read)),
    one.importance === undefined ? null : el("Email", "Importance", String(one.importance)),
    one.flagged === undefined ? null : el("Email", "Flag", one.flagged ? el("Email", "Status", "2") : null),
    one.answered === undefined
      ? null
      : el("Email2", "LastVerbExecuted", { none: "0", replied: "2", forwarded: "3" }[one.answered]),
    one.conversationId === undefined
      ? null
      : el("Email2", "ConversationId", new Uint8Array(Buffer.from(one.conversationId, "hex"))),
    one.body === undefined
      ? null
      : el(
          "AirSyncBase",
          "Body",
          el("AirSyncBase", "Type", { text: "1", html: "2", mime: "4" }[one.body.kind]),
          el("AirSyncBase", "EstimatedDataSize", String(one.body.size)),
          el("AirSyncBase", "Truncated", flag(one.body.truncated)),
          el("AirSyncBase", "Data", one.body.data),
        ),
    one.attachments === undefined || one.attachments.length === 0
      ? null
      : el("AirSyncBase", "Attachments", ...one.attachments.map(writtenAttachment)),
    one.meeting == null
      ? null
      : el(
          "Email",
          "MeetingRequest",
          el("Email", "AllDayEvent", flag(one.meeting.allDay)),
          el("Email", "StartTime", new Date(one.meeting.start).toISOString()),
          el("Email", "EndTime", new Date(one.meeting.end).toISOString()),
          el("Email", "Location", one.meeting.location),
          one.meeting.organizer === null ? null : el("Email", "Organizer", list([one.meeting.organizer])),
        ),
  ];
  return parts.filter((part) => part !== null);
}

function writtenAttachment(one: RemoteAttachment): WbxmlElement {
  return el(
    "AirSyncBase",
    "Attachment",
    el("AirSyncBase", "DisplayName", one.name),
    el("AirSyncBase", "FileReference", one.fileReference),
    el("AirSyncBase", "Method", "1"),
    el("AirSyncBase", "EstimatedDataSize", String(one.size)),
    one.contentId === null ? null : el("AirSyncBase", "ContentId", `<${one.contentId}>`),
    el("AirSyncBase", "IsInline", one.inline ? "1" : "0"),
  );
}

function answer(messages: readonly RemoteMessage[], deleted: readonly string[], more: boolean): Uint8Array {
  const adds = messages.map((one) =>
    el(
      "AirSync",
      "Add",
      el("AirSync", "ServerId", one.serverId),
      el("AirSync", "ApplicationData", ...written(one)),
    ),
  );
  const deletes = deleted.map((id) => el("AirSync", "Delete", el("AirSync", "ServerId", id)));
  const collection = el(
    "AirSync",
    "Collection",
    el("AirSync", "SyncKey", "2"),
    el("AirSync", "CollectionId", "5"),
    el("AirSync", "Status", "1"),
    more ? el("AirSync", "MoreAvailable") : null,
    el("AirSync", "Commands", ...adds, ...deletes),
  );
  return encode(el("AirSync", "Sync", el("AirSync", "Collections", collection)));
}

function read(data: Uint8Array, chunkSize: number) {
  const reader = createSyncReader();
  for (let at = 0; at < data.length; at += chunkSize) {
    const chunk = data.slice(at, at + chunkSize);
    expect(reader.push(chunk)).toBeNull();
    chunk.fill(0xff);
  }
  const reply = reader.finish();
  return reply.ok ? reply.value.answer : reply.error;
}

describe("Sync answers, generated", () => {
  it("are read as what they were written from, in chunks of any size", () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.array(word, { maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 500 }),
        (messages, deleted, more, chunkSize) => {
          expect(read(answer(messages, deleted, more), chunkSize)).toEqual({
            syncKey: "2",
            moreAvailable: more,
            added: messages,
            changed: [],
            deleted,
            verdicts: [],
            unreadable: { count: 0, reason: null },
          });
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  it("of a full window are read whole", () => {
    const [one] = fc.sample(message, { seed, numRuns: 1 });
    if (one === undefined) throw new Error("no sample");
    const messages = Array.from({ length: 512 }, (_, index) => ({ ...one, serverId: `5:${index}` }));
    expect(read(answer(messages, [], true), 16_384)).toMatchObject({ added: messages, moreAvailable: true });
  });
});
