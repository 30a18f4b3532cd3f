import { describe, expect, it } from "vitest";
import { parseParameterised } from "../../../../../electron/protocol/mime/headers/parameters.ts";
import { mime, rawMime, read } from "../read.ts";

const reads = (raw: string, value: string, params: Readonly<Record<string, string>>) => {
  const parsed = parseParameterised(raw);
  expect([parsed.value, Object.fromEntries(parsed.params)]).toEqual([value, params]);
};

describe("values", () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ["text/plain", "text/plain", {}],
    ["TEXT/Plain", "text/plain", {}],
    ["text / plain", "text/plain", {}],
    ["text/ plain; charset=x", "text/plain", { charset: "x" }],
    ["(a) text (b) / (c) plain (d); charset=x", "text/plain", { charset: "x" }],
    ["text/plain (nested (comment)); charset=x", "text/plain", { charset: "x" }],
    ["text/plain;", "text/plain", {}],
    ["text/plain;;;", "text/plain", {}],
    ["text/plain; ;charset=x;", "text/plain", { charset: "x" }],
    ["inline", "inline", {}],
    ["ATTACHMENT; filename=x", "attachment", { filename: "x" }],
    ["; charset=x", "", { charset: "x" }],
    ["", "", {}],
  ])("%j", reads);
});

describe("parameters", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["charset=utf-8", { charset: "utf-8" }],
    ["charset = utf-8", { charset: "utf-8" }],
    ['CHARSET="utf-8"', { charset: "utf-8" }],
    ["charset='utf-8'", { charset: "'utf-8'" }],
    ['name="a b"', { name: "a b" }],
    ['name=""', { name: "" }],
    ["name=", { name: "" }],
    ["name", {}],
    ["=x", {}],
    ["name=a=b", { name: "a=b" }],
    ['name="a;b"; x=y', { name: "a;b", x: "y" }],
    ['name="a\\"b"', { name: 'a"b' }],
    ['name="a\\\\b"', { name: "a\\b" }],
    ['name="C:\\new\\text.txt"', { name: "C:\\new\\text.txt" }],
    ['name="never closed; x=y', { name: "never closed; x=y" }],
    ["name=two words; x=y", { name: "two words", x: "y" }],
    ["name=(comment) x", { name: "(comment) x" }],
    ["name=a (comment)", { name: "a" }],
    ['name="(no comment)"', { name: "(no comment)" }],
    ["name=1; NAME=2", { name: "1" }],
    ['name="folded\r\n name"', { name: "folded\r\n name" }],
  ])("%j", (raw, params) => reads(`a/b; ${raw}`, "a/b", params));
});

describe("forgotten semicolons", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["a/b charset=x", { charset: "x" }],
    ["a/b charset=x name=y", { charset: "x", name: "y" }],
    ['a/b; charset="x" name="y z"', { charset: "x", name: "y z" }],
    ['a/b; charset=x name="y"; format=flowed', { charset: "x", name: "y", format: "flowed" }],
    ['a/b; access-type=mail-server server="x@y"', { "access-type": "mail-server", server: "x@y" }],
    ["a/b\tboundary=x", { boundary: "x" }],
    ["a/b, charset=x", { charset: "x" }],
    ["a/b; name=my unknown=file.txt", { name: "my unknown=file.txt" }],
    ["a/b\r\n f*0*=utf-8''%C3\r\n f*1*=%BC\r\n f*2=\".txt\"", { f: "ü.txt" }],
  ])("%j", (raw, params) => reads(raw, "a/b", params));
});

describe("RFC 2231", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["f*=utf-8''%C3%BC", { f: "ü" }],
    ["f*=UTF-8'de'%c3%bc", { f: "ü" }],
    ["f*=iso-8859-1'en'%A3%20rates", { f: "£ rates" }],
    ["f*=windows-1251''%CF%F0%E8", { f: "При" }],
    ["f*=shift_jis''%93%FA%96%7B", { f: "日本" }],
    ["f*=''plain", { f: "plain" }],
    ["f*=''%C3%BC", { f: "ü" }],
    ["f*=%C3%BC", { f: "ü" }],
    ["f*=x-no-such''%C3%BC", { f: "ü" }],
    ["f*=utf-8''100%", { f: "100%" }],
    ["f*=utf-8''a%2", { f: "a%2" }],
    ["f*=\"utf-8''%C3%BC\"", { f: "ü" }],
    ["f*0=a; f*1=b; f*2=c", { f: "abc" }],
    ["f*2=c; f*0=a; f*1=b", { f: "abc" }],
    ['f*0="a b"; f*1=" c"', { f: "a b c" }],
    ["f*0*=utf-8''%E6%97; f*1*=%A5", { f: "日" }],
    ["f*0*=utf-8''a; f*1=%41", { f: "a%41" }],
    ["f*0=%41; f*1*=%42", { f: "%41B" }],
    ["f*1*=%BC; f*0*=utf-8''%C3", { f: "ü" }],
    ["f=plain; f*=utf-8''extended", { f: "extended" }],
    ["f*=utf-8''extended; f=plain", { f: "extended" }],
    ["f*0*=utf-8''cont; f=plain", { f: "cont" }],
    ["f*0=a; f*10=k; f*2=c; f*1=b", { f: "abck" }],
  ])("%j", (raw, params) => reads(`a/b; ${raw}`, "a/b", params));
});

describe("encoded words in parameters", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['f="=?utf-8?q?=C3=BC.txt?="', { f: "ü.txt" }],
    ["f==?utf-8?q?=C3=BC.txt?=", { f: "ü.txt" }],
    ['f="=?utf-8?b?w7w=?=.txt"', { f: "ü.txt" }],
    ['f="=?utf-8?q?=C3=BC?= =?utf-8?q?=C3=BC?="', { f: "üü" }],
    ['f="=?utf-8?q?=C3?=\r\n =?utf-8?q?=BC?="', { f: "ü" }],
    ['f="a =?utf-8?q?=C3=BC?= b"', { f: "a ü b" }],
    ['f="=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=.pdf"', { f: "日本.pdf" }],
    ['f*0="=?utf-8?q?=C3"; f*1="=BC?="', { f: "ü" }],
  ])("%j", (raw, params) => reads(`a/b; ${raw}`, "a/b", params));
});

describe("file names of attachments", () => {
  const nameOf = (...headers: readonly string[]) =>
    read(
      rawMime(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "",
        "text",
        "--b",
        ...headers,
        "",
        "data",
        "--b--",
      ),
    ).attachments.map(({ name }) => name);

  it.each<[string, readonly string[], string]>([
    ["the disposition", ["Content-Disposition: attachment; filename=a.pdf"], "a.pdf"],
    ["the type", ["Content-Type: application/pdf; name=a.pdf"], "a.pdf"],
    [
      "the disposition before the type",
      ["Content-Type: application/pdf; name=type.pdf", "Content-Disposition: attachment; filename=own.pdf"],
      "own.pdf",
    ],
    [
      "the type when the disposition's is empty",
      ["Content-Type: application/pdf; name=type.pdf", 'Content-Disposition: attachment; filename=""'],
      "type.pdf",
    ],
    ["RFC 2231", ["Content-Disposition: attachment; filename*=utf-8''%E2%82%AC.pdf"], "€.pdf"],
    ["an encoded word", ['Content-Disposition: attachment; filename="=?utf-8?q?=E2=82=AC.pdf?="'], "€.pdf"],
    ["raw UTF-8", ['Content-Disposition: attachment; filename="\xe2\x82\xac.pdf"'], "€.pdf"],
    ["raw windows-1252", ['Content-Disposition: attachment; filename="\x80.pdf"'], "€.pdf"],
    ["a path of Windows", ['Content-Disposition: attachment; filename="C:\\Users\\ada\\a.pdf"'], "a.pdf"],
    ["a path of Unix", ["Content-Disposition: attachment; filename=/home/ada/a.pdf"], "a.pdf"],
    ["a path that climbs", ['Content-Disposition: attachment; filename="../../../etc/passwd"'], "passwd"],
    ["a path that was encoded", ["Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fa.sh"], "a.sh"],
    [
      "spaces without quotes",
      ["Content-Disposition: attachment; filename=my long name.pdf"],
      "my long name.pdf",
    ],
    ["a quote that never ends", ['Content-Disposition: attachment; filename="a.pdf'], "a.pdf"],
    ["a folded name", ['Content-Disposition: attachment; filename="a', ' b.pdf"'], "a b.pdf"],
    ["a NUL in the middle", ['Content-Disposition: attachment; filename="a\0b.pdf"'], "ab.pdf"],
    ["a direction mark", ["Content-Disposition: attachment; filename*=utf-8''a%E2%80%AEfdp.exe"], "afdp.exe"],
    ["nothing for a PDF", ["Content-Type: application/pdf"], "attachment-1.pdf"],
    ["nothing for a picture", ["Content-Type: image/jpeg", "Content-Disposition: attachment"], "image-1.jpg"],
    ["nothing for the unknown", ["Content-Type: application/x-unheard-of"], "attachment-1.bin"],
  ])("come from %s", (_what, headers, name) => {
    expect(nameOf(...headers)).toEqual([name]);
  });
});

describe("content types of messages", () => {
  it.each<[string, string]>([
    ["text/plain", "text/plain"],
    ["text", "text/plain"],
    ["text/", "text/plain"],
    ["/plain", "text/plain"],
    ["plain", "text/plain"],
    ["html", "text/html"],
    ["text/html/xml", "text/plain"],
    ["text / html", "text/html"],
    ["application/vnd.ms-excel.sheet.macroEnabled.12", "application/vnd.ms-excel.sheet.macroenabled.12"],
    ["image/svg+xml", "image/svg+xml"],
    [`a/${"b".repeat(200)}`, "text/plain"],
    ["\u00fc/x", "text/plain"],
  ])("%j counts as %s", (raw, type) => {
    expect(read(mime(`Content-Type: ${raw}`, "", "x")).parts.type).toBe(type);
  });

  it("says so when it is none", () => {
    const { warnings } = read(mime("Content-Type: nonsense", "", "x"));
    expect(warnings).toEqual([{ code: "content-type", message: 'not a content type: "nonsense"' }]);
  });
});

describe("floods", () => {
  it.each(["x=y;", ";", '"', "(", "()", " ", 'a="b" ', "name ", "f*0*=a;", "\\", "=", " name=", ", "])(
    "of %j",
    (unit) => {
      expect(parseParameterised(`a/b; ${unit.repeat(100_000)}`).params.size).toBeLessThanOrEqual(100);
    },
  );
});
