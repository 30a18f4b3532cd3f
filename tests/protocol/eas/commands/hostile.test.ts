import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readComposeStatus } from "../../../../electron/protocol/eas/commands/compose-mail.ts";
import { readFolderSync } from "../../../../electron/protocol/eas/commands/folder-sync.ts";
import {
  createAttachmentReader,
  readBodyReply,
} from "../../../../electron/protocol/eas/commands/item-operations.ts";
import { readMoveItems } from "../../../../electron/protocol/eas/commands/move-items.ts";
import { readPing } from "../../../../electron/protocol/eas/commands/ping.ts";
import { readProvision } from "../../../../electron/protocol/eas/commands/provision.ts";
import { createSyncReader } from "../../../../electron/protocol/eas/commands/sync-answer.ts";
import { decode, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";
import { document } from "../bytes.ts";

const seed = 20261121;

/** One believable answer of each command, with everything that its reader looks at. */
const answers = {
  Sync: document(
    "45 4e '1' 01 5c 4f 4b '13' 01 52 '5' 01 4e '1' 01 14",
    "46 48 4d '5:8' 01 4e '7' 01 01 01",
    "56 47 4d '5:1' 01 5d 00 02 56 '\"Bob, B\" <bob@example.test>' 01 58 'a@example.test' 01 54 'Hello' 01",
    "4f '2026-11-20T08:15:00.000Z' 01 55 '0' 01 7a 7b '2' 01 01",
    "62 5a '0' 01 71 '20261124T090000Z' 01 5e '20261124T100000Z' 01 61 'Hall' 01 63 'c@example.test' 01 01",
    "00 11 4a 46 '2' 01 4c '9' 01 4d '1' 01 4b '<p>Hi</p>' 01 58 'Hi' 01 01",
    "4e 4f 50 'a.pdf' 01 51 '5:1:0' 01 52 '1' 01 4c '10' 01 53 '<c>' 01 55 '1' 01 01 01",
    "00 16 49 c3 04 01 02 03 04 01 4b '2' 01 01 01",
    "00 00 48 4d '5:2' 01 5d 00 02 55 '1' 01 01 01 00 00 49 4d '5:3' 01 01 61 4d '5:4' 01 01",
    "01 01 01 01",
  ),
  FolderSync: document(
    "00 07 56 4c '1' 01 52 '2' 01 4e 57 '3' 01",
    "4f 48 '1' 01 49 '0' 01 47 'Inbox' 01 4a '2' 01 01 51 48 '2' 01 49 '1' 01 47 'x' 01 4a '12' 01 01",
    "50 48 '3' 01 01 01 01",
  ),
  ItemOperations: document(
    "00 14 45 4d '1' 01 4e 46 4d '1' 01 4b 00 11 57 'text/plain' 01",
    "4a 46 '1' 01 4c '3' 01 4b 'abc' 01 01 00 14 4c 'QUJD' 01 01 01 01 01",
  ),
  MoveItems: document("00 05 45 4a 47 '5:1' 01 4b '3' 01 4c '6:9' 01 01 01"),
  Ping: document("00 0d 45 47 '2' 01 48 '60' 01 4d '4' 01 49 4a '5' 01 01 01"),
  Provision: document(
    "00 0e 45 4b '1' 01 46 47 48 'MS-EAS-Provisioning-WBXML' 01 4b '1' 01 49 '99' 01 4a 4d 4e '1' 01 01 01 01 01 0c 01",
  ),
  SendMail: document("00 15 45 52 '118' 01 01"),
};

function ofTree(read: (root: WbxmlElement) => unknown) {
  return (data: Uint8Array) => {
    const result = decode(data);
    return result.ok ? read(result.value.root) : result.error.kind;
  };
}

const readers: Readonly<Record<keyof typeof answers, (data: Uint8Array) => unknown>> = {
  Sync(data) {
    const reader = createSyncReader();
    reader.push(data);
    const reply = reader.finish();
    return reply.ok ? reply.value : reply.error.kind;
  },
  FolderSync: ofTree(readFolderSync),
  ItemOperations(data) {
    const reader = createAttachmentReader();
    const pushed = reader.push(data);
    const reply = reader.finish();
    return [ofTree(readBodyReply)(data), pushed.ok, reply.ok ? reply.value : reply.error.kind];
  },
  MoveItems: ofTree(readMoveItems),
  Ping: ofTree(readPing),
  Provision: ofTree(readProvision),
  SendMail: ofTree(readComposeStatus),
};
const names = ["Sync", "FolderSync", "ItemOperations", "MoveItems", "Ping", "Provision", "SendMail"] as const;

describe.each(names)("%s, as a hostile or broken server answers it", (name) => {
  const data = answers[name];
  const read = readers[name];

  it("is whole to begin with, so that what follows means something", () => {
    expect(JSON.stringify(read(data))).not.toMatch(/^"|"truncated"(?!:)|"status":0/);
  });

  it("cut at any byte is a typed fault", () => {
    for (let end = 0; end < data.length; end += 1) {
      expect(JSON.stringify(read(data.subarray(0, end)))).toMatch(/"truncated"(?!:)/);
    }
  });

  it("with any one byte changed is a value or a typed fault", () => {
    for (let at = 0; at < data.length; at += 1) {
      for (const byte of [0x00, 0x01, 0x03, 0x05, 0x3f, 0x45, 0x7f, 0x80, 0xc3, 0xff]) {
        const changed = data.slice();
        changed[at] = byte;
        expect(read(changed)).toBeDefined();
      }
    }
  });

  it("with pieces left out, doubled or swapped is a value or a typed fault", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 40 }), fc.boolean(), (from, to, length, doubled) => {
        const start = from % data.length;
        const piece = data.subarray(start, start + length);
        const rest = doubled ? [...data] : [...data.subarray(0, start), ...data.subarray(start + length)];
        rest.splice(to % (rest.length + 1), 0, ...piece);
        expect(read(Uint8Array.from(rest))).toBeDefined();
      }),
      { seed, numRuns: 300 },
    );
  });

  it("that is the answer to another command is no success", () => {
    for (const other of names) {
      if (other === name) continue;
      const result = JSON.stringify(read(answers[other]));
      expect(result).not.toMatch(/"added":\[\{/);
      if (name !== "SendMail" && name !== "MoveItems") expect(result).toMatch(/"status":0|content/);
    }
  });
});

describe("numbers out of all proportion", () => {
  it.each(["-1", "1e9", "99999999999999999999", "0x1", "NaN", " ", "１"])(
    "a status of %j is no success",
    (status) => {
      const text = `'${status}'`;
      expect(ofTree(readPing)(document("00 0d 45 47", text, "01 01"))).not.toMatchObject({ status: 1 });
      expect(ofTree(readFolderSync)(document("00 07 56 4c", text, "01 52 '1' 01 01"))).toMatchObject({
        delta: null,
      });
    },
  );

  it("a collection may hold ten thousand items without ids: they are counted, not kept", () => {
    const reply = readers.Sync(
      document("45 5c 4f 4b '1' 01 4e '1' 01 56", "47 01 ".repeat(10_000), "01 01 01 01"),
    );
    expect(reply).toMatchObject({ answer: { added: [], unreadable: { count: 10_000 } } });
  });

  it("a folder's name of a megabyte is cut", () => {
    const name = "x".repeat(1 << 20);
    const reply = ofTree(readFolderSync)(
      document("00 07 56 4c '1' 01 52 '2' 01 4e 4f 48 '1' 01 47", `'${name}'`, "01 01 01 01"),
    );
    expect(JSON.stringify(reply).length).toBeLessThan(2_000);
    expect(reply).toMatchObject({ delta: { added: [{ serverId: "1" }] } });
  });
});
