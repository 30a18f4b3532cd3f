import { describe, expect, it } from "vitest";
import {
  decode,
  defaultLimits,
  el,
  isElement,
  WbxmlDecoder,
  type WbxmlElement,
  type WbxmlFault,
  type WbxmlLimits,
} from "../../../electron/protocol/eas/wbxml/index.ts";
import { bytes, document } from "./bytes.ts";

function root(data: Uint8Array): WbxmlElement {
  const result = decode(data);
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.detail}`);
  return result.value.root;
}

function fault(data: Uint8Array, limits?: WbxmlLimits): WbxmlFault {
  const result = decode(data, limits);
  if (result.ok) throw new Error("was accepted");
  return result.error;
}

describe("documents", () => {
  it("reads the FolderSync answer of MS-ASWBXML section 3.1's kind: pages, texts, empty tags", () => {
    const data = document(
      "00 07 56", // FolderHierarchy:FolderSync
      "4c '1' 01", // Status
      "52 '1' 01", // SyncKey
      "4e 57 '1' 01 4f", // Changes, Count, Add
      "48 '5' 01 49 '0' 01 47 'Inbox' 01 4a '2' 01",
      "01 01 01",
    );
    expect(root(data)).toEqual(
      el(
        "FolderHierarchy",
        "FolderSync",
        el("FolderHierarchy", "Status", "1"),
        el("FolderHierarchy", "SyncKey", "1"),
        el(
          "FolderHierarchy",
          "Changes",
          el("FolderHierarchy", "Count", "1"),
          el(
            "FolderHierarchy",
            "Add",
            el("FolderHierarchy", "ServerId", "5"),
            el("FolderHierarchy", "ParentId", "0"),
            el("FolderHierarchy", "DisplayName", "Inbox"),
            el("FolderHierarchy", "Type", "2"),
          ),
        ),
      ),
    );
  });

  it("keeps the page across elements until it is switched again", () => {
    const data = document("45 5c 4f 00 11 45 46 '2' 01 01 00 00 4b '7' 01 01 01 01");
    const collection = el(
      "AirSync",
      "Collection",
      el("AirSyncBase", "BodyPreference", el("AirSyncBase", "Type", "2")),
      el("AirSync", "SyncKey", "7"),
    );
    expect(root(data)).toEqual(el("AirSync", "Sync", el("AirSync", "Collections", collection)));
  });

  it("tells an empty tag from one with empty content, and reads both as empty", () => {
    expect(root(document("45 14 01"))).toEqual(root(document("45 54 01 01")));
    expect(root(document("45 54 03 00 01 01"))).toEqual(root(document("45 14 01")));
  });

  it("joins neighbouring texts, entities and references to the string table", () => {
    const data = bytes(
      "03 01 6a 06 61 62 00 c3 a9 00",
      "45 4b 83 00 02 20 'x' 83 03 02 81 9f 30 02 87 e8 00 01 01",
    );
    const key = root(data).content[0];
    expect(key !== undefined && isElement(key) && key.content).toEqual(["ab xé\u4fb0\u{1f400}"]);
  });

  it("keeps the NUL of opaque text, and all of UTF-8", () => {
    const data = document("45 4b c3 05 61 00 e2 82 ac 01 01");
    expect(root(data)).toEqual(el("AirSync", "Sync", el("AirSync", "SyncKey", "a\u0000€")));
  });

  it("keeps opaque data of binary tags as bytes and of unknown tags too", () => {
    const id = root(document("00 16 49 c3 03 00 ff 10 01")).content[0];
    expect(id).toEqual(Uint8Array.of(0x00, 0xff, 0x10));
    const unknown = root(document("7f c3 02 c3 28 01")).content[0];
    expect(unknown).toEqual(Uint8Array.of(0xc3, 0x28));
  });

  it("reads lengths of several bytes", () => {
    const data = document("00 15 50 c3 81 48", "ab ".repeat(200), "01");
    expect(root(data).content[0]).toEqual(new Uint8Array(200).fill(0xab));
  });

  it("accepts lengths with leading zero groups, as long as they end", () => {
    expect(root(document("45 4b c3 80 80 80 80 01 41 01 01")).content).toHaveLength(1);
  });

  it("replaces bytes that are no UTF-8 instead of failing", () => {
    const key = root(document("45 4b 03 41 ff 42 00 01 01")).content[0];
    expect(key !== undefined && isElement(key) && key.content).toEqual(["A\ufffdB"]);
  });

  it.each(["01", "02", "03"])("accepts WBXML version byte %s", (version) => {
    expect(root(bytes(version, "01 6a 00 05")).name).toBe("Sync");
  });

  it("accepts US-ASCII, a part of UTF-8", () => {
    expect(root(bytes("03 01 03 00 05")).name).toBe("Sync");
  });
});

describe("unknown tokens", () => {
  it("are kept with their numbers and reported", () => {
    const result = decode(document("45 7f 'new' 01 00 1e 6a 4b 'x' 01 01 01"));
    expect(result.ok && result.value.root).toMatchObject({
      name: "Sync",
      content: [
        { page: 0, token: 0x3f, namespace: "AirSync", name: "Unknown-3f", content: ["new"] },
        {
          page: 30,
          token: 0x2a,
          namespace: "Unknown-1e",
          name: "Unknown-2a",
          content: [{ page: 30, token: 0x0b, name: "Unknown-0b", content: ["x"] }],
        },
      ],
    });
    expect(result.ok && result.value.warnings).toEqual([
      { kind: "unknown-token", page: 0, token: 0x3f, offset: 5 },
      { kind: "unknown-page", page: 30, token: 0x2a, offset: 14 },
      { kind: "unknown-page", page: 30, token: 0x0b, offset: 15 },
    ]);
  });

  it("are reported fifty times at most", () => {
    const result = decode(document("45", "3f ".repeat(500), "01"));
    expect(result.ok && result.value.warnings).toHaveLength(50);
    expect(result.ok && result.value.root.content).toHaveLength(500);
  });

  it("bytes after the root are ignored with a warning", () => {
    const result = decode(document("05 00 00"));
    expect(result.ok && result.value.warnings).toEqual([
      { kind: "trailing-bytes", page: 0, token: 0, offset: 5 },
    ]);
  });
});

describe("refusals", () => {
  const cases: readonly [string, Uint8Array, WbxmlFault["kind"], number][] = [
    ["nothing at all", bytes(""), "truncated", 0],
    ["a header without a root", document(), "truncated", 4],
    ["an HTML page", new TextEncoder().encode("<!DOCTYPE html>"), "header", 0],
    ["another version", bytes("04 01 6a 00 05"), "header", 0],
    ["another public identifier", bytes("03 05 6a 00 05"), "header", 1],
    ["a public identifier in the string table", bytes("03 00 00 6a 00 05"), "header", 1],
    ["another character set", bytes("03 01 04 00 05"), "header", 2],
    ["a string table of a megabyte", bytes("03 01 6a c0 80 00"), "header", 5],
    ["the end inside an element", document("45 4b '1' 01"), "truncated", 10],
    ["the end inside a text", document("45 4b 03 41"), "truncated", 8],
    ["the end inside opaque data", document("45 4b c3 05 41"), "truncated", 9],
    ["the end inside an integer", document("45 4b c3 81"), "truncated", 8],
    ["END before the root", document("01"), "content", 4],
    ["text before the root", document("'x' 05"), "content", 4],
    ["an integer of more than 32 bits", document("45 c3 90 80 80 80 00"), "integer", 10],
    ["an integer that never ends", document("45 c3 80 80 80 80 80 80 00"), "integer", 11],
    ["attributes", document("c5 01"), "attributes", 4],
    ["attributes without content", document("85 01"), "attributes", 4],
    ["a literal tag", document("44 00 01"), "token", 4],
    ["LITERAL", document("45 04 00"), "token", 5],
    ["EXT_I_0", document("45 40 00"), "token", 5],
    ["EXT_T_1", document("45 81 00"), "token", 5],
    ["EXT_2", document("45 c2"), "token", 5],
    ["a processing instruction", document("43 00 01 05"), "token", 4],
    ["LITERAL_AC", document("45 c4 00"), "token", 5],
    ["the entity of NUL", document("45 02 00 01"), "entity", 6],
    ["the entity of half a surrogate pair", document("45 02 83 b0 00 01"), "entity", 8],
    ["an entity beyond Unicode", document("45 02 c4 80 00 01"), "entity", 8],
    ["a reference without a string table", document("45 83 00 01"), "string-table", 6],
    ["a reference beyond the string table", bytes("03 01 6a 02 41 00 45 83 02 01"), "string-table", 8],
    ["a reference to text that does not end", bytes("03 01 6a 02 00 41 45 83 01 01"), "string-table", 8],
  ];

  it.each(cases)("%s", (_name, data, kind, offset) => {
    expect(fault(data)).toMatchObject({ kind, offset });
  });

  it("more depth than allowed: 64 is read, 65 is not", () => {
    const nested = (depth: number) => document("45 ".repeat(depth), "01 ".repeat(depth));
    expect(decode(nested(64)).ok).toBe(true);
    expect(fault(nested(65)).kind).toBe("depth");
  });

  it("more elements, longer content or a longer document than allowed", () => {
    const limits = { ...defaultLimits, elements: 10, content: 8, document: 60 };
    expect(decode(document("45", "05 ".repeat(9), "01"), limits).ok).toBe(true);
    expect(fault(document("45", "05 ".repeat(10), "01"), limits).kind).toBe("elements");
    expect(decode(document("45 '12345678' 01"), limits).ok).toBe(true);
    expect(fault(document("45 '123456789' 01"), limits).kind).toBe("size");
    expect(fault(document("45 c3 09"), limits).kind).toBe("size");
    expect(fault(document("45", "'1234567' ".repeat(7), "01"), limits).kind).toBe("size");
  });

  it("a length of four gigabytes without reserving them", () => {
    expect(fault(document("45 c3 8f ff ff ff 7f")).kind).toBe("size");
  });
});

describe("a document in chunks", () => {
  const data = document("45 5c 4f 4b 'key' 01 00 16 49 c3 04 01 02 03 04 01 01 01 01");

  it("may be split anywhere, the chunks may be overwritten afterwards", () => {
    const whole = root(data);
    for (let cut = 0; cut <= data.length; cut += 1) {
      const decoder = new WbxmlDecoder();
      for (const part of [data.slice(0, cut), data.slice(cut)]) {
        expect(decoder.push(part)).toBeNull();
        part.fill(0x55);
      }
      expect(decoder.finish()).toBeNull();
      expect(decoder.root).toEqual(whole);
    }
  });

  it("stays at its first fault", () => {
    const decoder = new WbxmlDecoder();
    expect(decoder.push(bytes("09"))?.kind).toBe("header");
    expect(decoder.push(data)?.kind).toBe("header");
    expect(decoder.finish()?.kind).toBe("header");
    expect(decoder.root).toBeNull();
  });

  it("gives elements away as they end, innermost first, with their parent's name", () => {
    const seen: string[] = [];
    const decoder = new WbxmlDecoder({
      takes: (element, parentName) => {
        seen.push(`${parentName}/${element.name}`);
        return element.name === "SyncKey";
      },
    });
    decoder.push(data);
    expect(decoder.finish()).toBeNull();
    expect(seen).toEqual([
      "Collection/SyncKey",
      "Collection/ConversationId",
      "Collections/Collection",
      "Sync/Collections",
      "null/Sync",
    ]);
    expect(JSON.stringify(decoder.root)).not.toContain("SyncKey");
  });

  it("diverts the content of one element in pieces, as it comes", () => {
    const pieces: string[] = [];
    const decoder = new WbxmlDecoder({
      divert: (namespace, name) =>
        namespace === "AirSync" && name === "SyncKey"
          ? (part, opaque) => pieces.push(`${opaque}:${Buffer.from(part).toString()}`)
          : null,
    });
    for (const byte of data) decoder.push(Uint8Array.of(byte));
    expect(decoder.finish()).toBeNull();
    expect(pieces).toEqual(["false:k", "false:e", "false:y"]);
    expect(decoder.root?.content).toHaveLength(1);
  });
});
