import { describe, expect, it } from "vitest";
import type { FolderDelta, MoveVerdict } from "../../../../electron/ports/remote.ts";
import { readFolderSync } from "../../../../electron/protocol/eas/commands/folder-sync.ts";
import { readGetItemEstimate } from "../../../../electron/protocol/eas/commands/get-item-estimate.ts";
import { readMoveItems } from "../../../../electron/protocol/eas/commands/move-items.ts";
import { tree, xml } from "./notation.ts";

describe("FolderSync answers (MS-ASCMD 2.2.1.5, schema 6.18)", () => {
  const read = (text: string) => readFolderSync(tree(xml("FolderHierarchy", text)));
  const changes = (inner: string) =>
    read(`<FolderSync><Status>1</Status><SyncKey>2</SyncKey><Changes>${inner}</Changes></FolderSync>`);
  const nothing: FolderDelta = { syncKey: "2", added: [], updated: [], deleted: [] };
  const folder = (id: string, name: string, type: string, parent = "0") =>
    `<ServerId>${id}</ServerId><ParentId>${parent}</ParentId><DisplayName>${name}</DisplayName><Type>${type}</Type>`;
  const inbox = { serverId: "7", parentId: "0", name: "Inbox", role: "inbox", class: "mail" };

  it.each([
    ["minimal: status and key", "<FolderSync><Status>1</Status><SyncKey>2</SyncKey></FolderSync>", nothing],
    [
      "no changes, and a count that says so",
      "<FolderSync><Status>1</Status><SyncKey>2</SyncKey><Changes><Count>0</Count></Changes></FolderSync>",
      nothing,
    ],
    [
      "out of order: the key last",
      `<FolderSync><Changes><Add>${folder("7", "Inbox", "2")}</Add></Changes><SyncKey>2</SyncKey><Status>1</Status></FolderSync>`,
      { ...nothing, added: [inbox] },
    ],
    [
      "with elements that nobody knows there",
      `<FolderSync><Status>1</Status><airsync:Limit>9</airsync:Limit><SyncKey>2</SyncKey>
        <Changes><email:Subject>x</email:Subject><Add>${folder("7", "Inbox", "2")}<gal:Title>y</gal:Title></Add></Changes></FolderSync>`,
      { ...nothing, added: [inbox] },
    ],
    [
      "the first of two keys counts",
      "<FolderSync><Status>1</Status><SyncKey>2</SyncKey><SyncKey>3</SyncKey></FolderSync>",
      nothing,
    ],
  ])("%s", (_name, text, delta) => {
    expect(read(text)).toEqual({ status: 1, delta });
  });

  it.each([
    ["nothing at all", "<FolderSync />", 0],
    ["no status", "<FolderSync><SyncKey>2</SyncKey></FolderSync>", 0],
    ["success without a key", "<FolderSync><Status>1</Status></FolderSync>", 0],
    ["a status in words", "<FolderSync><Status>OK</Status><SyncKey>2</SyncKey></FolderSync>", 0],
    ["an empty status", "<FolderSync><Status /><SyncKey>2</SyncKey></FolderSync>", 0],
    [
      "a status of another namespace",
      "<FolderSync><airsync:Status>1</airsync:Status><SyncKey>2</SyncKey></FolderSync>",
      0,
    ],
    [
      "a key of another namespace",
      "<FolderSync><Status>1</Status><airsync:SyncKey>2</airsync:SyncKey></FolderSync>",
      0,
    ],
    ["a stale key", "<FolderSync><Status>9</Status></FolderSync>", 9],
    ["failure with a key beside it", "<FolderSync><Status>6</Status><SyncKey>2</SyncKey></FolderSync>", 6],
    ["a policy wanted", "<FolderSync><Status>142</Status></FolderSync>", 142],
    ["a number of no status", "<FolderSync><Status>999999999</Status></FolderSync>", 999_999_999],
  ])("%s is no delta", (_name, text, status) => {
    expect(read(text)).toEqual({ status, delta: null });
  });

  it.each([
    ["all four children", folder("7", "Inbox", "2"), [inbox]],
    [
      "no parent: the root's",
      "<ServerId>7</ServerId><DisplayName>Inbox</DisplayName><Type>2</Type>",
      [inbox],
    ],
    ["an empty parent: the root's", folder("7", "Inbox", "2", ""), [inbox]],
    ["no name", "<ServerId>7</ServerId><Type>2</Type>", [{ ...inbox, name: "" }]],
    [
      "no type: nothing we show",
      "<ServerId>7</ServerId><DisplayName>Inbox</DisplayName>",
      [{ ...inbox, role: "user", class: "other" }],
    ],
    ["a type in words", folder("7", "Inbox", "inbox"), [{ ...inbox, role: "user", class: "other" }]],
    ["a type below nought", folder("7", "Inbox", "-2"), [{ ...inbox, role: "user", class: "other" }]],
    ["a type to come", folder("7", "Inbox", "42"), [{ ...inbox, role: "user", class: "other" }]],
    ["type 0", folder("7", "Inbox", "0"), [{ ...inbox, role: "user", class: "other" }]],
    [
      "a type that is a name of JavaScript's",
      folder("7", "Inbox", "constructor"),
      [{ ...inbox, role: "user", class: "other" }],
    ],
    [
      "type 18, unknown by the specification",
      folder("7", "Inbox", "18"),
      [{ ...inbox, role: "user", class: "other" }],
    ],
    [
      "type 19, the cache of recipients",
      folder("7", "Inbox", "19"),
      [{ ...inbox, role: "user", class: "other" }],
    ],
    ["no id", "<DisplayName>Inbox</DisplayName><Type>2</Type>", []],
    ["an empty id", folder("", "Inbox", "2"), []],
    ["an id of 64 letters", folder("a".repeat(64), "Inbox", "2"), [{ ...inbox, serverId: "a".repeat(64) }]],
    ["itself for a parent", folder("7", "Inbox", "2", "7"), [{ ...inbox, parentId: "7" }]],
    [
      "a name of a thousand letters and one",
      folder("7", "x".repeat(1_001), "12"),
      [{ ...inbox, name: "x".repeat(1_000), role: "user" }],
    ],
    ["a name in another script", folder("7", "受信箱 📥", "2"), [{ ...inbox, name: "受信箱 📥" }]],
  ])("a folder with %s", (_name, inner, added) => {
    expect(changes(`<Add>${inner}</Add>`).delta).toEqual({ ...nothing, added });
    // An update carries the same four children.
    expect(changes(`<Update>${inner}</Update>`).delta).toEqual({ ...nothing, updated: added });
  });

  it("deletions need an id, and nothing else", () => {
    expect(changes("<Delete><ServerId>5</ServerId></Delete>").delta).toEqual({ ...nothing, deleted: ["5"] });
    expect(changes("<Delete /><Delete><ServerId /></Delete>").delta).toEqual(nothing);
    expect(changes(`<Delete>${folder("5", "x", "12")}</Delete>`).delta).toEqual({
      ...nothing,
      deleted: ["5"],
    });
  });

  it("many of each keep their order, whatever the count says", () => {
    const ids = Array.from({ length: 300 }, (_, index) => String(index + 1));
    const delta = changes(
      `<Count>3</Count>${ids.map((id) => `<Add>${folder(id, `F${id}`, "12")}</Add><Delete><ServerId>d${id}</ServerId></Delete>`).join("")}`,
    ).delta;
    expect(delta?.added.map(({ serverId }) => serverId)).toEqual(ids);
    expect(delta?.deleted).toEqual(ids.map((id) => `d${id}`));
  });

  it("the same folder twice stays twice: the store decides", () => {
    const twice = changes(`<Add>${folder("7", "A", "12")}</Add><Add>${folder("7", "B", "12")}</Add>`);
    expect(twice.delta?.added.map(({ name }) => name)).toEqual(["A", "B"]);
  });
});

describe("MoveItems answers (MS-ASCMD 2.2.1.12, schema 6.33)", () => {
  const read = (text: string) => readMoveItems(tree(xml("Move", text)));
  const one = (inner: string) => read(`<MoveItems><Response>${inner}</Response></MoveItems>`).verdicts;

  const moved = (status: number, recovery: MoveVerdict["recovery"], newServerId: string | null = null) => [
    { serverId: "7:1", status, recovery, newServerId },
  ];

  it.each([
    ["3, moved", "3", moved(3, "ok", "3:9")],
    ["1, the source is not there", "1", moved(1, "object-gone")],
    ["2, the destination is not there", "2", moved(2, "resync-folders")],
    ["4, source and destination are one folder: nothing to do", "4", moved(4, "already-done", "3:9")],
    ["5, locked or several destinations", "5", moved(5, "retry")],
    ["7, locked", "7", moved(7, "retry")],
    ["6, which is not defined", "6", moved(6, "give-up")],
    ["110, the server failed", "110", moved(110, "retry-later")],
    ["in words", "moved", moved(0, "give-up")],
    ["below nought", "-3", moved(-3, "give-up")],
  ])("status %s", (_name, status, verdicts) => {
    const text = `<SrcMsgId>7:1</SrcMsgId><Status>${status}</Status><DstMsgId>3:9</DstMsgId>`;
    expect(one(text)).toEqual(verdicts);
  });

  it("a move without a new id, or with an empty one, has none to tell", () => {
    expect(one("<SrcMsgId>7:1</SrcMsgId><Status>3</Status>")).toEqual(moved(3, "ok"));
    expect(one("<SrcMsgId>7:1</SrcMsgId><Status>3</Status><DstMsgId />")).toEqual(moved(3, "ok"));
  });

  it("the order of a response's children does not matter, strangers neither", () => {
    const text =
      "<DstMsgId>3:9</DstMsgId><airsync:Class>Email</airsync:Class><Status>3</Status><SrcMsgId>7:1</SrcMsgId>";
    expect(one(text)).toEqual(moved(3, "ok", "3:9"));
  });

  it("no status is no success", () => {
    expect(one("<SrcMsgId>7:1</SrcMsgId><DstMsgId>3:9</DstMsgId>")).toEqual(moved(0, "give-up"));
    expect(one("<SrcMsgId>7:1</SrcMsgId><airsync:Status>3</airsync:Status>")).toEqual(moved(0, "give-up"));
  });

  it("no responses at all, and the status of the whole", () => {
    expect(read("<MoveItems />")).toEqual({ status: null, verdicts: [] });
    expect(read("<MoveItems><Status>141</Status></MoveItems>")).toEqual({ status: 141, verdicts: [] });
    expect(read("<MoveItems><Status>x</Status></MoveItems>")).toEqual({ status: null, verdicts: [] });
  });

  it("an answer to another command has no verdicts", () => {
    expect(readMoveItems(tree(xml("AirSync", "<Sync><Responses></Responses></Sync>"))).verdicts).toEqual([]);
    expect(readMoveItems(tree(xml("Search", "<Search><Response></Response></Search>"))).verdicts).toEqual([]);
  });
});

describe("GetItemEstimate answers (MS-ASCMD 2.2.1.9, schema 6.22)", () => {
  const read = (text: string) => readGetItemEstimate(tree(xml("GetItemEstimate", text)));
  const response = (inner: string) =>
    read(`<GetItemEstimate><Response>${inner}</Response></GetItemEstimate>`);
  const collection = (estimate: string) =>
    `<Collection><CollectionId>7</CollectionId><Estimate>${estimate}</Estimate></Collection>`;

  it.each([
    ["some", "117", 117],
    ["none", "0", 0],
    ["a great many", "999999999", 999_999_999],
    ["with blanks around", " 5 ", 5],
    ["fewer than none", "-1", null],
    ["a word", "many", null],
    ["a fraction", "1.5", null],
    ["a number beyond exactness", "9".repeat(40), null],
  ])("%s", (_name, text, estimate) => {
    expect(response(`<Status>1</Status>${collection(text)}`)).toEqual({ status: 1, estimate });
  });

  it.each([
    ["an unknown collection", "<Status>2</Status>", 2],
    ["a collection that was never synchronised", "<Status>3</Status>", 3],
    ["a stale key", "<Status>4</Status>", 4],
    ["no status", collection("5"), 0],
  ])("%s", (_name, inner, status) => {
    expect(response(inner).status).toBe(status);
  });

  it("the status of the whole where there is no response", () => {
    expect(read("<GetItemEstimate><Status>142</Status></GetItemEstimate>")).toEqual({
      status: 142,
      estimate: null,
    });
    expect(read("<GetItemEstimate />")).toEqual({ status: 0, estimate: null });
  });
});
