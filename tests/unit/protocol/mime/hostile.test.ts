import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMime } from "../../../../electron/protocol/mime/parse.ts";
import type { MimePart } from "../../../../electron/protocol/mime/parsed.ts";

const count = (part: MimePart): number => part.children.reduce((sum, child) => sum + count(child), 1);

/** What must hold of every reading, of whatever it is a reading. */
function check(bytes: Uint8Array): void {
  const result = parseMime(bytes);
  if (!result.ok) {
    expect(result.error.message).not.toBe("");
    return;
  }
  const { value } = result;
  expect(JSON.parse(JSON.stringify({ ...value, attachments: [] }))).toBeTypeOf("object");
  expect(count(value.parts)).toBeLessThanOrEqual(2_000);
  expect(value.subject).not.toMatch(/[\r\n]/);
  for (const { name, size, content, sha256 } of value.attachments) {
    expect(name).not.toBe("");
    expect(name).not.toMatch(/[/\\\p{Cc}]/u);
    expect(size).toBe(content.length);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  if (value.date !== null) expect(new Date(value.date).toISOString()).toBe(value.date);
}

describe("whatever comes in", () => {
  it("random bytes are read or refused, never a crash", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), check), { seed: 51, numRuns: 400 });
  });

  it("random pieces of messages in any order are read", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\r\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "From: ",
        "Subject: ",
        "Date: ",
        "To: a@b, ",
        "Message-ID: <",
        ">",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        'Content-Type: multipart/alternative; boundary="b"\r\n',
        "Content-Type: multipart/related\r\n",
        "Content-Type: text/html; charset=iso-2022-jp\r\n",
        "Content-Type: text/plain; format=flowed; delsp=yes\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: text/calendar; method=REQUEST\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "Content-Disposition: attachment; filename*0*=utf-8''%e",
        "; filename*1*=%80",
        "Content-ID: <x>\r\n",
        "--b\r\n",
        "--b--\r\n",
        "--b",
        "--",
        "begin 644 x\n",
        "end\n",
        "=?utf-8?b?",
        "=?iso-2022-jp?q?",
        "?=",
        "=\r\n",
        "=3D",
        "YWJj",
        "> ",
        " ",
        "\t",
        "\0",
        ":",
        ";",
        '"',
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
        check(new Uint8Array(Buffer.from(pieces.join(""), "latin1"))),
      ),
      { seed: 52, numRuns: 1_500 },
    );
  });

  it("a whole message cut anywhere, or with any byte changed, is read", () => {
    const source = Buffer.from(
      [
        "From: =?utf-8?Q?=C3=9C?= <a@b.test>",
        "Subject: s",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: multipart/alternative; boundary=c",
        "",
        "--c",
        "",
        "text",
        "--c",
        "Content-Type: text/html",
        "",
        "<p>html</p>",
        "--c--",
        "--b",
        "Content-Type: image/png; name*=utf-8''%C3%9C.png",
        "Content-Transfer-Encoding: base64",
        "",
        "AAECAwQ=",
        "--b--",
        "",
      ].join("\r\n"),
    );
    for (let at = 1; at < source.length; at += 1) check(new Uint8Array(source.subarray(0, at)));
    fc.assert(
      fc.property(fc.nat(source.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = new Uint8Array(source);
        changed[at] = byte;
        check(changed);
      }),
      { seed: 53, numRuns: 500 },
    );
  });
});
