import { describe, expect, it } from "vitest";
import {
  base64Query,
  commandCodes,
  plainQuery,
  type QueryFacts,
} from "../../../electron/protocol/eas/query.ts";
import {
  atLeast,
  isProtocolVersion,
  negotiate,
  protocolVersions,
} from "../../../electron/protocol/eas/version.ts";

const facts: QueryFacts = {
  command: "Sync",
  version: "14.1",
  user: "alice@example.test",
  deviceId: "DEVICE01",
  deviceType: "Bulkhead",
  policyKey: "0",
};

describe("versions", () => {
  it("takes the best that both sides speak", () => {
    expect(negotiate("2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1")).toBe("16.1");
    expect(negotiate("2.5, 12.0, 12.1, 14.0, 14.1")).toBe("14.1");
    expect(negotiate("12.1")).toBe("12.1");
    expect(negotiate("16.1,12.1")).toBe("16.1");
  });

  it("finds none where there is none", () => {
    expect(negotiate("2.5,12.0")).toBeNull();
    expect(negotiate("")).toBeNull();
    expect(negotiate("161")).toBeNull();
  });

  it("are ordered", () => {
    for (const [index, version] of protocolVersions.entries()) {
      for (const [other, least] of protocolVersions.entries()) {
        expect(atLeast(version, least)).toBe(index <= other);
        expect(Number(version) >= Number(least)).toBe(atLeast(version, least));
      }
    }
  });

  it("are told from other texts", () => {
    expect(protocolVersions.every((version) => isProtocolVersion(version))).toBe(true);
    expect(isProtocolVersion("12.0")).toBe(false);
    expect(isProtocolVersion(null)).toBe(false);
  });
});

describe("the plain query", () => {
  it("names command, user and device, escaped", () => {
    expect(plainQuery(facts)).toBe(
      "Cmd=Sync&User=alice%40example.test&DeviceId=DEVICE01&DeviceType=Bulkhead",
    );
    expect(plainQuery({ ...facts, user: "DOM\\a b+c&d" })).toContain("User=DOM%5Ca%20b%2Bc%26d&");
  });

  it("asks for the copy in Sent Items when told to", () => {
    expect(plainQuery({ ...facts, command: "SendMail", saveInSent: true })).toMatch(/&SaveInSent=T$/);
    expect(plainQuery({ ...facts, command: "SendMail", saveInSent: false })).not.toContain("SaveInSent");
  });
});

describe("the base64 query", () => {
  const read = (query: QueryFacts) => Buffer.from(base64Query(query), "base64").toString("latin1");

  it("holds version, command, locale, device id, policy key, device type and user", () => {
    expect(read(facts)).toBe("\x8d\x00\x09\x04\x08DEVICE01\x00\x08Bulkhead\x08\x12alice@example.test");
  });

  it("writes the policy key as four bytes, little-endian, also beyond 31 bits", () => {
    expect(read({ ...facts, policyKey: String(0xeb03d559) })).toContain(
      "DEVICE01\x04\x59\xd5\x03\xeb\x08Bulk",
    );
    expect(read({ ...facts, policyKey: "1" })).toContain("\x04\x01\x00\x00\x00");
  });

  it("writes the option to keep a copy", () => {
    expect(read({ ...facts, saveInSent: true })).toContain("Bulkhead\x07\x01\x01\x08");
  });

  it("has the specification's number for every version and command", () => {
    const first = (query: QueryFacts) => [...Buffer.from(base64Query(query), "base64").subarray(0, 2)];
    expect(protocolVersions.map((version) => first({ ...facts, version })[0])).toEqual([
      161, 160, 141, 140, 121,
    ]);
    // MS-ASHTTP 2.2.1.1.1.1.2.
    expect(commandCodes).toEqual({
      Sync: 0,
      SendMail: 1,
      SmartForward: 2,
      SmartReply: 3,
      FolderSync: 9,
      MoveItems: 13,
      GetItemEstimate: 14,
      Ping: 18,
      ItemOperations: 19,
      Provision: 20,
    });
    expect(first({ ...facts, command: "Provision" })[1]).toBe(20);
  });

  it("never lets a length byte overflow", () => {
    const query = Buffer.from(base64Query({ ...facts, user: "ü".repeat(300) }), "base64");
    expect(query.length).toBe(4 + 9 + 1 + 9 + 2 + 255);
  });
});
