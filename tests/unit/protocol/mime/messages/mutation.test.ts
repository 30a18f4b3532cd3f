import { describe, expect, it } from "vitest";
import { MIME_LIMITS } from "../../../../../electron/protocol/mime/limits.ts";
import { parseMime } from "../../../../../electron/protocol/mime/parse.ts";
import { mime, read } from "../read.ts";

/** Twenty short messages, each with another part of the grammar in it. */
const SAMPLES: readonly (readonly string[])[] = [
  ["Subject: plain", "", "text"],
  ["Subject: =?utf-8?q?=C3=BC?= =?utf-8?b?w7w=?=", "", "x"],
  ["From: Ada <a@b.test>, (c) d@e.test", "To: G: x@y.test;", "", ""],
  ['From: "a, b" <@r.test:a@b.test>', "", ""],
  ["Date: Tue (x), 1 Jul 2003 10:52:37 +0200", "", ""],
  ["Message-ID: <a@b>", "References: <c@d>", " <e@f>", "", ""],
  ["Content-Type: text/plain; charset=utf-16", "", "a\0b\0"],
  ["Content-Type: text/plain; charset=iso-2022-jp", "", "\x1b$BF|\x1b(B"],
  ["Content-Type: text/plain; charset=hz-gb-2312", "", "~{VPND~}"],
  ["Content-Type: text/plain; format=flowed", "", "> a ", "> b", "-- ", "c"],
  ["Content-Transfer-Encoding: base64", "", "YWJjZGVm"],
  ["Content-Transfer-Encoding: quoted-printable", "", "a=3D=\r\nb"],
  ["", "begin 644 x", "#86)C", "`", "end"],
  ["Content-Type: text/html", "", "<meta charset=koi8-r><p>x</p>"],
  ["Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x", "--b--"],
  [
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b--",
  ],
  ["Content-Type: message/rfc822", "", "Content-Type: message/rfc822", "", "Subject: s", "", "x"],
  ["Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1*=%BC", "", "x"],
  ['Content-Type: application/pdf name="a b.pdf"; x', "", "%PDF"],
  ["Content-Type: text/calendar; method=request", "", "BEGIN:VCALENDAR"],
];

/** Bytes with a meaning somewhere in the grammar, and some with none anywhere. */
const BYTES = [
  0x00, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x28, 0x2d, 0x3a, 0x3b, 0x3c, 0x3d, 0x3f, 0x7e, 0xc3,
];

function sound(bytes: Uint8Array): void {
  const result = parseMime(bytes);
  if (!result.ok) {
    expect(result.error.at).toBeLessThanOrEqual(bytes.length);
    return;
  }
  const { subject, text, html, attachments, date, messageId } = result.value;
  expect(subject).not.toMatch(/\p{Cc}/u);
  for (const each of [text, html]) if (each !== null) expect(each).not.toContain("\r");
  for (const { name, size, content } of attachments) {
    expect(name).not.toMatch(/^$|[/\\\p{Cc}]/u);
    expect(size).toBe(content.length);
  }
  if (date !== null) expect(date).toMatch(/^[+-]?\d{4,6}-\d\d-\d\dT/);
  if (messageId !== null) expect(messageId).toMatch(/^<[^<>]+>$/);
}

describe("messages with damage", () => {
  it.each(SAMPLES.map((lines, index) => [index, lines] as const))(
    "sample %i, each byte changed",
    (_index, lines) => {
      const source = new Uint8Array(Buffer.from(lines.join("\r\n"), "latin1"));
      for (let at = 0; at < source.length; at += 1) {
        for (const byte of BYTES) {
          const changed = new Uint8Array(source);
          changed[at] = byte;
          sound(changed);
        }
      }
    },
  );

  it("any sample with any byte left out, or written twice", () => {
    for (const lines of SAMPLES) {
      const source = Buffer.from(lines.join("\r\n"), "latin1");
      for (let at = 0; at < source.length; at += 1) {
        sound(new Uint8Array(Buffer.concat([source.subarray(0, at), source.subarray(at + 1)])));
        sound(new Uint8Array(Buffer.concat([source.subarray(0, at + 1), source.subarray(at)])));
      }
    }
  });

  it("any sample inside any other", () => {
    for (const [index, outer] of SAMPLES.entries()) {
      for (const inner of SAMPLES) {
        const middle = index % (outer.length + 1);
        sound(mime(...outer.slice(0, middle), ...inner, ...outer.slice(middle)));
      }
    }
  });

  it("gives the same reading twice, and leaves the bytes alone", () => {
    for (const lines of SAMPLES) {
      const source = mime(...lines);
      const copy = new Uint8Array(source);
      expect(parseMime(source)).toEqual(parseMime(copy));
      expect(source).toEqual(copy);
    }
  });
});

describe("messages of great size", () => {
  it("reads as many parts as are allowed of ten thousand", () => {
    const parts = Array.from({ length: 10_000 }, (_, index) => ["--b", "", `part ${index}`]).flat();
    const message = read(mime("Content-Type: multipart/mixed; boundary=b", "", ...parts, "--b--"));
    expect(message.parts.children).toHaveLength(MIME_LIMITS.maxParts - 1);
    expect(message.warnings.map(({ code }) => code)).toEqual(["parts"]);
    expect(message.text?.startsWith("part 0\npart 1\n")).toBe(true);
  });

  it("reads an attachment of many megabytes", () => {
    const size = 12 * 1024 * 1024;
    const body = Buffer.alloc(size, 7).toString("base64");
    const source = Buffer.from(
      `Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}`,
    );
    expect(read(new Uint8Array(source)).attachments).toMatchObject([{ name: "a.zip", size }]);
  });

  it("cuts a text that is longer than allowed", () => {
    const source = new Uint8Array(MIME_LIMITS.maxText + 1_000).fill(0x61);
    source.set(Buffer.from("Subject: s\n\n"));
    const message = read(source);
    expect(message.text).toHaveLength(MIME_LIMITS.maxText);
    expect(message.warnings.map(({ code }) => code)).toEqual(["text-cut"]);
  });

  it.each<[string, string]>([
    ["boundaries of nothing", `Content-Type: multipart/mixed; boundary=b\n\n${"--b\n".repeat(200_000)}`],
    ["ends", `Content-Type: multipart/mixed; boundary=b\n\n${"--b--\n".repeat(200_000)}`],
    ["almost boundaries", `Content-Type: multipart/mixed; boundary=b\n\n--b\n\n${"--bx\n".repeat(200_000)}`],
    [
      "white space behind boundaries",
      `Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b${" ".repeat(500_000)}x`,
    ],
    ["soft breaks", `Content-Transfer-Encoding: quoted-printable\n\n${"=\n".repeat(300_000)}`],
    ["white space at line ends", `Content-Transfer-Encoding: quoted-printable\n\n${" ".repeat(500_000)}x`],
    ["comments in types", `Content-Type: text/plain ${"(a) b".repeat(50_000)}\n\n`],
    ["encoded words", `Subject: ${"=?utf-8?q?a?= ".repeat(30_000)}\n\n`],
    ["halves of encoded words", `Subject: ${"=?utf-8?q?".repeat(50_000)}\n\n`],
    ["references", `References: ${"<a@b> <".repeat(50_000)}\n\n`],
    ["marks of quotation", `Content-Type: text/plain; format=flowed\n\n${">".repeat(300_000)}`],
    ["beginnings of files", `\n${"begin 644 a\n#86)C\n".repeat(30_000)}end`],
    ["shifts", `Content-Type: text/plain; charset=hz-gb-2312\n\n${"~{".repeat(200_000)}`],
    ["escapes", `Content-Type: text/plain; charset=iso-2022-kr\n\n${"\x1b$)C\x0e\x0f".repeat(60_000)}`],
    ["meta elements", `Content-Type: text/html\n\n${"<meta ".repeat(60_000)}`],
  ])("stays quick with many %s", (_what, source) => {
    expect(read(new Uint8Array(Buffer.from(source, "latin1"))).parts.type).not.toBe("");
  });
});
