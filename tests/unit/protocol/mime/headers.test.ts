import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddresses } from "../../../../electron/protocol/mime/headers/addresses.ts";
import { parseMailDate } from "../../../../electron/protocol/mime/headers/date.ts";
import { decodeUnstructured } from "../../../../electron/protocol/mime/headers/encoded-words.ts";
import { parseMessageIds } from "../../../../electron/protocol/mime/headers/message-ids.ts";
import { parseParameterised } from "../../../../electron/protocol/mime/headers/parameters.ts";
import { mime, rawMime, read } from "./read.ts";

describe("encoded words", () => {
  // The first six are the examples of RFC 2047, section 8.
  it.each([
    ["=?ISO-8859-1?Q?a?=", "a"],
    ["=?ISO-8859-1?Q?a?= b", "a b"],
    ["=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"],
    ["=?ISO-8859-1?Q?a?=    =?ISO-8859-1?Q?b?=", "ab"],
    ["=?ISO-8859-1?Q?a_b?=", "a b"],
    ["=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"],
    ["=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"],
    ["=?UTF-8?q?Gr=C3=BC=c3=9fe?=", "Grüße"],
    ["=?utf-8*de?Q?=C3=BC?=", "ü"],
    ["=?utf-8?Q?=E6=97?= =?utf-8?Q?=A5?=", "日"],
    ["=?utf-8?B?5pc=?= =?utf-8?B?pQ==?=", "日"],
    ["=?utf-8?B?5pe?= =?utf-8?B?l?=", "日"],
    ["=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"],
    ["=?gb2312?B?xOO6ww==?=", "你好"],
    ["=?utf-8?Q?two words?=", "two words"],
    ["=?utf-8?Q?what??=", "what?"],
    ["=?utf-8?Q??=", ""],
    ["=?utf-8?Q?no_end", "no end"],
    ["=?utf-8?B?w6k=", "é"],
    ["=?utf-8?Q?half?", "half"],
    ["=?utf-8?Q?one =?utf-8?Q?two?=", "one two"],
    ["Re: =?utf-8?Q?=C3=BC?=ber", "Re: über"],
    ["=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"],
    ["=?utf-8?X?abc?=", "=?utf-8?X?abc?="],
    ["=?utf-8?Q?=ZZ?=", "=ZZ"],
    ["a =? b", "a =? b"],
    ["=?no-such?Q?abc?=", "abc"],
    ["plain", "plain"],
  ])("%j reads %j", (raw, text) => {
    expect(decodeUnstructured(raw)).toBe(text);
  });

  it("reads raw bytes as UTF-8, or as windows-1252 when they are not", () => {
    expect(decodeUnstructured("Gr\xc3\xbc\xc3\x9fe")).toBe("Grüße");
    expect(decodeUnstructured("Gr\xfc\xdfe")).toBe("Grüße");
    expect(decodeUnstructured("\x1b$BF|\x1b(B")).toBe("日");
  });

  it("stays linear", () => {
    expect(decodeUnstructured("=?a?q?".repeat(50_000)).length).toBeLessThanOrEqual(300_000);
    expect(decodeUnstructured("=?a?q? ".repeat(50_000)).length).toBeLessThanOrEqual(350_000);
    expect(decodeUnstructured(`${"=?a?q?x?= ".repeat(30_000)}z`)).toBe(`${"x".repeat(30_000)} z`);
  });

  it("reads back every text that was encoded in pieces", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (text, size) => {
          const bytes = Buffer.from(text.toWellFormed(), "utf8");
          const words: string[] = [];
          for (let at = 0; at < bytes.length; at += size)
            words.push(`=?utf-8?B?${bytes.subarray(at, at + size).toString("base64")}?=`);
          // A byte order mark at the very beginning is no text.
          expect(decodeUnstructured(words.join("\r\n "))).toBe(text.toWellFormed().replace(/^\ufeff/, ""));
        },
      ),
      { seed: 21, numRuns: 80 },
    );
  });
});

describe("addresses", () => {
  it.each([
    ["a@b.test", [["", "a@b.test"]]],
    ["<a@b.test>", [["", "a@b.test"]]],
    ["Ada <a@b.test>", [["Ada", "a@b.test"]]],
    [
      '"Lovelace, Ada" <a@b.test>, c@d.test',
      [
        ["Lovelace, Ada", "a@b.test"],
        ["", "c@d.test"],
      ],
    ],
    ["a@b.test (Ada)", [["Ada", "a@b.test"]]],
    ["Ada (work) <a@b.test>", [["Ada", "a@b.test"]]],
    ["=?utf-8?Q?=C3=9Cnal?= <a@b.test>", [["Ünal", "a@b.test"]]],
    ["=?utf-8?Q?Lovelace,_Ada?= <a@b.test>", [["Lovelace, Ada", "a@b.test"]]],
    ['"=?utf-8?Q?=C3=9Cnal?=" <a@b.test>', [["Ünal", "a@b.test"]]],
    ["=?utf-8?Q?A?= =?utf-8?Q?da?= <a@b.test>", [["Ada", "a@b.test"]]],
    ["a@b.test (=?utf-8?Q?=C3=9Cnal?=)", [["Ünal", "a@b.test"]]],
    [
      "Team: a@b.test, Bo <c@d.test>;",
      [
        ["", "a@b.test"],
        ["Bo", "c@d.test"],
      ],
    ],
    ["undisclosed-recipients:;", []],
    [
      "a@b.test; c@d.test",
      [
        ["", "a@b.test"],
        ["", "c@d.test"],
      ],
    ],
    ["'Ada' <a@b.test>", [["'Ada'", "a@b.test"]]],
    ["", []],
    [" , ,", []],
    ["Ada", [["Ada", ""]]],
    ['"a@b.test" <c@d.test>', [["a@b.test", "c@d.test"]]],
    ["=?utf-8?Q?Ada_<a@b.test>?=", [["Ada", "a@b.test"]]],
    // RFC 5322, appendices A.4 and A.5.
    ["From Joe <@machine.tld,@b.test:mary@example.net>", [["From Joe", "mary@example.net"]]],
    ["Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", [["Pete", "pete@silly.test"]]],
    [
      "Chris <c@(Chris's host.)public.example> (my (dear) friend); (the end)",
      [["Chris", "c@public.example"]],
    ],
    ["jdoe @ one . test", [["", "jdoe@one.test"]]],
    ["Foo (never closed <a@b.test>", [["Foo never closed", "a@b.test"]]],
    ["=?utf-8?Q?a@b.test?=", [["a@b.test", ""]]],
    ["J\xfcrgen <a@b.test>", [["Jürgen", "a@b.test"]]],
  ])("%j", (raw, expected) => {
    expect(parseAddresses(raw)).toEqual(expected.map(([name, email]) => ({ name, email })));
  });

  it("does not take an address out of an encoded name when there is a real one", () => {
    const [from] = parseAddresses("=?utf-8?Q?boss@corp.test_<boss@corp.test>?= <evil@bad.test>");
    expect(from?.email).toBe("evil@bad.test");
    expect(parseAddresses("=?utf-8?Q?a@b.test=2C_c@d.test?= <x@y.test>")).toHaveLength(1);
  });

  it("survives anything", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("<", ">", '"', "(", ")", ":", ";", ",", "\\", "=?utf-8?Q?", "?=", "@", "a@b"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const { name, email } of parseAddresses(pieces.join(""))) {
          expect(name).not.toMatch(/[\r\n\0]/);
          expect(email).not.toMatch(/\s/);
        }
      }),
      { seed: 22, numRuns: 500 },
    );
    expect(parseAddresses("a@b.test,".repeat(30_000)).length).toBeLessThanOrEqual(10_000);
    expect(parseAddresses("(".repeat(100_000))).toEqual([]);
    expect(parseAddresses("(() ".repeat(50_000))).toEqual([]);
    expect(parseAddresses("x".repeat(5_000))[0]?.name).toHaveLength(1_000);
  });
});

describe("dates", () => {
  it.each([
    ["Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06.000Z"],
    ["21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06.000Z"],
    ["Tue, 1 Jul 2003 10:52:37 +0200 (CEST)", "2003-07-01T08:52:37.000Z"],
    ["Thu,\r\n 13\r\n Feb\r\n 1969\r\n 23:32\r\n -0330 (Newfoundland Time)", "1969-02-14T03:02:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00 EST", "2024-01-01T05:00:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00 Z", "2024-01-01T00:00:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00", "2024-01-01T00:00:00.000Z"],
    ["1 Jan 2024", "2024-01-01T00:00:00.000Z"],
    ["Mon, 1 January 2024 12:00:00 +0000", "2024-01-01T12:00:00.000Z"],
    ["Mon, 1-Jan-2024 12:00:00 GMT+0100", "2024-01-01T11:00:00.000Z"],
    ["Mon Jan  2 15:04:05 2006", "2006-01-02T15:04:05.000Z"],
    ["Mon Jan  2 15:04:05 PST 2006", "2006-01-02T23:04:05.000Z"],
    ["2024-02-29T01:02:03Z", "2024-02-29T01:02:03.000Z"],
    ["2024-02-29 01:02:03 +01:00", "2024-02-29T00:02:03.000Z"],
    ["Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59.000Z"],
    ["Mon, 1 Jan 2024 9:05:00 PM +0000", "2024-01-01T21:05:00.000Z"],
    ["Mon, 1 Jan 104 00:00:00 +0000", "2004-01-01T00:00:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00 +9999", "2024-01-01T00:00:00.000Z"],
  ])("%j", (raw, iso) => {
    expect(parseMailDate(raw)).toBe(iso);
  });

  it.each([
    "",
    "yesterday",
    "32 Jan 2024 00:00:00 +0000",
    "31 Feb 2024 00:00",
    "1 Foo 2024 00:00",
    "1 Jan 2024 25:00",
  ])("%j is no date", (raw) => {
    expect(parseMailDate(raw)).toBeNull();
  });
});

describe("parameters", () => {
  const params = (raw: string) => Object.fromEntries(parseParameterised(raw).params);

  it.each([
    ['text/plain; charset="utf-8"', { charset: "utf-8" }],
    ["text/plain;charset=utf-8;", { charset: "utf-8" }],
    ["TEXT/PLAIN; CHARSET=UTF-8", { charset: "UTF-8" }],
    ["text/plain charset=utf-8", { charset: "utf-8" }],
    ["text/plain; charset=utf-8 (a comment)", { charset: "utf-8" }],
    ["text/plain; (a; comment) charset=utf-8", { charset: "utf-8" }],
    ['a/b; name="a;b=c"', { name: "a;b=c" }],
    ['a/b; name="a\\"b\\\\c"', { name: 'a"b\\c' }],
    ['a/b; name="C:\\docs\\file.txt"', { name: "C:\\docs\\file.txt" }],
    ["a/b; name=two words.txt; x=y", { name: "two words.txt", x: "y" }],
    ['a/b; name="never closed', { name: "never closed" }],
    ["a/b; name=1; name=2", { name: "1" }],
    ['a/b; name="=?utf-8?Q?=C3=9C.txt?="', { name: "Ü.txt" }],
    ["a/b; name==?utf-8?Q?=C3=9C.txt?=", { name: "Ü.txt" }],
    // The examples of RFC 2231, sections 3 and 4.
    ['a/b; URL*0="ftp://";  URL*1="cs.utk.edu/pub"', { url: "ftp://cs.utk.edu/pub" }],
    ["a/b; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", { title: "This is ***fun***" }],
    [
      "a/b; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
      { title: "This is even more ***fun*** isn't it!" },
    ],
    ["a/b; f*1*=%BC.txt; f*0*=utf-8''a%C3", { f: "aü.txt" }],
    ["a/b; f*=iso-8859-1''%FC", { f: "ü" }],
    ["a/b; f*=utf-8''%zz%4", { f: "%zz%4" }],
    ["a/b; f*=''plain", { f: "plain" }],
    ["a/b; f=ascii.txt; f*=utf-8''%C3%BC.txt", { f: "ü.txt" }],
    ['a/b; name="r\xe9sum\xe9.txt"', { name: "résumé.txt" }],
  ])("%j", (raw, expected) => {
    expect(params(raw)).toEqual(expected);
  });

  it("does not decode per cents where RFC 2231 says they are text", () => {
    expect(params('a/b; f*0="a%2F"; f*1="b"')).toEqual({ f: "a%2Fb" });
  });

  it("survives a flood of parameters", () => {
    expect(parseParameterised(`a/b;${"x=y;".repeat(100_000)}`).params.size).toBe(1);
    expect(parseParameterised(`a/b; f*0*=utf-8''${"%41".repeat(300_000)}`).params.get("f")).toHaveLength(
      300_000,
    );
    expect(parseParameterised('"'.repeat(10_000)).params.size).toBe(0);
  });
});

describe("message ids", () => {
  it.each([
    ["<a@b>", ["<a@b>"]],
    ["<a@b> <c@d>\t<a@b>", ["<a@b>", "<c@d>"]],
    ["<a@b><c@d>", ["<a@b>", "<c@d>"]],
    ["a@b.test", ["<a@b.test>"]],
    ['Your message of Monday <a@b> "x"', ["<a@b>"]],
    ["<very\r\n long@b>", ["<verylong@b>"]],
    ["", []],
    ["no id here", []],
  ])("%j", (raw, ids) => {
    expect(parseMessageIds(raw)).toEqual(ids);
  });
});

describe("header blocks", () => {
  it("unfolds, ignores case, and takes the first of two", () => {
    const message = read(
      mime("SUBJECT: one", "\ttwo", "subject: other", "From : Ada <a@b.test>", "To:x@y.test", "", "body"),
    );
    expect(message.subject).toBe("one two");
    expect(message.from).toEqual([{ name: "Ada", email: "a@b.test" }]);
    expect(message.to).toEqual([{ name: "", email: "x@y.test" }]);
  });

  it("skips an mbox line, and lines that are no field when fields follow", () => {
    const message = read(
      mime("From a@b Mon Jan  1 00:00:00 2024", "Subject: s", "garbage line", "To: x@y.test", "", "body"),
    );
    expect(message.subject).toBe("s");
    expect(message.to).toHaveLength(1);
    expect(message.text).toBe("body");
    expect(message.warnings.map(({ code }) => code)).toEqual(["header-line"]);
  });

  it("begins the body at a line that is no field when none follows", () => {
    const message = read(mime("Subject: s", "Hello,", "this is text"));
    expect(message.subject).toBe("s");
    expect(message.text).toBe("Hello,\nthis is text");
  });

  it("reads every kind of line end", () => {
    for (const end of ["\r\n", "\n", "\r"]) {
      const message = read(new TextEncoder().encode(["Subject: s", "X: y", "", "a", "b"].join(end)));
      expect([message.subject, message.text]).toEqual(["s", "a\nb"]);
    }
  });

  it("joins several To fields and reads Bcc, Reply-To and the thread", () => {
    const message = read(
      rawMime(
        "To: a@b.test",
        "To: c@d.test",
        "Cc: e@f.test",
        "Bcc: g@h.test",
        "Reply-To: R <r@s.test>",
        "Message-ID: <m@n>",
        "In-Reply-To: <p@q>",
        "References: <o@q>",
        "  <p@q>",
        "Date: Mon, 1 Jan 2024 00:00:00 +0000",
        "",
        "",
      ),
    );
    expect(message.to.map(({ email }) => email)).toEqual(["a@b.test", "c@d.test"]);
    expect(message).toMatchObject({
      cc: [{ email: "e@f.test" }],
      bcc: [{ email: "g@h.test" }],
      replyTo: [{ name: "R" }],
    });
    expect(message).toMatchObject({ messageId: "<m@n>", inReplyTo: "<p@q>", references: ["<o@q>", "<p@q>"] });
    expect(message.date).toBe("2024-01-01T00:00:00.000Z");
  });

  it("warns of a date that is none", () => {
    const message = read(mime("Date: whenever", "", ""));
    expect(message.date).toBeNull();
    expect(message.warnings).toEqual([{ code: "date", message: 'not a date: "whenever"' }]);
  });
});
