import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  base64Query,
  type CommandName,
  commandCodes,
  plainQuery,
  type QueryFacts,
} from "../../../../electron/protocol/eas/query.ts";
import { negotiate, protocolVersions } from "../../../../electron/protocol/eas/version.ts";

const seed = 20261121;

/** What MS-ASHTTP 2.2.1.1.1.1 lays down, field by field. */
interface Fields {
  readonly version: number;
  readonly command: number;
  readonly locale: number;
  readonly deviceId: string;
  readonly policyKey: number | null;
  readonly deviceType: string;
  readonly parameters: ReadonlyMap<number, Uint8Array>;
}

/** A reader of the tests' own, as a server has one; it throws where a field does not fit. */
function parse(query: string): Fields {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(query) || query.length % 4 !== 0)
    throw new Error("no base64 of RFC 2045");
  const data = Buffer.from(query, "base64");
  let at = 0;
  const take = (length: number) => {
    if (at + length > data.length) throw new Error(`field at ${at} ends beyond the query`);
    at += length;
    return data.subarray(at - length, at);
  };
  const counted = () => take(take(1).readUInt8());
  const version = take(1).readUInt8();
  const command = take(1).readUInt8();
  const locale = take(2).readUInt16LE();
  const deviceId = counted();
  if (deviceId.length === 0) throw new Error("the device id must not be empty");
  const key = counted();
  if (key.length !== 0 && key.length !== 4) throw new Error("a policy key has four bytes");
  const deviceType = counted();
  if (deviceType.length === 0) throw new Error("the device type must not be empty");
  const parameters = new Map<number, Uint8Array>();
  while (at < data.length) {
    const tag = take(1).readUInt8();
    if (![0, 1, 3, 4, 6, 7, 8].includes(tag) || parameters.has(tag)) throw new Error(`parameter ${tag}`);
    parameters.set(tag, new Uint8Array(counted()));
  }
  return {
    version,
    command,
    locale,
    deviceId: deviceId.toString("utf8"),
    policyKey: key.length === 0 ? null : key.readUInt32LE(),
    deviceType: deviceType.toString("utf8"),
    parameters,
  };
}

const facts: QueryFacts = {
  command: "Sync",
  version: "14.0",
  user: "rmjones",
  deviceId: "v140Device",
  deviceType: "SmartPhone",
  policyKey: "0",
};

describe("the example of MS-ASHTTP 2.2.1.1.1", () => {
  const printed = "jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l";

  it("is what we send, but for the user, whom we name as well", () => {
    const [bytes, ours] = [printed, base64Query(facts)].map((query) => Buffer.from(query, "base64"));
    expect(ours?.subarray(0, bytes?.length)).toEqual(bytes);
    expect(ours?.subarray(bytes?.length).toString("latin1")).toBe("\x08\x07rmjones");
  });

  it("is read by the tests' reader, so that it may judge ours", () => {
    expect(parse(printed)).toEqual({
      version: 140,
      command: 0,
      locale: 0x0409,
      deviceId: "v140Device",
      policyKey: null,
      deviceType: "SmartPhone",
      parameters: new Map(),
    });
  });

  it("has the plain form that stands beside it there", () => {
    expect(plainQuery(facts)).toBe("Cmd=Sync&User=rmjones&DeviceId=v140Device&DeviceType=SmartPhone");
  });
});

describe("the base64 form, read by another hand", () => {
  const names = Object.keys(commandCodes).filter((name): name is CommandName => name in commandCodes);
  const anyFacts: fc.Arbitrary<QueryFacts> = fc.record({
    command: fc.constantFrom(...names),
    version: fc.constantFrom(...protocolVersions),
    user: fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter((user) => user.isWellFormed()),
    deviceId: fc.stringMatching(/^[A-Za-z0-9]{1,32}$/),
    deviceType: fc.stringMatching(/^[A-Za-z0-9]{1,16}$/),
    policyKey: fc.nat({ max: 0xffff_ffff }).map(String),
    saveInSent: fc.boolean(),
  });

  it("says everything, and nothing else", () => {
    fc.assert(
      fc.property(anyFacts, (query) => {
        const { version, command, locale, deviceId, policyKey, deviceType, parameters } = parse(
          base64Query(query),
        );
        expect({ version, command, locale, deviceId, deviceType }).toEqual({
          version: Number(query.version.replace(".", "")),
          command: commandCodes[query.command],
          locale: 0x0409,
          deviceId: query.deviceId,
          deviceType: query.deviceType,
        });
        expect(policyKey).toBe(query.policyKey === "0" ? null : Number(query.policyKey));
        expect(Buffer.from(parameters.get(8) ?? []).toString("utf8")).toBe(query.user);
        expect(parameters.get(7)).toEqual(query.saveInSent === true ? Uint8Array.of(1) : undefined);
        expect(parameters.size).toBe(query.saveInSent === true ? 2 : 1);
      }),
      { seed, numRuns: 500 },
    );
  });

  it.each([
    ["1", 1],
    ["255", 255],
    ["256", 256],
    ["2147483647", 0x7fff_ffff],
    ["2147483648", 0x8000_0000],
    ["4294967295", 0xffff_ffff],
    ["1307199584", 1_307_199_584],
  ])("policy key %s", (policyKey, value) => {
    expect(parse(base64Query({ ...facts, policyKey })).policyKey).toBe(value);
  });

  it.each([1, 127, 128, 254, 255])("a user of %i bytes fits the length byte", (length) => {
    const user = "u".repeat(length);
    expect(Buffer.from(parse(base64Query({ ...facts, user })).parameters.get(8) ?? []).toString()).toBe(user);
  });

  it("a user of 256 bytes and more is cut, and the query stays whole", () => {
    for (const length of [256, 300, 1_000]) {
      const { parameters, deviceType } = parse(base64Query({ ...facts, user: "u".repeat(length) }));
      expect(parameters.get(8)).toHaveLength(255);
      expect(deviceType).toBe("SmartPhone");
    }
  });

  it.each(["DOMAIN\\ann", "ann@example.test", "Ärger & Söhne", "a=b&c=d", "日本", "%41"])(
    "the user %j is not escaped",
    (user) => {
      expect(
        Buffer.from(parse(base64Query({ ...facts, user })).parameters.get(8) ?? []).toString("utf8"),
      ).toBe(user);
    },
  );

  it.each([
    ["Sync", 0],
    ["SendMail", 1],
    ["SmartForward", 2],
    ["SmartReply", 3],
    ["FolderSync", 9],
    ["MoveItems", 13],
    ["GetItemEstimate", 14],
    ["Ping", 18],
    ["ItemOperations", 19],
    ["Provision", 20],
  ] as const)("%s is command %i (2.2.1.1.1.1.2)", (command, code) => {
    expect(parse(base64Query({ ...facts, command })).command).toBe(code);
  });
});

describe("the plain form (MS-ASHTTP 2.2.1.1.1.2)", () => {
  it("is made of the characters that a request line may hold, and means what was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), (user) => {
        fc.pre(user.isWellFormed());
        const query = plainQuery({ ...facts, user });
        expect(query).toMatch(/^[\x21-\x7e]+$/);
        expect(query).not.toMatch(/[<>"#\s]/);
        expect(new URLSearchParams(query).get("User")).toBe(user);
        expect([...new URLSearchParams(query).keys()]).toEqual(["Cmd", "User", "DeviceId", "DeviceType"]);
      }),
      { seed, numRuns: 300 },
    );
  });

  it.each([
    ["a b", "a%20b"],
    ["a+b", "a%2Bb"],
    ["a&Cmd=Ping", "a%26Cmd%3DPing"],
    ["DOM\\ann", "DOM%5Cann"],
    ["ü", "%C3%BC"],
    ["100%", "100%25"],
    ["a\r\nX: y", "a%0D%0AX%3A%20y"],
  ])("%j is written %s: a blank is never a plus, which some servers keep", (user, written) => {
    expect(plainQuery({ ...facts, user })).toContain(`&User=${written}&`);
  });

  it("asks for a copy in Sent Items with T, and says nothing where F is the default", () => {
    expect(plainQuery({ ...facts, command: "SendMail", saveInSent: true })).toMatch(/&SaveInSent=T$/);
    expect(plainQuery({ ...facts, command: "SendMail" })).not.toContain("SaveInSent");
  });
});

describe("negotiation (MS-ASHTTP 2.2.4.1.1.2)", () => {
  it.each([
    ["Exchange 2007", "1.0,2.0,2.1,2.5,12.0,12.1", "12.1"],
    ["Exchange 2010", "2.5,12.0,12.1,14.0", "14.0"],
    ["Exchange 2010 SP1 and 2013", "2.0,2.1,2.5,12.0,12.1,14.0,14.1", "14.1"],
    ["Exchange 2016", "2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0", "16.0"],
    ["Exchange Online", "2.0,2.1,2.5,12.0,12.1,14.0,14.1,16.0,16.1", "16.1"],
    ["SOGo", "2.5,12.0,12.1,14.0,14.1", "14.1"],
    ["in the other order", "16.1,14.1,12.1", "16.1"],
    ["with blanks", " 12.1 , 14.1 ", "14.1"],
    ["twice the same", "14.1,14.1", "14.1"],
    ["newer than we are", "14.1,17.0", "14.1"],
    ["only newer", "17.0", null],
    ["only older", "1.0,2.0,2.5,12.0", null],
    ["nothing", "", null],
    ["commas", ",,,", null],
    ["words", "none", null],
    ["a number with a zero more", "14.10", null],
    ["a part of one", "16", null],
  ])("%s", (_name, header, version) => {
    expect(negotiate(header)).toBe(version);
  });

  it("of any part of our versions takes the best", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...protocolVersions]), (offered) => {
        const best = protocolVersions.find((version) => offered.includes(version)) ?? null;
        expect(negotiate(offered.join(","))).toBe(best);
        expect(negotiate(`2.5,${offered.join(" ,")},99.9`)).toBe(best);
      }),
      { seed, numRuns: 200 },
    );
  });
});
