import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeExchange } from "../../fake-exchange/index.ts";
import { e, text, type WbxmlOutput } from "../../fake-exchange/wbxml/node.ts";
import { Client, mail, start } from "./client.ts";

let server: FakeExchange;
let client: Client;

beforeEach(async () => {
  server = await start();
  client = new Client(server);
});
afterEach(() => server.close());

const MESSAGE = [
  "From: Ada Berg <ada@halden.example>",
  "To: Ben Ruiz <ben@halden.example>, someone@elsewhere.example",
  "Bcc: Ada Berg",
  " <ada@halden.example>",
  "Subject: Plans",
  "Message-ID: <plans@halden.example>",
  "",
  "Shall we?",
].join("\r\n");

const mime = (content: string) => e("ComposeMail:Mime", Buffer.from(content));
const id = (value: string) => e("ComposeMail:ClientId", value);
const save = e("ComposeMail:SaveInSentItems");

const submit = (command: string, ...parts: WbxmlOutput[]) =>
  client.send(command, e(`ComposeMail:${command}`, parts));
const status = async (command: string, ...parts: WbxmlOutput[]) => {
  const reply = await submit(command, ...parts);
  return text(reply.document, "ComposeMail:Status");
};
const folder = (user: string, type: number) =>
  server.truth(user).folders.find((one) => one.type === type)?.messages ?? [];
const [INBOX, SENT] = [2, 5];

describe("SendMail", () => {
  it("delivers to everybody here, keeps a copy, and answers with nothing", async () => {
    const reply = await submit("SendMail", id("c1"), save, mime(MESSAGE));
    expect([reply.status, reply.bytes.length]).toEqual([200, 0]);
    expect(folder("ben", INBOX).map((one) => [one.subject, one.read])).toEqual([["Plans", false]]);
    expect(folder("ada", INBOX).length).toBe(1);
    expect(folder("ada", SENT).map((one) => [one.messageId, one.read])).toEqual([
      ["<plans@halden.example>", true],
    ]);
    expect(server.truth("ada").sent).toMatchObject([
      {
        clientId: "c1",
        command: "SendMail",
        recipients: ["ben@halden.example", "someone@elsewhere.example", "ada@halden.example"],
        deliveries: 2,
      },
    ]);
  });

  it("hides Bcc from who receives it, and keeps it in the copy", async () => {
    await submit("SendMail", id("c1"), save, mime(MESSAGE));
    const raw = (user: string, type: number) => {
      const item = server.mailbox(user).find(folder(user, type)[0]?.serverId ?? "");
      return item === null ? "" : Buffer.from(item.source.mime()).toString();
    };
    expect(raw("ben", INBOX)).not.toMatch(/bcc/i);
    expect(raw("ben", INBOX)).toContain(
      "Subject: Plans\r\nMessage-ID: <plans@halden.example>\r\n\r\nShall we?",
    );
    expect(raw("ada", SENT)).toContain("Bcc: Ada Berg");
  });

  it("recognises a repeated ClientId, one after the other and at once", async () => {
    await submit("SendMail", id("c1"), mime(MESSAGE));
    expect(await status("SendMail", id("c1"), mime(MESSAGE))).toBe("118");
    const both = await Promise.all([1, 2, 3].map(() => status("SendMail", id("c2"), mime(MESSAGE))));
    expect(both.filter((one) => one === "118").length).toBe(2);
    expect(folder("ben", INBOX).length).toBe(2);
    expect(folder("ada", SENT).length).toBe(0);
  });

  it("refuses what is no message", async () => {
    expect(await status("SendMail", id("c1"), mime("no headers here"))).toBe("107");
    expect(await status("SendMail", id("c1"), mime("Subject: nobody\r\n\r\nhello"))).toBe("119");
    expect(await status("SendMail", mime(MESSAGE))).toBe("103");
    expect(await status("SendMail", id("c1"))).toBe("103");
    expect(await status("SendMail", id("x".repeat(41)), mime(MESSAGE))).toBe("103");
    server.options.maxMessageBytes = 50;
    expect(await status("SendMail", id("c1"), mime(MESSAGE))).toBe("122");
    expect(server.truth("ada").sent).toEqual([]);
  });

  it("takes the raw form of 12.1", async () => {
    const old = new Client(server, "12.1");
    const headers = { ...old.headers, "Content-Type": "message/rfc822" };
    const query = "?Cmd=SendMail&User=ada&DeviceId=d&DeviceType=T&SaveInSent=T";
    const reply = await old.raw(query, { method: "POST", headers, body: MESSAGE });
    expect([reply.status, reply.bytes.length]).toEqual([200, 0]);
    expect([folder("ben", INBOX).length, folder("ada", SENT).length]).toEqual([1, 1]);
    expect((await old.raw(query, { method: "POST", headers: old.headers, body: MESSAGE })).status).toBe(400);
    expect((await old.raw(query, { method: "POST", headers, body: "nothing" })).status).toBe(400);
  });
});

describe("SmartReply and SmartForward", () => {
  const source = (itemId: string, folderId = "5") =>
    e("ComposeMail:Source", e("ComposeMail:FolderId", folderId), e("ComposeMail:ItemId", itemId));
  const received = () => {
    const item = server.mailbox("ben").find(folder("ben", INBOX)[0]?.serverId ?? "");
    if (item === null) throw new Error("nothing received");
    return item.source.message();
  };

  beforeEach(async () => {
    const content = Buffer.from("abc");
    const attachments = [{ name: "a.txt", type: "text/plain", content, inline: false, contentId: null }];
    await server.deliver("ada", mail(1, { text: "The original words", attachments }));
  });

  it("appends the source to a reply and marks it as answered", async () => {
    await submit("SmartReply", id("r1"), source("5:1"), mime(MESSAGE));
    expect(received().text).toMatch(/Shall we\?[\s\S]*Original Message[\s\S]*The original words/);
    expect(received().attachments).toEqual([]);
    expect(server.mailbox("ada").find("5:1")?.lastVerb).toBe(1);
  });

  it("forwards attachments, unless the client replaces the MIME", async () => {
    await submit("SmartForward", id("f1"), source("5:1"), mime(MESSAGE));
    expect(received().attachments.map((one) => [one.name, Buffer.from(one.content).toString()])).toEqual([
      ["a.txt", "abc"],
    ]);
    expect(server.mailbox("ada").find("5:1")?.lastVerb).toBe(3);
    await submit("SmartForward", id("f2"), source("5:1"), e("ComposeMail:ReplaceMime"), mime(MESSAGE));
    expect(Buffer.from(server.truth("ada").sent[1]?.mime ?? []).toString()).toBe(MESSAGE);
  });

  it("refuses a source that is not there or not named", async () => {
    expect(await status("SmartReply", id("r1"), source("5:99"), mime(MESSAGE))).toBe("150");
    expect(await status("SmartReply", id("r1"), source("5:1", "3"), mime(MESSAGE))).toBe("150");
    expect(await status("SmartReply", id("r1"), mime(MESSAGE))).toBe("103");
    const half = e("ComposeMail:Source", e("ComposeMail:FolderId", "5"));
    expect(await status("SmartForward", id("r1"), half, mime(MESSAGE))).toBe("105");
    expect(folder("ben", INBOX)).toEqual([]);
  });

  it("takes the source of 12.1 from the query", async () => {
    const old = new Client(server, "12.1");
    const query = "?Cmd=SmartReply&User=ada&DeviceId=d&DeviceType=T&CollectionId=5&ItemId=5%3A1";
    const headers = { ...old.headers, "Content-Type": "message/rfc822" };
    expect((await old.raw(query, { method: "POST", headers, body: MESSAGE })).status).toBe(200);
    expect(received().text).toContain("The original words");
  });
});
