import { describe, expect, it } from "vitest";
import { mime, rawMime, read } from "../read.ts";

const codes = (bytes: Uint8Array) => read(bytes).warnings.map(({ code }) => code);

describe("folding", () => {
  it.each<[string, readonly string[], string]>([
    ["a fold is one space, however it was made", ["Subject: one", "    two"], "one two"],
    ["a tab folds as well", ["Subject: one", "\ttwo"], "one two"],
    ["the value may begin on the second line", ["Subject:", " late"], "late"],
    ["the value may begin on the third", ["Subject:", " ", " later"], "later"],
    ["a fold of white space only goes on", ["Subject: a", " \t ", " b"], "a b"],
    ["white space at the end of a line stays one", ["Subject: a ", " b"], "a  b"],
    ["spaces in the middle are the sender's", ["Subject: a   b"], "a   b"],
    ["a tab in the middle is a space", ["Subject: a\tb"], "a b"],
    ["space before the colon is obsolete, and read", ["Subject : x"], "x"],
    ["no space behind the colon", ["Subject:x"], "x"],
    ["names in any case", ["sUBJECT: x"], "x"],
    ["a colon in the value", ["Subject: a: b: c"], "a: b: c"],
    ["only a colon", ["Subject: :"], ":"],
    ["an empty value", ["Subject:"], ""],
    ["a NUL is nothing", ["Subject: a\0b"], "ab"],
    ["other controls are spaces", ["Subject: a\x07b"], "a b"],
  ])("%s", (_what, headers, subject) => {
    expect(read(mime(...headers, "To: x@y.test", "", "body"))).toMatchObject({
      subject,
      to: [{ name: "", email: "x@y.test" }],
      text: "body",
    });
  });

  it("folds a very long field", () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `word${index}`);
    expect(read(mime(`Subject: ${words.join("\r\n ")}`, "", "")).subject).toBe(words.join(" "));
  });

  it("reads a line longer than any standard allows", () => {
    const long = "x".repeat(100_000);
    expect(read(mime(`Subject: ${long}`, "", "")).subject).toBe(long);
  });
});

describe("where the headers begin", () => {
  it("skips an mbox line, quoted or not", () => {
    for (const line of ["From a@b.test Mon Jan  1 00:00:00 2024", ">From a@b.test Mon Jan  1 2024"]) {
      const message = read(mime(line, "Subject: s", "", "body"));
      expect([message.subject, message.text, message.warnings]).toEqual(["s", "body", []]);
    }
  });

  it("does not take an mbox line in the middle for one", () => {
    expect(codes(mime("Subject: s", "From a@b.test Mon Jan", "To: x@y.test", "", ""))).toEqual([
      "header-line",
    ]);
  });

  it("skips a byte order mark", () => {
    const message = read(mime("\ufeffSubject: s", "To: x@y.test", "", "body"));
    expect(message).toMatchObject({ subject: "s", to: [{ email: "x@y.test" }], text: "body", warnings: [] });
  });

  it("takes an empty line in front for the end of no headers", () => {
    const message = read(mime("", "Subject: s", "", "body"));
    expect([message.subject, message.text]).toEqual(["", "Subject: s\n\nbody"]);
  });

  it("reads headers without a body, with and without a line end", () => {
    for (const source of ["Subject: s", "Subject: s\r\n", "Subject: s\r\n\r\n", "Subject: s\n\n"]) {
      const message = read(new TextEncoder().encode(source));
      expect([message.subject, message.text]).toEqual(["s", ""]);
    }
  });

  it("drops a continuation with nothing to continue", () => {
    expect(read(mime(" lost", "Subject: s", "", "body"))).toMatchObject({ subject: "s", text: "body" });
  });
});

describe("where the headers end", () => {
  it.each<[string, readonly string[], string, string]>([
    ["a line without a colon, fields behind", ["Subject: s", "nonsense", "To: a@b.test", "", "x"], "s", "x"],
    [
      "two lines without a colon",
      ["Subject: s", "Hello Bo,", "how are you", "", "x"],
      "s",
      "Hello Bo,\nhow are you\n\nx",
    ],
    ["a field's name with a space", ["Subject: s", "Not a field: x", "rest"], "s", "Not a field: x\nrest"],
    ["a line that begins with a colon", ["Subject: s", ": x", "To: a@b.test", "", "x"], "s", "x"],
    ["an empty line of spaces without a field open", ["  ", "x"], "", "x"],
  ])("%s", (_what, lines, subject, text) => {
    expect(read(mime(...lines))).toMatchObject({ subject, text });
  });

  it("ends them at the first boundary when the empty line was forgotten", () => {
    const message = read(
      mime(
        "Subject: s",
        "Content-Type: multipart/mixed; boundary=b",
        "--b",
        "Content-Type: text/plain",
        "",
        "text",
        "--b--",
      ),
    );
    expect(message).toMatchObject({ subject: "s", text: "text" });
    expect(message.parts.children.map(({ type }) => type)).toEqual(["text/plain"]);
    expect(message.warnings.map(({ code }) => code)).toEqual(["header-line"]);
  });

  it.each([
    ["\r\n", "CRLF"],
    ["\n", "LF"],
    ["\r", "CR"],
    ["\r\r\n", "CR CR LF"],
  ])("reads line ends of every kind: %j", (end) => {
    const source = ["Subject: one", " two", "To: a@b.test", "", "first", "second"].join(end);
    expect(read(new TextEncoder().encode(source))).toMatchObject({
      subject: "one two",
      to: [{ email: "a@b.test" }],
      text: "first\nsecond",
    });
  });

  it("reads line ends of several kinds in one message", () => {
    expect(
      read(new TextEncoder().encode("Subject: s\nTo: a@b.test\r\n\nfirst\r\nsecond\nthird")),
    ).toMatchObject({
      subject: "s",
      to: [{ email: "a@b.test" }],
      text: "first\nsecond\nthird",
    });
  });
});

describe("fields that come twice", () => {
  const message = read(
    mime(
      "Subject: first",
      "Subject: second",
      "Date: Mon, 1 Jan 2024 00:00:00 +0000",
      "Date: Tue, 2 Jan 2024 00:00:00 +0000",
      "Message-ID: <1@x.test>",
      "Message-ID: <2@x.test>",
      "Content-Type: text/html",
      "Content-Type: text/plain",
      "From: a@b.test",
      "From: c@d.test",
      "To: e@f.test",
      "To: g@h.test",
      "",
      "<p>x</p>",
    ),
  );

  it("takes the first of what there is one of", () => {
    expect(message).toMatchObject({
      subject: "first",
      date: "2024-01-01T00:00:00.000Z",
      messageId: "<1@x.test>",
      html: "<p>x</p>",
      text: null,
    });
  });

  it("takes all people", () => {
    expect(message.from.map(({ email }) => email)).toEqual(["a@b.test", "c@d.test"]);
    expect(message.to.map(({ email }) => email)).toEqual(["e@f.test", "g@h.test"]);
  });
});

describe("bytes beyond ASCII", () => {
  it.each<[string, string, string]>([
    ["UTF-8", "Gr\xc3\xbc\xc3\x9fe", "Grüße"],
    ["windows-1252", "Gr\xfc\xdfe", "Grüße"],
    ["windows-1252 with typographic signs", "\x93quoted\x94 \x80 5", "“quoted” € 5"],
    ["UTF-8 of four bytes", "\xf0\x9f\x8d\x80", "🍀"],
    ["ISO-2022-JP without a label", "\x1b$BF|K\\\x1b(B", "日本"],
    ["beside an encoded word", "\xfc =?utf-8?q?=C3=BC?=", "ü ü"],
    ["inside an encoded word, of its charset", "=?iso-8859-1?q?Fr\xf6sche?=", "Frösche"],
    ["inside an encoded word of UTF-8", "=?utf-8?q?Fr\xc3\xb6sche?=", "Frösche"],
    ["inside an encoded word of a Cyrillic set", "=?koi8-r?q?\xf0\xd2?=", "Пр"],
  ])("%s", (_what, raw, subject) => {
    expect(read(rawMime(`Subject: ${raw}`, "", "")).subject).toBe(subject);
  });

  it("reads names of people as well", () => {
    expect(read(rawMime("From: J\xfcrgen <j@x.test>", "To: \xe6\x97\xa5 <n@x.test>", "", ""))).toMatchObject({
      from: [{ name: "Jürgen", email: "j@x.test" }],
      to: [{ name: "日", email: "n@x.test" }],
    });
  });
});

describe("floods", () => {
  it("reads thousands of fields", () => {
    const fields = Array.from({ length: 20_000 }, (_, index) => `X-${index}: y`);
    expect(read(mime(...fields, "Subject: last", "", "body"))).toMatchObject({
      subject: "last",
      text: "body",
    });
  });

  it("stops at a flood of header bytes, and finds the body behind it", () => {
    const flood = `X: ${"y".repeat(3 * 1024 * 1024)}`;
    const message = read(mime("Subject: s", flood, "", "body"));
    expect(message).toMatchObject({ subject: "s", text: "body" });
    expect(message.warnings.map(({ code }) => code)).toEqual(["headers-cut"]);
  });

  it("reads a flood of folds", () => {
    expect(read(mime(`Subject: a${"\r\n b".repeat(100_000)}`, "", "")).subject).toHaveLength(200_001);
  });
});
