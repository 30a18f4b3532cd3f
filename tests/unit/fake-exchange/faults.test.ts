import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultAction, FaultPlan } from "../../fake-exchange/faults.ts";
import type { FakeExchange } from "../../fake-exchange/index.ts";
import { e, text } from "../../fake-exchange/wbxml/node.ts";
import { Client, collectionOf, exchangeBytes, mail, start } from "./client.ts";

const MESSAGE = "From: ada@halden.example\r\nTo: ben@halden.example\r\nSubject: Once\r\n\r\nHello";

let server: FakeExchange;
let client: Client;

beforeEach(async () => {
  server = await start();
  client = new Client(server);
});
afterEach(() => server.close());

const send = (clientId: string) =>
  client.send(
    "SendMail",
    e(
      "ComposeMail:SendMail",
      e("ComposeMail:ClientId", clientId),
      e("ComposeMail:Mime", Buffer.from(MESSAGE)),
    ),
  );

describe("cuts", () => {
  it("before: nothing was done", async () => {
    server.faults.add({ command: "SendMail", action: { kind: "cut", at: "before" } });
    await expect(send("c1")).rejects.toThrow();
    expect(server.truth("ada").sent).toEqual([]);
    expect((await send("c1")).bytes.length).toBe(0);
  });

  it("after: it was done, and a repeat is told so", async () => {
    server.faults.add({ command: "SendMail", action: { kind: "cut", at: "after" } });
    await expect(send("c1")).rejects.toThrow();
    expect(text((await send("c1")).document, "ComposeMail:Status")).toBe("118");
    expect(server.truth("ada").sent.length).toBe(1);
    expect(server.requests.map((one) => one.status)).toEqual([null, 200]);
  });

  it.each([0, 1, 40])("within the answer, after %i bytes", async (bytes) => {
    server.faults.add({ command: "FolderSync", action: { kind: "cut", at: "answer", bytes } });
    const query = "/Microsoft-Server-ActiveSync?Cmd=FolderSync&User=ada&DeviceId=d1&DeviceType=T";
    const body = Buffer.from("03016a00000756520330000101", "hex").toString("latin1");
    const head = [
      `POST ${query} HTTP/1.1`,
      "Host: localhost",
      `Authorization: Basic ${Buffer.from("ada:secret").toString("base64")}`,
      "MS-ASProtocolVersion: 16.1",
      "Content-Type: application/vnd.ms-sync.wbxml",
      `Content-Length: ${body.length}`,
    ];
    const got = await exchangeBytes(server.port, `${head.join("\r\n")}\r\n\r\n${body}`);
    const end = got.indexOf("\r\n\r\n");
    expect(got).toMatch(/^HTTP\/1\.1 200 /);
    expect(Number(/Content-Length: (\d+)/.exec(got)?.[1])).toBeGreaterThan(40);
    expect(got.length - end - 4).toBe(bytes);
  });

  it("a Sync whose answer was lost is repeated, not lost", async () => {
    for (let number = 1; number <= 3; number++) await server.deliver("ada", mail(number));
    const { key } = collectionOf(await client.sync("0", "5"));
    server.faults.add({ command: "Sync", action: { kind: "cut", at: "after" } });
    await expect(client.sync(key, "5")).rejects.toThrow();
    expect(collectionOf(await client.sync(key, "5")).added.length).toBe(3);
  });
});

describe("answers that are wrong", () => {
  it.each([
    [401, {}],
    [403, {}],
    [449, {}],
    [451, { "X-MS-Location": "https://other.example/Microsoft-Server-ActiveSync" }],
    [500, {}],
    [503, { "Retry-After": "120" }],
  ])("HTTP %i", async (status, headers) => {
    server.faults.add({ action: { kind: "http", status, headers } });
    const reply = await client.folderSync("0");
    expect(reply.status).toBe(status);
    for (const [name, value] of Object.entries(headers)) expect(reply.headers.get(name)).toBe(value);
    expect((await client.folderSync("0")).status).toBe(200);
  });

  it("garbage, the same for the same request number", async () => {
    server.faults.add({ times: 2, action: { kind: "garbage", bytes: 64 } });
    const raw = async () => {
      const response = await fetch(`${server.url}?Cmd=FolderSync&User=ada&DeviceId=d&DeviceType=T`, {
        method: "POST",
        headers: client.headers,
      });
      return Buffer.from(await response.arrayBuffer());
    };
    const one = await raw();
    expect(one.length).toBe(64);
    expect((await raw()).equals(one)).toBe(false);
  });

  it("half a document", async () => {
    server.faults.add({ command: "FolderSync", action: { kind: "half" } });
    await expect(client.folderSync("0")).rejects.toThrow("ends early");
  });

  it("processing twice: the second answer is sent, the effect is single", async () => {
    server.faults.add({ command: "SendMail", action: { kind: "duplicate" } });
    expect(text((await send("c1")).document, "ComposeMail:Status")).toBe("118");
    expect(server.truth("ada").sent.length).toBe(1);
  });

  it("a delay answers all the same", async () => {
    server.faults.add({ action: { kind: "delay", ms: 5 } });
    expect((await client.folderSync("0")).status).toBe(200);
    expect(server.faults.hits).toBe(1);
  });
});

describe("plans", () => {
  const target = (command: string, number = 1) => ({ command, number, user: "ada" });
  const delay: FaultAction = { kind: "delay", ms: 1 };
  const half: FaultAction = { kind: "half" };

  it("counts matches: skip, times, command, predicate", () => {
    const plan = new FaultPlan();
    plan.add({ command: "Sync", skip: 1, times: 2, action: delay });
    plan.add({ when: ({ number }) => number === 9, action: half });
    expect(plan.next(target("Ping"))).toBeNull();
    const found = [1, 2, 3, 4].map((number) => plan.next(target("Sync", number)));
    expect(found).toEqual([null, delay, delay, null]);
    expect(plan.next(target("Ping", 9))).toBe(half);
    expect(plan.hits).toBe(3);
    plan.add({ action: half });
    plan.clear();
    expect(plan.next(target("Sync"))).toBeNull();
  });

  it("hits a share at random, the same for the same seed", () => {
    const row = (seed: number) => {
      const plan = new FaultPlan();
      plan.randomly(seed, 0.2, [delay, half]);
      return Array.from({ length: 1000 }, (_, at) => plan.next(target("Sync", at))?.kind ?? "-").join();
    };
    expect(row(3)).toBe(row(3));
    expect(row(4)).not.toBe(row(3));
    const hits = row(3)
      .split(",")
      .filter((one) => one !== "-");
    expect(hits.length).toBeGreaterThan(150);
    expect(hits.length).toBeLessThan(250);
    expect(new Set(hits)).toEqual(new Set(["delay", "half"]));
  });
});

describe("a client under random faults", () => {
  it("ends with the truth, and nothing is sent twice", async () => {
    for (let number = 1; number <= 60; number++) await server.deliver("ada", mail(number));
    server.faults.randomly(11, 0.5, [
      { kind: "cut", at: "before" },
      { kind: "cut", at: "after" },
      { kind: "cut", at: "answer", bytes: 20 },
      { kind: "duplicate" },
      { kind: "half" },
      { kind: "http", status: 503 },
    ]);
    const persist = async (request: () => ReturnType<typeof send>) => {
      for (let attempt = 0; attempt < 40; attempt++) {
        const reply = await request().catch(() => null);
        if (reply !== null && reply.status === 200) return reply;
      }
      throw new Error("never came through");
    };
    let { key } = collectionOf(await persist(() => client.sync("0", "5")));
    const ids: string[] = [];
    for (let more = true; more; ) {
      const from = key;
      const reply = collectionOf(await persist(() => client.sync(from, "5", e("AirSync:WindowSize", 7))));
      expect(reply.status).toBe("1");
      ids.push(...reply.added.map((one) => text(one, "AirSync:ServerId") ?? ""));
      ({ key, more } = reply);
    }
    for (const clientId of ["a", "b", "c", "d", "e", "f"]) await persist(() => send(clientId));
    expect(ids.length).toBe(60);
    expect(new Set(ids).size).toBe(60);
    expect(server.truth("ben").folders.find((one) => one.type === 2)?.messages.length).toBe(6);
    expect(server.faults.hits).toBeGreaterThan(3);
  });
});
