import { describe, expect, it } from "vitest";
import {
  child,
  childInteger,
  children,
  childText,
  decode,
  el,
  elementNamed,
  encode,
  encodeAround,
  textOf,
} from "../../../electron/protocol/eas/wbxml/index.ts";
import { document, hex } from "./bytes.ts";

describe("encode", () => {
  it("writes header, tags, texts and ENDs as MS-ASWBXML has them", () => {
    const request = el("FolderHierarchy", "FolderSync", el("FolderHierarchy", "SyncKey", "0"));
    expect(hex(encode(request))).toBe(hex(document("00 07 56 52 '0' 01 01")));
  });

  it("switches pages only when they change", () => {
    const sync = el(
      "AirSync",
      "Sync",
      el("AirSyncBase", "Body", el("AirSyncBase", "Type", "1"), el("AirSyncBase", "Data", "x")),
      el("AirSync", "Status", "1"),
    );
    expect(hex(encode(sync))).toBe(hex(document("45 00 11 4a 46 '1' 01 4b 'x' 01 01 00 00 4e '1' 01 01")));
  });

  it("writes an element without content as an empty tag", () => {
    expect(hex(encode(el("AirSync", "Sync", el("AirSync", "MoreAvailable"))))).toBe(
      hex(document("45 14 01")),
    );
    expect(hex(encode(el("AirSync", "Sync", "")))).toBe(hex(document("05")));
    expect(hex(encode(el("AirSync", "Sync", new Uint8Array(0))))).toBe(hex(document("05")));
  });

  it("writes bytes as OPAQUE with a length of as many bytes as it takes", () => {
    const mime = (size: number) => encode(el("ComposeMail", "Mime", new Uint8Array(size).fill(7)));
    expect(hex(mime(3))).toBe(hex(document("00 15 50 c3 03 07 07 07 01")));
    expect(hex(mime(127)).slice(8, 18)).toBe("001550c37f");
    expect(hex(mime(128)).slice(8, 20)).toBe("001550c38100");
    expect(hex(mime(20_000)).slice(8, 22)).toBe("001550c3819c20");
  });

  it("writes text in UTF-8, and as OPAQUE when it holds a NUL", () => {
    expect(hex(encode(el("AirSync", "SyncKey", "é€")))).toBe(hex(document("4b 03 c3 a9 e2 82 ac 00 01")));
    expect(hex(encode(el("AirSync", "SyncKey", "a\0b")))).toBe(hex(document("4b c3 03 61 00 62 01")));
  });

  it("writes tags nobody knows by their numbers", () => {
    const unknown = { page: 40, token: 0x2a, namespace: "Unknown-28", name: "Unknown-2a", content: ["x"] };
    expect(hex(encode(unknown))).toBe(hex(document("00 28 6a 'x' 01")));
  });

  it("writes a document around data that somebody streams", () => {
    const root = el("ComposeMail", "SendMail", el("ComposeMail", "ClientId", "1"));
    const mime = new Uint8Array(300).fill(65);
    const { head, tail } = encodeAround(root, el("ComposeMail", "Mime"), mime.length);
    const joined = decode(Buffer.concat([head, mime, tail]));
    expect(joined.ok && joined.value.root).toEqual({
      ...root,
      content: [...root.content, el("ComposeMail", "Mime", mime)],
    });
  });
});

describe("trees", () => {
  const tree = el(
    "AirSync",
    "Collection",
    el("AirSync", "SyncKey", "12"),
    null,
    undefined,
    el("Email", "Status", "x"),
    el("AirSync", "Status", "-3"),
    el("AirSync", "Add", "a"),
    el("AirSync", "Add", "b"),
  );

  it("are built without what is null or undefined", () => {
    expect(tree.content).toHaveLength(5);
  });

  it("find children by namespace and name", () => {
    expect(childText(tree, "AirSync", "SyncKey")).toBe("12");
    expect(childText(tree, "Email", "Status")).toBe("x");
    expect(childText(tree, "Email2", "Sender")).toBeNull();
    expect(child(undefined, "AirSync", "Add")).toBeUndefined();
    expect(children(tree, "AirSync", "Add").map(textOf)).toEqual(["a", "b"]);
    expect(children(undefined, "AirSync", "Add")).toEqual([]);
  });

  it("read whole numbers, and nothing else as a number", () => {
    expect(childInteger(tree, "AirSync", "SyncKey")).toBe(12);
    expect(childInteger(tree, "AirSync", "Status")).toBe(-3);
    expect(childInteger(tree, "Email", "Status")).toBeNull();
    for (const text of ["", "1.5", "1e3", "0x10", "9".repeat(20), "١"]) {
      expect(
        childInteger(el("AirSync", "Sync", el("AirSync", "Status", text)), "AirSync", "Status"),
      ).toBeNull();
    }
    expect(childInteger(el("AirSync", "Sync", el("AirSync", "Status", " 7\n")), "AirSync", "Status")).toBe(7);
  });

  it("read mixed content as its text", () => {
    expect(
      textOf(el("AirSync", "SyncKey", "a", el("AirSync", "Add", "no"), new TextEncoder().encode("é"))),
    ).toBe("aé");
    expect(textOf(el("AirSync", "SyncKey"))).toBe("");
  });

  it("are built from names that come from outside, when the tables hold them", () => {
    expect(elementNamed("Email2", "Sender", ["x"])).toEqual(el("Email2", "Sender", "x"));
    expect(elementNamed("Email2", "Nonsense", [])).toBeNull();
    expect(elementNamed("Nonsense", "Sender", [])).toBeNull();
    expect(elementNamed("Email", "__proto__", [])).toBeNull();
  });
});
