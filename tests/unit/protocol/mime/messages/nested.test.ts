import { describe, expect, it } from "vitest";
import { MIME_LIMITS } from "../../../../../electron/protocol/mime/limits.ts";
import { parseMime } from "../../../../../electron/protocol/mime/parse.ts";
import type { MimePart } from "../../../../../electron/protocol/mime/parsed.ts";
import { mime, read } from "../read.ts";

const shape = ({ type, children }: MimePart): unknown =>
  children.length === 0 ? type : [type, ...children.map(shape)];
const count = (part: MimePart): number => part.children.reduce((sum, child) => sum + count(child), 1);

const inner = [
  "From: Ada <ada@x.test>",
  "Subject: Inner subject",
  "Content-Type: multipart/alternative; boundary=in",
  "",
  "--in",
  "",
  "inner text",
  "--in",
  "Content-Type: text/html",
  "",
  "<p>inner html</p>",
  "--in--",
];

const around = (type: string, lines: readonly string[], ...headers: readonly string[]) =>
  mime(
    "Subject: Outer subject",
    "Content-Type: multipart/mixed; boundary=out",
    "",
    "--out",
    "",
    "outer text",
    "--out",
    `Content-Type: ${type}`,
    ...headers,
    "",
    ...lines,
    "--out--",
  );

describe("a message inside a message", () => {
  const message = read(around("message/rfc822", inner));

  it("is one file, named by its subject", () => {
    expect(message.attachments).toMatchObject([
      { name: "Inner subject.eml", type: "message/rfc822", inline: false, contentId: null },
    ]);
    expect(Buffer.from(message.attachments[0]?.content ?? []).toString()).toBe(inner.join("\r\n"));
    expect(message.attachments[0]?.size).toBe(inner.join("\r\n").length);
  });

  it("lends neither its text nor its headers to the one around it", () => {
    expect([message.subject, message.text, message.html, message.from]).toEqual([
      "Outer subject",
      "outer text",
      null,
      [],
    ]);
  });

  it("shows its parts in the tree", () => {
    expect(shape(message.parts)).toEqual([
      "multipart/mixed",
      "text/plain",
      ["message/rfc822", ["multipart/alternative", "text/plain", "text/html"]],
    ]);
    expect(message.parts.children[1]?.size).toBe(inner.join("\r\n").length);
  });

  it("does the same for message/global", () => {
    const global = read(around("message/global", ["Subject: Üben", "", "text"]));
    expect(shape(global.parts)).toEqual(["multipart/mixed", "text/plain", ["message/global", "text/plain"]]);
    expect(global.attachments.map(({ name }) => name)).toEqual(["Üben.eml"]);
  });

  it("is read through a transfer encoding, which no standard allows", () => {
    const encoded = Buffer.from(inner.join("\r\n")).toString("base64");
    const found = read(around("message/rfc822", [encoded], "Content-Transfer-Encoding: base64"));
    expect(shape(found.parts)).toEqual(shape(message.parts));
    expect(found.attachments[0]).toMatchObject({
      name: "Inner subject.eml",
      sha256: message.attachments[0]?.sha256,
    });
    const quoted = read(
      around("message/rfc822", ["Subject: a=3Db", "", "x"], "Content-Transfer-Encoding: quoted-printable"),
    );
    expect(quoted.attachments.map(({ name }) => name)).toEqual(["a=b.eml"]);
  });

  it.each<[string, readonly string[], readonly string[], string]>([
    [
      "its own file name wins",
      ["Subject: s"],
      ["Content-Disposition: attachment; filename=mail.eml"],
      "mail.eml",
    ],
    ["a name of the type counts as well", ["Subject: s"], ["Content-Description: x"], "s.eml"],
    ["an encoded subject", ["Subject: =?utf-8?q?=C3=9Cber_uns?="], [], "Über uns.eml"],
    ["a subject like a path", ["Subject: ../../etc/passwd"], [], "_.._etc_passwd.eml"],
    ["no subject", ["To: a@b.test"], [], "message-1.eml"],
    ["an empty subject", ["Subject:"], [], "message-1.eml"],
    ["nothing inside", [], [], "message-1.eml"],
  ])("takes its name from the right place: %s", (_what, lines, headers, name) => {
    expect(read(around("message/rfc822", lines, ...headers)).attachments.map((file) => file.name)).toEqual([
      name,
    ]);
  });

  it("can be the whole of a message", () => {
    const whole = read(mime("Subject: outer", "Content-Type: message/rfc822", "", ...inner));
    expect(whole).toMatchObject({ subject: "outer", text: null, html: null });
    expect(shape(whole.parts)).toEqual([
      "message/rfc822",
      ["multipart/alternative", "text/plain", "text/html"],
    ]);
    expect(whole.attachments).toHaveLength(1);
  });

  it("does not let its broken parts warn of the outer ones", () => {
    const broken = read(
      around("message/rfc822", ["Content-Type: multipart/mixed; boundary=x", "", "--x", "", "y"]),
    );
    expect(broken.warnings).toEqual([]);
    expect(shape(broken.parts.children[1] ?? broken.parts)).toEqual([
      "message/rfc822",
      ["multipart/mixed", "text/plain"],
    ]);
  });
});

describe("digests", () => {
  it("are made of messages, unless they say otherwise", () => {
    const digest = read(
      mime(
        "Content-Type: multipart/digest; boundary=b",
        "",
        "--b",
        "",
        "Subject: one",
        "",
        "first",
        "--b",
        "",
        "Subject: two",
        "Content-Type: text/html",
        "",
        "<p>second</p>",
        "--b",
        "Content-Type: text/plain",
        "",
        "a note",
        "--b--",
      ),
    );
    expect(shape(digest.parts)).toEqual([
      "multipart/digest",
      ["message/rfc822", "text/plain"],
      ["message/rfc822", "text/html"],
      "text/plain",
    ]);
    expect(digest.attachments.map(({ name }) => name)).toEqual(["one.eml", "two.eml"]);
    expect(digest.text).toBe("a note");
  });
});

describe("depth", () => {
  const tower = (levels: number) => {
    const lines: string[] = [];
    for (let level = 0; level < levels; level += 1) lines.push("Content-Type: message/rfc822", "");
    return mime("Subject: top", ...lines, "Subject: bottom", "", "text");
  };
  const depth = (part: MimePart): number => 1 + Math.max(0, ...part.children.map(depth));

  it("looks into messages inside messages, but not for ever", () => {
    expect(depth(read(tower(4)).parts)).toBe(5);
    expect(depth(read(tower(300)).parts)).toBeLessThanOrEqual(MIME_LIMITS.maxDepth);
    expect(read(tower(300)).attachments).toHaveLength(1);
  });

  it("counts the parts inside against the limit of the whole", () => {
    const many = Array.from({ length: 30 }, (_, index) => ["--in", "", `part ${index}`]).flat();
    const files = Array.from({ length: 10 }, () => [
      "--out",
      "Content-Type: message/rfc822",
      "",
      "Content-Type: multipart/mixed; boundary=in",
      "",
      ...many,
      "--in--",
    ]).flat();
    const source = mime("Content-Type: multipart/mixed; boundary=out", "", ...files, "--out--");
    const within = parseMime(source, { ...MIME_LIMITS, maxParts: 50 });
    expect(within.ok && within.value.attachments.length).toBe(10);
    expect(within.ok && count(within.value.parts)).toBeLessThanOrEqual(65);
    expect(count(read(source).parts)).toBe(1 + 10 * 32);
  });

  it("leaves multiparts below the limit whole", () => {
    let lines: readonly string[] = ["", "bottom"];
    for (let level = 0; level < 200; level += 1) {
      lines = [
        `Content-Type: multipart/mixed; boundary=b${level}`,
        "",
        `--b${level}`,
        ...lines,
        `--b${level}--`,
      ];
    }
    const message = read(mime(...lines));
    expect(depth(message.parts)).toBe(MIME_LIMITS.maxDepth + 1);
    expect(message.text).toContain("bottom");
    expect(message.warnings.map(({ code }) => code)).toContain("depth");
  });

  it("bounds a boundary that is reused without end", () => {
    const lines = Array.from({ length: 3_000 }, () => [
      "--b",
      "Content-Type: multipart/mixed; boundary=b",
      "",
    ]).flat();
    const message = read(
      mime("Content-Type: multipart/mixed; boundary=b", "", ...lines, "--b", "", "bottom"),
    );
    expect(depth(message.parts)).toBeLessThanOrEqual(MIME_LIMITS.maxDepth + 1);
    expect(message.text).toContain("bottom");
  });
});
