import { describe, expect, it } from "vitest";
import {
  createAttachmentReader,
  itemOperationsStatuses,
  readBodyReply,
} from "../../../../electron/protocol/eas/commands/item-operations.ts";
import { recoveryOf } from "../../../../electron/protocol/eas/commands/status.ts";
import { tree, wire, xml } from "./notation.ts";

const fetched = (inner: string, whole = "<Status>1</Status>") =>
  `<ItemOperations>${whole}<Response><Fetch>${inner}</Fetch></Response></ItemOperations>`;
const body = (inner: string) => `<airsyncbase:Body>${inner}</airsyncbase:Body>`;
const mime =
  "<airsyncbase:Type>4</airsyncbase:Type><airsyncbase:EstimatedDataSize>7</airsyncbase:EstimatedDataSize>" +
  "<airsyncbase:Data>From: a</airsyncbase:Data>";
const read = (text: string) => readBodyReply(tree(xml("ItemOperations", text)));

describe("a fetched body (MS-ASCMD 2.2.1.10, schema 6.27)", () => {
  const whole = { status: 1, body: { kind: "mime", data: "From: a", truncated: false, size: 7 } };

  it.each([
    ["minimal", fetched(`<Status>1</Status><Properties>${body(mime)}</Properties>`)],
    [
      "as Exchange sends it",
      fetched(`<Status>1</Status><airsync:CollectionId>7</airsync:CollectionId><airsync:ServerId>7:1</airsync:ServerId>
        <airsync:Class>Email</airsync:Class><Properties><email:Subject>x</email:Subject>${body(mime)}
        <airsyncbase:NativeBodyType>1</airsyncbase:NativeBodyType></Properties>`),
    ],
    [
      "without the status of the whole",
      fetched(`<Status>1</Status><Properties>${body(mime)}</Properties>`, ""),
    ],
    [
      "with the whole a partial success (17)",
      fetched(`<Status>1</Status><Properties>${body(mime)}</Properties>`, "<Status>17</Status>"),
    ],
    ["out of order", fetched(`<Properties>${body(mime)}</Properties><Status>1</Status>`)],
    [
      "the first of two bodies",
      fetched(
        `<Status>1</Status><Properties>${body(mime)}${body("<airsyncbase:Type>1</airsyncbase:Type>")}</Properties>`,
      ),
    ],
  ])("%s", (_name, text) => {
    expect(read(text)).toEqual(whole);
  });

  it.each([
    ["no properties", fetched("<Status>1</Status>"), 1],
    [
      "empty properties, as SOGo sends of what it does not have",
      fetched("<Status>1</Status><Properties></Properties>"),
      1,
    ],
    [
      "a body without data",
      fetched(`<Status>1</Status><Properties>${body("<airsyncbase:Type>4</airsyncbase:Type>")}</Properties>`),
      1,
    ],
    ["a body beside its properties", fetched(`<Status>1</Status>${body(mime)}`), 1],
    ["no status at all", "<ItemOperations><Response><Fetch></Fetch></Response></ItemOperations>", 0],
    ["no response", "<ItemOperations><Status>1</Status></ItemOperations>", 0],
    ["nothing", "<ItemOperations />", 0],
    ["the whole failed", "<ItemOperations><Status>3</Status></ItemOperations>", 3],
    ["the item is gone", fetched("<Status>6</Status>"), 6],
    ["the item's status outweighs the whole's", fetched("<Status>6</Status>", "<Status>17</Status>"), 6],
    ["the item's status in words", fetched("<Status>fine</Status>"), 0],
    ["a policy is wanted", "<ItemOperations><Status>142</Status></ItemOperations>", 142],
  ])("%s: no body", (_name, text, status) => {
    expect(read(text)).toEqual({ status, body: null });
  });

  it("another operation's response is no fetch", () => {
    const text =
      "<ItemOperations><Status>1</Status><Response><EmptyFolderContents><Status>1</Status></EmptyFolderContents></Response></ItemOperations>";
    expect(read(text)).toEqual({ status: 0, body: null });
  });

  it.each([
    [1, "ok"],
    [2, "give-up"],
    [3, "retry-later"],
    [5, "give-up"],
    [6, "object-gone"],
    [7, "retry-later"],
    [11, "give-up"],
    [12, "retry-later"],
    [14, "give-up"],
    [15, "object-gone"],
    [16, "give-up"],
    [18, "sign-in"],
    [114, "retry-later"],
    [142, "provision"],
    [150, "object-gone"],
    [172, "give-up"],
  ])("status %i is for %s", (status, recovery) => {
    const found = read(fetched(`<Status>${status}</Status>`)).status;
    expect(recoveryOf(itemOperationsStatuses, found)).toBe(recovery);
  });
});

describe("a fetched attachment (MS-ASCMD 2.2.3.39.2)", () => {
  const document = (properties: string, status = "1") =>
    wire(xml("ItemOperations", fetched(`<Status>${status}</Status><Properties>${properties}</Properties>`)));
  const type = "<airsyncbase:ContentType>image/png</airsyncbase:ContentType>";

  function fetch(data: Uint8Array, chunk: number) {
    const reader = createAttachmentReader();
    const parts: string[] = [];
    for (let at = 0; at < data.length; at += chunk) {
      const pushed = reader.push(data.slice(at, at + chunk));
      if (!pushed.ok) return pushed.error.kind;
      for (const part of pushed.value) parts.push(Buffer.from(part).toString("hex"));
    }
    const reply = reader.finish();
    return reply.ok ? { ...reply.value, hex: parts.join("") } : reply.error.kind;
  }

  it.each([
    ["base64", `${type}<Data>AAEC/w==</Data>`, { type: "image/png", hex: "000102ff" }],
    ["base64 without padding", `${type}<Data>AAEC/w</Data>`, { type: "image/png", hex: "000102ff" }],
    ["base64 in lines", `${type}<Data>AAEC\r\n/w==\r\n</Data>`, { type: "image/png", hex: "000102ff" }],
    ["bytes", `${type}<Data>{000102ff}</Data>`, { type: "image/png", hex: "000102ff" }],
    ["the type after the data", `<Data>{000102ff}</Data>${type}`, { type: "image/png", hex: "000102ff" }],
    ["no type", "<Data>{00}</Data>", { type: null, hex: "00" }],
    [
      "a range and a total",
      `<Range>0-3</Range><Total>4</Total>${type}<Data>{000102ff}</Data>`,
      { type: "image/png", hex: "000102ff" },
    ],
    ["empty data", `${type}<Data />`, { type: "image/png", hex: "" }],
    ["no data", type, { type: "image/png", hex: "" }],
    ["data of another namespace", `${type}<gal:Data>{00}</gal:Data>`, { type: "image/png", hex: "" }],
  ])("%s, in chunks of any size", (_name, properties, expected) => {
    const data = document(properties);
    for (const chunk of [1, 2, 3, 5, 1_000]) {
      expect(fetch(data, chunk)).toEqual({ status: 1, bytes: expected.hex.length / 2, ...expected });
    }
  });

  it.each([
    ["a letter that base64 has not", "<Data>AA*C</Data>", "content"],
    ["the other alphabet", "<Data>AA-_</Data>", "content"],
    ["letters after the padding", "<Data>AA==AAAA</Data>", "content"],
    ["one letter too many", "<Data>AAECA</Data>", "truncated"],
    ["a word of the server's", "<Data>Not found!</Data>", "content"],
  ])("%s", (_name, properties, fault) => {
    for (const chunk of [1, 3, 1_000]) expect(fetch(document(properties), chunk)).toBe(fault);
  });

  it("that is cut is truncated, whatever came before", () => {
    const data = document("<Data>{000102ff}</Data>");
    for (let end = 0; end < data.length; end += 1)
      expect(fetch(data.subarray(0, end), 1_000)).toBe("truncated");
  });

  it("that is gone has its status and no bytes", () => {
    expect(fetch(document("", "15"), 10)).toEqual({ status: 15, type: null, bytes: 0, hex: "" });
  });

  it("that is another command's answer is refused", () => {
    expect(fetch(wire(xml("AirSync", "<Sync><Status>1</Status></Sync>")), 100)).toBe("content");
  });
});
