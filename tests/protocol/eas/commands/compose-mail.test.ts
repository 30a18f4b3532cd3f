import { describe, expect, it } from "vitest";
import type { OutgoingMessage } from "../../../../electron/ports/remote.ts";
import {
  composeRequest,
  readComposeStatus,
} from "../../../../electron/protocol/eas/commands/compose-mail.ts";
import { el } from "../../../../electron/protocol/eas/wbxml/index.ts";
import { bytes, document, hex } from "../bytes.ts";

const message: OutgoingMessage = {
  clientId: "c1",
  kind: "send",
  source: null,
  size: 200,
  async *open() {},
};
const source = { collectionId: "5", serverId: "5:1" };
const mime = "50 c3 81 48";

describe.each(["14.0", "14.1", "16.0", "16.1"] as const)("with %s", (version) => {
  const head = (one: OutgoingMessage) => hex(composeRequest(one, version).head);

  it("a new message is SendMail, with a copy in Sent Items", () => {
    const request = composeRequest(message, version);
    expect(request).toMatchObject({
      command: "SendMail",
      contentType: "application/vnd.ms-sync.wbxml",
      saveInSent: false,
    });
    expect(hex(request.head)).toBe(hex(document("00 15 45 51 'c1' 01 08", mime)));
    expect(hex(request.tail)).toBe("0101");
  });

  it("a reply names its source and replaces the server's quotation", () => {
    const reply: OutgoingMessage = { ...message, kind: "reply", source };
    expect(composeRequest(reply, version).command).toBe("SmartReply");
    expect(head(reply)).toBe(hex(document("00 15 47 51 'c1' 01 4b 4c '5' 01 4d '5:1' 01 01 08 09", mime)));
  });

  it("a forward does so too", () => {
    const forward: OutgoingMessage = { ...message, kind: "forward", source };
    expect(composeRequest(forward, version).command).toBe("SmartForward");
    expect(head(forward)).toBe(hex(document("00 15 46 51 'c1' 01 4b 4c '5' 01 4d '5:1' 01 01 08 09", mime)));
  });

  it("a reply without a known source is plain mail", () => {
    expect(composeRequest({ ...message, kind: "reply" }, version).command).toBe("SendMail");
    expect(composeRequest({ ...message, kind: "send", source }, version).command).toBe("SendMail");
  });
});

describe("with 12.1", () => {
  it.each(["send", "reply", "forward"] as const)("%s is the message alone", (kind) => {
    const request = composeRequest({ ...message, kind, source }, "12.1");
    expect(request).toEqual({
      command: "SendMail",
      contentType: "message/rfc822",
      head: bytes(""),
      tail: bytes(""),
      saveInSent: true,
    });
  });
});

describe("answers", () => {
  it("carry a status when something is wrong", () => {
    expect(readComposeStatus(el("ComposeMail", "SendMail", el("ComposeMail", "Status", "120")))).toBe(120);
    expect(readComposeStatus(el("ComposeMail", "SmartReply"))).toBe(1);
    expect(readComposeStatus(el("AirSync", "Sync", el("AirSync", "Status", "1")))).toBe(0);
  });
});
