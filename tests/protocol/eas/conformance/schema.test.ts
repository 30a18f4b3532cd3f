import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CollectionRequest, OutgoingMessage, SyncCommand } from "../../../../electron/ports/remote.ts";
import { codePageByNamespace } from "../../../../electron/protocol/eas/codepages/index.ts";
import { composeRequest } from "../../../../electron/protocol/eas/commands/compose-mail.ts";
import { folderSyncRequest } from "../../../../electron/protocol/eas/commands/folder-sync.ts";
import {
  attachmentRequest,
  bodyRequest,
} from "../../../../electron/protocol/eas/commands/item-operations.ts";
import { moveItemsRequest } from "../../../../electron/protocol/eas/commands/move-items.ts";
import { pingRequest } from "../../../../electron/protocol/eas/commands/ping.ts";
import {
  policyAcknowledgement,
  policyRequest,
  wipeAcknowledgement,
} from "../../../../electron/protocol/eas/commands/provision.ts";
import { syncRequest } from "../../../../electron/protocol/eas/commands/sync-request.ts";
import { protocolVersions } from "../../../../electron/protocol/eas/version.ts";
import {
  child,
  children,
  decode,
  encode,
  textOf,
  type WbxmlElement,
} from "../../../../electron/protocol/eas/wbxml/index.ts";
import { tree, xml } from "./notation.ts";
import { requestSchema, violations } from "./schema.ts";

const seed = 20261121;
const version = fc.constantFrom(...protocolVersions);
/** Ids as servers make them: "7:1" of Exchange, long ones with escapes of SOGo, at most 64 letters. */
const serverId = fc.oneof(
  fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 99_999 })).map(([folder, item]) => `${folder}:${item}`),
  fc.stringMatching(/^[A-Za-z0-9%+/=_-]{1,64}$/),
);
const command: fc.Arbitrary<SyncCommand> = fc.oneof(
  serverId.map((id): SyncCommand => ({ kind: "delete", serverId: id })),
  fc.record(
    { kind: fc.constant("change" as const), serverId, read: fc.boolean(), flagged: fc.boolean() },
    { requiredKeys: ["kind", "serverId"] },
  ),
);
const collection: fc.Arbitrary<CollectionRequest> = fc.record({
  collectionId: serverId,
  syncKey: fc.oneof(fc.constant("0"), fc.stringMatching(/^[1-9A-Za-z{][0-9A-Za-z}-]{0,62}$/)),
  windowSize: fc.integer({ min: 1, max: 512 }),
  filterType: fc.constantFrom(0, 1, 2, 3, 4, 5),
  bodyBytes: fc.integer({ min: 0, max: 4_294_967_295 }),
  commands: fc.array(command, { maxLength: 12 }),
});

/** A request follows the schemas as a tree, and still when a server has decoded its bytes. */
function conforms(request: WbxmlElement, spoken: string): void {
  expect(violations(request, spoken)).toEqual([]);
  const received = decode(encode(request));
  if (!received.ok) throw new Error(received.error.detail);
  expect(received.value.root).toEqual(request);
  expect(received.value.warnings).toEqual([]);
}

describe("every request that we can make follows Microsoft's schemas", () => {
  it("Sync, with every version, key, window, filter and command", () => {
    fc.assert(
      fc.property(version, collection, (spoken, request) => conforms(syncRequest(request, spoken), spoken)),
      { seed, numRuns: 600 },
    );
  });

  it("Sync: a first request never asks for changes, a later one always says what it wants", () => {
    fc.assert(
      fc.property(version, collection, (spoken, request) => {
        const inner = child(
          child(syncRequest(request, spoken), "AirSync", "Collections"),
          "AirSync",
          "Collection",
        );
        const has = (name: "GetChanges" | "Commands" | "WindowSize") =>
          child(inner, "AirSync", name) !== undefined;
        const first = request.syncKey === "0";
        expect(has("GetChanges")).toBe(!first);
        expect(has("WindowSize")).toBe(!first);
        // An empty Commands is undefined behaviour (MS-ASCMD 2.2.3.32).
        expect(has("Commands")).toBe(!first && request.commands.length > 0);
      }),
      { seed, numRuns: 200 },
    );
  });

  it("Sync: commands arrive in the order in which they were given, each with its id", () => {
    fc.assert(
      fc.property(version, collection, (spoken, request) => {
        const inner = child(
          child(syncRequest(request, spoken), "AirSync", "Collections"),
          "AirSync",
          "Collection",
        );
        const sent = child(inner, "AirSync", "Commands")?.content ?? [];
        const told = sent.map((part) => (typeof part === "object" && "name" in part ? part : null));
        const expected = request.syncKey === "0" ? [] : request.commands;
        expect(told.map((one) => one?.name)).toEqual(
          expected.map(({ kind }) => (kind === "delete" ? "Delete" : "Change")),
        );
        expect(
          told.map((one) => textOf(children(one ?? undefined, "AirSync", "ServerId")[0] ?? sync0)),
        ).toEqual(expected.map((one) => one.serverId));
      }),
      { seed, numRuns: 200 },
    );
  });

  it("FolderSync", () => {
    fc.assert(
      fc.property(version, serverId, (spoken, key) => conforms(folderSyncRequest(key), spoken)),
      { seed, numRuns: 50 },
    );
  });

  it("Ping", () => {
    const folders = fc.array(serverId, { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(version, folders, fc.integer({ min: 60, max: 3_540 }), (spoken, ids, heartbeat) =>
        conforms(pingRequest(ids, heartbeat), spoken),
      ),
      { seed, numRuns: 50 },
    );
  });

  it("MoveItems", () => {
    const moves = fc.array(fc.record({ serverId, from: serverId, to: serverId }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(version, moves, (spoken, list) => conforms(moveItemsRequest(list), spoken)),
      { seed, numRuns: 100 },
    );
  });

  it("Provision in all its phases", () => {
    const word = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 60 });
    const device = fc.record({ model: word, friendlyName: word, os: word, userAgent: word });
    fc.assert(
      fc.property(version, device, fc.nat({ max: 4_294_967_295 }), (spoken, facts, key) => {
        conforms(policyRequest(spoken, facts), spoken);
        conforms(policyAcknowledgement(String(key)), spoken);
        conforms(wipeAcknowledgement("device"), spoken);
      }),
      { seed, numRuns: 100 },
    );
    conforms(wipeAcknowledgement("account"), "16.1");
  });

  it("ItemOperations", () => {
    const kind = fc.constantFrom("html" as const, "mime" as const);
    fc.assert(
      fc.property(version, serverId, serverId, kind, (spoken, folder, item, what) => {
        conforms(bodyRequest(folder, item, what), spoken);
        conforms(attachmentRequest(item), spoken);
      }),
      { seed, numRuns: 100 },
    );
  });

  it("SendMail, SmartReply and SmartForward, the message between head and tail", () => {
    const outgoing = fc.record({
      clientId: fc.uuid(),
      kind: fc.constantFrom("send", "reply", "forward"),
      source: fc.option(fc.record({ collectionId: serverId, serverId })),
      mime: fc.uint8Array({ minLength: 1, maxLength: 400 }),
    });
    fc.assert(
      fc.property(fc.constantFrom("14.0", "14.1", "16.0", "16.1"), outgoing, (spoken, { mime, ...rest }) => {
        const message: OutgoingMessage = { ...rest, size: mime.length, async *open() {} };
        const { head, tail, command: name } = composeRequest(message, spoken);
        const received = decode(Buffer.concat([head, mime, tail]));
        if (!received.ok) throw new Error(received.error.detail);
        expect(violations(received.value.root, spoken)).toEqual([]);
        expect(received.value.root.name).toBe(name);
        expect(child(received.value.root, "ComposeMail", "Mime")?.content).toEqual([mime]);
        // The source goes with SmartReply and SmartForward only, and they replace the server's own quotation.
        const smart = rest.source !== null && rest.kind !== "send";
        expect(child(received.value.root, "ComposeMail", "Source") !== undefined).toBe(smart);
        expect(child(received.value.root, "ComposeMail", "ReplaceMime") !== undefined).toBe(smart);
      }),
      { seed, numRuns: 300 },
    );
  });
});

const sync0 = tree(xml("AirSync", "<ServerId>no id</ServerId>"));

describe("the tests' schema itself", () => {
  it("names only tags that the code pages have", () => {
    for (const name of Object.keys(requestSchema)) {
      const [namespace = "", tag = ""] = name.split(":");
      expect(codePageByNamespace.get(namespace)?.tokenOf.has(tag), name).toBe(true);
    }
  });

  const collectionOf = (inner: string) =>
    `<Sync><Collections><Collection>${inner}</Collection></Collections></Sync>`;
  const wrong: readonly [string, string, string, string, RegExp][] = [
    [
      "a collection without a key",
      "AirSync",
      collectionOf("<CollectionId>7</CollectionId>"),
      "16.1",
      /0 times AirSync:SyncKey/,
    ],
    [
      "two keys",
      "AirSync",
      collectionOf("<SyncKey>1</SyncKey><SyncKey>1</SyncKey><CollectionId>7</CollectionId>"),
      "16.1",
      /2 times AirSync:SyncKey/,
    ],
    [
      "options before the window",
      "AirSync",
      collectionOf(
        "<SyncKey>1</SyncKey><CollectionId>7</CollectionId><Options></Options><WindowSize>5</WindowSize>",
      ),
      "16.1",
      /WindowSize comes too late/,
    ],
    [
      "a window of 513",
      "AirSync",
      collectionOf("<SyncKey>1</SyncKey><CollectionId>7</CollectionId><WindowSize>513</WindowSize>"),
      "16.1",
      /WindowSize: is 513/,
    ],
    [
      "a window of nought",
      "AirSync",
      collectionOf("<SyncKey>1</SyncKey><CollectionId>7</CollectionId><WindowSize>0</WindowSize>"),
      "16.1",
      /WindowSize: is 0/,
    ],
    [
      "a boolean in words",
      "AirSync",
      collectionOf("<SyncKey>1</SyncKey><CollectionId>7</CollectionId><GetChanges>true</GetChanges>"),
      "16.1",
      /GetChanges: is true/,
    ],
    [
      "an element that nobody defined there",
      "AirSync",
      collectionOf("<SyncKey>1</SyncKey><CollectionId>7</CollectionId><MoreAvailable />"),
      "16.1",
      /may not hold AirSync:MoreAvailable/,
    ],
    [
      "text among elements",
      "AirSync",
      collectionOf("<SyncKey>1</SyncKey>text<CollectionId>7</CollectionId>"),
      "16.1",
      /text among elements/,
    ],
    [
      "a preview before 14.0",
      "AirSyncBase",
      "<BodyPreference><Type>2</Type><Preview>255</Preview></BodyPreference>",
      "12.1",
      /Preview came with 14/,
    ],
    [
      "a preview of 256 letters",
      "AirSyncBase",
      "<BodyPreference><Type>2</Type><Preview>256</Preview></BodyPreference>",
      "14.0",
      /Preview: is 256/,
    ],
    [
      "an id of 65 letters",
      "AirSync",
      `<Delete><ServerId>${"7".repeat(65)}</ServerId></Delete>`,
      "14.1",
      /65 letters/,
    ],
    [
      "a Ping without folders in it",
      "Ping",
      "<Ping><Folders></Folders></Ping>",
      "14.1",
      /0 times Ping:Folder/,
    ],
    [
      "device information before 14.1",
      "Provision",
      "<Provision><settings:DeviceInformation><settings:Set></settings:Set></settings:DeviceInformation></Provision>",
      "14.0",
      /came with 14.1/,
    ],
    [
      "the account's wipe before 16.1",
      "Provision",
      "<Provision><AccountOnlyRemoteWipe><Status>1</Status></AccountOnlyRemoteWipe></Provision>",
      "16.0",
      /came with 16.1/,
    ],
    [
      "a client id of 41 letters",
      "ComposeMail",
      `<ClientId>${"c".repeat(41)}</ClientId>`,
      "14.1",
      /41 letters/,
    ],
    [
      "a flag's copy mark with content",
      "ComposeMail",
      "<SaveInSentItems>1</SaveInSentItems>",
      "14.1",
      /is not empty/,
    ],
    ["a message as text", "ComposeMail", "<Mime>From: a</Mime>", "14.1", /not bytes/],
  ];

  it.each(wrong)("refuses %s", (_name, namespace, text, spoken, words) => {
    expect(violations(tree(xml(namespace, text)), spoken).join("\n")).toMatch(words);
  });

  it("takes each of those once it is mended", () => {
    const good = collectionOf(
      "<SyncKey>1</SyncKey><CollectionId>7</CollectionId><GetChanges>1</GetChanges><WindowSize>512</WindowSize>",
    );
    expect(violations(tree(xml("AirSync", good)), "12.1")).toEqual([]);
    const preview = "<BodyPreference><Type>2</Type><Preview>255</Preview></BodyPreference>";
    expect(violations(tree(xml("AirSyncBase", preview)), "14.0")).toEqual([]);
    expect(violations(tree(xml("ComposeMail", `<ClientId>${"c".repeat(40)}</ClientId>`)), "14.1")).toEqual(
      [],
    );
  });
});
