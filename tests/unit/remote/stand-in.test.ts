import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import type {
  CollectionRequest,
  OutgoingMessage,
  RemoteFolder,
  SessionState,
} from "../../../electron/ports/remote.ts";
import { createEasMailbox } from "../../../electron/remote/eas-mailbox.ts";
import { createTransport } from "../../../electron/transport/transport.ts";
import { type FakeExchange, type FakeExchangeOptions, startFakeExchange } from "../../fake-exchange/index.ts";

const users = ["alice", "bob"].map((name) => ({
  name,
  password: `secret-${name}`,
  address: `${name}@example.test`,
}));

const servers: FakeExchange[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function over(options: Partial<FakeExchangeOptions> = {}, queryForm: "plain" | "base64" = "plain") {
  const server = await startFakeExchange({ users, ...options });
  servers.push(server);
  const transport = createTransport({});
  onTestFinished(() => transport.close());
  let state: SessionState = { url: server.url, protocolVersion: null, policyKey: "0", deviceId: "DEVICE01" };
  const mailbox = createEasMailbox({
    transport,
    credentials: () => ({ userName: "alice", password: "secret-alice" }),
    session: {
      load: () => state,
      save(next) {
        state = next;
      },
    },
    clock: { now: Date.now, after: () => () => {} },
    log: () => {},
    queryForm,
  });
  const folders = async () => {
    const delta = await mailbox.folders("0");
    if (!delta.ok) throw new Error(JSON.stringify(delta.error));
    return (role: RemoteFolder["role"]) => {
      const found = delta.value.added.find((folder) => folder.role === role);
      if (found === undefined) throw new Error(`no ${role}`);
      return found.serverId;
    };
  };
  const sync = async (collectionId: string, syncKey: string, more: Partial<CollectionRequest> = {}) => {
    const answer = await mailbox.sync({
      collectionId,
      syncKey,
      windowSize: 100,
      filterType: 0,
      bodyBytes: 100_000,
      commands: [],
      ...more,
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  };
  return { server, mailbox, folders, sync, state: () => state };
}

const attachment = Buffer.from("attachment bytes, äöü ".repeat(3_000));
const mime = Buffer.from(
  [
    "From: Bob <bob@example.test>",
    'To: "Example, Alice" <alice@example.test>',
    "Subject: =?utf-8?B?R3LDvMOfZQ==?=",
    "Message-ID: <m1@example.test>",
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from("<p>Hällo</p>").toString("base64"),
    "--b",
    "Content-Type: application/pdf",
    "Content-Disposition: attachment; filename=a.pdf",
    "Content-Transfer-Encoding: base64",
    "",
    attachment.toString("base64").replace(/.{76}/g, "$&\r\n"),
    "--b--",
    "",
  ].join("\r\n"),
);

function outgoing(
  kind: OutgoingMessage["kind"],
  clientId: string,
  source: OutgoingMessage["source"],
): OutgoingMessage {
  const text = [
    "From: alice@example.test",
    "To: bob@example.test",
    `Subject: ${kind} ${clientId}`,
    "",
    "Hi",
    "",
  ];
  const data = Buffer.from(text.join("\r\n"));
  return {
    clientId,
    kind,
    source,
    size: data.length,
    async *open() {
      yield data;
    },
  };
}

const policy = { settings: { DevicePasswordEnabled: "1" } };

describe.each(["12.1", "14.0", "14.1", "16.0", "16.1"])(
  "version %s, with a server that demands a policy",
  (version) => {
    it.each(["plain", "base64"] as const)("the whole round, %s query", async (queryForm) => {
      const { server, mailbox, folders, sync, state } = await over(
        { versions: [version], policy },
        queryForm,
      );
      await server.deliver("alice", mime);
      expect(await mailbox.connect()).toMatchObject({ ok: true, value: { protocolVersion: version } });
      const folder = await folders();
      expect(state().policyKey).not.toBe("0");
      const inbox = folder("inbox");

      const first = await sync(inbox, "0");
      const { added, syncKey } = await sync(inbox, first.syncKey);
      const [message] = added;
      expect(message).toMatchObject({
        subject: "Grüße",
        from: [{ name: "Bob", email: "bob@example.test" }],
        to: [{ name: "Example, Alice", email: "alice@example.test" }],
        read: false,
        flagged: false,
        body: { kind: "html", truncated: false },
        attachments: [{ name: "a.pdf", type: "application/pdf", inline: false }],
      });
      expect(message?.body?.data).toContain("Hällo");
      expect(message?.preview === undefined).toBe(version === "12.1");
      const serverId = message?.serverId ?? "";

      const parts: Uint8Array[] = [];
      const fetched = await mailbox.attachment(
        message?.attachments?.[0]?.fileReference ?? "",
        async (part) => {
          parts.push(part);
        },
      );
      expect(fetched).toMatchObject({ ok: true, value: { bytes: attachment.length } });
      expect(Buffer.concat(parts).equals(attachment)).toBe(true);
      expect(await mailbox.body(inbox, serverId, "html")).toMatchObject({
        ok: true,
        value: { kind: "html" },
      });
      const whole = await mailbox.body(inbox, serverId, "mime");
      expect(whole.ok && whole.value.data).toContain("Message-ID: <m1@example.test>");

      const changed = await sync(inbox, syncKey, {
        commands: [{ kind: "change", serverId, read: true, flagged: true }],
      });
      expect(changed.verdicts.filter(({ recovery }) => recovery !== "ok")).toEqual([]);
      const known = server.truth("alice").folders.flatMap(({ messages }) => messages);
      expect(known.map(({ read, flag }) => [read, flag])).toEqual([[true, 2]]);

      const source = { collectionId: inbox, serverId };
      expect(await mailbox.send(outgoing("send", "c1", null))).toEqual({ ok: true, value: undefined });
      expect(await mailbox.send(outgoing("reply", "c2", source))).toEqual({ ok: true, value: undefined });
      expect(await mailbox.send(outgoing("forward", "c3", source))).toEqual({ ok: true, value: undefined });
      const delivered = server
        .truth("bob")
        .folders.flatMap(({ messages }) => messages.map(({ subject }) => subject));
      expect(delivered.sort()).toEqual(["forward c3", "reply c2", "send c1"]);

      const moved = await mailbox.move([
        { serverId, from: inbox, to: folder("trash") },
        { serverId: `${inbox}:999`, from: inbox, to: folder("trash") },
      ]);
      expect(moved.ok && moved.value.map(({ recovery }) => recovery)).toEqual(["ok", "object-gone"]);
      await server.deliver("alice", mime);
      expect(await mailbox.ping([inbox], 60)).toEqual({
        ok: true,
        value: { kind: "changes", collectionIds: [inbox] },
      });
    });
  },
);

describe("what goes wrong on the way", () => {
  it("a repeated client id counts as sent, and is delivered once", async () => {
    const { server, mailbox } = await over();
    await mailbox.folders("0");
    expect((await mailbox.send(outgoing("send", "same", null))).ok).toBe(true);
    expect((await mailbox.send(outgoing("send", "same", null))).ok).toBe(true);
    expect(server.truth("bob").folders.flatMap(({ messages }) => messages)).toHaveLength(1);
  });

  it("a reply to what is gone is delivered all the same", async () => {
    const { server, mailbox, folders } = await over();
    const inbox = (await folders())("inbox");
    const reply = outgoing("reply", "c1", { collectionId: inbox, serverId: `${inbox}:404` });
    expect(await mailbox.send(reply)).toEqual({ ok: true, value: undefined });
    expect(server.truth("bob").folders.flatMap(({ messages }) => messages)).toHaveLength(1);
  });

  it("a stale key is a resync, an unknown hierarchy too", async () => {
    const { mailbox, folders } = await over();
    const inbox = (await folders())("inbox");
    const request = {
      collectionId: inbox,
      windowSize: 10,
      filterType: 0,
      bodyBytes: 10,
      commands: [],
    } as const;
    expect(await mailbox.sync({ ...request, syncKey: "999" })).toMatchObject({
      error: { kind: "status", status: 3, recovery: "resync-collection" },
    });
    expect(await mailbox.folders("999")).toMatchObject({
      error: { kind: "status", status: 9, recovery: "resync-folders" },
    });
  });

  it("bounds of a Ping are told", async () => {
    const { mailbox, folders } = await over({
      ping: { minHeartbeat: 120, maxHeartbeat: 600, maxFolders: 1 },
    });
    const folder = await folders();
    expect(await mailbox.ping([folder("inbox")], 60)).toEqual({
      ok: true,
      value: { kind: "heartbeat", seconds: 120 },
    });
    expect(await mailbox.ping([folder("inbox")], 900)).toEqual({
      ok: true,
      value: { kind: "heartbeat", seconds: 600 },
    });
    expect(await mailbox.ping([folder("inbox"), folder("sent")], 300)).toEqual({
      ok: true,
      value: { kind: "too-many-folders", max: 1 },
    });
  });

  it("a wipe is reported and acknowledged", async () => {
    const { server, mailbox } = await over({ policy });
    expect((await mailbox.folders("0")).ok).toBe(true);
    server.wipe("alice", "DEVICE01", "account");
    expect(await mailbox.folders("0")).toMatchObject({ ok: false, error: { kind: "wipe" } });
  });

  it("every fault of the line has its name", async () => {
    const { server, mailbox } = await over();
    expect((await mailbox.folders("0")).ok).toBe(true);
    const fateAfter = async (action: Parameters<typeof server.faults.add>[0]["action"]) => {
      server.faults.clear();
      server.faults.add({ command: "FolderSync", action });
      const result = await mailbox.folders("0");
      return result.ok ? "ok" : result.error.kind;
    };
    expect(await fateAfter({ kind: "cut", at: "before" })).toBe("cut");
    expect(await fateAfter({ kind: "cut", at: "after" })).toBe("cut");
    expect(await fateAfter({ kind: "cut", at: "answer", bytes: 20 })).toBe("cut");
    expect(await fateAfter({ kind: "garbage", bytes: 100 })).toBe("garbage");
    expect(await fateAfter({ kind: "half" })).toBe("garbage");
    expect(await fateAfter({ kind: "http", status: 401 })).toBe("sign-in");
    expect(await fateAfter({ kind: "http", status: 403 })).toBe("forbidden");
    expect(await fateAfter({ kind: "http", status: 503, headers: { "Retry-After": "7" } })).toBe("busy");
    expect(await fateAfter({ kind: "http", status: 500 })).toBe("server");
    expect(await fateAfter({ kind: "delay", ms: 5 })).toBe("ok");
    await server.stop();
    // On the kept connection nobody can tell; on a new one it is certain that nothing was sent.
    await mailbox.folders("0");
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "offline" } });
  });

  it("a large mailbox comes in windows, nothing twice", async () => {
    const { server, folders, sync } = await over();
    const small = Buffer.from("From: bob@example.test\r\nTo: alice@example.test\r\nSubject: x\r\n\r\nHi\r\n");
    for (let index = 0; index < 120; index += 1) await server.deliver("alice", small);
    const inbox = (await folders())("inbox");
    let { syncKey } = await sync(inbox, "0");
    const seen: string[] = [];
    for (let more = true; more; ) {
      const answer = await sync(inbox, syncKey, { windowSize: 50 });
      expect(answer.added.length).toBeLessThanOrEqual(50);
      seen.push(...answer.added.map(({ serverId }) => serverId));
      ({ syncKey, moreAvailable: more } = answer);
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    const quiet = await sync(inbox, syncKey);
    expect(quiet).toMatchObject({ syncKey, added: [], moreAvailable: false });
  });
});
