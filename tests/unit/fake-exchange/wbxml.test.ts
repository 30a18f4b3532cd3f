import { describe, expect, it } from "vitest";
import { codePages } from "../../../electron/protocol/eas/codepages/index.ts";
import { e, InlineBytes } from "../../fake-exchange/wbxml/node.ts";
import { readWbxml, WbxmlProblem } from "../../fake-exchange/wbxml/read.ts";
import { NAME_OF, TOKEN_OF } from "../../fake-exchange/wbxml/tokens.ts";
import { writeWbxml } from "../../fake-exchange/wbxml/write.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const HEAD = "03 01 6a 00 ";
/** FolderSync with SyncKey 0, byte by byte: page 7, FolderSync 0x16, SyncKey 0x12. */
const FOLDER_SYNC = `${HEAD}00 07 56 52 03 30 00 01 01`;

function problem(bytes: string): string | null {
  try {
    readWbxml(hex(bytes));
    return null;
  } catch (error) {
    if (error instanceof WbxmlProblem) return error.kind;
    throw error;
  }
}

describe("reading", () => {
  it("reads a FolderSync as the specification writes it", () => {
    const root = readWbxml(hex(FOLDER_SYNC));
    expect(root.name).toBe("FolderHierarchy:FolderSync");
    expect(root.children.map((one) => [one.name, one.text])).toEqual([["FolderHierarchy:SyncKey", "0"]]);
  });

  it("tells an empty tag from one with content", () => {
    const root = readWbxml(hex(`${HEAD}45 14 54 01 01`));
    expect(root.children.map((one) => [one.name, one.hasContent])).toEqual([
      ["AirSync:MoreAvailable", false],
      ["AirSync:MoreAvailable", true],
    ]);
  });

  it("reads opaque data, also with a length of two bytes", () => {
    const root = readWbxml(hex(`${HEAD}00 15 45 50 c3 82 00 ${"41".repeat(256)} 01 01`));
    expect(root.children[0]?.bytes?.length).toBe(256);
  });

  it("joins strings in one element and reads UTF-8", () => {
    const root = readWbxml(hex(`${HEAD}00 02 54 03 c3 a4 00 03 62 00 01`));
    expect([root.name, root.text]).toEqual(["Email:Subject", "äb"]);
  });

  it.each([
    ["another version", "02 01 6a 00 45 01"],
    ["another public id", "03 04 6a 00 45 01"],
    ["another charset", "03 01 04 00 45 01"],
    ["a string table", "03 01 6a 01 41 45 01"],
    ["an early end", `${HEAD}45`],
    ["nothing", ""],
    ["an END too many", `${HEAD}01`],
    ["bytes after the end", `${FOLDER_SYNC}00`],
    ["a string without an end", `${HEAD}45 03 41`],
    ["a string outside of an element", `${HEAD}03 41 00`],
    ["opaque data that ends early", `${HEAD}45 c3 05 41 01`],
    ["attributes", `${HEAD}c5 01`],
    ["a literal", `${HEAD}44 00 01`],
    ["an entity", `${HEAD}45 02 20 01`],
    ["bytes that are not UTF-8", `${HEAD}45 03 ff 00 01`],
    ["text beside elements", `${HEAD}45 03 41 00 14 01`],
    ["a number without an end", `${HEAD}45 c3 ff ff ff ff ff 01`],
    ["33 levels", `${HEAD}${"45".repeat(33)}${"01".repeat(33)}`],
  ])("refuses %s", (_, bytes) => {
    expect(problem(bytes)).toBe("broken");
  });

  it("tells unknown elements and pages from broken bytes", () => {
    expect(problem(`${HEAD}7f 01`)).toBe("unknown-element");
    expect(problem(`${HEAD}00 1a 45 01`)).toBe("unknown-element");
    expect(problem(`${HEAD}00 03 45 01`)).toBe("unknown-element");
  });

  it("allows 32 levels", () => {
    expect(problem(`${HEAD}${"45".repeat(32)}${"01".repeat(32)}`)).toBeNull();
  });
});

describe("writing", () => {
  it("writes the bytes of the specification", () => {
    const bytes = writeWbxml(e("FolderHierarchy:FolderSync", e("FolderHierarchy:SyncKey", "0")));
    expect(Buffer.from(bytes)).toEqual(Buffer.from(hex(FOLDER_SYNC)));
  });

  it("switches pages only when it must", () => {
    const bytes = writeWbxml(
      e("AirSync:ApplicationData", e("Email:Read", 1), e("Email:Subject"), e("AirSyncBase:Type", 2)),
    );
    expect(Buffer.from(bytes).toString("hex")).toBe(
      `${HEAD}5d 00 02 55 03 31 00 01 14 00 11 46 03 32 00 01 01`.replaceAll(" ", ""),
    );
  });

  it("reads back what it wrote: opaque, inline and empty", () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at % 251);
    const root = readWbxml(
      writeWbxml(e("ComposeMail:SendMail", e("ComposeMail:Mime", bytes), e("ComposeMail:ClientId", "ü"))),
    );
    expect(root.children[0]?.bytes).toEqual(bytes);
    expect(root.children[1]?.text).toBe("ü");
    const inline = writeWbxml(e("AirSyncBase:Data", new InlineBytes(Buffer.from("a\r\nb"))));
    expect(readWbxml(inline).text).toBe("a\r\nb");
  });

  it("refuses a NUL in a string and an element without a token", () => {
    expect(() => writeWbxml(e("AirSync:Status", "a\0b"))).toThrow("NUL");
    expect(() => writeWbxml(e("AirSync:Nothing"))).toThrow("no token");
  });
});

describe("tokens", () => {
  it("agrees with the product's tables, which were typed in separately", () => {
    for (const [page, names] of NAME_OF) {
      const theirs = codePages.find((one) => one.page === page);
      for (const [token, name] of names)
        expect(`${theirs?.namespace}:${theirs?.nameOf.get(token)}`).toBe(name);
    }
  });

  it("has the numbers that the specification names in its examples", () => {
    const numbers = [
      ["AirSync:Sync", 0, 0x05],
      ["AirSync:MoreAvailable", 0, 0x14],
      ["AirSync:HeartbeatInterval", 0, 0x29],
      ["Email:DateReceived", 2, 0x0f],
      ["Email:Flag", 2, 0x3a],
      ["Email:DisallowNewTimeProposal", 2, 0x3f],
      ["Calendar:UID", 4, 0x28],
      ["Move:DstMsgId", 5, 0x0c],
      ["GetItemEstimate:Status", 6, 0x0e],
      ["FolderHierarchy:Count", 7, 0x17],
      ["Ping:MaxFolders", 13, 0x0d],
      ["Provision:AccountOnlyRemoteWipe", 14, 0x3b],
      ["AirSyncBase:Preview", 17, 0x18],
      ["AirSyncBase:InstanceId", 17, 0x2d],
      ["Settings:DeviceInformation", 18, 0x16],
      ["ItemOperations:MoveAlways", 20, 0x19],
      ["ComposeMail:ClientId", 21, 0x11],
      ["Email2:Send", 22, 0x17],
      ["RightsManagement:RightsManagementSupport", 24, 0x05],
    ] as const;
    for (const [name, page, token] of numbers) expect(TOKEN_OF.get(name), name).toEqual({ page, token });
  });

  it("keeps every token below 0x40", () => {
    for (const names of NAME_OF.values()) for (const token of names.keys()) expect(token).toBeLessThan(0x40);
  });
});
