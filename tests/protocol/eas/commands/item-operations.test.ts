import { describe, expect, it } from "vitest";
import {
  attachmentRequest,
  bodyRequest,
  createAttachmentReader,
  readBodyReply,
} from "../../../../electron/protocol/eas/commands/item-operations.ts";
import {
  el,
  encode,
  type WbxmlContent,
  type WbxmlElement,
} from "../../../../electron/protocol/eas/wbxml/index.ts";
import { document, hex } from "../bytes.ts";

describe("requests", () => {
  it("a body as HTML, whole", () => {
    expect(hex(encode(bodyRequest("5", "5:1", "html")))).toBe(
      hex(
        document(
          "00 14 45 46 47 'Mailbox' 01 00 00 52 '5' 01 4d '5:1' 01",
          "00 14 48 00 00 62 '0' 01 00 11 45 46 '2' 01 01 01 01 01",
        ),
      ),
    );
  });

  it("a body as MIME, which MIMESupport must allow", () => {
    expect(hex(encode(bodyRequest("5", "5:1", "mime")))).toBe(
      hex(
        document(
          "00 14 45 46 47 'Mailbox' 01 00 00 52 '5' 01 4d '5:1' 01",
          "00 14 48 00 00 62 '2' 01 00 11 45 46 '4' 01 01 01 01 01",
        ),
      ),
    );
  });

  it("an attachment by its reference", () => {
    expect(hex(encode(attachmentRequest("5:1:0")))).toBe(
      hex(document("00 14 45 46 47 'Mailbox' 01 00 11 51 '5:1:0' 01 01 01")),
    );
  });
});

function answer(status: string, ...properties: readonly WbxmlElement[]): WbxmlElement {
  const item = el(
    "ItemOperations",
    "Fetch",
    el("ItemOperations", "Status", status),
    el("ItemOperations", "Properties", ...properties),
  );
  return el(
    "ItemOperations",
    "ItemOperations",
    el("ItemOperations", "Status", "1"),
    el("ItemOperations", "Response", item),
  );
}

describe("bodies", () => {
  it("are read with their status", () => {
    const body = el(
      "AirSyncBase",
      "Body",
      el("AirSyncBase", "Type", "4"),
      el("AirSyncBase", "Data", "From: a\r\n"),
    );
    expect(readBodyReply(answer("1", body))).toEqual({
      status: 1,
      body: { kind: "mime", data: "From: a\r\n", truncated: false, size: 9 },
    });
  });

  it("are null when there is none", () => {
    expect(readBodyReply(answer("1"))).toEqual({ status: 1, body: null });
    expect(readBodyReply(answer("6"))).toEqual({ status: 6, body: null });
  });

  it("report the status of the whole when there is no item", () => {
    const whole = (status: string) =>
      el("ItemOperations", "ItemOperations", el("ItemOperations", "Status", status));
    expect(readBodyReply(whole("142")).status).toBe(142);
    expect(readBodyReply(whole("1")).status).toBe(0);
  });
});

describe("attachments", () => {
  const attachment = (content: WbxmlContent, status = "1") =>
    encode(
      answer(
        status,
        el("AirSyncBase", "ContentType", "application/pdf"),
        el("ItemOperations", "Data", content),
      ),
    );
  const read = (data: Uint8Array, size: number) => {
    const reader = createAttachmentReader();
    const parts: Uint8Array[] = [];
    for (let at = 0; at < data.length; at += size) {
      const chunk = data.slice(at, at + size);
      const pushed = reader.push(chunk);
      if (!pushed.ok) return { fault: pushed.error.kind };
      for (const part of pushed.value) parts.push(part.slice());
      chunk.fill(0);
    }
    const reply = reader.finish();
    if (!reply.ok) return { fault: reply.error.kind };
    return { ...reply.value, data: Buffer.concat(parts).toString("latin1") };
  };
  const content = Array.from({ length: 500 }, (_, index) => String.fromCharCode(index % 256)).join("");

  it.each([1, 2, 3, 5, 64, 10_000])("come as base64 text, in chunks of %i", (size) => {
    const text = Buffer.from(content, "latin1").toString("base64");
    expect(read(attachment(text), size)).toEqual({
      status: 1,
      type: "application/pdf",
      bytes: 500,
      data: content,
    });
  });

  it.each([1, 7, 10_000])("come as bytes, in chunks of %i", (size) => {
    expect(read(attachment(Buffer.from(content, "latin1")), size)).toMatchObject({
      bytes: 500,
      data: content,
    });
  });

  it("may be empty", () => {
    expect(read(attachment(""), 100)).toMatchObject({ status: 1, bytes: 0, data: "" });
  });

  it("tell their status", () => {
    expect(read(attachment("", "15"), 100)).toMatchObject({ status: 15, bytes: 0 });
  });

  it("are refused when they are no base64, or end too early, or are something else", () => {
    expect(read(attachment("(null)"), 100)).toEqual({ fault: "content" });
    expect(read(attachment("QUJDR"), 100)).toEqual({ fault: "truncated" });
    expect(read(attachment("QUJD").subarray(0, 40), 100)).toEqual({ fault: "truncated" });
    expect(read(encode(el("Ping", "Ping")), 100)).toEqual({ fault: "content" });
    expect(read(new TextEncoder().encode("<html>"), 100)).toEqual({ fault: "header" });
  });

  it("are not held: what a chunk brings is handed out with it", () => {
    const data = attachment(Buffer.alloc(100_000, 65).toString("base64"));
    const reader = createAttachmentReader();
    let handed = 0;
    for (let at = 0; at < data.length; at += 4_096) {
      const pushed = reader.push(data.subarray(at, at + 4_096));
      const bytes = pushed.ok ? pushed.value.reduce((sum, part) => sum + part.length, 0) : -1;
      expect(bytes).toBeLessThanOrEqual(3_072);
      handed += bytes;
    }
    expect(handed).toBe(100_000);
  });
});
