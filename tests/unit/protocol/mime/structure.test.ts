import { describe, expect, it } from "vitest";
import { MIME_LIMITS } from "../../../../electron/protocol/mime/limits.ts";
import { parseMime } from "../../../../electron/protocol/mime/parse.ts";
import type { MimePart } from "../../../../electron/protocol/mime/parsed.ts";
import { mime, rawMime, read, withBody } from "./read.ts";

const multipart = (subtype: string, boundary: string, ...parts: readonly string[]) => [
  `Content-Type: multipart/${subtype}; boundary="${boundary}"`,
  "",
  ...parts.flatMap((part) => [`--${boundary}`, part]),
  `--${boundary}--`,
];
const text = (body: string) => `Content-Type: text/plain\r\n\r\n${body}`;
const html = (body: string) => `Content-Type: text/html\r\n\r\n${body}`;
const shape = ({ type, children }: MimePart): unknown =>
  children.length === 0 ? type : [type, ...children.map(shape)];
const codes = (message: { readonly warnings: readonly { readonly code: string }[] }) =>
  message.warnings.map(({ code }) => code);

describe("bodies", () => {
  it("takes one version of an alternative each", () => {
    const message = read(mime(...multipart("alternative", "b", text("plain"), html("<p>html</p>"))));
    expect([message.text, message.html]).toEqual(["plain", "<p>html</p>"]);
    expect(shape(message.parts)).toEqual(["multipart/alternative", "text/plain", "text/html"]);
    expect(message.warnings).toEqual([]);
  });

  it("has no text when there is none, and no HTML when there is none", () => {
    expect(read(mime("Content-Type: text/html", "", "<p>x</p>"))).toMatchObject({
      text: null,
      html: "<p>x</p>",
    });
    expect(read(mime("Content-Type: text/plain", "", "x"))).toMatchObject({ text: "x", html: null });
    expect(read(mime("Subject: x", "", ""))).toMatchObject({ text: "", html: null });
  });

  it("joins what stands side by side, converting where needed", () => {
    const message = read(mime(...multipart("mixed", "b", text("one"), html("<p>two</p>"), text("three"))));
    expect(message.text).toBe("one\ntwo\nthree");
    expect(message.html).toBe("<div>one</div>\n<p>two</p>\n<div>three</div>");
    expect(message.attachments).toEqual([]);
  });

  it("takes a named text for a file, unless it comes first", () => {
    const named = "Content-Type: text/plain; name=notes.txt\r\n\r\nnotes";
    const message = read(mime(...multipart("mixed", "b", text("body"), named)));
    expect(message.text).toBe("body");
    expect(message.attachments.map(({ name }) => name)).toEqual(["notes.txt"]);
    expect(read(mime(...multipart("mixed", "b", named, text("more")))).text).toBe("notes\nmore");
  });

  it("finds inline pictures, and knows them from files", () => {
    const picture = (id: string) =>
      `Content-Type: image/png\r\nContent-ID: <${id}>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==`;
    const file = "Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF";
    const related = multipart("related", "r", html('<img src="cid:p1@x">'), picture("p1@x")).join("\r\n");
    const message = read(mime(...multipart("mixed", "m", related, file)));
    expect(message.attachments).toMatchObject([
      { name: "image-1.png", type: "image/png", size: 4, inline: true, contentId: "p1@x" },
      { name: "a.pdf", type: "application/pdf", size: 4, inline: false, contentId: null },
    ]);
  });

  it("keeps invitations apart, and as a file only when they have a name", () => {
    const invite = "Content-Type: text/calendar; method=request; charset=utf-8\r\n\r\nBEGIN:VCALENDAR";
    const file =
      'Content-Type: application/ics; name="invite.ics"\r\nContent-Disposition: attachment\r\n\r\nBEGIN:VCALENDAR';
    const alternative = multipart("alternative", "a", text("t"), html("h"), invite).join("\r\n");
    const message = read(mime(...multipart("mixed", "m", alternative, file)));
    expect(message.calendar).toEqual([
      { method: "REQUEST", text: "BEGIN:VCALENDAR" },
      { method: null, text: "BEGIN:VCALENDAR" },
    ]);
    expect(message.attachments.map(({ name }) => name)).toEqual(["invite.ics"]);
  });

  it("keeps a forwarded message as one file named by its subject", () => {
    const inner =
      "Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?q?F=C3=BCr?= a/b\r\nFrom: x@y.test\r\n\r\ninner";
    const message = read(mime(...multipart("mixed", "b", text("outer"), inner)));
    expect(message.text).toBe("outer");
    expect(message.attachments).toMatchObject([{ name: "Für a_b.eml", type: "message/rfc822" }]);
    const digest = read(
      mime(...multipart("digest", "b", "\r\nSubject: one\r\n\r\n1", "\r\nSubject: two\r\n\r\n2")),
    );
    expect(digest.attachments.map(({ name }) => name)).toEqual(["one.eml", "two.eml"]);
  });

  it("reports hash and size of decoded content", () => {
    const file = "Content-Type: text/x-empty; name=e\r\nContent-Disposition: attachment\r\n\r\n";
    const message = read(mime(...multipart("mixed", "b", text("t"), file)));
    expect(message.attachments[0]?.sha256).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    expect(message.attachments[0]?.size).toBe(0);
  });
});

describe("boundaries", () => {
  it("ignores what is around the parts, and takes the line end before a boundary for the boundary's", () => {
    const message = read(
      mime(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "preamble",
        "--b",
        "",
        "text",
        "",
        "--b--",
        "epilogue",
      ),
    );
    expect(message.text).toBe("text\n");
  });

  it("is not misled by lines that only begin like a boundary", () => {
    const message = read(mime(...multipart("mixed", "b", text("--bb\r\n --b\r\n--b x\r\nend"))));
    expect(message.text).toBe("--bb\n --b\n--b x\nend");
  });

  it("allows white space behind a boundary", () => {
    expect(
      read(mime("Content-Type: multipart/mixed; boundary=b", "", "--b \t", "", "x", "--b-- ")).text,
    ).toBe("x");
  });

  it("reads nested multiparts whose inner boundary begins like the outer", () => {
    const inner = multipart("alternative", "outer-inner", text("a"), html("b")).join("\r\n");
    const message = read(mime(...multipart("mixed", "outer", inner, text("c"))));
    expect(shape(message.parts)).toEqual([
      "multipart/mixed",
      ["multipart/alternative", "text/plain", "text/html"],
      "text/plain",
    ]);
  });

  it("reads a message that was cut off", () => {
    const message = read(
      mime(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "half a sent",
      ),
    );
    expect(message.text).toBe("half a sent");
    expect(codes(message)).toEqual(["unterminated"]);
    const inHeaders = read(mime("Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Ty"));
    expect(codes(inHeaders)).toContain("unterminated");
  });

  it("closes an inner multipart where the outer goes on", () => {
    const inner = 'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n\r\ninner';
    const message = read(mime(...multipart("mixed", "out", inner, text("outer"))));
    expect(message.text).toBe("inner\nouter");
    expect(codes(message)).toEqual(["unterminated"]);
  });

  it("guesses a boundary that is not named, and shows the source when there is none", () => {
    const guessed = read(
      mime("Content-Type: multipart/mixed", "", "--x1", "Content-Type: text/plain", "", "a", "--x1--"),
    );
    expect([guessed.text, codes(guessed)]).toEqual(["a", ["boundary"]]);
    const misnamed = read(mime("Content-Type: multipart/mixed; boundary='q'", "", "--q", "", "a", "--q--"));
    expect([misnamed.text, codes(misnamed)]).toEqual(["a", ["boundary"]]);
    const lost = read(mime("Content-Type: multipart/mixed; boundary=b", "", "just text"));
    expect([lost.text, codes(lost)]).toEqual(["just text", ["boundary"]]);
    expect(read(mime("Content-Type: multipart/mixed", "", "just text")).text).toBe("just text");
  });

  it("reads boundaries of any characters", () => {
    for (const boundary of ["=_a.b/c", "a b", "'()+_,-./:=?", "----=_NextPart_000_0001", "\xe9"]) {
      const message = read(rawMime(...multipart("mixed", boundary, text("x"))));
      expect([boundary, message.text]).toEqual([boundary, "x"]);
    }
  });
});

describe("transfer encodings and text forms", () => {
  const body = (encoding: string, source: string) =>
    read(
      withBody(["Content-Type: text/plain; charset=utf-8", `Content-Transfer-Encoding: ${encoding}`], source),
    );

  it.each([
    ["quoted-printable", "caf=C3=A9", "café"],
    ["Quoted-Printable", "a =\r\nb", "a b"],
    ["quoted-printable", "a=\nb", "ab"],
    ["quoted-printable", "trailing  \r\nb", "trailing\nb"],
    ["quoted-printable", "soft= \r\nbreak", "softbreak"],
    ["quoted-printable", "1=2 =zz =4", "1=2 =zz =4"],
    ["quoted-printable", "end=", "end"],
    ["quoted-printable", "=c3=a9=3d", "é="],
    ["base64", "Y2Fmw6k=", "café"],
    ["BASE64", "Y2Fm\r\n w6k", "café"],
    ["base64", "Y2Fm!w6k=", "café"],
    ["base64", "YQ==Yg==", "ab"],
    ["base64 (a comment)", "YQ==", "a"],
    ["7bit", "x", "x"],
    ["8-bit", "x", "x"],
    ["quoted printable", "=41", "A"],
    ["x-uuencode", "begin 644 a\n#86)C\n`\nend", "abc"],
  ])("%s: %j reads %j", (encoding, source, expected) => {
    expect(body(encoding, source).text).toBe(expected);
  });

  it("warns of damage and of names nobody knows", () => {
    expect(codes(body("base64", "YWJjZ"))).toEqual(["base64"]);
    expect(codes(body("x-magic", "abc"))).toEqual(["encoding"]);
    expect(body("x-magic", "abc").text).toBe("abc");
    expect(body("constructor", "abc").text).toBe("abc");
  });

  it.each([
    ["one \r\nline\r\nnext", "one line\nnext"],
    ["> a \r\n> b\r\n>> c", "> a b\n>> c"],
    ["> a \r\nb", "> a \nb"],
    [" stuffed\r\n >not a quote", "stuffed\n>not a quote"],
    ["text\r\n-- \r\nname", "text\n-- \nname"],
    ["ends open ", "ends open "],
  ])("format=flowed: %j reads %j", (source, expected) => {
    expect(read(withBody(["Content-Type: text/plain; format=flowed"], source)).text).toBe(expected);
  });

  it("removes the space of flowed text in scripts without spaces", () => {
    expect(read(withBody(["Content-Type: text/plain; format=flowed; delsp=yes"], "ab \r\ncd")).text).toBe(
      "abcd",
    );
  });

  it("takes uuencoded files out of a text, and leaves what is none", () => {
    const message = read(withBody([], "before\r\nbegin 644 my file.txt\r\n#86)C\r\n`\r\nend\r\nafter"));
    expect(message.text).toBe("before\nafter");
    expect(message.attachments).toMatchObject([{ name: "my file.txt", size: 3 }]);
    expect(Buffer.from(message.attachments[0]?.content ?? []).toString()).toBe("abc");
    const prose = "begin 644 times\r\nand then some prose that goes on\r\nend";
    expect(read(withBody([], prose)).text).toBe(prose.replaceAll("\r", ""));
  });
});

describe("content types", () => {
  it.each([
    ["text", "text/plain"],
    ["html", "text/html"],
    ["", "text/plain"],
    ["text/html; charset", "text/html"],
    ["TEXT/HTML;;charset=utf-8", "text/html"],
    ["text/plain/extra", "text/plain"],
    ["a b/c", "text/plain"],
  ])("%j counts as %s", (raw, type) => {
    expect(read(mime(`Content-Type: ${raw}`, "", "x")).parts.type).toBe(type);
  });
});

describe("limits", () => {
  const limits = {
    ...MIME_LIMITS,
    maxDepth: 3,
    maxParts: 5,
    maxHeaderBytes: 2_000,
    maxText: 10,
    maxBytes: 50_000,
  };
  const within = (bytes: Uint8Array) => {
    const parsed = parseMime(bytes, limits);
    if (!parsed.ok) throw new Error(parsed.error.code);
    return parsed.value;
  };

  it("refuses only what is no message", () => {
    expect(parseMime(new Uint8Array())).toEqual({
      ok: false,
      error: { code: "empty", message: "there is nothing to read", at: 0 },
    });
    expect(parseMime(new Uint8Array(60_000), limits)).toMatchObject({
      ok: false,
      error: { code: "too-large" },
    });
    expect(parseMime(new Uint8Array([0x89, 0x50, 0, 1]))).toMatchObject({
      ok: false,
      error: { code: "not-a-message", at: 2 },
    });
    expect(codes(read(mime("only words")))).toContain("no-headers");
    expect(read(mime("", "body only")).text).toBe("body only");
  });

  it("stops at the depth, the parts, the headers and the text that are allowed", () => {
    let nested = text("deep");
    for (let depth = 0; depth < 10; depth += 1) nested = multipart("mixed", `b${depth}`, nested).join("\r\n");
    expect(codes(within(mime(nested)))).toContain("depth");
    const wide = within(mime(...multipart("mixed", "b", ...Array.from({ length: 50 }, () => text("x")))));
    expect(wide.parts.children).toHaveLength(4);
    expect(codes(wide)).toContain("parts");
    const header = within(mime(`Subject: kept`, `X: ${"y".repeat(5_000)}`, "To: a@b.test", "", "body"));
    expect([header.subject, header.text, codes(header)]).toEqual(["kept", "body", ["headers-cut"]]);
    const long = within(mime("", "0123456789abcdef"));
    expect([long.text, codes(long)]).toEqual(["0123456789", ["no-headers", "text-cut"]]);
  });

  it("lists a bounded number of warnings", () => {
    const lines = Array.from({ length: 500 }, (_, index) => `bad line ${index}\r\nX-${index}: y`);
    expect(read(mime(...lines, "", "x")).warnings.length).toBeLessThanOrEqual(100);
  });

  it("stays quick where work could explode", () => {
    const boundary = `${"-".repeat(60)}`;
    const dashes = read(
      mime(`Content-Type: multipart/mixed; boundary="${boundary}"`, "", "-".repeat(500_000)),
    );
    expect(dashes.text).toHaveLength(500_000);
    expect(
      read(withBody(["Content-Type: text/plain; format=flowed"], "> \r\n".repeat(50_000))).text,
    ).not.toBeNull();
    expect(read(withBody([], "begin 644 x\r\n".repeat(50_000))).attachments).toEqual([]);
    expect(read(mime(`To: ${'"'.repeat(100_000)}`, "", "")).text).toBe("");
  });
});
