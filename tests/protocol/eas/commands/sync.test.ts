import { describe, expect, it } from "vitest";
import type { CollectionRequest } from "../../../../electron/ports/remote.ts";
import { createSyncReader, type SyncReply } from "../../../../electron/protocol/eas/commands/sync-answer.ts";
import { syncRequest } from "../../../../electron/protocol/eas/commands/sync-request.ts";
import {
  el,
  encode,
  type WbxmlContent,
  type WbxmlElement,
} from "../../../../electron/protocol/eas/wbxml/index.ts";
import { bytes, document, hex } from "../bytes.ts";

const request: CollectionRequest = {
  collectionId: "5",
  syncKey: "12",
  windowSize: 100,
  filterType: 3,
  bodyBytes: 51_200,
  commands: [],
};

describe("Sync requests", () => {
  it("the first only sets the collection up: no GetChanges, window or commands", () => {
    const first = syncRequest(
      { ...request, syncKey: "0", commands: [{ kind: "delete", serverId: "5:1" }] },
      "16.1",
    );
    expect(hex(encode(first))).toBe(
      hex(
        document(
          "45 5c 4f 4b '0' 01 52 '5' 01",
          "57 58 '3' 01 62 '0' 01 00 11 45 46 '2' 01 47 '51200' 01 58 '255' 01 01",
          "01 01 01 01",
        ),
      ),
    );
  });

  it("the next asks for changes in a window and sends commands last", () => {
    const next = syncRequest(
      {
        ...request,
        commands: [
          { kind: "change", serverId: "5:1", read: true, flagged: true },
          { kind: "change", serverId: "5:2", read: false },
          { kind: "change", serverId: "5:3", flagged: false },
          { kind: "delete", serverId: "5:4" },
        ],
      },
      "14.1",
    );
    expect(hex(encode(next))).toBe(
      hex(
        document(
          "45 5c 4f 4b '12' 01 52 '5' 01 5e '1' 01 53 '1' 01 55 '100' 01",
          "57 58 '3' 01 62 '0' 01 00 11 45 46 '2' 01 47 '51200' 01 58 '255' 01 01 01",
          "00 00 56",
          "48 4d '5:1' 01 5d 00 02 55 '1' 01 7a 7b '2' 01 7d 'Flag for follow up' 01 01 01 01",
          "00 00 48 4d '5:2' 01 5d 00 02 55 '0' 01 01 01",
          "00 00 48 4d '5:3' 01 5d 00 02 3a 01 01",
          "00 00 49 4d '5:4' 01 01",
          "01 01 01 01",
        ),
      ),
    );
  });

  it("has no Preview before 14.0", () => {
    const preview = hex(bytes("'255'"));
    expect(hex(encode(syncRequest(request, "12.1")))).not.toContain(preview);
    for (const version of ["14.0", "14.1", "16.0", "16.1"] as const) {
      expect(hex(encode(syncRequest(request, version)))).toContain(preview);
    }
  });
});

function read(data: Uint8Array, chunk = data.length): SyncReply {
  const reader = createSyncReader();
  for (let at = 0; at < data.length; at += chunk) reader.push(data.subarray(at, at + chunk));
  const reply = reader.finish();
  if (!reply.ok) throw new Error(`${reply.error.kind}: ${reply.error.detail}`);
  return reply.value;
}

function answer(...parts: readonly (WbxmlContent | null)[]): Uint8Array {
  const collection = el(
    "AirSync",
    "Collection",
    el("AirSync", "SyncKey", "13"),
    el("AirSync", "CollectionId", "5"),
    el("AirSync", "Status", "1"),
    ...parts,
  );
  return encode(el("AirSync", "Sync", el("AirSync", "Collections", collection)));
}

function add(serverId: string, ...data: readonly WbxmlElement[]): WbxmlElement {
  return el("AirSync", "Add", el("AirSync", "ServerId", serverId), el("AirSync", "ApplicationData", ...data));
}

describe("Sync answers", () => {
  it("reads a message, written by hand after MS-ASCMD 4.5.2", () => {
    const data = document(
      "45 5c 4f 4b '13' 01 52 '5' 01 4e '1' 01 14 56",
      "47 4d '5:1' 01 5d",
      "00 02 56 '\"Bob\" <bob@example.test>' 01 58 'alice@example.test' 01 54 'Hello' 01",
      "4f '2026-11-20T08:15:00.000Z' 01 52 '2' 01 55 '0' 01 53 'IPM.Note' 01",
      "00 11 4a 46 '2' 01 4c '20' 01 4d '1' 01 4b '<p>Hi</p>' 01 58 'Hi' 01 01",
      "4e 4f 50 'a.pdf' 01 51 '5:1:0' 01 52 '1' 01 4c '1000' 01 01",
      "4f 50 'x.png' 01 51 '5:1:1' 01 53 '<c1@x>' 01 55 '1' 01 01 01",
      "00 16 49 c3 04 01 02 03 04 01 4b '2' 01",
      "01 01 01 01 01 01",
    );
    const reply = read(data);
    expect(reply.status).toBe(1);
    expect(reply.warnings).toEqual([]);
    expect(reply.answer).toEqual({
      syncKey: "13",
      moreAvailable: true,
      added: [
        {
          serverId: "5:1",
          to: [{ name: "Bob", email: "bob@example.test" }],
          from: [{ name: "", email: "alice@example.test" }],
          subject: "Hello",
          date: Date.UTC(2026, 10, 20, 8, 15),
          importance: 2,
          read: false,
          messageClass: "IPM.Note",
          body: { kind: "html", data: "<p>Hi</p>", truncated: true, size: 20 },
          preview: "Hi",
          attachments: [
            {
              fileReference: "5:1:0",
              name: "a.pdf",
              type: "application/pdf",
              size: 1000,
              inline: false,
              contentId: null,
            },
            {
              fileReference: "5:1:1",
              name: "x.png",
              type: "image/png",
              size: 0,
              inline: true,
              contentId: "c1@x",
            },
          ],
          conversationId: "01020304",
          answered: "replied",
        },
      ],
      changed: [],
      deleted: [],
      verdicts: [],
      unreadable: { count: 0, reason: null },
    });
  });

  it("a message that names no attachments has none; a change leaves them as they are", () => {
    const reply = read(
      answer(
        el(
          "AirSync",
          "Commands",
          add("1"),
          el(
            "AirSync",
            "Change",
            el("AirSync", "ServerId", "2"),
            el("AirSync", "ApplicationData", el("Email", "Read", "1")),
          ),
        ),
      ),
    );
    expect(reply.answer?.added).toEqual([{ serverId: "1", attachments: [] }]);
    expect(reply.answer?.changed).toEqual([{ serverId: "2", read: true }]);
  });

  it("counts a message that leaves the window as deleted", () => {
    const gone = (name: "Delete" | "SoftDelete", id: string) =>
      el("AirSync", name, el("AirSync", "ServerId", id));
    const reply = read(answer(el("AirSync", "Commands", gone("Delete", "1"), gone("SoftDelete", "2"))));
    expect(reply.answer?.deleted).toEqual(["1", "2"]);
  });

  it("leaves out items without an id and says so", () => {
    const reply = read(
      answer(el("AirSync", "Commands", el("AirSync", "Add"), el("AirSync", "Delete"), add("3"))),
    );
    expect(reply.answer?.added.map(({ serverId }) => serverId)).toEqual(["3"]);
    expect(reply.answer?.unreadable).toEqual({ count: 2, reason: "Add without ServerId" });
  });

  it("reads verdicts on commands with their recovery", () => {
    const verdict = (id: string, status: string) =>
      el("AirSync", "Change", el("AirSync", "ServerId", id), el("AirSync", "Status", status));
    const responses = el(
      "AirSync",
      "Responses",
      verdict("1", "7"),
      verdict("2", "8"),
      verdict("3", "1"),
      el("AirSync", "Fetch"),
      el("AirSync", "Delete", el("AirSync", "ServerId", "4"), el("AirSync", "Status", "777")),
    );
    expect(read(answer(responses)).answer?.verdicts).toEqual([
      { serverId: "1", status: 7, recovery: "server-won" },
      { serverId: "2", status: 8, recovery: "object-gone" },
      { serverId: "3", status: 1, recovery: "ok" },
      { serverId: "4", status: 777, recovery: "give-up" },
    ]);
  });

  it("reports the status of the whole or of the collection", () => {
    const whole = (status: string) => encode(el("AirSync", "Sync", el("AirSync", "Status", status)));
    expect(read(whole("12"))).toMatchObject({ status: 12, recovery: "resync-folders", answer: null });
    expect(read(whole("142"))).toMatchObject({ status: 142, recovery: "provision", answer: null });
    const collection = el("AirSync", "Collection", el("AirSync", "Status", "3"));
    const stale = encode(el("AirSync", "Sync", el("AirSync", "Collections", collection)));
    expect(read(stale)).toMatchObject({ status: 3, recovery: "resync-collection", answer: null });
  });

  it("refuses answers that are no Sync, have no collection, or no key", () => {
    const refused = (data: Uint8Array) => {
      const reader = createSyncReader();
      reader.push(data);
      return reader.finish();
    };
    expect(refused(encode(el("Ping", "Ping"))).ok).toBe(false);
    expect(refused(encode(el("AirSync", "Add"))).ok).toBe(false);
    const keyless = el("AirSync", "Collection", el("AirSync", "Status", "1"));
    expect(refused(encode(el("AirSync", "Sync", el("AirSync", "Collections", keyless)))).ok).toBe(false);
    expect(read(encode(el("AirSync", "Sync")))).toMatchObject({ status: 0, recovery: "give-up" });
    expect(refused(answer().subarray(0, 20))).toMatchObject({ ok: false, error: { kind: "truncated" } });
  });

  it("is the same in chunks of any size", () => {
    const items = Array.from({ length: 20 }, (_, index) =>
      add(
        `5:${index}`,
        el("Email", "Subject", `Betreff ${index} ü€`),
        el("Email2", "ConversationId", new Uint8Array(16).fill(index)),
      ),
    );
    const data = answer(el("AirSync", "MoreAvailable"), el("AirSync", "Commands", ...items));
    const whole = read(data);
    expect(whole.answer?.added).toHaveLength(20);
    for (const size of [1, 2, 3, 7, 64, 1_000]) expect(read(data, size)).toEqual(whole);
  });

  it("passes what it does not know by, with a warning", () => {
    const newer = { page: 26, token: 5, namespace: "Unknown-1a", name: "Unknown-05", content: ["x"] };
    const reply = read(answer(el("AirSync", "Commands", add("1", newer, el("Email", "Read", "1")))));
    expect(reply.answer?.added).toEqual([{ serverId: "1", attachments: [], read: true }]);
    expect(reply.warnings).toHaveLength(1);
  });
});
