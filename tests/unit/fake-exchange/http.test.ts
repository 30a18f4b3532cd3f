import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readQuery } from "../../fake-exchange/http/query.ts";
import type { FakeExchange } from "../../fake-exchange/index.ts";
import { text } from "../../fake-exchange/wbxml/node.ts";
import { selfSigned } from "../transport/server.ts";
import { at, Client, start } from "./client.ts";

let server: FakeExchange;
let client: Client;
const BODY = Buffer.from("03016a0000075652033000010 1".replace(" ", ""), "hex");

beforeAll(async () => {
  server = await start();
  client = new Client(server);
});
afterAll(() => server.close());

/** FolderSync made by hand, with changed headers or another query. */
function folderSync(
  headers: Record<string, string>,
  query = "?Cmd=FolderSync&User=ada&DeviceId=d1&DeviceType=T",
) {
  return client.raw(query, { method: "POST", headers: { ...client.headers, ...headers }, body: BODY });
}

/** The base64 form, byte by byte (MS-ASHTTP 2.2.1.1.1.1). */
function base64Query(version: number, command: number, rest: readonly number[] = []): string {
  const bytes = [version, command, 0x09, 0x04, 2, 0xab, 0xcd, 0, 4, ...Buffer.from("Test"), ...rest];
  return `?${Buffer.from(bytes).toString("base64")}`;
}

describe("OPTIONS", () => {
  it("names versions and commands", async () => {
    const reply = await client.raw("", { method: "OPTIONS", headers: client.headers });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("ms-asprotocolversions")).toBe("12.1,14.0,14.1,16.0,16.1");
    const names = reply.headers.get("ms-asprotocolcommands")?.split(",");
    for (const name of [
      "Sync",
      "FolderSync",
      "SendMail",
      "Ping",
      "ItemOperations",
      "Provision",
      "MoveItems",
    ]) {
      expect(names).toContain(name);
    }
  });

  it("wants a sign-in", async () => {
    const reply = await client.raw("", { method: "OPTIONS" });
    expect(reply.status).toBe(401);
    expect(reply.headers.get("www-authenticate")).toMatch(/^Basic /);
  });
});

describe("sign-in", () => {
  const basic = (login: string) => ({ Authorization: `Basic ${Buffer.from(login).toString("base64")}` });

  it.each(["ada:secret", "ADA:secret", "ada@halden.example:secret", "HALDEN\\ada:secret"])(
    "takes %s",
    async (login) => {
      expect((await folderSync(basic(login))).status).toBe(200);
    },
  );

  it.each(["ada:wrong", "eve:secret", "ada", ":secret", ""])("refuses %j", async (login) => {
    expect((await folderSync(basic(login))).status).toBe(401);
  });
});

describe("the request line", () => {
  it("knows no other path", async () => {
    const response = await fetch(server.url.replace("Microsoft-Server-ActiveSync", "owa"), {
      headers: client.headers,
    });
    expect(response.status).toBe(404);
  });

  it("refuses other methods, commands and versions", async () => {
    expect((await client.raw("?Cmd=Sync", { method: "GET", headers: client.headers })).status).toBe(501);
    expect((await folderSync({}, "?Cmd=Dance&User=ada&DeviceId=d1&DeviceType=T")).status).toBe(501);
    expect((await folderSync({ "MS-ASProtocolVersion": "13.0" })).status).toBe(505);
    expect((await folderSync({}, "?User=ada")).status).toBe(400);
  });

  it.each([
    ["16.1", 200, "108"],
    ["14.0", 200, "108"],
    ["12.1", 400, null],
  ])("%s: a missing device id", async (version, status, code) => {
    const reply = await folderSync(
      { "MS-ASProtocolVersion": version },
      "?Cmd=FolderSync&User=ada&DeviceType=T",
    );
    expect([reply.status, text(reply.document, "FolderHierarchy:Status")]).toEqual([status, code]);
  });

  it("refuses device ids that are too long or not plain, and a missing type", async () => {
    for (const id of ["x".repeat(33), "a-b", ""]) {
      const reply = await folderSync({}, `?Cmd=FolderSync&User=ada&DeviceId=${id}&DeviceType=T`);
      expect(text(reply.document, "FolderHierarchy:Status")).toBe("108");
    }
    const reply = await folderSync({}, "?Cmd=FolderSync&User=ada&DeviceId=d1");
    expect(text(reply.document, "FolderHierarchy:Status")).toBe("109");
  });

  it("reads the base64 form", async () => {
    const reply = await folderSync({ "MS-ASProtocolVersion": "" }, base64Query(161, 9));
    expect(reply.status).toBe(200);
    expect(text(reply.document, "FolderHierarchy:Status")).toBe("1");
    expect(server.requests.at(-1)).toMatchObject({
      version: "16.1",
      command: "FolderSync",
      deviceId: "abcd",
    });
  });

  it("reads policy key and parameters of the base64 form", () => {
    const bytes = [
      121, 2, 9, 4, 1, 0xff, 4, 1, 2, 0, 0, 1, 0x54, 1, 1, 0x35, 3, 3, 0x35, 0x3a, 0x37, 7, 1, 3,
    ];
    expect(readQuery(Buffer.from(bytes).toString("base64"), () => null)).toEqual({
      command: "SmartForward",
      version: "12.1",
      user: null,
      deviceId: "ff",
      deviceType: "T",
      policyKey: "513",
      collectionId: "5",
      itemId: "5:7",
      attachmentName: null,
      saveInSent: true,
      acceptMultipart: true,
    });
  });

  it("refuses a base64 form that ends early or names no command", () => {
    expect(readQuery(Buffer.from([161, 9, 9, 4, 8, 1]).toString("base64"), () => null)).toBeNull();
    expect(readQuery(Buffer.from([161, 5, 9, 4, 1, 1, 0, 1, 84]).toString("base64"), () => null)).toBeNull();
    expect(readQuery("!!!", () => null)).toBeNull();
  });
});

describe("the body", () => {
  const send = (body: string, version = "16.1", type = "application/vnd.ms-sync.wbxml") =>
    client.raw("?Cmd=FolderSync&User=ada&DeviceId=d1&DeviceType=T", {
      method: "POST",
      headers: { ...client.headers, "MS-ASProtocolVersion": version, "Content-Type": type },
      body: Buffer.from(body.replaceAll(" ", ""), "hex"),
    });

  it.each([
    ["broken bytes", "03 01 6a 00 45", "102"],
    ["no bytes", "", "102"],
    ["an unknown element", "03 01 6a 00 00 07 56 7f 01 01", "103"],
    ["an element in the wrong place", "03 01 6a 00 00 07 56 57 03 30 00 01 01", "103"],
    ["the root of another command", "03 01 6a 00 05", "103"],
  ])("%s", async (_, body, status) => {
    expect(text((await send(body)).document, "FolderHierarchy:Status")).toBe(status);
    expect((await send(body, "12.1")).status).toBe(400);
  });

  it("wants the media type", async () => {
    expect((await send("03 01 6a 00 05", "16.1", "text/xml")).status).toBe(415);
  });

  it("is zipped where the client takes it", async () => {
    const zipped = await start();
    const other = new Client(zipped);
    for (let number = 0; number < 30; number++)
      zipped.mailbox("ada").addFolder(`A folder with number ${number}`, "0");
    const got = await other.send("FolderSync", null);
    expect(got.headers.get("content-encoding")).toBeNull();
    const reply = await other.folderSync("0");
    expect(reply.headers.get("content-encoding")).toBe("gzip");
    expect(at(reply, "FolderHierarchy:Changes", "FolderHierarchy:Count")?.text).toBe("40");
    await zipped.close();
  });
});

describe("stop and start", () => {
  it("comes back on the same port with its state", async () => {
    const other = await start();
    const { url } = other;
    const key = text((await new Client(other).folderSync("0")).document, "FolderHierarchy:SyncKey") ?? "";
    await other.stop();
    await expect(fetch(url)).rejects.toThrow();
    await other.start();
    expect(other.url).toBe(url);
    expect(text((await new Client(other).folderSync(key)).document, "FolderHierarchy:Status")).toBe("1");
    await other.close();
  });
});

describe("TLS", () => {
  it("speaks it with the certificate it is given", async () => {
    const certificate = selfSigned("127.0.0.1");
    const secure = await start({ tls: certificate });
    expect(secure.url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      const options = { method: "OPTIONS", headers: client.headers, ca: certificate.cert };
      request(secure.url, options, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
    await secure.close();
  });
});
