import { describe, expect, it } from "vitest";
import {
  decode,
  defaultLimits,
  el,
  encode,
  encodeAround,
  WbxmlDecoder,
  type WbxmlElement,
  type WbxmlFault,
  type WbxmlLimits,
} from "../../../../electron/protocol/eas/wbxml/index.ts";
import { bytes, document, hex } from "../bytes.ts";
import { integer } from "./notation.ts";

function read(data: Uint8Array, limits?: WbxmlLimits): WbxmlElement | WbxmlFault["kind"] {
  const result = decode(data, limits);
  return result.ok ? result.value.root : result.error.kind;
}

const accepted = (data: Uint8Array, limits?: WbxmlLimits) => typeof read(data, limits) !== "string";
const two = (value: number) => value.toString(16).padStart(2, "0");

describe("the header (WBXML 1.3, 5.2 to 5.8)", () => {
  it("is the four bytes of MS-ASWBXML on everything we write", () => {
    expect(hex(encode(el("Ping", "Ping")).subarray(0, 4))).toBe("03016a00");
  });

  it("may be of WBXML 1.1 to 1.3, and of no other version", () => {
    const good = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) =>
      accepted(bytes(two(byte), "01 6a 00 05")),
    );
    expect(good).toEqual([1, 2, 3]);
  });

  it("has the public identifier 'unknown': every other is refused, in one byte or in more", () => {
    for (let id = 0; id < 128; id += 1) {
      expect(read(bytes("03", two(id), "6a 00 05")), String(id)).toEqual(
        id === 1 ? el("AirSync", "Sync") : "header",
      );
    }
    // -//SYNCML//DTD SyncML 1.1//EN and other registered ones take two bytes.
    expect(read(bytes("03 9f 51 6a 00 05"))).toBe("header");
    expect(read(bytes("03 9f 53 6a 00 05"))).toBe("header");
    expect(accepted(bytes("03 80 01 6a 00 05"))).toBe(true);
  });

  it.each([
    ["UTF-8, MIBenum 106", "6a", true],
    ["US-ASCII, MIBenum 3", "03", true],
    ["UTF-8 written in two bytes", "80 6a", true],
    ["unknown, MIBenum 0", "00", false],
    ["ISO-8859-1, MIBenum 4", "04", false],
    ["Shift_JIS, MIBenum 17", "11", false],
    ["UTF-16, MIBenum 1015", "87 77", false],
    ["UTF-16BE, MIBenum 1013", "87 75", false],
    ["windows-1252, MIBenum 2252", "91 4c", false],
    ["GB18030, MIBenum 114", "72", false],
  ])("has the character set %s: %s", (_name, charset, good) => {
    expect(accepted(bytes("03 01", charset, "00 05"))).toBe(good);
  });

  it("has a string table of up to 64 KiB", () => {
    const withTable = (size: number) =>
      Uint8Array.from([3, 1, 0x6a, ...integer(size), ...new Array<number>(size).fill(0), 5]);
    for (const size of [0, 1, 127, 128, 16_383, 16_384, 65_536])
      expect(accepted(withTable(size)), String(size)).toBe(true);
    for (const size of [65_537, 1_000_000, 0xffff_ffff]) {
      expect(read(Uint8Array.from([3, 1, 0x6a, ...integer(size)])), String(size)).toBe("header");
    }
  });

  it("may stop at any of its bytes, which is a truncated document and no other fault", () => {
    const whole = bytes("03 01 6a 03 61 62 00 05");
    for (let end = 0; end < whole.length; end += 1) expect(read(whole.subarray(0, end))).toBe("truncated");
    expect(accepted(whole)).toBe(true);
  });
});

describe("multi-byte integers (WBXML 1.3, 5.1)", () => {
  it.each([
    [0, "00"],
    [1, "01"],
    [127, "7f"],
    [128, "8100"],
    [160, "8120"], // the example of the WBXML specification: 0x81 0x20 is 160
    [16_383, "ff7f"],
    [16_384, "818000"],
    [2_097_151, "ffff7f"],
    [2_097_152, "81808000"],
    [268_435_455, "ffffff7f"],
    [268_435_456, "8180808000"],
    [0xffff_ffff, "8fffffff7f"],
  ])("%i is %s", (value, expected) => {
    expect(hex(Uint8Array.from(integer(value)))).toBe(expected);
    const { head } = encodeAround(
      el("ComposeMail", "SendMail", el("ComposeMail", "ClientId", "1")),
      el("ComposeMail", "Mime"),
      value,
    );
    expect(hex(head).endsWith(`50c3${expected}`)).toBe(true);
  });

  it.each([0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152])(
    "a length of %i is written and read",
    (size) => {
      const mime = el("ComposeMail", "Mime", new Uint8Array(size).fill(0x41));
      const data = encode(mime);
      const lengthBytes = size === 0 ? 0 : 1 + integer(size).length + 1;
      expect(data.length).toBe(4 + 2 + 1 + lengthBytes + size);
      expect(read(data)).toEqual(size === 0 ? el("ComposeMail", "Mime") : mime);
    },
  );

  it("may start with groups of nought, five bytes in all", () => {
    for (const length of ["03", "80 03", "80 80 03", "80 80 80 03", "80 80 80 80 03"]) {
      expect(read(document("4b c3", length, "61 62 63 01")), length).toEqual(el("AirSync", "SyncKey", "abc"));
    }
    expect(read(document("4b c3 80 80 80 80 80 03 61 62 63 01"))).toBe("integer");
  });

  it("hold 32 bits and no more", () => {
    expect(read(document("4b c3 8f ff ff ff 7f"))).toBe("size");
    expect(read(document("4b c3 90 80 80 80 00"))).toBe("integer");
    expect(read(document("4b c3 ff ff ff ff 7f"))).toBe("integer");
    expect(read(document("4b 02 ff ff ff ff 7f"))).toBe("integer");
    expect(read(document("4b 83 ff ff ff ff 7f"))).toBe("integer");
  });
});

describe("texts", () => {
  const key = (data: Uint8Array) => {
    const found = read(data);
    return typeof found === "string" ? found : found.content;
  };

  it.each([
    [1, "01", "\u0001"],
    [0x20, "20", " "],
    [0x7f, "7f", "\u007f"],
    [0x80, "81 00", "\u0080"],
    [0xa0, "81 20", "\u00a0"],
    [0x20ac, "c1 2c", "€"],
    [0xd7ff, "83 af 7f", "\ud7ff"],
    [0xe000, "83 c0 00", "\ue000"],
    [0xfffd, "83 ff 7d", "\ufffd"],
    [0x1f600, "87 ec 00", "😀"],
    [0x10ffff, "c3 ff 7f", "\u{10ffff}"],
  ])("the entity of character %i", (_code, entity, expected) => {
    expect(key(document("4b 02", entity, "01"))).toEqual([expected]);
    expect(key(document("4b 'a' 02", entity, "'b' 01"))).toEqual([`a${expected}b`]);
  });

  it.each(["00", "83 b0 00", "83 bf 7f", "c4 80 00"])("the entity %s is no character", (entity) => {
    expect(key(document("4b 02", entity, "01"))).toBe("entity");
  });

  it("from the string table start at any byte and end at the next NUL", () => {
    const table = "03 01 6a 0a 68 65 6c 6c 6f 00 c3 bc 21 00";
    const at = (offset: string) => key(bytes(table, "4b 83", offset, "01"));
    expect(at("00")).toEqual(["hello"]);
    expect(at("03")).toEqual(["lo"]);
    expect(at("05")).toEqual([]);
    expect(at("06")).toEqual(["ü!"]);
    expect(at("08")).toEqual(["!"]);
    expect(at("0a")).toBe("string-table");
    expect(at("81 00")).toBe("string-table");
  });

  it("from the string table may be used many times, in any order", () => {
    const table = "03 01 6a 04 61 00 62 00";
    expect(key(bytes(table, "4b 83 02 83 00 83 02 83 00 01"))).toEqual(["baba"]);
  });

  it("of every length around a power of two come back", () => {
    for (const length of [1, 2, 127, 128, 255, 256, 1_023, 1_024, 65_535, 65_536, 200_000]) {
      const element = el("AirSync", "SyncKey", "x".repeat(length));
      expect(read(encode(element))).toEqual(element);
    }
  });

  it("of every kind of character come back, whatever their number of bytes", () => {
    for (const text of [
      "\u007f",
      "\u0080",
      "\u07ff",
      "\u0800",
      "\ufeff",
      "\uffff",
      "\u{10000}",
      "\u{10ffff}",
      "e\u0301",
      "👩‍👩‍👧",
    ]) {
      expect(read(encode(el("Email", "Subject", text)))).toEqual(el("Email", "Subject", text));
      expect(read(encode(el("Email", "Subject", `a${text}b`)))).toEqual(el("Email", "Subject", `a${text}b`));
    }
  });

  it("between elements stay in their places", () => {
    expect(key(document("45 'a' 14 'b' 14 'c' 01"))).toEqual([
      "a",
      el("AirSync", "MoreAvailable"),
      "b",
      el("AirSync", "MoreAvailable"),
      "c",
    ]);
  });
});

describe("limits, at them and one past them", () => {
  const tight: WbxmlLimits = { depth: 3, elements: 5, content: 4, document: 40 };
  const none: WbxmlLimits = { ...defaultLimits };

  it.each([
    ["depth", "45 5c 0f 01 01", "45 5c 4f 0b 01 01 01"],
    ["elements", "45 14 14 14 14 01", "45 14 14 14 14 14 01"],
  ])("%s", (kind, at, past) => {
    expect(accepted(document(at), tight)).toBe(true);
    expect(read(document(past), tight)).toBe(kind);
    expect(accepted(document(past), none)).toBe(true);
  });

  it.each([
    ["text", "4b '1234' 01", "4b '12345' 01"],
    ["text of letters of three bytes", "4b 'a€' 01", "4b 'aa€' 01"],
    ["OPAQUE data", "4b c3 04 31 32 33 34 01", "4b c3 05 31 32 33 34 35 01"],
  ])("%s of four bytes", (_name, at, past) => {
    expect(accepted(document(at), tight)).toBe(true);
    expect(read(document(past), tight)).toBe("size");
    expect(accepted(document(past), none)).toBe(true);
  });

  it("a document, whether it comes at once or byte by byte", () => {
    const sized = (size: number) => document("45", "'' ".repeat((size - 6) / 2), "01");
    const inBytes = (data: Uint8Array) => {
      const decoder = new WbxmlDecoder({ limits: tight });
      for (const byte of data) decoder.push(Uint8Array.of(byte));
      return decoder.finish()?.kind ?? null;
    };
    expect(sized(40)).toHaveLength(40);
    expect(accepted(sized(40), tight)).toBe(true);
    expect(inBytes(sized(40))).toBeNull();
    expect(read(sized(42), tight)).toBe("size");
    expect(inBytes(sized(42))).toBe("size");
  });

  it("end the reading: what comes after a refusal is not looked at", () => {
    let seen = 0;
    const decoder = new WbxmlDecoder({
      limits: tight,
      takes: () => {
        seen += 1;
        return true;
      },
    });
    decoder.push(document("45 14 14 14 14 14 14 14 14 01"));
    expect(seen).toBe(4);
    decoder.push(document("45 14 01"));
    expect(seen).toBe(4);
    expect(decoder.finish()?.kind).toBe("elements");
  });

  it("by default are those the application can live with", () => {
    expect(defaultLimits).toEqual({
      depth: 64,
      elements: 1_000_000,
      content: 67_108_864,
      document: 268_435_456,
    });
  });
});

describe("global tokens (WBXML 1.3, 7.1)", () => {
  /** What each of the 28 global tokens is to us in the body of an element. */
  const global: readonly [string, string, WbxmlFault["kind"] | "ok"][] = [
    ["SWITCH_PAGE", "00 00", "ok"],
    ["ENTITY", "02 41", "ok"],
    ["STR_I", "03 41 00", "ok"],
    ["LITERAL", "04 00", "token"],
    ["EXT_I_0", "40 41 00", "token"],
    ["EXT_I_1", "41 41 00", "token"],
    ["EXT_I_2", "42 41 00", "token"],
    ["PI", "43 05 01", "token"],
    ["LITERAL_C", "44 00 01", "token"],
    ["EXT_T_0", "80 00", "token"],
    ["EXT_T_1", "81 00", "token"],
    ["EXT_T_2", "82 00", "token"],
    ["STR_T", "83 00", "ok"],
    ["LITERAL_A", "84 00 01", "token"],
    ["EXT_0", "c0", "token"],
    ["EXT_1", "c1", "token"],
    ["EXT_2", "c2", "token"],
    ["OPAQUE", "c3 01 41", "ok"],
    ["LITERAL_AC", "c4 00 01 01", "token"],
  ];

  it.each(global)("%s within an element", (_name, token, expected) => {
    const found = read(bytes("03 01 6a 01 00 45", token, "01"));
    if (expected === "ok") expect(found).toMatchObject({ name: "Sync" });
    else expect(found).toBe(expected);
  });

  it.each(global.filter(([name]) => name !== "SWITCH_PAGE"))("%s is no root", (_name, token, expected) => {
    expect(read(bytes("03 01 6a 01 00", token))).toBe(expected === "ok" ? "content" : expected);
  });

  it("attributes are refused on every tag, with content and without", () => {
    for (let token = 0x05; token <= 0x3f; token += 1) {
      expect(read(document("45", two(token | 0x80), "01 01"))).toBe("attributes");
      expect(read(document("45", two(token | 0xc0), "01 01"))).toBe("attributes");
    }
  });
});

describe("a document in chunks", () => {
  const documents = {
    "pages, texts, empty tags": document("00 07 56 4c '1' 01 52 'ünï€😀' 01 4e 57 '0' 01 0f 01 01"),
    "bytes and text next to each other": document(
      "45 00 16 49 c3 05 00 ff 00 c3 28 01 00 00 4b 'a' c3 02 62 63 01 01",
    ),
    "a string table and entities": bytes("03 01 6a 05 61 62 00 63 00 45 4b 83 00 02 81 20 83 03 01 01"),
    "long integers": document("45 4b c3 80 80 03 61 62 63 01 01"),
    "unknown tags": document("7f 00 1e 6a 'x' 01 00 19 4a 'y' 01 01"),
  };

  it.each(Object.entries(documents))("%s: every split in two", (_name, data) => {
    const whole = decode(data);
    for (let cut = 0; cut <= data.length; cut += 1) {
      const decoder = new WbxmlDecoder();
      expect(decoder.push(data.slice(0, cut))).toBeNull();
      expect(decoder.push(data.slice(cut))).toBeNull();
      expect(decoder.finish()).toBeNull();
      expect({ ok: true, value: { root: decoder.root, warnings: decoder.warnings } }).toEqual(whole);
    }
  });

  it.each(Object.entries(documents))("%s: every split in three", (_name, data) => {
    const whole = decode(data);
    for (let first = 0; first <= data.length; first += 1) {
      for (let second = first; second <= data.length; second += 1) {
        const decoder = new WbxmlDecoder();
        for (const part of [data.slice(0, first), data.slice(first, second), data.slice(second)])
          decoder.push(part);
        expect(decoder.finish()).toBeNull();
        if (!whole.ok) throw new Error("is no document");
        expect(decoder.root).toEqual(whole.value.root);
      }
    }
  });

  it.each(Object.entries(documents))("%s: the end at every byte is a truncation there", (_name, data) => {
    for (let end = 0; end < data.length; end += 1) {
      const result = decode(data.subarray(0, end));
      expect(result).toMatchObject({ ok: false, error: { kind: "truncated", offset: end } });
    }
  });

  it.each(Object.entries(documents))("%s: empty chunks anywhere change nothing", (_name, data) => {
    const decoder = new WbxmlDecoder();
    for (const byte of data) {
      decoder.push(new Uint8Array(0));
      decoder.push(Uint8Array.of(byte));
    }
    expect(decoder.finish()).toBeNull();
    expect(decode(data)).toMatchObject({ ok: true, value: { root: decoder.root } });
  });

  it("a fault has the same offset however the bytes come", () => {
    const data = document("45 4b 'key' 01 c5 01");
    const whole = decode(data);
    for (let size = 1; size <= data.length; size += 1) {
      const decoder = new WbxmlDecoder();
      for (let at = 0; at < data.length; at += size) decoder.push(data.subarray(at, at + size));
      expect(decoder.finish()).toEqual(whole.ok ? null : whole.error);
    }
    expect(whole).toMatchObject({ ok: false, error: { kind: "attributes", offset: 12 } });
  });
});
