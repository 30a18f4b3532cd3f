import { describe, expect, it } from "vitest";
import { readBody, readMessage } from "../../../../electron/protocol/eas/commands/message.ts";
import { parseDate } from "../../../../electron/protocol/eas/values/date.ts";
import { decode } from "../../../../electron/protocol/eas/wbxml/index.ts";
import { tree, wire, xml } from "./notation.ts";

/** Fields as they come over the wire, not as trees of ours. */
function read(inner: string) {
  const document = decode(wire(xml("Email", `<airsync:ApplicationData>${inner}</airsync:ApplicationData>`)));
  if (!document.ok) throw new Error(document.error.detail);
  expect(document.value.warnings).toEqual([]);
  return readMessage(document.value.root);
}

const base = (name: string, value: string) => `<airsyncbase:${name}>${value}</airsyncbase:${name}>`;
const body = (...parts: readonly string[]) => base("Body", parts.join(""));

describe("a whole message as each version sends it (MS-ASEMAIL 2.2.2, MS-ASAIRS 2.2.2)", () => {
  const common = `
    <To>"Anat Kerry" &lt;anat@example.test&gt;, b@example.test</To>
    <Cc>c@example.test</Cc>
    <From>"Öz, Çağla" &lt;cagla@example.test&gt;</From>
    <ReplyTo>"Büro" &lt;buero@example.test&gt;</ReplyTo>
    <Subject>Bütçe</Subject>
    <DateReceived>2026-11-20T20:36:07.530Z</DateReceived>
    <DisplayTo>Anat Kerry</DisplayTo>
    <ThreadTopic>Bütçe</ThreadTopic>
    <Importance>2</Importance>
    <Read>1</Read>
    <MessageClass>IPM.Note</MessageClass>
    <InternetCPID>65001</InternetCPID>
    <ContentClass>urn:content-classes:message</ContentClass>
    <Flag><Status>2</Status><FlagType>for Follow Up</FlagType>
      <tasks:StartDate>2026-11-20T00:00:00.000Z</tasks:StartDate><tasks:ReminderSet>0</tasks:ReminderSet></Flag>
    ${body(base("Type", "2"), base("EstimatedDataSize", "900"), base("Truncated", "1"), base("Data", "&lt;p&gt;a"))}
    ${base("NativeBodyType", "2")}`;
  const fields = {
    to: [
      { name: "Anat Kerry", email: "anat@example.test" },
      { name: "", email: "b@example.test" },
    ],
    cc: [{ name: "", email: "c@example.test" }],
    from: [{ name: "Öz, Çağla", email: "cagla@example.test" }],
    replyTo: [{ name: "Büro", email: "buero@example.test" }],
    subject: "Bütçe",
    date: Date.UTC(2026, 10, 20, 20, 36, 7, 530),
    importance: 2,
    read: true,
    messageClass: "IPM.Note",
    flagged: true,
    body: { kind: "html", data: "<p>a", truncated: true, size: 900 },
  };

  it("12.1", () => {
    expect(read(common)).toEqual(fields);
  });

  const conversation = `<email2:ConversationId>{00ff10e1}</email2:ConversationId>
    <email2:ConversationIndex>{01cd}</email2:ConversationIndex>
    <Categories><Category>Eilt</Category></Categories>
    <email2:LastVerbExecuted>2</email2:LastVerbExecuted>
    <email2:LastVerbExecutionTime>2026-11-20T21:00:00.000Z</email2:LastVerbExecutionTime>
    <email2:ReceivedAsBcc>1</email2:ReceivedAsBcc><email2:Sender>s@example.test</email2:Sender>`;
  const talked = { ...fields, conversationId: "00ff10e1", answered: "replied" };

  it("14.0: conversations, categories and what was answered", () => {
    expect(read(common + conversation)).toEqual(talked);
  });

  it("14.1: the body's new part is not taken for the body", () => {
    const part = base(
      "BodyPart",
      base("Status", "1") + base("Type", "2") + base("EstimatedDataSize", "5") + base("Data", "new"),
    );
    expect(read(common + conversation + part)).toEqual(talked);
    expect(read(part)).toEqual({});
  });

  it("16.0 and 16.1: drafts, blind copies and accounts do not disturb", () => {
    const draft = `<email2:IsDraft>0</email2:IsDraft><email2:Bcc>x@example.test</email2:Bcc><email2:AccountId>1</email2:AccountId>`;
    expect(read(common + conversation + draft)).toEqual(talked);
  });

  it("a field that comes twice: the later one, as in a record", () => {
    expect(read("<Subject>a</Subject><Subject>b</Subject><Read>1</Read><Read>0</Read>")).toEqual({
      subject: "b",
      read: false,
    });
  });

  it("names of other pages are other fields", () => {
    const others = `<calendar:Subject>x</calendar:Subject><notes:Subject>x</notes:Subject><tasks:Subject>x</tasks:Subject>
      <contacts:Title>x</contacts:Title><calendar:StartTime>20261120T000000Z</calendar:StartTime>`;
    expect(read(others)).toEqual({});
  });

  it("names of ActiveSync 2.x, which came before AirSyncBase, are passed by", () => {
    const old = "<Body>x</Body><BodySize>1</BodySize><MIMEData>{00}</MIMEData><Attachments></Attachments>";
    expect(
      readMessage(tree(xml("Email", `<airsync:ApplicationData>${old}</airsync:ApplicationData>`))),
    ).toEqual({});
  });
});

describe("bodies (MS-ASAIRS 2.2.2.9)", () => {
  it.each([
    [
      "text with its preview",
      [base("Type", "1"), base("EstimatedDataSize", "5"), base("Data", "hello"), base("Preview", "hel")],
      {
        body: { kind: "text", data: "hello", truncated: false, size: 5 },
        preview: "hel",
      },
    ],
    [
      "HTML cut by the server",
      [base("Type", "2"), base("EstimatedDataSize", "99"), base("Truncated", "1"), base("Data", "&lt;p&gt;")],
      {
        body: { kind: "html", data: "<p>", truncated: true, size: 99 },
      },
    ],
    [
      "a MIME message",
      [base("Type", "4"), base("EstimatedDataSize", "9"), base("Data", "From: a")],
      {
        body: { kind: "mime", data: "From: a", truncated: false, size: 9 },
      },
    ],
    [
      "a MIME message as bytes",
      [base("Type", "4"), base("EstimatedDataSize", "2"), base("Data", "{c3a9}")],
      {
        body: { kind: "mime", data: "é", truncated: false, size: 2 },
      },
    ],
    [
      "RTF, which we cannot show",
      [base("Type", "3"), base("EstimatedDataSize", "9"), base("Data", "e1xy")],
      {},
    ],
    ["RTF with a preview, which we can", [base("Type", "3"), base("Preview", "words")], { preview: "words" }],
    [
      "only a preview, cut at nought",
      [base("Type", "2"), base("EstimatedDataSize", "99"), base("Truncated", "1"), base("Preview", "p")],
      {
        preview: "p",
      },
    ],
    [
      "an empty one",
      [base("Type", "2"), base("EstimatedDataSize", "0"), base("Truncated", "0")],
      {
        body: { kind: "html", data: "", truncated: false, size: 0 },
      },
    ],
    [
      "an empty one with empty data",
      [base("Type", "1"), "<airsyncbase:Data />"],
      {
        body: { kind: "text", data: "", truncated: false, size: 0 },
      },
    ],
    ["no type", [base("EstimatedDataSize", "5"), base("Data", "hello")], {}],
    ["a type that nobody defined", [base("Type", "5"), base("Data", "hello")], {}],
    ["a type in words", [base("Type", "html"), base("Data", "hello")], {}],
    [
      "children in another order",
      [base("Data", "hello"), base("Truncated", "1"), base("EstimatedDataSize", "50"), base("Type", "2")],
      {
        body: { kind: "html", data: "hello", truncated: true, size: 50 },
      },
    ],
    [
      "truncation in words of another namespace",
      [base("Type", "1"), "<Status>1</Status>", base("Data", "x")],
      {
        body: { kind: "text", data: "x", truncated: false, size: 1 },
      },
    ],
    [
      "a size that is no number",
      [base("Type", "1"), base("EstimatedDataSize", "big"), base("Data", "abc")],
      {
        body: { kind: "text", data: "abc", truncated: false, size: 3 },
      },
    ],
    [
      "a size beyond 32 bits",
      [base("Type", "1"), base("EstimatedDataSize", "99999999999"), base("Data", "abc")],
      {
        body: { kind: "text", data: "abc", truncated: false, size: 99_999_999_999 },
      },
    ],
    [
      "a multipart reference, which we never ask for",
      [base("Type", "4"), base("EstimatedDataSize", "9"), "<itemoperations:Part>1</itemoperations:Part>"],
      {},
    ],
  ])("%s", (_name, parts, expected) => {
    expect(read(body(...parts))).toEqual(expected);
  });

  it("of a million letters come whole", () => {
    const data = "x".repeat(1_000_000);
    const document = decode(wire(xml("AirSyncBase", body(base("Type", "1"), base("Data", data)))));
    expect(document.ok && readBody(document.value.root)).toEqual({
      kind: "text",
      data,
      truncated: false,
      size: 1_000_000,
    });
  });

  it("keep line ends, tabs and characters of every script", () => {
    const data = "a\r\n\tb\u00a0c — 日本語 😀";
    expect(read(body(base("Type", "1"), base("Data", data))).body?.data).toBe(data);
  });
});

describe("attachments (MS-ASAIRS 2.2.2.7)", () => {
  const attachments = (...list: readonly string[]) =>
    read(base("Attachments", list.map((inner) => base("Attachment", inner)).join(""))).attachments;
  const reference = base("FileReference", "7%3a1%3a0");
  const plain = {
    fileReference: "7%3a1%3a0",
    name: "a.pdf",
    type: "application/pdf",
    size: 0,
    inline: false,
    contentId: null,
  };

  it.each([
    [
      "12.1: name, reference, method and size",
      `${base("DisplayName", "a.pdf")}${reference}${base("Method", "1")}${base("EstimatedDataSize", "1000")}`,
      {
        ...plain,
        size: 1_000,
      },
    ],
    [
      "an inline picture",
      `${base("DisplayName", "a.pdf")}${reference}${base("ContentId", "img1@x")}${base("ContentLocation", "a.png")}${base("IsInline", "1")}`,
      {
        ...plain,
        inline: true,
        contentId: "img1@x",
      },
    ],
    [
      "an attached message (method 5)",
      `${base("DisplayName", "Re: x")}${reference}${base("Method", "5")}`,
      {
        ...plain,
        name: "Re: x",
        type: "message/rfc822",
      },
    ],
    [
      "an OLE object (method 6)",
      `${base("DisplayName", "a.bmp")}${reference}${base("Method", "6")}`,
      {
        ...plain,
        name: "a.bmp",
        type: "image/bmp",
      },
    ],
    [
      "a voice message",
      `${base("DisplayName", "a.mp3")}${reference}<email2:UmAttDuration>9</email2:UmAttDuration><email2:UmAttOrder>1</email2:UmAttOrder>`,
      {
        ...plain,
        name: "a.mp3",
        type: "audio/mpeg",
      },
    ],
    [
      "a size below nought",
      `${base("DisplayName", "a.pdf")}${reference}${base("EstimatedDataSize", "-1")}`,
      plain,
    ],
    [
      "a size in words",
      `${base("DisplayName", "a.pdf")}${reference}${base("EstimatedDataSize", "1 KB")}`,
      plain,
    ],
    [
      "a name with a path, kept as it is: saving cleans it",
      `${base("DisplayName", "../../a.pdf")}${reference}`,
      {
        ...plain,
        name: "../../a.pdf",
      },
    ],
  ])("%s", (_name, inner, expected) => {
    expect(attachments(inner)).toEqual([expected]);
  });

  it("keep their order; those that cannot be fetched are left out", () => {
    const list = ["r1", "", "r3"].map(
      (id) => `${base("DisplayName", "x")}${id === "" ? "" : base("FileReference", id)}`,
    );
    expect(attachments(...list)?.map(({ fileReference }) => fileReference)).toEqual(["r1", "r3"]);
  });

  it("that a client added or deleted (16.0) are no attachments of the message", () => {
    const change = `<airsyncbase:Add><airsyncbase:ClientId>1</airsyncbase:ClientId>${base("Content", "{00ff}")}</airsyncbase:Add>`;
    expect(read(base("Attachments", change)).attachments).toEqual([]);
  });

  it("none is an empty list, and no element is nothing known", () => {
    expect(read("<airsyncbase:Attachments />")).toEqual({ attachments: [] });
    expect(read("<Subject>x</Subject>").attachments).toBeUndefined();
  });
});

describe("meeting requests (MS-ASEMAIL 2.2.2.48)", () => {
  const zone =
    "xP///wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAoAAAAFAAMAAAAAAAAAAAAAAAAAAAAA";
  const request = (...parts: readonly string[]) =>
    read(`<MeetingRequest>${parts.join("")}</MeetingRequest>`).meeting;
  const times = "<StartTime>2026-11-24T09:00:00.000Z</StartTime><EndTime>2026-11-24T10:30:00.000Z</EndTime>";
  const plain = {
    start: Date.UTC(2026, 10, 24, 9),
    end: Date.UTC(2026, 10, 24, 10, 30),
    allDay: false,
    location: "",
    organizer: null,
  };

  it.each([
    ["only its times", times, plain],
    [
      "with a time zone, reminder and recurrence around them",
      `<AllDayEvent>0</AllDayEvent>${times}<DtStamp>2026-11-20T08:00:00.000Z</DtStamp>
      <InstanceType>1</InstanceType><Location>Saal 4</Location><Organizer>"Bo" &lt;bo@example.test&gt;</Organizer>
      <Reminder>900</Reminder><ResponseRequested>1</ResponseRequested><Sensitivity>0</Sensitivity><BusyStatus>2</BusyStatus>
      <TimeZone>${zone}</TimeZone><GlobalObjId>BAAAAIIA4AB0xbcQGoLgCAAAAAA=</GlobalObjId>
      <Recurrences><Recurrence><Type>1</Type><Interval>1</Interval><DayOfWeek>2</DayOfWeek></Recurrence></Recurrences>
      <email2:MeetingMessageType>1</email2:MeetingMessageType>`,
      {
        ...plain,
        location: "Saal 4",
        organizer: { name: "Bo", email: "bo@example.test" },
      },
    ],
    [
      "in the compact form of dates",
      "<StartTime>20261124T090000Z</StartTime><EndTime>20261124T103000Z</EndTime>",
      plain,
    ],
    [
      "of a whole day",
      "<AllDayEvent>1</AllDayEvent><StartTime>2026-11-24T00:00:00.000Z</StartTime><EndTime>2026-11-25T00:00:00.000Z</EndTime>",
      {
        ...plain,
        start: Date.UTC(2026, 10, 24),
        end: Date.UTC(2026, 10, 25),
        allDay: true,
      },
    ],
    [
      "with the place of 16.0",
      `${times}<airsyncbase:Location>${base("DisplayName", "Saal")}${base("Street", "Weg 1")}${base("Latitude", "47.1")}</airsyncbase:Location>`,
      {
        ...plain,
        location: "Saal",
      },
    ],
    [
      "with both places: that of 16.0",
      `${times}<Location>old</Location><airsyncbase:Location>${base("DisplayName", "new")}</airsyncbase:Location>`,
      {
        ...plain,
        location: "new",
      },
    ],
    [
      "with a place of 16.0 that has no name",
      `${times}<Location>old</Location><airsyncbase:Location>${base("City", "Wien")}</airsyncbase:Location>`,
      {
        ...plain,
        location: "old",
      },
    ],
    [
      "with an organizer who is only a name",
      `${times}<Organizer>Bo</Organizer>`,
      { ...plain, organizer: { name: "Bo", email: "" } },
    ],
    ["with an empty organizer", `${times}<Organizer />`, plain],
    [
      "that ends before it begins, as it was sent",
      "<StartTime>20261124T103000Z</StartTime><EndTime>20261124T090000Z</EndTime>",
      {
        ...plain,
        start: plain.end,
        end: plain.start,
      },
    ],
    ["without a start", "<EndTime>20261124T103000Z</EndTime>", null],
    ["without an end", "<StartTime>20261124T103000Z</StartTime>", null],
    [
      "on a day that does not exist",
      "<StartTime>20260230T090000Z</StartTime><EndTime>20260230T100000Z</EndTime>",
      null,
    ],
    [
      "with a calendar's times instead of the message's",
      "<calendar:StartTime>20261124T090000Z</calendar:StartTime><calendar:EndTime>20261124T103000Z</calendar:EndTime>",
      null,
    ],
    ["that is empty", "", null],
  ])("%s", (_name, inner, expected) => {
    expect(request(inner)).toEqual(expected);
  });
});

describe("dates (MS-ASDTYPE 2.3 and 2.7.2)", () => {
  const iso = (text: string) => {
    const time = parseDate(text);
    return time === undefined ? null : new Date(time).toISOString();
  };

  it.each([
    ["2026-02-28T23:59:59.999Z", "2026-02-28T23:59:59.999Z"],
    ["2028-02-29T00:00:00.000Z", "2028-02-29T00:00:00.000Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"],
    ["2026-12-31T24:00:00Z", "2027-01-01T00:00:00.000Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["1601-01-01T00:00:00Z", "1601-01-01T00:00:00.000Z"],
    ["9999-12-30T23:59:59.999Z", "9999-12-30T23:59:59.999Z"],
    ["20280229T120000Z", "2028-02-29T12:00:00.000Z"],
  ])("%s", (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    "2026-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-06-31T00:00:00Z",
    "2026-11-31T00:00:00Z",
    "2026-11-00T00:00:00Z",
    "2026-11-20T24:00:01Z",
    "2026-11-20T24:30:00Z",
    "2026-11-20T12:60:00Z",
    "2026-11-20T12:00:61Z",
    "0001-01-01T00:00:00Z",
    "1600-12-31T23:59:59Z",
    "20261131T000000Z",
    "2026-1-1T00:00:00Z",
    "12026-01-01T00:00:00Z",
    "-2026-01-01T00:00:00Z",
    "２０２６-11-20T00:00:00Z",
  ])("%s is none", (text) => {
    expect(iso(text)).toBeNull();
  });
});
