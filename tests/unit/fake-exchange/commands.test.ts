import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeExchange } from "../../fake-exchange/index.ts";
import { children, e, text, type WbxmlOutput } from "../../fake-exchange/wbxml/node.ts";
import { at, Client, collectionOf, mail, start, syncRequest } from "./client.ts";

let server: FakeExchange;
let client: Client;

beforeEach(async () => {
  server = await start();
  client = new Client(server);
});
afterEach(() => server.close());

describe("FolderSync", () => {
  it("lists the folders with their types, then only changes", async () => {
    const reply = await client.folderSync("0");
    const adds = children(at(reply, "FolderHierarchy:Changes"), "FolderHierarchy:Add");
    expect(
      adds.map((one) => [text(one, "FolderHierarchy:DisplayName"), text(one, "FolderHierarchy:Type")]),
    ).toContainEqual(["Inbox", "2"]);
    expect(adds.length).toBe(10);
    const key = text(reply.document, "FolderHierarchy:SyncKey") ?? "";
    const same = await client.folderSync(key);
    expect(text(same.document, "FolderHierarchy:SyncKey")).toBe(key);
    const mailbox = server.mailbox("ada");
    const folder = mailbox.addFolder("Projects", "0");
    const gone = mailbox.addFolder("Gone", "0");
    mailbox.removeFolder(gone);
    const next = await client.folderSync(key);
    expect(at(next, "FolderHierarchy:Changes")?.children.map((one) => one.name)).toEqual([
      "FolderHierarchy:Count",
      "FolderHierarchy:Add",
    ]);
    const again = await client.folderSync(key);
    expect(again.bytes).toEqual(next.bytes);
    mailbox.updateFolder(folder, "Plans", "0");
    const last = await client.folderSync(text(next.document, "FolderHierarchy:SyncKey") ?? "");
    expect(at(last, "FolderHierarchy:Changes")?.children.map((one) => one.name)).toEqual([
      "FolderHierarchy:Count",
      "FolderHierarchy:Update",
    ]);
  });

  it("answers 9 to a wrong key and 10 to none", async () => {
    expect(text((await client.folderSync("12")).document, "FolderHierarchy:Status")).toBe("9");
    const none = await client.send("FolderSync", e("FolderHierarchy:FolderSync"));
    expect(text(none.document, "FolderHierarchy:Status")).toBe("10");
  });

  it("creates, renames and deletes folders of the user", async () => {
    let key = text((await client.folderSync("0")).document, "FolderHierarchy:SyncKey") ?? "";
    const edit = async (command: string, ...parts: WbxmlOutput[]) => {
      const reply = await client.send(
        command,
        e(`FolderHierarchy:${command}`, e("FolderHierarchy:SyncKey", key), parts),
      );
      key = text(reply.document, "FolderHierarchy:SyncKey") ?? key;
      return reply;
    };
    const named = (name: string) => [
      e("FolderHierarchy:ParentId", "0"),
      e("FolderHierarchy:DisplayName", name),
    ];
    const type = e("FolderHierarchy:Type", 12);
    const made = await edit("FolderCreate", ...named("Plans"), type);
    const id = text(made.document, "FolderHierarchy:ServerId") ?? "";
    expect(server.mailbox("ada").folders.get(id)?.name).toBe("Plans");
    const status = async (...given: Parameters<typeof edit>) =>
      text((await edit(...given)).document, "FolderHierarchy:Status");
    expect(await status("FolderCreate", ...named("Plans"), type)).toBe("2");
    expect(
      await status(
        "FolderCreate",
        e("FolderHierarchy:ParentId", "99"),
        e("FolderHierarchy:DisplayName", "x"),
        type,
      ),
    ).toBe("5");
    expect(await status("FolderUpdate", e("FolderHierarchy:ServerId", id), ...named("Ideas"))).toBe("1");
    expect(await status("FolderUpdate", e("FolderHierarchy:ServerId", "5"), ...named("Box"))).toBe("3");
    expect(await status("FolderDelete", e("FolderHierarchy:ServerId", "99"))).toBe("4");
    expect(await status("FolderDelete", e("FolderHierarchy:ServerId", id))).toBe("1");
    expect(server.mailbox("ada").folders.has(id)).toBe(false);
    const quiet = await client.folderSync(key);
    expect(at(quiet, "FolderHierarchy:Changes", "FolderHierarchy:Count")?.text).toBe("0");
  });
});

describe("MoveItems and GetItemEstimate", () => {
  const move = (id: string, from: string, to: string) =>
    e("Move:Move", e("Move:SrcMsgId", id), e("Move:SrcFldId", from), e("Move:DstFldId", to));

  it("moves with a new id, and gives every move its status", async () => {
    await server.deliver("ada", mail(1));
    const reply = await client.send(
      "MoveItems",
      e("Move:MoveItems", [
        move("5:1", "5", "3"),
        move("5:1", "5", "3"),
        move("3:2", "3", "99"),
        move("3:2", "3", "3"),
        move("3:2", "5", "3"),
      ]),
    );
    const found = children(reply.document, "Move:Response");
    expect(found.map((one) => text(one, "Move:Status"))).toEqual(["3", "1", "2", "4", "1"]);
    expect(text(found[0] ?? null, "Move:DstMsgId")).toBe("3:2");
    expect(server.mailbox("ada").find("3:2")?.source.message().subject).toBe("Message 1");
  });

  it("counts what a Sync would bring", async () => {
    for (let number = 0; number < 5; number++) await server.deliver("ada", mail(number));
    const estimate = async (key: string, id: string) => {
      const collection = e(
        "GetItemEstimate:Collection",
        e("AirSync:SyncKey", key),
        e("GetItemEstimate:CollectionId", id),
      );
      const reply = await client.send(
        "GetItemEstimate",
        e("GetItemEstimate:GetItemEstimate", e("GetItemEstimate:Collections", collection)),
      );
      return [
        at(reply, "GetItemEstimate:Response", "GetItemEstimate:Status")?.text,
        at(reply, "GetItemEstimate:Response", "GetItemEstimate:Collection", "GetItemEstimate:Estimate")?.text,
      ];
    };
    expect(await estimate("0", "5")).toEqual(["3", undefined]);
    expect(await estimate("1", "99")).toEqual(["2", undefined]);
    const { key } = collectionOf(await client.sync("0", "5"));
    expect(await estimate(key, "5")).toEqual(["1", "5"]);
    expect(await estimate("666", "5")).toEqual(["4", undefined]);
    expect(collectionOf(await client.sync(key, "5")).added.length).toBe(5);
  });
});

describe("Ping", () => {
  const ping = (heartbeat: number | null, ...folders: string[]) =>
    client.send(
      "Ping",
      e(
        "Ping:Ping",
        heartbeat === null ? null : e("Ping:HeartbeatInterval", heartbeat),
        folders.length === 0
          ? null
          : e(
              "Ping:Folders",
              folders.map((id) => e("Ping:Folder", e("Ping:Id", id), e("Ping:Class", "Email"))),
            ),
      ),
    );
  const status = (reply: Awaited<ReturnType<typeof ping>>) => text(reply.document, "Ping:Status");

  beforeEach(() => client.folderSync("0"));

  it("bounds the heartbeat and the folders", async () => {
    server.options.ping.maxFolders = 2;
    const low = await ping(5, "5");
    expect([status(low), text(low.document, "Ping:HeartbeatInterval")]).toEqual(["5", "60"]);
    const high = await ping(9999, "5");
    expect([status(high), text(high.document, "Ping:HeartbeatInterval")]).toEqual(["5", "3540"]);
    const many = await ping(60, "5", "3", "4");
    expect([status(many), text(many.document, "Ping:MaxFolders")]).toEqual(["6", "2"]);
    expect(status(await ping(60, "99"))).toBe("7");
    expect(status(await ping(60))).toBe("3");
    expect(status(await client.send("Ping", null))).toBe("3");
  });

  it("tells at once what is waiting, and remembers its parameters", async () => {
    const { key } = await client.fetchAll("5");
    await server.deliver("ada", mail(1));
    const reply = await ping(60, "5", "3");
    expect(status(reply)).toBe("2");
    expect(children(at(reply, "Ping:Folders"), "Ping:Folder").map((one) => one.text)).toEqual(["5"]);
    expect(status(await client.send("Ping", null))).toBe("2");
    await client.sync(key, "5");
    server.mailbox("ada").addFolder("New", "0");
    expect(status(await client.send("Ping", null))).toBe("7");
  });

  it("holds until mail comes, for its own folders only", async () => {
    await client.fetchAll("5");
    await client.fetchAll("3");
    const held = ping(60, "5");
    while (server.requests.at(-1)?.command !== "Ping") await new Promise((resolve) => setTimeout(resolve, 2));
    await server.deliver("ada", mail(1), "Deleted Items");
    await server.deliver("ada", mail(2));
    expect(children(at(await held, "Ping:Folders"), "Ping:Folder").map((one) => one.text)).toEqual(["5"]);
  });

  it("does not tell a device about the folder that it made itself", async () => {
    const key = text((await client.folderSync("0")).document, "FolderHierarchy:SyncKey") ?? "";
    await client.fetchAll("5");
    await client.send(
      "FolderCreate",
      e(
        "FolderHierarchy:FolderCreate",
        e("FolderHierarchy:SyncKey", key),
        e("FolderHierarchy:ParentId", "0"),
        e("FolderHierarchy:DisplayName", "Mine"),
        e("FolderHierarchy:Type", 12),
      ),
    );
    server.options.ping.minHeartbeat = 0;
    expect(status(await ping(0, "5"))).toBe("1");
  });

  it("answers 1 when the heartbeat is over", async () => {
    server.options.ping.minHeartbeat = 0;
    await client.fetchAll("5");
    expect(status(await ping(0, "5"))).toBe("1");
  });
});

describe("ItemOperations", () => {
  const fetched = async (...parts: WbxmlOutput[]) => {
    const store = e("ItemOperations:Store", "Mailbox");
    return client.send(
      "ItemOperations",
      e("ItemOperations:ItemOperations", e("ItemOperations:Fetch", store, parts)),
    );
  };
  const FETCH = ["ItemOperations:Response", "ItemOperations:Fetch"];
  const item = [e("AirSync:CollectionId", "5"), e("AirSync:ServerId", "5:1")];
  const body = (type: number, ...more: WbxmlOutput[]) =>
    e(
      "ItemOperations:Options",
      type === 4 ? e("AirSync:MIMESupport", 2) : null,
      e("AirSyncBase:BodyPreference", e("AirSyncBase:Type", type), more),
    );

  beforeEach(async () => {
    const content = Buffer.from("0123456789");
    await server.deliver(
      "ada",
      mail(1, {
        html: "<p>Grüße</p>",
        text: "Grüße",
        attachments: [{ name: "a.txt", type: "text/plain", content, inline: false, contentId: null }],
      }),
    );
  });

  it("gives HTML, text and MIME, cut at characters", async () => {
    const get = async (...options: Parameters<typeof body>) => {
      const reply = await fetched(...item, body(...options));
      const node = at(reply, ...FETCH, "ItemOperations:Properties", "AirSyncBase:Body");
      return [
        text(node, "AirSyncBase:Type"),
        text(node, "AirSyncBase:Data"),
        text(node, "AirSyncBase:Truncated"),
        text(node, "AirSyncBase:EstimatedDataSize"),
      ];
    };
    expect(await get(2)).toEqual(["2", "<p>Grüße</p>", null, "14"]);
    expect(await get(1, e("AirSyncBase:TruncationSize", 3))).toEqual(["1", "Gr", "1", "7"]);
    expect(await get(1, e("AirSyncBase:TruncationSize", 3), e("AirSyncBase:AllOrNone", 1))).toEqual([
      "1",
      null,
      "1",
      "7",
    ]);
    const mime = await get(4);
    expect(mime[0]).toBe("4");
    expect(mime[1]).toContain("Content-Type: multipart/mixed");
  });

  it("gives attachments whole or in ranges", async () => {
    const reply = await fetched(...item);
    const attachment = at(
      reply,
      ...FETCH,
      "ItemOperations:Properties",
      "AirSyncBase:Attachments",
      "AirSyncBase:Attachment",
    );
    const reference = e("AirSyncBase:FileReference", text(attachment, "AirSyncBase:FileReference") ?? "");
    const whole = at(await fetched(reference), ...FETCH, "ItemOperations:Properties");
    expect(Buffer.from(text(whole, "ItemOperations:Data") ?? "", "base64").toString()).toBe("0123456789");
    expect(text(whole, "AirSyncBase:ContentType")).toBe("text/plain");
    const range = (value: string) => e("ItemOperations:Options", e("ItemOperations:Range", value));
    const part = at(await fetched(reference, range("7-99")), ...FETCH, "ItemOperations:Properties");
    expect(Buffer.from(text(part, "ItemOperations:Data") ?? "", "base64").toString()).toBe("789");
    expect([text(part, "ItemOperations:Range"), text(part, "ItemOperations:Total")]).toEqual(["7-9", "10"]);
    const outside = await fetched(reference, range("10-12"));
    expect(at(outside, ...FETCH, "ItemOperations:Status")?.text).toBe("8");
  });

  it("answers for what is not there", async () => {
    const status = async (...parts: WbxmlOutput[]) =>
      at(await fetched(...parts), ...FETCH, "ItemOperations:Status")?.text;
    expect(await status(e("AirSync:CollectionId", "5"), e("AirSync:ServerId", "5:77"))).toBe("6");
    expect(await status(e("AirSync:CollectionId", "3"), e("AirSync:ServerId", "5:1"))).toBe("6");
    expect(await status(e("AirSyncBase:FileReference", "5%3a1%3a9"))).toBe("15");
    expect(await status(e("AirSyncBase:FileReference", "nonsense"))).toBe("15");
    expect(await status(e("AirSync:CollectionId", "5"))).toBe("2");
  });
});

describe("Provision", () => {
  const POLICY = "MS-EAS-Provisioning-WBXML";
  const first = (type = POLICY) =>
    client.send(
      "Provision",
      e(
        "Provision:Provision",
        e("Settings:DeviceInformation", e("Settings:Set", e("Settings:Model", "Test"))),
        e("Provision:Policies", e("Provision:Policy", e("Provision:PolicyType", type))),
      ),
    );
  const second = (key: string, status = "1") =>
    client.send(
      "Provision",
      e(
        "Provision:Provision",
        e(
          "Provision:Policies",
          e(
            "Provision:Policy",
            e("Provision:PolicyType", POLICY),
            e("Provision:PolicyKey", key),
            e("Provision:Status", status),
          ),
        ),
      ),
    );
  const policy = (reply: Awaited<ReturnType<typeof first>>, name: string) =>
    at(reply, "Provision:Policies", "Provision:Policy", `Provision:${name}`)?.text;

  it("says that there is no policy", async () => {
    expect(policy(await first(), "Status")).toBe("2");
    expect(policy(await first("MS-WAP-Provisioning-XML"), "Status")).toBe("3");
  });

  describe("with a policy", () => {
    beforeEach(async () => {
      await server.close();
      server = await start({
        policy: { settings: { DevicePasswordEnabled: "1", MinDevicePasswordLength: "6" } },
      });
      client = new Client(server);
    });

    it.each([
      ["12.1", 449, null],
      ["14.0", 200, "142"],
      ["16.1", 200, "142"],
    ])("%s: refuses commands before", async (version, status, code) => {
      const reply = await new Client(server, version).folderSync("0");
      expect([reply.status, text(reply.document, "FolderHierarchy:Status")]).toEqual([status, code]);
      const sync = await new Client(server, version).send("Sync", syncRequest("0", "5"));
      expect([sync.status, text(sync.document, "AirSync:Status")]).toEqual([status, code]);
    });

    it("gives a temporary and then the final key", async () => {
      const offer = await first();
      const temporary = policy(offer, "PolicyKey") ?? "";
      expect(
        at(
          offer,
          "Provision:Policies",
          "Provision:Policy",
          "Provision:Data",
          "Provision:EASProvisionDoc",
        )?.children.map((one) => one.text),
      ).toEqual(["1", "6"]);
      client.policyKey = temporary;
      expect(text((await client.folderSync("0")).document, "FolderHierarchy:Status")).toBe("142");
      expect(policy(await second("99"), "Status")).toBe("5");
      const final = policy(await second(temporary), "PolicyKey") ?? "";
      expect(final).not.toBe(temporary);
      expect(text((await client.folderSync("0")).document, "FolderHierarchy:Status")).toBe("144");
      client.policyKey = final;
      expect(text((await client.folderSync("0")).document, "FolderHierarchy:Status")).toBe("1");
      if (server.options.policy !== null) server.options.policy.revision++;
      expect(text((await client.folderSync("0")).document, "FolderHierarchy:Status")).toBe("143");
    });

    it("gives no key to a device that does not apply the policy", async () => {
      const temporary = policy(await first(), "PolicyKey") ?? "";
      expect(policy(await second(temporary, "2"), "PolicyKey")).toBeUndefined();
    });

    it("wants to know the device first", async () => {
      const bare = e(
        "Provision:Provision",
        e("Provision:Policies", e("Provision:Policy", e("Provision:PolicyType", POLICY))),
      );
      expect(text((await client.send("Provision", bare)).document, "Provision:Status")).toBe("165");
      expect(policy(await new Client(server, "14.0").send("Provision", bare), "Status")).toBe("1");
    });
  });

  it("orders a wipe and takes the acknowledgement", async () => {
    await client.folderSync("0");
    server.wipe("ada", "dev1", "device");
    expect(text((await client.folderSync("0")).document, "FolderHierarchy:Status")).toBe("140");
    expect((await new Client(server, "12.1").folderSync("0")).status).toBe(403);
    expect(at(await first(), "Provision:RemoteWipe")).not.toBeNull();
    const acknowledged = e("Provision:Provision", e("Provision:RemoteWipe", e("Provision:Status", 1)));
    expect(text((await client.send("Provision", acknowledged)).document, "Provision:Status")).toBe("1");
    expect(server.world.account("ada").devices.get("dev1")?.wipe).toBe("acknowledged");
    expect(() => server.wipe("ada", "dev9", "device")).toThrow("no device");
  });
});
