import { describe, expect, it } from "vitest";
import { decodeCharset } from "../../../../../electron/protocol/mime/text/charset.ts";
import { rawMime, read, withBody } from "../read.ts";

const decode = (source: string, label: string) =>
  decodeCharset(Buffer.from(source, "latin1"), label, { allowUtf7: false });

describe("HZ", () => {
  it.each([
    ["plain ASCII", "plain", "plain"],
    ["the example of RFC 1843", "~{<:Ky2;S{#,NpJ)l6HK!#~}", "己所不欲，勿施於人。"],
    ["in the middle of a line", "This is ~{VPND~}.", "This is 中文."],
    ["twice in a line", "~{VP~}-~{ND~}", "中-文"],
    ["a tilde", "a ~~ b", "a ~ b"],
    ["a joined line", "a~\nb", "ab"],
    ["a joined line of CRLF", "a~\r\nb", "ab"],
    ["a tilde that is none of these", "a ~x b", "a ~x b"],
    ["a tilde at the end", "a ~", "a ~"],
    ["an alphabet never closed", "~{VPND", "中文"],
    ["closed by the line's end", "~{VP\nND", "中\nND"],
    ["nothing", "", ""],
  ])("%s", (_what, source, text) => {
    expect(decode(source, "hz-gb-2312")).toEqual({ text, charset: "hz-gb-2312", problem: null });
  });

  it("goes by its other names", () => {
    for (const label of ["HZ-GB-2312", "hz", "x-cp52936"]) expect(decode("~{VP~}", label).text).toBe("中");
  });
});

describe("ISO-2022-KR", () => {
  const head = "\x1b$)C";
  it.each([
    ["plain ASCII", `${head}plain`, "plain"],
    ["a word", `${head}\x0eGQ\x0f`, "한"],
    ["words and ASCII", `${head}a \x0eGQ1[\x0f b`, "a 한글 b"],
    ["without its announcement", "\x0eGQ\x0f", "한"],
    ["never shifted back", `${head}\x0eGQ1[`, "한글"],
    ["shifted back by the line's end", `${head}\x0eGQ\nab`, "한\nab"],
    ["an escape that is another", `${head}a\x1b(B`, "a\x1b(B"],
  ])("%s", (_what, source, text) => {
    expect(decode(source, "iso-2022-kr")).toEqual({ text, charset: "iso-2022-kr", problem: null });
  });
});

describe("ISO-2022-CN", () => {
  it.each([
    ["GB 2312", "\x1b$)A\x0e=;;;\x0f", "交换"],
    ["GB 2312 and ASCII", "a\x1b$)A\x0eVPND\x0fb", "a中文b"],
    ["a plane that is not read", "\x1b$)G\x0eDc\x0f!", "\ufffd!"],
    ["both", "\x1b$)G\x0eDc\x0f\x1b$)A\x0eVP\x0f", "\ufffd中"],
  ])("%s", (_what, source, text) => {
    expect(decode(source, "iso-2022-cn").text).toBe(text);
  });
});

describe("in messages", () => {
  it("reads bodies and encoded words", () => {
    expect(read(withBody(["Content-Type: text/plain; charset=hz-gb-2312"], "~{VPND~}")).text).toBe("中文");
    expect(read(withBody(["Content-Type: text/plain; charset=iso-2022-kr"], "\x1b$)C\x0eGQ\x0f")).text).toBe(
      "한",
    );
    expect(read(rawMime("Subject: =?hz-gb-2312?q?=7E{VPND=7E}?=", "", "")).subject).toBe("中文");
    expect(read(rawMime("Subject: =?iso-2022-kr?b?GyQpQw5HUQ8=?=", "", "")).subject).toBe("한");
  });

  it("never hides markup: what is escaped stays inside the alphabet", () => {
    const html = read(withBody(["Content-Type: text/html; charset=hz-gb-2312"], "~{VP<b>~}"));
    expect(html.html).not.toContain("<b>");
  });

  it("survives every pair of bytes", () => {
    for (const label of ["hz-gb-2312", "iso-2022-kr", "iso-2022-cn"]) {
      for (const first of [0x0a, 0x0e, 0x0f, 0x1b, 0x24, 0x7e, 0x80, 0xff]) {
        for (let second = 0; second < 256; second += 1) {
          const source = String.fromCharCode(first, second, 0x7b, 0x41);
          expect(typeof decode(source, label).text).toBe("string");
        }
      }
    }
  });
});

describe("names of charsets", () => {
  it.each<[string, string, string]>([
    ["charset=utf-8", "\xc3\xbc", "ü"],
    ["utf-8;", "\xc3\xbc", "ü"],
    ["utf_8", "\xc3\xbc", "ü"],
    ["UTF 8", "\xc3\xbc", "ü"],
    ["UTF-8//TRANSLIT", "\xc3\xbc", "ü"],
    ["unicode-1-1-utf-8", "\xc3\xbc", "ü"],
    ["'utf-8'", "\xc3\xbc", "ü"],
    ["latin-1", "\xfc", "ü"],
    ["Latin2", "\xb1", "ą"],
    ["iso-latin-1", "\xfc", "ü"],
    ["8859-1", "\xfc", "ü"],
    ["iso 8859-2", "\xb1", "ą"],
    ["latin-9", "\xa4", "€"],
    ["windows 1252", "\x80", "€"],
    ["WIN1251", "\xcf", "П"],
    ["x-windows-1250", "\x9c", "ś"],
    ["ms-874", "\xa1", "ก"],
    ["windows-874", "\xa1", "ก"],
    ["iso-8859-11", "\xa1", "ก"],
    ["ibm850", "\x84", "ä"],
    ["IBM-850", "\x84", "ä"],
    ["ibm852", "\xa5", "ą"],
    ["macintosh", "\x9f", "ü"],
    ["mac", "\x9f", "ü"],
    ["x-mac-ce", "\x88", "ą"],
    ["x-mac-cyrillic", "\x8f", "П"],
    ["gb18030-2022", "\xc4\xe3", "你"],
    ["ms_kanji", "\x93\xfa", "日"],
    ["x-sjis", "\x93\xfa", "日"],
    ["big5-hkscs", "\xa7\x41", "你"],
    ["iso-ir-149", "\xc7\xd1", "한"],
    ["utf-16be", "\x00A", "A"],
    ["utf-16le", "A\x00", "A"],
    ["utf-16", "\xff\xfeA\x00", "A"],
    ["utf-16", "\xfe\xff\x00A", "A"],
    ["csunicode", "\x00A\x00B", "AB"],
    ["utf-32", "\xff\xfe\x00\x00A\x00\x00\x00", "A"],
    ["ansi_x3.4-1986", "\xc3\xbc", "ü"],
    ["x-unknown", "\xc3\xbc", "ü"],
    ["x-unknown", "\xfc", "ü"],
    ["unknown-8bit", "\xfc", "ü"],
    ["no/such", "\xfc", "ü"],
  ])("%j", (label, source, text) => {
    expect(decode(source, label).text).toBe(text);
  });
});
