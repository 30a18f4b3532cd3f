import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTransfer } from "../../../../../electron/protocol/mime/text/transfer.ts";
import { decodeUuencode } from "../../../../../electron/protocol/mime/text/uuencode.ts";
import { mime, read, withBody } from "../read.ts";

const decoded = (source: string, encoding: string) => {
  const { bytes, problem } = decodeTransfer(new Uint8Array(Buffer.from(source, "latin1")), encoding);
  return [Buffer.from(bytes).toString("latin1"), problem === null];
};

describe("base64", () => {
  it.each<[string, string, string, boolean]>([
    ["with padding", "YQ==", "a", true],
    ["without padding", "YQ", "a", true],
    ["with half its padding", "YQ=", "a", true],
    ["with too much padding", "YWI=====", "ab", true],
    ["in lines", "YWJj\r\nZGVm\r\n", "abcdef", true],
    ["in lines of odd length", "Y\r\nWJ\r\njZG\r\nVm", "abcdef", true],
    ["with spaces", "YW Jj\tZG Vm", "abcdef", true],
    ["with signs that are none of it", "YW!J*j#", "abc", true],
    ["in pieces, each with padding", "YQ==\r\nYg==\r\n", "ab", true],
    ["line by line, as some senders do", "YWI=\r\nY2Q=\r\n", "abcd", true],
    ["with line ends that were escaped", "YWJj=0A", "abc\xd0", true],
    ["of one sign too many", "YWJjZ", "abc", false],
    ["of one sign", "Y", "", false],
    ["of nothing", "", "", true],
    ["of white space", " \r\n \r\n", "", true],
    ["of padding only", "====", "", true],
    ["of any byte", "AP+A/w==", "\0\xff\x80\xff", true],
  ])("%s", (_what, source, text, sound) => {
    expect(decoded(source, "base64")).toEqual([text, sound]);
  });

  it("reads back whatever was written in lines", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
        const lines =
          Buffer.from(bytes)
            .toString("base64")
            .match(new RegExp(`.{1,${width}}`, "g")) ?? [];
        const back = decodeTransfer(new Uint8Array(Buffer.from(lines.join("\r\n"))), "base64");
        expect([Buffer.compare(back.bytes, bytes), back.problem]).toEqual([0, null]);
      }),
      { seed: 71, numRuns: 200 },
    );
  });
});

describe("quoted-printable", () => {
  it.each<[string, string, string]>([
    ["nothing", "", ""],
    ["plain text", "plain", "plain"],
    ["escapes", "=41=3D=20", "A= "],
    ["lower-case escapes", "=c3=bc", "\xc3\xbc"],
    ["mixed escapes", "=cB=Cb", "\xcb\xcb"],
    ["a soft line break", "a=\r\nb", "ab"],
    ["a soft line break of LF", "a=\nb", "ab"],
    ["a soft line break of CR", "a=\rb", "ab"],
    ["a soft break with white space", "a= \t\r\nb", "ab"],
    ["two soft breaks", "a=\r\n=\r\nb", "ab"],
    ["a soft break at the end", "a=\r\n", "a"],
    ["an equals sign at the end", "a=", "a"],
    ["half an escape at the end", "a=4", "a=4"],
    ["no escape", "a=xyb", "a=xyb"],
    ["half an escape", "a=4xb", "a=4xb"],
    ["an equals sign before a word", "1 = 2", "1 = 2"],
    ["two equals signs", "a==41", "a=A"],
    ["white space at line ends", "a \t\r\nb  \nc", "a\r\nb\nc"],
    ["white space that was escaped", "a=20\r\nb", "a \r\nb"],
    ["white space in the middle", "a  b\tc", "a  b\tc"],
    ["white space at the very end", "a  ", "a  "],
    ["bytes that should have been escaped", "\xfc\x80", "\xfc\x80"],
    ["a NUL", "a=00b", "a\0b"],
    ["an underscore, which is itself here", "a_b", "a_b"],
    ["line ends as they are", "a\r\nb\nc\rd", "a\r\nb\nc\rd"],
  ])("%s", (_what, source, text) => {
    expect(decoded(source, "quoted-printable")).toEqual([text, true]);
  });

  it("reads back whatever was written", () => {
    const write = (bytes: Uint8Array) =>
      [...bytes].map((byte) => `=${byte.toString(16).padStart(2, "0")}`).join("=\r\n");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const back = decodeTransfer(new Uint8Array(Buffer.from(write(bytes))), "quoted-printable");
        expect(Buffer.compare(back.bytes, bytes)).toBe(0);
      }),
      { seed: 72, numRuns: 150 },
    );
  });
});

describe("the identity encodings", () => {
  it("change nothing", () => {
    const every = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
    for (const encoding of ["7bit", "8bit", "binary"])
      expect(decoded(every, encoding)).toEqual([every, true]);
  });

  it("keep bytes of a binary part, line ends and all", () => {
    const message = read(
      mime(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: application/octet-stream; name=x",
        "Content-Transfer-Encoding: binary",
        "",
        "a\0b\nc\rd\r\n",
        "--b--",
      ),
    );
    expect(Buffer.from(message.attachments[0]?.content ?? []).toString()).toBe("a\0b\nc\rd\r\n");
  });
});

describe("names of encodings", () => {
  it.each([
    ["base64", "YQ==", "a"],
    ["BASE64", "YQ==", "a"],
    [' "base64" ', "YQ==", "a"],
    ["base64;", "YQ==", "a"],
    ["base64; x=y", "YQ==", "a"],
    ["base64 (really)", "YQ==", "a"],
    ["(really) base64", "YQ==", "a"],
    ["base-64", "YQ==", "a"],
    ["quoted-printable", "=41", "A"],
    ["Quoted-Printable,", "=41", "A"],
    ["quoted printable", "=41", "A"],
    ["quotedprintable", "=41", "A"],
    ["7bit", "=41", "=41"],
    ["8-bits", "=41", "=41"],
    ["", "=41", "=41"],
    ["utf-8", "=41", "=41"],
    ["x-gzip64", "YQ==", "YQ=="],
  ])("%j", (name, source, text) => {
    expect(read(withBody([`Content-Transfer-Encoding: ${name}`], source)).text).toBe(text);
  });
});

/** What the classic program writes. */
function uuencode(bytes: Uint8Array, name: string): string {
  const sign = (value: number) => String.fromCharCode(value === 0 ? 96 : value + 32);
  const lines = [`begin 644 ${name}`];
  for (let at = 0; at < bytes.length; at += 45) {
    const line = bytes.subarray(at, at + 45);
    let text = sign(line.length);
    for (let index = 0; index < line.length; index += 3) {
      const [a = 0, b = 0, c = 0] = line.subarray(index, index + 3);
      text +=
        sign(a >> 2) + sign(((a & 3) << 4) | (b >> 4)) + sign(((b & 15) << 2) | (c >> 6)) + sign(c & 63);
    }
    lines.push(text);
  }
  return [...lines, "`", "end"].join("\n");
}

describe("uuencode", () => {
  it("reads back whatever was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        const { text, files } = decodeUuencode(`before\n${uuencode(bytes, "a b.bin")}\nafter`);
        expect([text, files.length, files[0]?.name]).toEqual(["before\nafter", 1, "a b.bin"]);
        expect(Buffer.compare(files[0]?.bytes ?? new Uint8Array(), bytes)).toBe(0);
      }),
      { seed: 73, numRuns: 150 },
    );
  });

  it("reads several files from one text", () => {
    const file = (name: string) => uuencode(new Uint8Array([1, 2, 3]), name);
    const message = read(withBody([], `Hi\r\n${file("one.gif")}\r\nand\r\n${file("two.gif")}\r\nBye`));
    expect(message.text).toBe("Hi\nand\nBye");
    expect(message.attachments.map(({ name, size, type }) => [name, size, type])).toEqual([
      ["one.gif", 3, "application/octet-stream"],
      ["two.gif", 3, "application/octet-stream"],
    ]);
  });

  it("names a file that came without a name", () => {
    const message = read(withBody([], "begin 644 \n#86)C\n`\nend"));
    expect(message.attachments).toMatchObject([{ name: "attachment-1.bin", size: 3 }]);
    expect(message.text).toBe("");
  });

  it.each([
    "begin 644 x",
    "begin 644 x\nend",
    "begin 644 x\n#86)C",
    "begin at the beginning\n#86)C\nend",
    "begin 999 x\n#86)C\nend",
    "begin 644 x\nThese are words of a person\nend",
    " begin 644 x\n#86)C\nend",
    "> begin 644 x\n> #86)C\n> end",
  ])("leaves %j a text", (source) => {
    expect(decodeUuencode(source)).toEqual({ text: source, files: [] });
  });

  it("is a transfer encoding as well, whole or cut short", () => {
    for (const encoding of ["x-uuencode", "uuencode", "x-uue", "X-UUENCODE"]) {
      const headers = ["Content-Type: text/plain", `Content-Transfer-Encoding: ${encoding}`];
      expect(read(withBody(headers, "begin 644 x\n#86)C\n`\nend\n"))).toMatchObject({
        text: "abc",
        warnings: [],
      });
      expect(read(withBody(headers, "begin 644 x\n#86)C\n"))).toMatchObject({ text: "abc", warnings: [] });
    }
    const none = read(withBody(["Content-Transfer-Encoding: x-uuencode"], "nothing of the kind"));
    expect([none.text, none.warnings.length]).toEqual(["nothing of the kind", 1]);
  });

  it("leaves yEnc alone", () => {
    const yenc = "=ybegin line=128 size=3 name=a.bin\n\x8b\x8c\x8d\n=yend size=3";
    const message = read(withBody(["Content-Type: text/plain; charset=iso-8859-1"], yenc));
    expect([message.text?.includes("=ybegin"), message.attachments]).toEqual([true, []]);
  });
});
