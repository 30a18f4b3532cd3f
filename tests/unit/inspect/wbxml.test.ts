import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryTags, tagKey } from "../../../electron/protocol/eas/codepages/binary.ts";
import { codePages } from "../../../electron/protocol/eas/codepages/index.ts";
import { decode, el, encode, type WbxmlElement } from "../../../electron/protocol/eas/wbxml/index.ts";
import type { Inspector } from "../../../scripts/inspect/command.ts";
import { wbxmlDecode, wbxmlEncode } from "../../../scripts/inspect/wbxml.ts";
import { readXml } from "../../../scripts/inspect/wbxml-from-xml.ts";
import { writeXml } from "../../../scripts/inspect/wbxml-to-xml.ts";

const decoder = (await wbxmlDecode.open({})) satisfies Inspector;
const encoder = (await wbxmlEncode.open({})) satisfies Inspector;
const xmlOf = (hex: string) => decoder.inspect(new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex")));
const encodeXml = (xml: string) => encoder.inspect(new TextEncoder().encode(xml));

/** The XML of a document, and what comes back from it. */
function roundTrip(root: WbxmlElement): { readonly xml: string; readonly same: boolean } {
  const xml = writeXml(root);
  const read = readXml(xml);
  if (!read.ok) throw new Error(`${read.error.message}: ${xml}`);
  return { xml, same: Buffer.compare(encode(read.value), encode(root)) === 0 };
}

describe("wbxml decode", () => {
  it("writes each namespace where it begins", () => {
    expect(xmlOf("03016a00 45 5c 4f 4b 03 3000 01 57 00 11 45 46 03 3200 01 01 01 01 01 01")).toEqual({
      xml: '<?xml version="1.0" encoding="utf-8"?><Sync xmlns="AirSync"><Collections><Collection><SyncKey>0</SyncKey><Options><BodyPreference xmlns="AirSyncBase"><Type>2</Type></BodyPreference></Options></Collection></Collections></Sync>',
      warnings: [],
    });
    const sync = el(
      "AirSync",
      "Sync",
      el(
        "AirSync",
        "Collections",
        el(
          "AirSync",
          "Collection",
          el("AirSync", "SyncKey", "0"),
          el(
            "AirSync",
            "Options",
            el("AirSyncBase", "BodyPreference", el("AirSyncBase", "Type", "2")),
            el("AirSync", "FilterType", "3"),
          ),
        ),
      ),
    );
    expect(roundTrip(sync)).toEqual({
      xml: '<?xml version="1.0" encoding="utf-8"?><Sync xmlns="AirSync"><Collections><Collection><SyncKey>0</SyncKey><Options><BodyPreference xmlns="AirSyncBase"><Type>2</Type></BodyPreference><FilterType>3</FilterType></Options></Collection></Collections></Sync>',
      same: true,
    });
  });

  it("writes binary data as base64, and known text as text even when it came as opaque data", () => {
    const mail = el(
      "ComposeMail",
      "SendMail",
      el("ComposeMail", "SaveInSentItems"),
      el("ComposeMail", "Mime", new Uint8Array([0, 255, 10])),
    );
    expect(roundTrip(mail)).toMatchObject({
      xml: expect.stringContaining('<SaveInSentItems/><Mime encoding="base64">AP8K</Mime>'),
      same: true,
    });
    // AirSync:SyncKey as OPAQUE "12".
    expect(xmlOf("03016a00 45 4b c3 02 3132 01 01")).toMatchObject({
      xml: expect.stringContaining("<SyncKey>12</SyncKey>"),
    });
  });

  it("keeps what the tables do not hold, and says so", () => {
    const found = xmlOf("03016a00 45 7f 03 6100 01 01");
    expect(found).toMatchObject({
      xml: expect.stringContaining("<Unknown-3f>a</Unknown-3f>"),
      warnings: [{ kind: "unknown-token" }],
    });
    expect(
      roundTrip({ page: 200, token: 9, namespace: "Unknown-c8", name: "Unknown-09", content: ["x"] }).same,
    ).toBe(true);
  });

  it("answers broken input with code and place", () => {
    expect(xmlOf("03016a00 45 4b 03 30")).toEqual({
      error: { code: "truncated", message: expect.any(String), at: expect.any(Number) },
    });
    expect(xmlOf("")).toMatchObject({ error: { code: expect.any(String), at: 0 } });
  });
});

describe("wbxml encode", () => {
  it("reads what a person writes: prefixes, white space between elements, comments, character references", () => {
    const own = encodeXml(
      '<Ping xmlns="Ping">\n  <HeartbeatInterval>480</HeartbeatInterval>\n  <!-- note -->\n</Ping>',
    );
    const prefixed = encodeXml(
      '<?xml version="1.0"?><p:Ping xmlns:p="Ping"><p:HeartbeatInterval>&#52;8&#x30;</p:HeartbeatInterval></p:Ping>',
    );
    expect(own).toEqual(prefixed);
    expect(own).toEqual({
      wbxml: Buffer.from(encode(el("Ping", "Ping", el("Ping", "HeartbeatInterval", "480")))).toString(
        "base64",
      ),
    });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["text", "xml"],
    ["<Sync xmlns='AirSync'>", "xml"],
    ["<a/><b/>", "content"],
    ["<Sync xmlns='AirSync'><NoSuch/></Sync>", "unknown-element"],
    ["<Sync/>", "unknown-element"],
    ["<Sync xmlns='AirSync'><Unknown-01/></Sync>", "unknown-element"],
    ['<!DOCTYPE x [<!ENTITY a "b">]><Sync xmlns="AirSync">&a;</Sync>', "doctype"],
    ["<Sync xmlns='AirSync'><SyncKey>&nbsp;</SyncKey></Sync>", "xml"],
    ["<Sync xmlns='AirSync'><SyncKey>&#0;</SyncKey></Sync>", "xml"],
    ["<Sync xmlns='AirSync'><SyncKey encoding='base64'>%%</SyncKey></Sync>", "base64"],
    ["<Sync xmlns='AirSync' encoding='base64'><SyncKey/></Sync>", "content"],
  ])("refuses %j as %s", (xml, code) => {
    expect(encodeXml(xml)).toMatchObject({ error: { code } });
  });

  it("refuses depth and survives width", () => {
    const deep = `${"<Sync xmlns='AirSync'>".repeat(80)}${"</Sync>".repeat(80)}`;
    expect(encodeXml(deep)).toMatchObject({ error: { code: "depth" } });
    expect(encodeXml(`${"<Sync>".repeat(50_000)}`)).toMatchObject({ error: { code: expect.any(String) } });
    expect(encodeXml(`<Sync xmlns="AirSync">${"<Wait/>".repeat(20_000)}</Sync>`)).toMatchObject({
      wbxml: expect.any(String),
    });
  });

  it("says where the XML breaks", () => {
    expect(encodeXml("<Sync xmlns='AirSync'>\n<SyncKey></Wrong></Sync>")).toMatchObject({
      error: { code: "xml", at: expect.any(Number) },
    });
  });
});

describe("decode and encode", () => {
  const text = fc
    .string({ unit: "binary", minLength: 1, maxLength: 20 })
    .map((value) => value.toWellFormed().replaceAll("\0", " "));
  const tag = fc.constantFrom(
    ...codePages.flatMap((page) =>
      [...page.nameOf].map(([token, name]) => ({ page: page.page, token, namespace: page.namespace, name })),
    ),
  );
  const { element } = fc.letrec<{ element: WbxmlElement }>((tie) => ({
    element: fc
      .tuple(
        tag,
        fc.oneof(
          { depthSize: "small" },
          fc.constant([]),
          text.map((value) => [value]),
          fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => [bytes]),
          fc.array(tie("element"), { maxLength: 4 }),
        ),
      )
      .map(([name, content]) => ({
        ...name,
        // Only binary elements keep bytes.
        content: content.map((part) =>
          part instanceof Uint8Array && !binaryTags.has(tagKey(name.page, name.token)) ? "text" : part,
        ),
      })),
  }));

  it("come back to the same bytes for every document", () => {
    fc.assert(
      fc.property(element, (root) => {
        const bytes = encode(root);
        const decoded = decode(bytes);
        if (!decoded.ok) throw new Error(decoded.error.detail);
        const xml = writeXml(decoded.value.root);
        const read = readXml(xml);
        if (!read.ok) throw new Error(`${read.error.message}: ${xml}`);
        expect(Buffer.compare(encode(read.value), bytes)).toBe(0);
      }),
      { seed: 61, numRuns: 400 },
    );
  });

  it("carry every character that a string can hold", () => {
    const odd = "\u0001\u001f\r\n\t &amp;<>]]>\"'\ufffe\u{10ffff}  ";
    expect(roundTrip(el("Email", "Subject", odd)).same).toBe(true);
    expect(roundTrip(el("Email", "Subject", "  spaces  kept ")).same).toBe(true);
    expect(roundTrip(el("Email", "Subject", "\r\n")).same).toBe(true);
  });

  it("never crash over anything that looks like XML", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        "<Sync xmlns='AirSync'>",
        "</Sync>",
        "<Ping xmlns='Ping'/>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?x ",
        "?>",
        "&#x1;",
        "&lt;",
        "<data xmlns='' encoding='base64'>",
        "</data>",
        "<__proto__>",
        "</__proto__>",
        "<constructor xmlns='AirSync'/>",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        const value = encodeXml(pieces.join(""));
        expect(Object.keys(Object(value))).toHaveLength(1);
      }),
      { seed: 62, numRuns: 500 },
    );
  });
});
