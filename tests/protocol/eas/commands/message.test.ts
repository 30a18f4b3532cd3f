import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePages } from "../../../../electron/protocol/eas/codepages/index.ts";
import { readBody, readMessage } from "../../../../electron/protocol/eas/commands/message.ts";
import { el, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";

const seed = 20261121;
const data = (...parts: readonly WbxmlElement[]) => el("AirSync", "ApplicationData", ...parts);
const base = (name: "Type" | "Data" | "EstimatedDataSize" | "Truncated" | "Preview", text: string) =>
  el("AirSyncBase", name, text);

describe("fields", () => {
  it("that were not sent stay undefined", () => {
    expect(readMessage(data())).toEqual({});
    expect(readMessage(undefined)).toEqual({});
  });

  it("sent empty are empty, not undefined", () => {
    const fields = readMessage(data(el("Email", "Subject"), el("Email", "To"), el("Email", "Cc", "")));
    expect(fields).toEqual({ subject: "", to: [], cc: [] });
  });

  it.each([
    ["1", true],
    ["0", false],
    [" 1 ", true],
    ["", false],
    ["yes", false],
  ])("Read %j is %s", (text, read) => {
    expect(readMessage(data(el("Email", "Read", text)))).toEqual({ read });
  });

  it.each([
    ["2", true],
    ["1", false],
    ["0", false],
  ])("a Flag of status %s: flagged %s", (status, flagged) => {
    expect(readMessage(data(el("Email", "Flag", el("Email", "Status", status))))).toEqual({ flagged });
  });

  it("an empty Flag clears it", () => {
    expect(readMessage(data(el("Email", "Flag")))).toEqual({ flagged: false });
  });

  it.each([
    ["0", 0],
    ["1", 1],
    ["2", 2],
    ["9", 1],
    ["", 1],
  ])("Importance %j is %i", (text, importance) => {
    expect(readMessage(data(el("Email", "Importance", text)))).toEqual({ importance });
  });

  it.each([
    ["0", "none"],
    ["1", "replied"],
    ["2", "replied"],
    ["3", "forwarded"],
    ["", "none"],
  ])("LastVerbExecuted %j is %s", (text, answered) => {
    expect(readMessage(data(el("Email2", "LastVerbExecuted", text)))).toEqual({ answered });
  });

  it("a date that is none is as if it were not there", () => {
    expect(readMessage(data(el("Email", "DateReceived", "soon")))).toEqual({});
    expect(readMessage(data(el("Email", "DateReceived", "20261120T081500Z")))).toEqual({
      date: Date.UTC(2026, 10, 20, 8, 15),
    });
  });

  it("a conversation's id may come as bytes or as text", () => {
    const id = (content: string | Uint8Array) => readMessage(data(el("Email2", "ConversationId", content)));
    expect(id(Uint8Array.of(1, 0xab))).toEqual({ conversationId: "01ab" });
    expect(id("XYZ=")).toEqual({ conversationId: "XYZ=" });
    expect(id(new Uint8Array(500)).conversationId).toHaveLength(128);
    expect(id("")).toEqual({ conversationId: "" });
  });

  it("long texts are cut", () => {
    const fields = readMessage(
      data(el("Email", "Subject", "x".repeat(100_000)), el("Email", "MessageClass", "y".repeat(1_000))),
    );
    expect(fields.subject).toHaveLength(10_000);
    expect(fields.messageClass).toHaveLength(255);
  });

  it("names of another page mean something else", () => {
    expect(readMessage(data(el("Calendar", "Subject", "no"), el("Contacts", "Title", "no")))).toEqual({});
  });
});

describe("bodies", () => {
  const body = (...parts: readonly WbxmlElement[]) => readBody(el("AirSyncBase", "Body", ...parts));

  it.each([
    ["1", "text"],
    ["2", "html"],
    ["4", "mime"],
  ])("of type %s are %s", (type, kind) => {
    expect(body(base("Type", type), base("EstimatedDataSize", "5"), base("Data", "hello"))).toEqual({
      kind,
      data: "hello",
      truncated: false,
      size: 5,
    });
  });

  it("of RTF or of no type are none", () => {
    expect(body(base("Type", "3"), base("Data", "x"))).toBeNull();
    expect(body(base("Data", "x"))).toBeNull();
    expect(body()).toBeNull();
  });

  it("are truncated when the server says so", () => {
    expect(
      body(base("Type", "2"), base("Truncated", "1"), base("EstimatedDataSize", "900"), base("Data", "<p>")),
    ).toEqual({ kind: "html", data: "<p>", truncated: true, size: 900 });
  });

  it("without data are unknown, but empty when their size is nought", () => {
    expect(body(base("Type", "2"), base("EstimatedDataSize", "900"))).toBeNull();
    expect(body(base("Type", "2"), base("Truncated", "1"), base("EstimatedDataSize", "0"))).toBeNull();
    expect(body(base("Type", "2"))).toBeNull();
    expect(body(base("Type", "2"), base("EstimatedDataSize", "0"))).toMatchObject({ data: "", size: 0 });
  });

  it("of a negative or missing size take their length", () => {
    expect(body(base("Type", "1"), base("EstimatedDataSize", "-5"), base("Data", "abc"))?.size).toBe(0);
    expect(body(base("Type", "1"), base("Data", "abc"))?.size).toBe(3);
  });

  it("bring the preview, unless it is blank", () => {
    const preview = (text: string) =>
      readMessage(data(el("AirSyncBase", "Body", base("Type", "2"), base("Preview", text))));
    expect(preview("First words")).toEqual({ preview: "First words" });
    expect(preview(" \r\n")).toEqual({});
    expect(preview("x".repeat(5_000)).preview).toHaveLength(1_000);
  });
});

describe("attachments", () => {
  const attachment = (...parts: readonly WbxmlElement[]) =>
    readMessage(data(el("AirSyncBase", "Attachments", el("AirSyncBase", "Attachment", ...parts))))
      .attachments;
  const reference = el("AirSyncBase", "FileReference", "ref");

  it("need a reference to be fetched by", () => {
    expect(attachment(el("AirSyncBase", "DisplayName", "cloud.docx"))).toEqual([]);
    expect(attachment(reference)).toEqual([
      {
        fileReference: "ref",
        name: "",
        type: "application/octet-stream",
        size: 0,
        inline: false,
        contentId: null,
      },
    ]);
  });

  it("of method 5 are messages", () => {
    expect(attachment(reference, el("AirSyncBase", "Method", "5"))?.[0]?.type).toBe("message/rfc822");
    expect(attachment(reference, el("AirSyncBase", "DisplayName", "a.zip"))?.[0]?.type).toBe(
      "application/zip",
    );
  });

  it.each([
    ["1", true],
    ["true", true],
    ["True", true],
    ["0", false],
    ["", false],
  ])("IsInline %j is %s", (text, inline) => {
    expect(attachment(reference, el("AirSyncBase", "IsInline", text))?.[0]?.inline).toBe(inline);
  });

  it("have content ids without their brackets, and none when it is empty", () => {
    const contentId = (text: string) =>
      attachment(reference, el("AirSyncBase", "ContentId", text))?.[0]?.contentId;
    expect(contentId("<a@b>")).toBe("a@b");
    expect(contentId("a@b")).toBe("a@b");
    expect(contentId("")).toBeNull();
  });

  it("are a thousand at most", () => {
    const many = Array.from({ length: 1_200 }, () => el("AirSyncBase", "Attachment", reference));
    expect(readMessage(data(el("AirSyncBase", "Attachments", ...many))).attachments).toHaveLength(1_000);
  });
});

describe("meeting requests", () => {
  const times = [
    el("Email", "StartTime", "2026-11-24T09:00:00.000Z"),
    el("Email", "EndTime", "2026-11-24T10:00:00.000Z"),
  ];
  const meeting = (...parts: readonly WbxmlElement[]) =>
    readMessage(data(el("Email", "MeetingRequest", ...parts))).meeting;

  it("are read in the form of 14.1", () => {
    expect(
      meeting(
        ...times,
        el("Email", "AllDayEvent", "0"),
        el("Email", "Location", "Room 4"),
        el("Email", "Organizer", '"Bob" <bob@example.test>'),
      ),
    ).toEqual({
      start: Date.UTC(2026, 10, 24, 9),
      end: Date.UTC(2026, 10, 24, 10),
      allDay: false,
      location: "Room 4",
      organizer: { name: "Bob", email: "bob@example.test" },
    });
  });

  it("are read in the form of 16.0, with its structured place", () => {
    const place = el("AirSyncBase", "Location", el("AirSyncBase", "DisplayName", "Hall"));
    expect(meeting(...times, place, el("Email", "AllDayEvent", "1"))).toMatchObject({
      location: "Hall",
      allDay: true,
      organizer: null,
    });
  });

  it("without times are none", () => {
    expect(meeting(el("Email", "Location", "Room 4"))).toBeNull();
    expect(meeting()).toBeNull();
  });
});

describe("whatever a server sends", () => {
  const anyTag = fc.constantFrom(
    ...codePages.flatMap(({ page, namespace, nameOf }) =>
      [...nameOf].map(([token, name]) => ({ page, token, namespace, name })),
    ),
  );
  const tree = fc.letrec<{ node: WbxmlElement }>((tie) => ({
    node: fc
      .record({
        tag: anyTag,
        content: fc.array(
          fc.oneof(
            { maxDepth: 3 },
            fc.string({ maxLength: 20 }),
            fc.uint8Array({ maxLength: 8 }),
            tie("node"),
          ),
          { maxLength: 4 },
        ),
      })
      .map(({ tag, content }) => ({ ...tag, content })),
  })).node;

  it("is read without failing", () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 12 }), (parts) => {
        const fields = readMessage(data(...parts));
        for (const { fileReference } of fields.attachments ?? []) expect(fileReference).not.toBe("");
        if (fields.date !== undefined) expect(Number.isFinite(fields.date)).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });
});
