import { describe, expect, it } from "vitest";
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
import { decode, encode, WbxmlDecoder } from "../../../../electron/protocol/eas/wbxml/index.ts";
import { bytes, hex } from "../bytes.ts";
import { mailDocuments } from "./documents-mail.ts";
import { otherDocuments } from "./documents-other.ts";
import { plain, tree, wire, xml } from "./notation.ts";

describe("the example of MS-ASWBXML 3, byte for byte as it is printed there", () => {
  const printed = bytes(
    "03 01 6A 00 45 5C 4F 50 03 43 6F 6E 74 61 63 74 73 00 01 4B 03 32 00 01 52 03 32 00 01 4E 03 31 00 01 56 47",
    "4D 03 32 3A 31 00 01 5D 00 11 4A 46 03 31 00 01 4C 03 30 00 01 4D 03 31 00 01 01 00 01 5E 03 46 75 6E 6B 2C",
    "20 44 6F 6E 00 01 5F 03 44 6F 6E 00 01 69 03 46 75 6E 6B 00 01 00 11 56 03 31 00 01 01 01 01 01 01 01",
  );
  const contact = xml(
    "AirSync",
    `<Sync><Collections><Collection>
      <Class>Contacts</Class><SyncKey>2</SyncKey><CollectionId>2</CollectionId><Status>1</Status>
      <Commands><Add><ServerId>2:1</ServerId><ApplicationData>
        <airsyncbase:Body>
          <airsyncbase:Type>1</airsyncbase:Type><airsyncbase:EstimatedDataSize>0</airsyncbase:EstimatedDataSize>
          <airsyncbase:Truncated>1</airsyncbase:Truncated>
        </airsyncbase:Body>
        <contacts:FileAs>Funk, Don</contacts:FileAs><contacts:FirstName>Don</contacts:FirstName>
        <contacts:LastName>Funk</contacts:LastName><airsyncbase:NativeBodyType>1</airsyncbase:NativeBodyType>
      </ApplicationData></Add></Commands>
    </Collection></Collections></Sync>`,
  );

  it("is what we write", () => {
    expect(hex(encode(tree(contact)))).toBe(hex(printed));
  });

  it("is what we read", () => {
    const result = decode(printed);
    expect(result.ok && plain(result.value.root)).toEqual(contact);
  });

  it("is what the tests' own encoder writes, so that it may judge ours", () => {
    expect(hex(wire(contact))).toBe(hex(printed));
  });
});

describe.each([...mailDocuments, ...otherDocuments])("$title", ({ namespace, xml: text }) => {
  const document = xml(namespace, text);
  const data = wire(document);

  it("is written as Microsoft's tokens say", () => {
    expect(hex(encode(tree(document)))).toBe(hex(data));
  });

  it("is read with every name, text and byte, and nothing unknown", () => {
    const result = decode(data);
    if (!result.ok) throw new Error(result.error.detail);
    expect(plain(result.value.root)).toEqual(document);
    expect(result.value.warnings).toEqual([]);
  });

  it("is the same in chunks of one, two, three and seven bytes", () => {
    for (const size of [1, 2, 3, 7]) {
      const decoder = new WbxmlDecoder();
      for (let at = 0; at < data.length; at += size) decoder.push(data.slice(at, at + size));
      expect(decoder.finish()).toBeNull();
      expect(decoder.root !== null && plain(decoder.root)).toEqual(document);
    }
  });

  it("is truncated wherever it is cut", () => {
    for (let end = 0; end < data.length; end += 1) {
      expect(decode(data.subarray(0, end))).toMatchObject({
        ok: false,
        error: { kind: "truncated", offset: end },
      });
    }
  });
});

describe("the documents above", () => {
  const all = [...mailDocuments, ...otherDocuments];

  it("use every code page but that of ActiveSync 2.x", () => {
    const used = new Set<string>();
    const visit = (node: ReturnType<typeof xml>) => {
      used.add(node.namespace);
      for (const part of node.content)
        if (typeof part !== "string" && !(part instanceof Uint8Array)) visit(part);
    };
    for (const one of all) visit(xml(one.namespace, one.xml));
    expect(used.size).toBe(25);
    expect(used.has("AirNotify")).toBe(false);
  });

  it("have titles of their own", () => {
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  });
});

describe("our requests, as the specifications print them", () => {
  const printed = (title: string) => {
    const found = [...mailDocuments, ...otherDocuments].find((one) => one.title.startsWith(title));
    if (found === undefined) throw new Error(`no document ${title}`);
    return hex(wire(xml(found.namespace, found.xml)));
  };

  it("FolderSync", () => {
    expect(hex(encode(folderSyncRequest("0")))).toBe(printed("FolderSync, the first request"));
  });

  it("Sync with 12.1, where there are no previews", () => {
    const request = {
      collectionId: "7",
      syncKey: "0",
      windowSize: 512,
      filterType: 3,
      bodyBytes: 5_120,
      commands: [],
    };
    expect(hex(encode(syncRequest({ ...request, filterType: 3 }, "12.1")))).toBe(
      printed("Sync, the first request of a collection"),
    );
  });

  it("Ping, but for the class of the second folder: all of ours are mail", () => {
    const ours = hex(encode(pingRequest(["5", "9"], 80)));
    const mail = hex(bytes("'Email'"));
    const calendar = hex(bytes("'Calendar'"));
    expect(ours).toBe(printed("Ping, request").replace(calendar, mail));
  });

  it("Provision", () => {
    const device = {
      model: "Desktop",
      friendlyName: "Schreibtisch",
      os: "Debian 12",
      userAgent: "BulkheadMail",
    };
    expect(hex(encode(policyRequest("14.1", device)))).toBe(
      printed("Provision, phase one with device information"),
    );
    expect(hex(encode(wipeAcknowledgement("account")))).toBe(
      printed("Provision, the account's wipe acknowledged"),
    );
    expect(hex(encode(policyAcknowledgement("9")))).toBe(
      hex(
        wire(
          xml(
            "Provision",
            `<Provision><Policies><Policy>
              <PolicyType>MS-EAS-Provisioning-WBXML</PolicyType><PolicyKey>9</PolicyKey><Status>1</Status>
            </Policy></Policies></Provision>`,
          ),
        ),
      ),
    );
  });

  it("ItemOperations for a message and for an attachment", () => {
    expect(hex(encode(bodyRequest("7", "7:1", "mime")))).toBe(printed("ItemOperations, a message as MIME"));
    const attachment = xml(
      "ItemOperations",
      `<ItemOperations><Fetch>
        <Store>Mailbox</Store><airsyncbase:FileReference>7%3a1%3a0</airsyncbase:FileReference>
      </Fetch></ItemOperations>`,
    );
    expect(hex(encode(attachmentRequest("7%3a1%3a0")))).toBe(hex(wire(attachment)));
  });

  it("MoveItems", () => {
    expect(hex(encode(moveItemsRequest([{ serverId: "7:1", from: "7", to: "3" }])))).toBe(
      printed("MoveItems, request"),
    );
  });
});
