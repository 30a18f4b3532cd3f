import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decodeCharset } from "../../../../electron/protocol/mime/text/charset.ts";
import { read, withBody } from "./read.ts";

const decode = (bytes: Uint8Array, label: string | null) => decodeCharset(bytes, label, { allowUtf7: true });
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));

describe("decodeCharset", () => {
  it.each([
    ["utf-8", "c3a9", "é"],
    ["UTF8", "c3a9", "é"],
    ['"utf-8"', "c3a9", "é"],
    ["iso-8859-1", "e9 80", "é€"],
    ["ISO_8859-1:1987", "e9", "é"],
    ["latin1", "e9", "é"],
    ["iso8859-15", "a4", "€"],
    ["iso-8859-2", "b1", "ą"],
    ["iso-8859-7", "e1", "α"],
    ["iso-8859-8-i", "e0", "א"],
    ["windows-1250", "9c", "ś"],
    ["cp1251", "cf f0 e8", "При"],
    ["win-1251", "cf", "П"],
    ["Windows-1252", "93 94", "“”"],
    ["x-cp1253", "e1", "α"],
    ["windows-1255", "e0", "א"],
    ["windows-1256", "c7", "ا"],
    ["koi8-r", "f0 d2", "Пр"],
    ["koi8-u", "a4", "є"],
    ["ibm866", "8f", "П"],
    ["cp437", "82", "é"],
    ["cp850", "84", "ä"],
    ["macintosh", "8e", "é"],
    ["x-mac-roman", "8e", "é"],
    ["gb2312", "c4e3 bac3", "你好"],
    ["gb2312", "8140", "丂"],
    ["gbk", "e945", "镋"],
    ["gb18030", "8139ee39", "㐀"],
    ["hz-gb-2312", "48 69", "Hi"],
    ["big5", "a741", "你"],
    ["cp950", "a741", "你"],
    ["euc-jp", "c6fc cbdc", "日本"],
    ["shift_jis", "93fa 967b", "日本"],
    ["cp932", "8740", "①"],
    ["iso-2022-jp", "1b2442 467c 4b5c 1b2842", "日本"],
    ["euc-kr", "c7d1", "한"],
    ["ks_c_5601-1987", "c7d1", "한"],
    ["cp949", "8141", "갂"],
    ["tis-620", "a1", "ก"],
    ["viscii", "a4", "ấ"],
    ["utf-16", "feff 0041", "A"],
    ["utf-16", "fffe 4100", "A"],
    ["utf-16", "0041 0042", "AB"],
    ["utf-16", "4100 4200", "AB"],
    ["utf-16le", "4100", "A"],
    ["unicode-1-1-utf-7", "2b 41 4f 6b 2d", "é"],
    ["us-ascii", "41", "A"],
  ])("follows %s", (label, hex, text) => {
    expect(decode(bytes(hex), label).text).toBe(text);
  });

  it.each([
    [null, "41", "A", "us-ascii"],
    [null, "c3a9", "é", "utf-8"],
    [null, "e9", "é", "windows-1252"],
    ["us-ascii", "c3a9", "é", "utf-8"],
    ["us-ascii", "e9", "é", "windows-1252"],
    ["x-unknown", "c3a9", "é", "utf-8"],
    ["no-such-set", "e9", "é", "windows-1252"],
    ["utf-8", "e9 20 e8", "é è", "windows-1252"],
    ["", "1b2442 467c 1b2842", "日", "iso-2022-jp"],
  ])("guesses for the label %j", (label, hex, text, charset) => {
    expect(decode(bytes(hex), label)).toMatchObject({ text, charset });
  });

  it("says when a label could not be followed", () => {
    expect(decode(bytes("e9"), "no-such-set").problem).toContain("no-such-set");
    expect(decode(bytes("e9"), "us-ascii").problem).toContain("us-ascii");
    expect(decode(bytes("c3a9 ff"), "utf-8")).toMatchObject({ text: "é\ufffd", charset: "utf-8" });
    expect(decode(bytes("c3a9 ff"), "utf-8").problem).toContain("utf-8");
    expect(decode(bytes("c3a9"), "utf-8").problem).toBeNull();
  });

  it("never throws, whatever the label", () => {
    const sample = bytes("41 ff 00 1b 24 42 d8 00");
    for (const label of [
      "hz-gb-2312",
      "iso-2022-kr",
      "__proto__",
      "constructor",
      "internal",
      "base64",
      "hex",
      "ucs2",
      "utf-32",
      "replacement",
      "x".repeat(10_000),
      "\0",
      "utf-8\r\nX: y",
    ]) {
      expect(decode(sample, label).text.length).toBeGreaterThan(0);
    }
  });
});

describe("charsets of bodies", () => {
  const text = "Příliš žluťoučký kůň";

  it.each(["windows-1250", "iso-8859-2", "utf-8"])(
    "reads a body in %s, in every transfer encoding",
    (charset) => {
      const encoded = iconv.encode(text, charset);
      const quoted = [...encoded]
        .map((byte) => `=${byte.toString(16).padStart(2, "0").toUpperCase()}`)
        .join("");
      const type = `Content-Type: text/plain; charset=${charset}`;
      expect(read(withBody([type, "Content-Transfer-Encoding: 8bit"], encoded.toString("latin1"))).text).toBe(
        text,
      );
      expect(
        read(withBody([type, "Content-Transfer-Encoding: base64"], encoded.toString("base64"))).text,
      ).toBe(text);
      expect(read(withBody([type, "Content-Transfer-Encoding: quoted-printable"], quoted)).text).toBe(text);
    },
  );

  it("never lets UTF-7 become markup", () => {
    const hidden = "+ADw-script+AD4-alert(1)+ADw-/script+AD4-";
    const html = read(withBody(["Content-Type: text/html; charset=utf-7"], hidden));
    expect(html.html).toBe(hidden);
    expect(html.warnings.map(({ code }) => code)).toContain("charset");
    expect(read(withBody(["Content-Type: text/plain; charset=utf-7"], "+AOk-")).text).toBe("é");
  });

  it("follows an HTML part's own word where its headers say nothing", () => {
    const page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">\xcf\xf0\xe8';
    expect(read(withBody(["Content-Type: text/html"], page)).html).toContain("При");
    expect(read(withBody(["Content-Type: text/html; charset=koi8-r"], page)).html).toContain("оПХ");
    expect(read(withBody(["Content-Type: text/html"], "<meta charset=utf-16>x")).html).toBe(
      "<meta charset=utf-16>x",
    );
  });

  it("warns of a charset nobody knows", () => {
    const message = read(withBody(["Content-Type: text/plain; charset=klingon"], "nuqneH"));
    expect(message.text).toBe("nuqneH");
    expect(message.warnings[0]?.message).toContain("klingon");
  });
});
