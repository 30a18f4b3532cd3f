import { describe, expect, it } from "vitest";
import type { RemoteFault, RemoteMailbox } from "../../../electron/ports/remote.ts";
import { el, encode, type WbxmlElement } from "../../../electron/protocol/eas/wbxml/index.ts";
import type { Result } from "../../../shared/base/result.ts";
import { mailboxOver, now, type Play } from "./scripted.ts";

type Outcome = Promise<Result<unknown, RemoteFault>>;

const collection = {
  collectionId: "7",
  syncKey: "1",
  windowSize: 10,
  filterType: 0,
  bodyBytes: 1_000,
  commands: [],
} as const;

function text(...parts: readonly (WbxmlElement | null)[]): WbxmlElement {
  return el(
    "ItemOperations",
    "ItemOperations",
    el("ItemOperations", "Status", "1"),
    el(
      "ItemOperations",
      "Response",
      el(
        "ItemOperations",
        "Fetch",
        el("ItemOperations", "Status", "1"),
        el("ItemOperations", "Properties", ...parts),
      ),
    ),
  );
}

/** Every command of the port, with an answer of the server that makes it succeed. */
const commands: readonly [string, (mailbox: RemoteMailbox) => Outcome, WbxmlElement][] = [
  [
    "FolderSync",
    (mailbox) => mailbox.folders("0"),
    el(
      "FolderHierarchy",
      "FolderSync",
      el("FolderHierarchy", "Status", "1"),
      el("FolderHierarchy", "SyncKey", "1"),
    ),
  ],
  [
    "Sync",
    (mailbox) => mailbox.sync(collection),
    el(
      "AirSync",
      "Sync",
      el("AirSync", "Collections", el("AirSync", "Collection", el("AirSync", "SyncKey", "2"))),
    ),
  ],
  [
    "GetItemEstimate",
    (mailbox) => mailbox.estimate(collection),
    el(
      "GetItemEstimate",
      "GetItemEstimate",
      el("GetItemEstimate", "Response", el("GetItemEstimate", "Status", "1")),
    ),
  ],
  [
    "ItemOperations for a body",
    (mailbox) => mailbox.body("7", "7:1", "html"),
    text(el("AirSyncBase", "Body", el("AirSyncBase", "Type", "2"), el("AirSyncBase", "Data", "<p>"))),
  ],
  [
    "ItemOperations for an attachment",
    (mailbox) => mailbox.attachment("r", async () => {}),
    text(el("ItemOperations", "Data", "QUJD")),
  ],
  [
    "MoveItems",
    (mailbox) => mailbox.move([{ serverId: "7:1", from: "7", to: "8" }]),
    el(
      "Move",
      "MoveItems",
      el(
        "Move",
        "Response",
        el("Move", "SrcMsgId", "7:1"),
        el("Move", "Status", "3"),
        el("Move", "DstMsgId", "8:1"),
      ),
    ),
  ],
  ["Ping", (mailbox) => mailbox.ping(["7"], 60), el("Ping", "Ping", el("Ping", "Status", "1"))],
];

/** What a line or a server may do to a request, and the one word for it (MS-ASHTTP 2.2.2.1.1). */
const faults: readonly [string, Play, Partial<RemoteFault>][] = [
  ["no route: nothing can have happened", { fault: { kind: "offline", detail: "x" } }, { kind: "offline" }],
  ["a cut: it may have happened", { fault: { kind: "cut", detail: "x" } }, { kind: "cut" }],
  ["silence: it may have happened", { fault: { kind: "timeout", detail: "x" } }, { kind: "timeout" }],
  ["a certificate nobody believes", { fault: { kind: "tls", detail: "x" } }, { kind: "tls" }],
  ["the user giving up", { fault: { kind: "cancelled", detail: "x" } }, { kind: "cancelled" }],
  ["more than we take", { fault: { kind: "too-large", detail: "x" } }, { kind: "garbage" }],
  ["400, a request that the server cannot read", { status: 400 }, { kind: "server", httpStatus: 400 }],
  ["401", { status: 401 }, { kind: "sign-in" }],
  ["403", { status: 403 }, { kind: "forbidden" }],
  ["404", { status: 404 }, { kind: "server", httpStatus: 404 }],
  ["500", { status: 500 }, { kind: "server", httpStatus: 500 }],
  ["501, a command or version that it does not know", { status: 501 }, { kind: "server", httpStatus: 501 }],
  ["502", { status: 502 }, { kind: "server", httpStatus: 502 }],
  ["503 alone", { status: 503 }, { kind: "busy", retryAfterMs: null }],
  [
    "503 for seconds",
    { status: 503, headers: { "retry-after": "120" } },
    { kind: "busy", retryAfterMs: 120_000 },
  ],
  [
    "503 until a date",
    { status: 503, headers: { "retry-after": new Date(now + 60_000).toUTCString() } },
    { kind: "busy", retryAfterMs: 60_000 },
  ],
  ["507, its disk is full", { status: 507 }, { kind: "server", httpStatus: 507 }],
  ["a portal's page", { status: 200, headers: { "content-type": "text/html" } }, { kind: "garbage" }],
  [
    "a page that says nothing of itself",
    { status: 200, body: new TextEncoder().encode("<!DOCTYPE html>") },
    { kind: "garbage" },
  ],
  ["a 200 of noughts", { status: 200, body: new Uint8Array(64) }, { kind: "garbage" }],
];

describe.each(commands)("%s", (_name, call, root) => {
  const body = encode(root);

  it("succeeds when nothing goes wrong", async () => {
    const { mailbox, seen } = mailboxOver([{ status: 200, body }]);
    expect(await call(mailbox)).toMatchObject({ ok: true });
    expect(seen).toHaveLength(1);
  });

  it.each(faults)("%s", async (_fault, play, expected) => {
    const { mailbox, seen, state } = mailboxOver([play], { policyKey: "77" });
    expect(await call(mailbox)).toMatchObject({ ok: false, error: expected });
    // Nothing is tried again here, and a failure forgets nothing.
    expect(seen).toHaveLength(1);
    expect(state()).toMatchObject({ policyKey: "77", protocolVersion: "14.1" });
  });

  it("cut after any byte of the answer is a cut", async () => {
    for (let cutAfter = 0; cutAfter < body.length; cutAfter += 1) {
      const { mailbox } = mailboxOver([{ status: 200, body, cutAfter }]);
      expect(await call(mailbox), String(cutAfter)).toMatchObject({ ok: false, error: { kind: "cut" } });
    }
  });

  it("ending properly in the middle of the answer is garbage, never half a success", async () => {
    for (let end = 1; end < body.length; end += 1) {
      const { mailbox } = mailboxOver([{ status: 200, body: body.subarray(0, end) }]);
      expect(await call(mailbox), String(end)).toMatchObject({ ok: false, error: { kind: "garbage" } });
    }
  });

  it("the answer to another command is no success", async () => {
    const [other] = commands.filter(([, , document]) => document.namespace !== root.namespace);
    if (other === undefined) throw new Error("no other command");
    const { mailbox } = mailboxOver([{ status: 200, body: encode(other[2]) }]);
    const result = await call(mailbox);
    if (root.name === "MoveItems") {
      // It tells of each move whether it knows; of none does it claim that it happened.
      expect(result).toMatchObject({ ok: true, value: [{ recovery: "retry", newServerId: null }] });
    } else expect(result.ok).toBe(false);
  });

  it("without a password asks nobody", async () => {
    const { mailbox, seen } = mailboxOver(
      [],
      {},
      { credentials: () => ({ userName: "alice", password: null }) },
    );
    expect(await call(mailbox)).toMatchObject({ ok: false, error: { kind: "sign-in" } });
    expect(seen).toEqual([]);
  });
});

describe("a Ping's bounds", () => {
  const ping = async (folders: readonly string[], seconds: number, ...parts: readonly WbxmlElement[]) => {
    const { mailbox } = mailboxOver([{ status: 200, body: encode(el("Ping", "Ping", ...parts)) }]);
    const result = await mailbox.ping(folders, seconds);
    return result.ok ? result.value : result.error;
  };
  const status = (code: string) => el("Ping", "Status", code);
  const heartbeat = (seconds: string) => el("Ping", "HeartbeatInterval", seconds);

  it.each([
    ["60", 60],
    ["3540", 3_540],
    ["1", 1],
    ["0", 300],
    ["-60", 300],
    ["3541", 300],
    ["999999999", 300],
    ["a minute", 300],
    ["600", 300], // what was just refused
  ])("a heartbeat of %s after one of 600 is %i", async (told, seconds) => {
    expect(await ping(["7"], 600, status("5"), heartbeat(told))).toEqual({ kind: "heartbeat", seconds });
  });

  it("a refused heartbeat without a better one is halved, down to a minute", async () => {
    expect(await ping(["7"], 900, status("5"))).toEqual({ kind: "heartbeat", seconds: 450 });
    expect(await ping(["7"], 80, status("5"))).toEqual({ kind: "heartbeat", seconds: 60 });
  });

  it.each([
    ["200", 200],
    ["1", 1],
    ["0", 2],
    ["-1", 2],
    ["many", 2],
  ])("at most %s folders, of three", async (told, max) => {
    expect(await ping(["7", "8", "9"], 60, status("6"), el("Ping", "MaxFolders", told))).toEqual({
      kind: "too-many-folders",
      max,
    });
  });

  it("changes in no named folder may be in any of them", async () => {
    expect(await ping(["7", "8"], 60, status("2"))).toEqual({ kind: "changes", collectionIds: ["7", "8"] });
    expect(await ping(["7", "8"], 60, status("2"), el("Ping", "Folders", el("Ping", "Folder", "8")))).toEqual(
      {
        kind: "changes",
        collectionIds: ["8"],
      },
    );
  });
});
