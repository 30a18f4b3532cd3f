import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readFolderSync } from "../../../../electron/protocol/eas/commands/folder-sync.ts";
import {
  createAttachmentReader,
  readBodyReply,
} from "../../../../electron/protocol/eas/commands/item-operations.ts";
import { readMoveItems } from "../../../../electron/protocol/eas/commands/move-items.ts";
import { readPing } from "../../../../electron/protocol/eas/commands/ping.ts";
import { readProvision } from "../../../../electron/protocol/eas/commands/provision.ts";
import { createSyncReader } from "../../../../electron/protocol/eas/commands/sync-answer.ts";
import { decode, encode, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";

const path = fileURLToPath(new URL("../../fixtures/sogo-answers.json", import.meta.url));
const CaptureSchema = v.object({
  origin: v.string(),
  answers: v.array(v.object({ command: v.string(), wbxml: v.string() })),
});
const { origin, answers } = v.parse(CaptureSchema, JSON.parse(readFileSync(path, "utf8")));

function captured(command: string, index = 0): Uint8Array {
  const found = answers.filter((answer) => answer.command === command)[index];
  if (found === undefined) throw new Error(`no ${command} ${index}`);
  return Buffer.from(found.wbxml, "base64");
}

function root(data: Uint8Array): WbxmlElement {
  const result = decode(data);
  if (!result.ok) throw new Error(result.error.detail);
  expect(result.value.warnings).toEqual([]);
  return result.value.root;
}

function sync(data: Uint8Array) {
  const reader = createSyncReader();
  for (const byte of data) reader.push(Uint8Array.of(byte));
  const reply = reader.finish();
  if (!reply.ok) throw new Error(reply.error.detail);
  return reply.value;
}

describe(`answers of a real server (${origin})`, () => {
  it("are documents that we write the same way", () => {
    expect(answers).toHaveLength(8);
    for (const { wbxml } of answers) {
      const document = root(Buffer.from(wbxml, "base64"));
      expect(root(encode(document))).toEqual(document);
    }
  });

  it("FolderSync: six mail folders, calendar, tasks, contacts", () => {
    const { status, delta } = readFolderSync(root(captured("FolderSync")));
    expect(status).toBe(1);
    expect(delta?.syncKey).not.toBe("");
    expect(delta?.added.map(({ name, role, class: kind }) => [name, role, kind])).toEqual([
      ["INBOX", "inbox", "mail"],
      ["Drafts", "drafts", "mail"],
      ["Sent", "sent", "mail"],
      ["Trash", "trash", "mail"],
      ["Junk", "junk", "mail"],
      ["Templates", "user", "mail"],
      ["Personal Calendar", "user", "calendar"],
      ["Personal Calendar", "user", "tasks"],
      ["Personal Address Book", "user", "contacts"],
    ]);
  });

  it("Sync: four messages, the last with umlauts, a quoted name and an attachment", () => {
    const { status, answer, warnings } = sync(captured("Sync"));
    expect(status).toBe(1);
    expect(warnings).toEqual([]);
    expect(answer).toMatchObject({
      moreAvailable: false,
      changed: [],
      deleted: [],
      unreadable: { count: 0 },
    });
    expect(answer?.added).toHaveLength(4);
    expect(answer?.added.find(({ subject }) => subject === "Grüße an alle")).toEqual({
      serverId: "9",
      subject: "Grüße an alle",
      from: [{ name: "Carol Example", email: "carol@example.test" }],
      to: [{ name: "Example, Carol", email: "carol@example.test" }],
      cc: [{ name: "", email: "alice@example.test" }],
      replyTo: [{ name: "Carol Example", email: "carol@example.test" }],
      date: 1795224306368,
      importance: 1,
      read: false,
      flagged: false,
      answered: "none",
      messageClass: "IPM.Note",
      body: { kind: "html", data: "<p>Hällo</p>", truncated: false, size: 29 },
      attachments: [
        {
          fileReference: "mail/INBOX/9/2",
          name: "a.csv",
          type: "text/csv",
          size: 3,
          inline: false,
          contentId: null,
        },
      ],
    });
  });

  it("Sync with commands: a verdict for each, also when it is success", () => {
    const { answer } = sync(captured("Sync", 1));
    expect(answer?.verdicts).toEqual([{ serverId: "9", status: 1, recovery: "ok" }]);
    expect(answer?.added).toEqual([]);
  });

  it("ItemOperations: a body", () => {
    expect(readBodyReply(root(captured("ItemOperations")))).toEqual({
      status: 1,
      body: { kind: "html", data: "<p>Hällo</p>", truncated: false, size: 29 },
    });
  });

  it("ItemOperations: an attachment with its type", () => {
    const reader = createAttachmentReader();
    const pushed = reader.push(captured("ItemOperations", 1));
    expect(pushed.ok && Buffer.concat(pushed.value).toString()).toBe("1;2");
    expect(reader.finish()).toEqual({ ok: true, value: { status: 1, type: "text/csv", bytes: 3 } });
  });

  it("Ping: changes in the inbox", () => {
    const reply = readPing(root(captured("Ping")));
    expect(reply.status).toBe(2);
    expect(reply.collectionIds).toEqual([expect.stringMatching(/^mail%2F/)]);
  });

  it("MoveItems: one moved, one that never was", () => {
    expect(readMoveItems(root(captured("MoveItems"))).verdicts).toEqual([
      { serverId: "9", status: 3, recovery: "ok", newServerId: expect.stringMatching(/^\d+$/) },
      { serverId: "424242", status: 1, recovery: "object-gone", newServerId: null },
    ]);
  });

  it("Provision: no policy, no key", () => {
    expect(readProvision(root(captured("Provision")))).toEqual({
      status: 1,
      policyStatus: 2,
      policyKey: null,
      wipe: null,
    });
  });
});
