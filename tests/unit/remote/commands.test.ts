import { describe, expect, it } from "vitest";
import type { CollectionRequest, OutgoingMessage } from "../../../electron/ports/remote.ts";
import { child, childText, el, type WbxmlElement } from "../../../electron/protocol/eas/wbxml/index.ts";
import { answer, decoded, mailboxOver } from "./scripted.ts";

const request: CollectionRequest = {
  collectionId: "5",
  syncKey: "12",
  windowSize: 100,
  filterType: 0,
  bodyBytes: 20_000,
  commands: [],
};

function folderSync(status: string, ...rest: readonly WbxmlElement[]) {
  return answer(el("FolderHierarchy", "FolderSync", el("FolderHierarchy", "Status", status), ...rest));
}

describe("connect", () => {
  it("takes the best common version and remembers it", async () => {
    const { mailbox, seen, state } = mailboxOver(
      [{ status: 200, headers: { "ms-asprotocolversions": "2.5,12.1,14.0,14.1,16.0" } }],
      { protocolVersion: null },
    );
    expect(await mailbox.connect()).toEqual({ ok: true, value: { ...state(), protocolVersion: "16.0" } });
    expect(seen[0]?.method).toBe("OPTIONS");
    expect(seen[0]?.headers).toEqual({
      authorization: `Basic ${Buffer.from("alice:päss:word").toString("base64")}`,
      "user-agent": "BulkheadMail/26.11",
    });
    expect(seen[0]?.url.search).toBe("");
  });

  it("finds no ActiveSync, or none that we speak", async () => {
    const over = (headers: Record<string, string>) =>
      mailboxOver([{ status: 200, headers }]).mailbox.connect();
    expect(await over({})).toMatchObject({ ok: false, error: { kind: "garbage" } });
    expect(await over({ "ms-asprotocolversions": "2.5,12.0" })).toMatchObject({ error: { kind: "garbage" } });
  });

  it("happens by itself before the first command when no version is known", async () => {
    const { mailbox, seen } = mailboxOver(
      [
        { status: 200, headers: { "ms-asprotocolversions": "14.1" } },
        folderSync("1", el("FolderHierarchy", "SyncKey", "1")),
      ],
      { protocolVersion: null },
    );
    expect((await mailbox.folders("0")).ok).toBe(true);
    expect(seen.map(({ method }) => method)).toEqual(["OPTIONS", "POST"]);
    expect(seen[1]?.headers["ms-asprotocolversion"]).toBe("14.1");
  });

  it("asks nobody without a password", async () => {
    const { mailbox, seen } = mailboxOver([], {}, { credentials: () => ({ userName: "a", password: null }) });
    expect(await mailbox.connect()).toMatchObject({ error: { kind: "sign-in" } });
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "sign-in" } });
    expect(seen).toHaveLength(0);
  });
});

describe("requests", () => {
  it("carry version, policy key and device in the plain form", async () => {
    const { mailbox, seen } = mailboxOver([folderSync("1", el("FolderHierarchy", "SyncKey", "1"))], {
      policyKey: "77",
    });
    await mailbox.folders("0");
    expect(seen[0]?.url.search).toBe("?Cmd=FolderSync&User=alice&DeviceId=DEVICE01&DeviceType=BulkheadMail");
    expect(seen[0]?.headers).toMatchObject({
      "ms-asprotocolversion": "14.1",
      "x-ms-policykey": "77",
      "content-type": "application/vnd.ms-sync.wbxml",
    });
  });

  it("carry them in the query in the base64 form", async () => {
    const { mailbox, seen } = mailboxOver(
      [folderSync("1", el("FolderHierarchy", "SyncKey", "1"))],
      { policyKey: "77" },
      { queryForm: "base64" },
    );
    await mailbox.folders("0");
    const query = Buffer.from(seen[0]?.url.search.slice(1) ?? "", "base64");
    expect([...query.subarray(0, 2)]).toEqual([141, 9]);
    expect(seen[0]?.headers["x-ms-policykey"]).toBeUndefined();
    expect(seen[0]?.headers["ms-asprotocolversion"]).toBeUndefined();
  });
});

describe("folders", () => {
  it("are told as a delta", async () => {
    const added = el(
      "FolderHierarchy",
      "Changes",
      el(
        "FolderHierarchy",
        "Add",
        el("FolderHierarchy", "ServerId", "5"),
        el("FolderHierarchy", "ParentId", "0"),
        el("FolderHierarchy", "DisplayName", "Inbox"),
        el("FolderHierarchy", "Type", "2"),
      ),
    );
    const { mailbox } = mailboxOver([folderSync("1", el("FolderHierarchy", "SyncKey", "1"), added)]);
    expect(await mailbox.folders("0")).toEqual({
      ok: true,
      value: {
        syncKey: "1",
        added: [{ serverId: "5", parentId: "0", name: "Inbox", role: "inbox", class: "mail" }],
        updated: [],
        deleted: [],
      },
    });
  });

  it.each([
    ["9", "resync-folders"],
    ["6", "retry-later"],
    ["11", "retry"],
  ])("status %s is a fault with recovery %s", async (status, recovery) => {
    const { mailbox } = mailboxOver([folderSync(status)]);
    expect(await mailbox.folders("3")).toEqual({
      ok: false,
      error: { kind: "status", command: "FolderSync", status: Number(status), recovery },
    });
  });

  it.each([
    ["129", "device-blocked"],
    ["177", "device-blocked"],
    ["125", "sign-in"],
  ])("status %s is a fault of the kind %s", async (status, kind) => {
    const { mailbox } = mailboxOver([folderSync(status)]);
    expect(await mailbox.folders("3")).toMatchObject({ error: { kind } });
  });
});

describe("sync", () => {
  const collection = (...rest: readonly WbxmlElement[]) =>
    answer(
      el(
        "AirSync",
        "Sync",
        el("AirSync", "Collections", el("AirSync", "Collection", el("AirSync", "SyncKey", "13"), ...rest)),
      ),
    );

  it("an empty answer means that nothing changed", async () => {
    const { mailbox } = mailboxOver([{ status: 200 }]);
    expect(await mailbox.sync(request)).toEqual({
      ok: true,
      value: {
        syncKey: "12",
        moreAvailable: false,
        added: [],
        changed: [],
        deleted: [],
        verdicts: [],
        unreadable: { count: 0, reason: null },
      },
    });
  });

  it("an empty answer to the first request means nothing that could be used", async () => {
    const { mailbox } = mailboxOver([{ status: 200 }]);
    expect(await mailbox.sync({ ...request, syncKey: "0" })).toMatchObject({ error: { kind: "garbage" } });
  });

  it("a key that is no number is taken as it is, as SOGo's are", async () => {
    const { mailbox, seen } = mailboxOver([collection(el("AirSync", "Status", "1"))]);
    expect(await mailbox.sync({ ...request, syncKey: "-1" })).toMatchObject({ value: { syncKey: "13" } });
    const sent = child(child(decoded(seen[0]), "AirSync", "Collections"), "AirSync", "Collection");
    expect(childText(sent, "AirSync", "SyncKey")).toBe("-1");
  });

  it("a stale key is a fault to resync the collection", async () => {
    const { mailbox } = mailboxOver([collection(el("AirSync", "Status", "3"))]);
    expect(await mailbox.sync(request)).toEqual({
      ok: false,
      error: { kind: "status", command: "Sync", status: 3, recovery: "resync-collection" },
    });
  });

  it("what is not known is logged", async () => {
    const newer = { page: 0, token: 0x3f, namespace: "AirSync", name: "Unknown-3f", content: [] };
    const { mailbox, logged } = mailboxOver([collection(el("AirSync", "Status", "1"), newer)]);
    expect((await mailbox.sync(request)).ok).toBe(true);
    expect(logged).toEqual(["unknown-token"]);
  });
});

describe("bodies and attachments", () => {
  const fetched = (status: string, ...properties: readonly WbxmlElement[]) =>
    answer(
      el(
        "ItemOperations",
        "ItemOperations",
        el("ItemOperations", "Status", "1"),
        el(
          "ItemOperations",
          "Response",
          el(
            "ItemOperations",
            "Fetch",
            el("ItemOperations", "Status", status),
            el("ItemOperations", "Properties", ...properties),
          ),
        ),
      ),
    );

  it("a body is fetched", async () => {
    const body = el("AirSyncBase", "Body", el("AirSyncBase", "Type", "2"), el("AirSyncBase", "Data", "<p>x"));
    const { mailbox } = mailboxOver([fetched("1", body)]);
    expect(await mailbox.body("5", "5:1", "html")).toEqual({
      ok: true,
      value: { kind: "html", data: "<p>x", truncated: false, size: 4 },
    });
  });

  it.each([
    ["1", 1],
    ["6", 6],
  ])("a message that is gone (status %s without a body)", async (text, status) => {
    const { mailbox } = mailboxOver([fetched(text)]);
    expect(await mailbox.body("5", "5:1", "mime")).toEqual({
      ok: false,
      error: { kind: "status", command: "ItemOperations", status, recovery: "object-gone" },
    });
  });

  it("an attachment flows into the sink, which may be slow", async () => {
    const content = Buffer.from("attachment ".repeat(2_000));
    const { mailbox } = mailboxOver([
      fetched(
        "1",
        el("AirSyncBase", "ContentType", "text/plain"),
        el("ItemOperations", "Data", content.toString("base64")),
      ),
    ]);
    const parts: Uint8Array[] = [];
    let busy = false;
    const result = await mailbox.attachment("ref", async (part) => {
      expect(busy).toBe(false);
      busy = true;
      await Promise.resolve();
      parts.push(part.slice());
      busy = false;
    });
    expect(result).toEqual({ ok: true, value: { bytes: content.length, type: "text/plain" } });
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect(parts.length).toBeGreaterThan(100);
  });

  it("an attachment that is gone or broken is a fault", async () => {
    const over = (play: Parameters<typeof mailboxOver>[0][number]) =>
      mailboxOver([play]).mailbox.attachment("ref", async () => {});
    expect(await over(fetched("15"))).toMatchObject({ error: { kind: "status", recovery: "object-gone" } });
    expect(await over(fetched("1", el("ItemOperations", "Data", "(null)")))).toMatchObject({
      error: { kind: "garbage" },
    });
    expect(await over({ status: 200 })).toMatchObject({ error: { kind: "garbage" } });
  });
});

describe("send", () => {
  const mime = new TextEncoder().encode("From: a@example.test\r\n\r\nHi\r\n");
  const message: OutgoingMessage = {
    clientId: "c1",
    kind: "send",
    source: null,
    size: mime.length,
    async *open() {
      yield mime.subarray(0, 7);
      yield mime.subarray(7);
    },
  };
  const source = { collectionId: "5", serverId: "5:1" };
  const status = (command: "SendMail" | "SmartReply", code: string) =>
    answer(el("ComposeMail", command, el("ComposeMail", "Status", code)));

  it("streams the message within the document", async () => {
    const { mailbox, seen } = mailboxOver([{ status: 200 }]);
    expect(await mailbox.send(message)).toEqual({ ok: true, value: undefined });
    const sent = decoded(seen[0]);
    expect(sent.name).toBe("SendMail");
    expect(childText(sent, "ComposeMail", "ClientId")).toBe("c1");
    expect(child(sent, "ComposeMail", "Mime")?.content[0]).toEqual(mime);
  });

  it("sends the message alone with 12.1", async () => {
    const { mailbox, seen } = mailboxOver([{ status: 200 }], { protocolVersion: "12.1" });
    expect((await mailbox.send({ ...message, kind: "reply", source })).ok).toBe(true);
    expect(seen[0]?.url.searchParams.get("Cmd")).toBe("SendMail");
    expect(seen[0]?.url.searchParams.get("SaveInSent")).toBe("T");
    expect(seen[0]?.headers["content-type"]).toBe("message/rfc822");
    expect(Buffer.from(seen[0]?.body ?? []).equals(mime)).toBe(true);
  });

  it("what was sent before counts as sent", async () => {
    const { mailbox } = mailboxOver([status("SendMail", "118")]);
    expect((await mailbox.send(message)).ok).toBe(true);
  });

  it("a reply whose source is gone goes as plain mail, with the same client id", async () => {
    const { mailbox, seen } = mailboxOver([status("SmartReply", "150"), { status: 200 }]);
    expect((await mailbox.send({ ...message, kind: "reply", source })).ok).toBe(true);
    expect(seen.map((one) => decoded(one).name)).toEqual(["SmartReply", "SendMail"]);
    expect(seen.map((one) => childText(decoded(one), "ComposeMail", "ClientId"))).toEqual(["c1", "c1"]);
  });

  it.each(["115", "116", "119", "120", "122"])("status %s is for good", async (code) => {
    const { mailbox, seen } = mailboxOver([status("SendMail", code)]);
    expect(await mailbox.send(message)).toMatchObject({
      error: { kind: "status", status: Number(code), recovery: "give-up" },
    });
    expect(seen).toHaveLength(1);
  });
});

describe("move", () => {
  it("has a verdict for each, also for what the server does not mention", async () => {
    const response = el(
      "Move",
      "Response",
      el("Move", "SrcMsgId", "5:2"),
      el("Move", "Status", "3"),
      el("Move", "DstMsgId", "6:1"),
    );
    const { mailbox } = mailboxOver([answer(el("Move", "MoveItems", response))]);
    const moves = ["5:1", "5:2"].map((serverId) => ({ serverId, from: "5", to: "6" }));
    expect(await mailbox.move(moves)).toEqual({
      ok: true,
      value: [
        { serverId: "5:1", status: 0, recovery: "retry", newServerId: null },
        { serverId: "5:2", status: 3, recovery: "ok", newServerId: "6:1" },
      ],
    });
  });

  it("fails as a whole when the server says so", async () => {
    const { mailbox } = mailboxOver([answer(el("Move", "MoveItems", el("Move", "Status", "111")))]);
    expect(await mailbox.move([{ serverId: "1", from: "5", to: "6" }])).toMatchObject({
      error: { kind: "status", status: 111, recovery: "retry-later" },
    });
  });
});

describe("ping", () => {
  const ping = (...parts: readonly WbxmlElement[]) => mailboxOver([answer(el("Ping", "Ping", ...parts))]);
  const status = (code: string) => el("Ping", "Status", code);

  it("waits longer than its heartbeat", async () => {
    const { mailbox, seen } = ping(status("1"));
    expect(await mailbox.ping(["5"], 900)).toEqual({ ok: true, value: { kind: "nothing" } });
    expect(seen[0]?.timeoutMs).toBe(930_000);
  });

  it.each([
    [
      [status("2"), el("Ping", "Folders", el("Ping", "Folder", "5"))],
      { kind: "changes", collectionIds: ["5"] },
    ],
    [[status("5"), el("Ping", "HeartbeatInterval", "300")], { kind: "heartbeat", seconds: 300 }],
    [[status("5")], { kind: "heartbeat", seconds: 450 }],
    [[status("6"), el("Ping", "MaxFolders", "4")], { kind: "too-many-folders", max: 4 }],
    [[status("6")], { kind: "too-many-folders", max: 1 }],
    [[status("7")], { kind: "folders-changed" }],
  ])("answer %#", async (parts, value) => {
    expect(await ping(...parts).mailbox.ping(["5", "6"], 900)).toEqual({ ok: true, value });
  });

  it("has faults as well", async () => {
    expect(await ping(status("8")).mailbox.ping(["5"], 60)).toMatchObject({
      error: { recovery: "retry-later" },
    });
    expect(await ping().mailbox.ping(["5"], 60)).toMatchObject({ error: { recovery: "give-up" } });
    expect(await mailboxOver([{ status: 200 }]).mailbox.ping(["5"], 60)).toEqual({
      ok: true,
      value: { kind: "nothing" },
    });
  });
});
