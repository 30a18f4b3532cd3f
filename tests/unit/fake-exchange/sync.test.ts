import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeExchange } from "../../fake-exchange/index.ts";
import { child, e, text, type WbxmlNode } from "../../fake-exchange/wbxml/node.ts";
import { writeWbxml } from "../../fake-exchange/wbxml/write.ts";
import { Client, collectionOf, commands, mail, NOW, readCommand, start, syncRequest } from "./client.ts";

const INBOX = "5";
const window = (size: number) => e("AirSync:WindowSize", size);

let server: FakeExchange;
let client: Client;

beforeEach(async () => {
  server = await start();
  client = new Client(server);
});
afterEach(() => server.close());

async function fill(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) await server.deliver("ada", mail(number));
}

const inbox = () => server.truth("ada").folders.find((folder) => folder.name === "Inbox")?.messages ?? [];
const data = (node: WbxmlNode | undefined, name: string): string | null =>
  node === undefined ? null : text(child(node, "AirSync:ApplicationData"), name);

describe("keys", () => {
  it("gives a key and nothing else for key 0", async () => {
    await fill(2);
    const reply = collectionOf(await client.sync("0", INBOX));
    expect(reply.status).toBe("1");
    expect(reply.key).not.toBe("0");
    expect([reply.added.length, reply.more]).toEqual([0, false]);
  });

  it("answers 3 to a key it never gave, and to one two steps old", async () => {
    await fill(3);
    const first = collectionOf(await client.sync("0", INBOX)).key;
    const second = collectionOf(await client.sync(first, INBOX, window(1))).key;
    collectionOf(await client.sync(second, INBOX, window(1)));
    expect(collectionOf(await client.sync(first, INBOX)).status).toBe("3");
    expect(collectionOf(await client.sync("777", INBOX)).status).toBe("3");
    expect(collectionOf(await new Client(server, "12.1").sync("1", "9")).status).toBe("3");
  });

  it("repeats its answer for the previous key", async () => {
    await fill(5);
    const first = collectionOf(await client.sync("0", INBOX)).key;
    const one = await client.sync(first, INBOX, window(2));
    const again = await client.sync(first, INBOX, window(2));
    expect(again.bytes).toEqual(one.bytes);
    const rest = collectionOf(await client.sync(collectionOf(one).key, INBOX, window(10)));
    expect(rest.added.length).toBe(3);
  });

  it("makes the answer anew when the previous key comes with another request", async () => {
    await fill(5);
    const first = collectionOf(await client.sync("0", INBOX)).key;
    const two = collectionOf(await client.sync(first, INBOX, window(2)));
    const four = collectionOf(await client.sync(first, INBOX, window(4)));
    expect([two.added.length, four.added.length]).toEqual([2, 4]);
    expect(four.key).not.toBe(two.key);
    expect(collectionOf(await client.sync(two.key, INBOX)).status).toBe("3");
    expect(collectionOf(await client.sync(four.key, INBOX)).added.length).toBe(1);
  });

  it("starts over with key 0 and forgets the keys before", async () => {
    await fill(2);
    const { key } = await client.fetchAll(INBOX);
    const { ids } = await client.fetchAll(INBOX);
    expect(ids.length).toBe(2);
    expect(collectionOf(await client.sync(key, INBOX)).status).toBe("3");
  });

  it("answers 3, and 9 for folders, after its states were lost", async () => {
    await fill(1);
    const folders = text((await client.folderSync("0")).document, "FolderHierarchy:SyncKey") ?? "";
    const { key } = await client.fetchAll(INBOX);
    server.world.account("ada").devices.get("dev1")?.forgetSync();
    expect(collectionOf(await client.sync(key, INBOX)).status).toBe("3");
    expect(text((await client.folderSync(folders)).document, "FolderHierarchy:Status")).toBe("9");
  });

  it("keeps devices apart", async () => {
    await fill(2);
    const { key } = await client.fetchAll(INBOX);
    const query = "?Cmd=Sync&User=ada&DeviceId=dev2&DeviceType=Test";
    const body = writeWbxml(syncRequest(key, INBOX));
    const reply = await client.raw(query, { method: "POST", headers: client.headers, body });
    expect(collectionOf(reply).status).toBe("3");
  });
});

describe("windows", () => {
  it("sends everything once, newest first, MoreAvailable until the end", async () => {
    await fill(23);
    let { key } = collectionOf(await client.sync("0", INBOX));
    const sizes: number[] = [];
    const subjects: (string | null)[] = [];
    for (let more = true; more; ) {
      const reply = collectionOf(await client.sync(key, INBOX, window(10)));
      sizes.push(reply.added.length);
      subjects.push(...reply.added.map((one) => data(one, "Email:Subject")));
      ({ key, more } = reply);
    }
    expect(sizes).toEqual([10, 10, 3]);
    expect(subjects).toEqual(Array.from({ length: 23 }, (_, at) => `Message ${23 - at}`));
  });

  it("has an empty body and the same key when nothing is new", async () => {
    await fill(1);
    const { key } = await client.fetchAll(INBOX);
    const reply = await client.sync(key, INBOX);
    expect([reply.status, reply.bytes.length]).toEqual([200, 0]);
    await server.deliver("ada", mail(9));
    expect(collectionOf(await client.sync(key, INBOX)).added.length).toBe(1);
  });

  it("brings mail that arrives in the middle of the first windows, once", async () => {
    await fill(6);
    const first = collectionOf(await client.sync("0", INBOX)).key;
    const one = collectionOf(await client.sync(first, INBOX, window(2)));
    await server.deliver("ada", mail(50));
    const rest = collectionOf(await client.sync(one.key, INBOX, window(100)));
    const ids = [...one.added, ...rest.added].map((node) => text(node, "AirSync:ServerId"));
    expect([ids.length, new Set(ids).size]).toEqual([7, 7]);
  });

  it.each([
    ["0", 120],
    ["600", 120],
    ["100", 100],
    [null, 100],
  ])("WindowSize %s", async (size, count) => {
    await fill(120);
    const { key } = collectionOf(await client.sync("0", INBOX));
    const parts = size === null ? [] : [e("AirSync:WindowSize", size)];
    expect(collectionOf(await client.sync(key, INBOX, ...parts)).added.length).toBe(count);
  });

  it("filters by age, and takes away what a narrower filter leaves out", async () => {
    await server.deliver("ada", mail(1, { date: NOW - 20 * 86_400_000 }));
    await server.deliver("ada", mail(2, { date: NOW - 3600_000 }));
    const filter = (type: number) => e("AirSync:Options", e("AirSync:FilterType", type));
    const week = await client.fetchAll(INBOX, filter(3));
    expect(week.ids).toEqual(["5:2"]);
    const month = collectionOf(await client.sync(week.key, INBOX, filter(5)));
    expect(month.added.map((one) => text(one, "AirSync:ServerId"))).toEqual(["5:1"]);
    const day = collectionOf(await client.sync(month.key, INBOX, filter(1)));
    expect([day.added.length, day.deleted]).toEqual([0, ["5:1"]]);
    expect(inbox().length).toBe(2);
  });
});

describe("changes of the server", () => {
  it("tells read, flag, delete and move", async () => {
    await fill(4);
    const { key } = await client.fetchAll(INBOX);
    const mailbox = server.mailbox("ada");
    const [one, two, three, four] = ["5:1", "5:2", "5:3", "5:4"].map((id) => mailbox.find(id));
    if (!one || !two || !three || !four) throw new Error("four messages");
    mailbox.change(one, { read: true });
    mailbox.change(two, { flag: 2 });
    mailbox.remove(three);
    mailbox.move(four, mailbox.folderOfType(4));
    const reply = collectionOf(await client.sync(key, INBOX));
    expect(reply.changed.map((node) => [text(node, "AirSync:ServerId"), data(node, "Email:Read")])).toEqual([
      ["5:1", "1"],
      ["5:2", "0"],
    ]);
    expect(reply.deleted).toEqual(["5:3", "5:4"]);
    expect((await client.fetchAll("3")).ids).toEqual(["3:5"]);
  });

  it("says nothing about a message that came and went between two steps", async () => {
    const { key } = await client.fetchAll(INBOX);
    const item = await server.deliver("ada", mail(1));
    server.mailbox("ada").remove(item);
    expect((await client.sync(key, INBOX)).bytes.length).toBe(0);
  });
});

describe("commands of the client", () => {
  it("applies read and flag silently and does not send them back", async () => {
    await fill(2);
    const { key } = await client.fetchAll(INBOX);
    const flag = e("Email:Flag", e("Email:Status", 2), e("Email:FlagType", "Follow up"));
    const reply = collectionOf(
      await client.sync(
        key,
        INBOX,
        commands(
          readCommand("5:1", true),
          e("AirSync:Change", e("AirSync:ServerId", "5:2"), e("AirSync:ApplicationData", flag)),
        ),
      ),
    );
    expect([reply.status, reply.responses.length, reply.changed.length]).toEqual(["1", 0, 0]);
    expect(reply.key).not.toBe(key);
    expect(inbox().map((one) => [one.read, one.flag])).toEqual([
      [true, 0],
      [false, 2],
    ]);
    expect((await client.sync(reply.key, INBOX)).bytes.length).toBe(0);
  });

  it("does not apply a replayed command twice", async () => {
    await fill(1);
    const { key } = await client.fetchAll(INBOX);
    const parts = [commands(readCommand("5:1", true))];
    const one = await client.sync(key, INBOX, ...parts);
    const item = server.mailbox("ada").find("5:1");
    if (item === null) throw new Error("a message");
    server.mailbox("ada").change(item, { read: false });
    expect((await client.sync(key, INBOX, ...parts)).bytes).toEqual(one.bytes);
    const wider = collectionOf(await client.sync(key, INBOX, window(50), ...parts));
    expect(wider.responses).toEqual([]);
    expect(inbox()[0]?.read).toBe(false);
  });

  it("deletes to Deleted Items, or for good when told", async () => {
    await fill(2);
    const { key } = await client.fetchAll(INBOX);
    const remove = (id: string) => commands(e("AirSync:Delete", e("AirSync:ServerId", id)));
    const one = collectionOf(await client.sync(key, INBOX, remove("5:1")));
    expect([one.responses.length, one.deleted]).toEqual([0, []]);
    const two = collectionOf(
      await client.sync(one.key, INBOX, e("AirSync:DeletesAsMoves", 0), remove("5:2")),
    );
    expect(two.status).toBe("1");
    const folders = server.truth("ada").folders;
    expect(folders.find((folder) => folder.type === 4)?.messages.map((one) => one.subject)).toEqual([
      "Message 1",
    ]);
    expect(inbox()).toEqual([]);
  });

  it("answers 8 for what is not there and 6 for what cannot be", async () => {
    await fill(1);
    const { key } = await client.fetchAll(INBOX);
    const bad = e(
      "AirSync:Change",
      e("AirSync:ServerId", "5:1"),
      e("AirSync:ApplicationData", e("Email:Read", "maybe")),
    );
    const gone = e("AirSync:Delete", e("AirSync:ServerId", "5:999"));
    const reply = collectionOf(await client.sync(key, INBOX, commands(readCommand("5:99", true), bad, gone)));
    expect(reply.responses.map((node) => [node.name, text(node, "AirSync:Status")])).toEqual([
      ["AirSync:Change", "8"],
      ["AirSync:Change", "6"],
      ["AirSync:Delete", "8"],
    ]);
  });

  it("lets the server win a conflict", async () => {
    await fill(1);
    const { key } = await client.fetchAll(INBOX);
    const item = server.mailbox("ada").find("5:1");
    if (item === null) throw new Error("a message");
    server.mailbox("ada").change(item, { flag: 2 });
    const reply = collectionOf(await client.sync(key, INBOX, commands(readCommand("5:1", true))));
    expect(reply.responses.map((node) => text(node, "AirSync:Status"))).toEqual(["7"]);
    expect(reply.changed.length).toBe(1);
    expect(inbox()[0]).toMatchObject({ read: false, flag: 2 });
  });

  it("fetches single messages", async () => {
    await fill(1);
    const { key } = await client.fetchAll(INBOX);
    const fetched = e("AirSync:Fetch", e("AirSync:ServerId", "5:1"));
    const reply = collectionOf(await client.sync(key, INBOX, commands(fetched)));
    expect(data(reply.responses[0], "Email:Subject")).toBe("Message 1");
  });
});

describe("what is refused", () => {
  const status = async (...parts: Parameters<typeof e>) => {
    const reply = await client.send("Sync", e(...parts));
    return reply.document === null ? null : text(reply.document, "AirSync:Status");
  };
  const collection = (...parts: ReturnType<typeof e>[]) =>
    e("AirSync:Collections", e("AirSync:Collection", parts));
  const key = e("AirSync:SyncKey", "0");
  const id = e("AirSync:CollectionId", INBOX);

  it("status 4 for a broken collection", async () => {
    expect(await status("AirSync:Sync", collection(id, key))).toBe("4");
    expect(await status("AirSync:Sync", collection(key))).toBe("4");
    expect(await status("AirSync:Sync", collection(key, id, e("AirSync:GetChanges")))).toBe("4");
    expect(await status("AirSync:Sync", collection(key, id, commands(readCommand("5:1", true))))).toBe("4");
    expect(await status("AirSync:Sync", collection(key, id, window(5), e("AirSync:DeletesAsMoves")))).toBe(
      "4",
    );
    expect(await status("AirSync:Sync")).toBe("4");
  });

  it("status 13 for a Sync without a body", async () => {
    expect(text((await client.send("Sync", null)).document, "AirSync:Status")).toBe("13");
  });

  it("status 14 with the bound for a wait that is too short or long", async () => {
    const wait = async (name: string, value: number) => {
      const reply = await client.send("Sync", e("AirSync:Sync", collection(key, id), e(name, value)));
      return [text(reply.document, "AirSync:Status"), text(reply.document, "AirSync:Limit")];
    };
    expect(await wait("AirSync:Wait", 60)).toEqual(["14", "59"]);
    expect(await wait("AirSync:Wait", 0)).toEqual(["14", "1"]);
    expect(await wait("AirSync:HeartbeatInterval", 59)).toEqual(["14", "60"]);
    expect(await wait("AirSync:HeartbeatInterval", 3541)).toEqual(["14", "3540"]);
  });

  it("status 12 for a folder that is not there", async () => {
    expect(collectionOf(await client.sync("0", "99")).status).toBe("12");
  });

  it("status 103 for elements that do not belong there, or not yet", async () => {
    expect(await status("AirSync:Sync", collection(key, id, e("AirSync:Status", 1)))).toBe("103");
    const old = new Client(server, "14.0");
    const wrong = syncRequest("1", INBOX, commands(e("AirSync:Delete", e("AirSync:Status", 1))));
    expect(text((await old.send("Sync", wrong)).document, "AirSync:Status")).toBe("103");
    const preview = e("AirSyncBase:BodyPreference", e("AirSyncBase:Type", 1), e("AirSyncBase:Preview", 50));
    const reply = await new Client(server, "12.1").sync("0", INBOX, e("AirSync:Options", preview));
    expect(reply.status).toBe(400);
  });
});

describe("waiting", () => {
  it("holds until mail arrives", async () => {
    const { key } = await client.fetchAll(INBOX);
    const request = syncRequest(key, INBOX);
    const held = client.send(
      "Sync",
      e(
        "AirSync:Sync",
        [...request.content].flatMap((part) => (typeof part === "object" && "name" in part ? [part] : [])),
        e("AirSync:HeartbeatInterval", 600),
      ),
    );
    while (server.requests.at(-1)?.bodyBytes === undefined || server.requests.length < 3) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await server.deliver("ada", mail(1));
    expect(collectionOf(await held).added.length).toBe(1);
  });
});
