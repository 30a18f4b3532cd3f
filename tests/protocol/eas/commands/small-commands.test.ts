import { describe, expect, it } from "vitest";
import { folderSyncRequest, readFolderSync } from "../../../../electron/protocol/eas/commands/folder-sync.ts";
import { moveItemsRequest, readMoveItems } from "../../../../electron/protocol/eas/commands/move-items.ts";
import { pingRequest, readPing } from "../../../../electron/protocol/eas/commands/ping.ts";
import {
  policyAcknowledgement,
  policyRequest,
  readProvision,
  wipeAcknowledgement,
} from "../../../../electron/protocol/eas/commands/provision.ts";
import { decode, el, encode, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";
import { document, hex } from "../bytes.ts";

function root(...parts: readonly string[]): WbxmlElement {
  const result = decode(document(...parts));
  if (!result.ok) throw new Error(result.error.detail);
  return result.value.root;
}

describe("FolderSync", () => {
  it("asks with a key", () => {
    expect(hex(encode(folderSyncRequest("7")))).toBe(hex(document("00 07 56 52 '7' 01 01")));
  });

  const folder = (type: string, name = "x", id = "1", parent = "0") =>
    `4f 48 '${id}' 01 49 '${parent}' 01 47 '${name}' 01 4a '${type}' 01 01`;
  const answer = (...changes: readonly string[]) =>
    readFolderSync(root("00 07 56 4c '1' 01 52 '2' 01 4e", ...changes, "01 01"));

  it.each([
    ["1", "user", "mail"],
    ["2", "inbox", "mail"],
    ["3", "drafts", "mail"],
    ["4", "trash", "mail"],
    ["5", "sent", "mail"],
    ["6", "outbox", "mail"],
    ["7", "user", "tasks"],
    ["8", "user", "calendar"],
    ["9", "user", "contacts"],
    ["10", "user", "notes"],
    ["11", "user", "other"],
    ["12", "user", "mail"],
    ["13", "user", "calendar"],
    ["14", "user", "contacts"],
    ["15", "user", "tasks"],
    ["17", "user", "notes"],
    ["19", "user", "other"],
    ["99", "user", "other"],
  ])("type %s: %s, %s", (type, role, kind) => {
    expect(answer(folder(type)).delta?.added).toEqual([
      { serverId: "1", parentId: "0", name: "x", role, class: kind },
    ]);
  });

  it("knows junk mail by its usual names, among mail folders only", () => {
    const roles = ["Junk Email", "Junk E-mail", "SPAM", "Junk food"].map(
      (name) => answer(folder("12", name)).delta?.added[0]?.role,
    );
    expect(roles).toEqual(["junk", "junk", "junk", "user"]);
    expect(answer(folder("13", "Junk")).delta?.added[0]?.role).toBe("user");
    expect(answer(folder("2", "Spam")).delta?.added[0]?.role).toBe("inbox");
  });

  it("reads updates and deletions, and leaves out folders without an id", () => {
    const reply = answer(
      "51 48 '3' 01 49 '1' 01 47 'New' 01 4a '12' 01 01",
      "50 48 '4' 01 01 50 48 '5' 01 01 50 01",
      "4f 47 'nameless id' 01 01",
    );
    expect(reply.delta).toEqual({
      syncKey: "2",
      added: [],
      updated: [{ serverId: "3", parentId: "1", name: "New", role: "user", class: "mail" }],
      deleted: ["4", "5"],
    });
  });

  it("has a root when the server names none", () => {
    expect(answer("4f 48 '1' 01 47 'x' 01 4a '1' 01 01").delta?.added[0]?.parentId).toBe("0");
  });

  it("without changes is an empty delta", () => {
    expect(readFolderSync(root("00 07 56 4c '1' 01 52 '2' 01 01"))).toEqual({
      status: 1,
      delta: { syncKey: "2", added: [], updated: [], deleted: [] },
    });
  });

  it("hands on a status, and 0 for an answer that makes no sense", () => {
    expect(readFolderSync(root("00 07 56 4c '9' 01 01"))).toEqual({ status: 9, delta: null });
    expect(readFolderSync(root("00 07 56 4c '1' 01 01"))).toEqual({ status: 0, delta: null });
    expect(readFolderSync(root("45 4e '1' 01 01"))).toEqual({ status: 0, delta: null });
  });
});

describe("MoveItems", () => {
  it("names message, source and destination of each", () => {
    const request = moveItemsRequest([
      { serverId: "5:1", from: "5", to: "6" },
      { serverId: "5:2", from: "5", to: "7" },
    ]);
    expect(hex(encode(request))).toBe(
      hex(
        document(
          "00 05 45",
          "46 47 '5:1' 01 48 '5' 01 49 '6' 01 01",
          "46 47 '5:2' 01 48 '5' 01 49 '7' 01 01",
          "01",
        ),
      ),
    );
  });

  it("reads a verdict for each, with the new id of those that moved", () => {
    const reply = readMoveItems(
      root(
        "00 05 45",
        "4a 47 '5:1' 01 4b '3' 01 4c '6:9' 01 01",
        "4a 47 '5:2' 01 4b '1' 01 01",
        "4a 4b '5' 01 4c 'x' 01 01",
        "01",
      ),
    );
    expect(reply).toEqual({
      status: null,
      verdicts: [
        { serverId: "5:1", status: 3, recovery: "ok", newServerId: "6:9" },
        { serverId: "5:2", status: 1, recovery: "object-gone", newServerId: null },
        { serverId: "", status: 5, recovery: "retry", newServerId: null },
      ],
    });
  });

  it("reads the status of the whole", () => {
    expect(readMoveItems(root("00 05 45 4b '142' 01 01"))).toEqual({ status: 142, verdicts: [] });
  });
});

describe("Ping", () => {
  it("is sent whole: heartbeat first, then the folders", () => {
    expect(hex(encode(pingRequest(["5", "7"], 480)))).toBe(
      hex(
        document("00 0d 45 48 '480' 01 49 4a 4b '5' 01 4c 'Email' 01 01 4a 4b '7' 01 4c 'Email' 01 01 01 01"),
      ),
    );
  });

  it("tells which folders changed", () => {
    expect(readPing(root("00 0d 45 47 '2' 01 49 4a '5' 01 4a '7' 01 01 01"))).toEqual({
      status: 2,
      collectionIds: ["5", "7"],
      heartbeatSeconds: null,
      maxFolders: null,
    });
  });

  it("tells the server's bounds", () => {
    expect(readPing(root("00 0d 45 47 '5' 01 48 '60' 01 01"))).toMatchObject({
      status: 5,
      heartbeatSeconds: 60,
    });
    expect(readPing(root("00 0d 45 47 '6' 01 4d '200' 01 01"))).toMatchObject({ status: 6, maxFolders: 200 });
    expect(readPing(root("00 0d 45 47 '1' 01 01"))).toMatchObject({ status: 1, collectionIds: [] });
    expect(readPing(root("00 0d 05"))).toMatchObject({ status: 0 });
  });
});

describe("Provision", () => {
  const device = { model: "M", friendlyName: "F", os: "O", userAgent: "U" };
  const policies = "00 0e 46 47 48 'MS-EAS-Provisioning-WBXML' 01 01 01";

  it("tells about the device from 14.1 on", () => {
    expect(hex(encode(policyRequest("14.1", device)))).toBe(
      hex(document("00 0e 45 00 12 56 48 57 'M' 01 59 'F' 01 5a 'O' 01 60 'U' 01 01 01", policies, "01")),
    );
    expect(hex(encode(policyRequest("16.1", device)))).toBe(hex(encode(policyRequest("14.1", device))));
    for (const version of ["14.0", "12.1"] as const) {
      expect(hex(encode(policyRequest(version, device)))).toBe(
        hex(document("00 0e 45 46 47 48 'MS-EAS-Provisioning-WBXML' 01 01 01 01")),
      );
    }
  });

  it("acknowledges with the temporary key", () => {
    expect(hex(encode(policyAcknowledgement("1307199584")))).toBe(
      hex(document("00 0e 45 46 47 48 'MS-EAS-Provisioning-WBXML' 01 49 '1307199584' 01 4b '1' 01 01 01 01")),
    );
  });

  it("acknowledges a wipe of the device or of the account", () => {
    expect(hex(encode(wipeAcknowledgement("device")))).toBe(hex(document("00 0e 45 4c 4b '1' 01 01 01")));
    expect(hex(encode(wipeAcknowledgement("account")))).toBe(hex(document("00 0e 45 7b 4b '1' 01 01 01")));
  });

  it("reads key and statuses", () => {
    const answer = root(
      "00 0e 45 4b '1' 01 46 47 48 'MS-EAS-Provisioning-WBXML' 01 4b '1' 01 49 '1307199584' 01",
      "4a 4d 4e '1' 01 01 01 01 01 01",
    );
    expect(readProvision(answer)).toEqual({
      status: 1,
      policyStatus: 1,
      policyKey: "1307199584",
      wipe: null,
    });
  });

  it("reads SOGo's answer: no policy, no key", () => {
    const answer = root("00 0e 45 4b '1' 01 46 47 48 'MS-EAS-Provisioning-WBXML' 01 4b '2' 01 01 01 01");
    expect(readProvision(answer)).toEqual({ status: 1, policyStatus: 2, policyKey: null, wipe: null });
  });

  it("reads the orders to wipe", () => {
    expect(readProvision(root("00 0e 45 4b '1' 01 0c 01")).wipe).toBe("device");
    expect(readProvision(root("00 0e 45 4b '1' 01 3b 01")).wipe).toBe("account");
  });

  it("takes no key that is not a number of 32 bits' length", () => {
    for (const key of ["abc", "-1", "99999999999", ""]) {
      const policy = el("Provision", "Policy", el("Provision", "PolicyKey", key));
      expect(
        readProvision(el("Provision", "Provision", el("Provision", "Policies", policy))).policyKey,
      ).toBeNull();
    }
  });
});
