import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress, parseAddressList } from "../../../electron/protocol/eas/values/addresses.ts";
import { Base64Stream } from "../../../electron/protocol/eas/values/base64-stream.ts";
import { parseDate } from "../../../electron/protocol/eas/values/date.ts";
import { mediaTypeOf } from "../../../electron/protocol/eas/values/media-type.ts";

const seed = 20261121;

describe("dates", () => {
  it.each([
    ["2026-11-20T08:15:30.000Z", "2026-11-20T08:15:30.000Z"],
    ["2026-11-20T08:15:30Z", "2026-11-20T08:15:30.000Z"],
    ["2026-11-20T08:15:30.5Z", "2026-11-20T08:15:30.500Z"],
    ["2026-11-20T08:15:30.1234567Z", "2026-11-20T08:15:30.123Z"],
    ["2026-11-20T08:15:30.000", "2026-11-20T08:15:30.000Z"],
    ["20261120T081530Z", "2026-11-20T08:15:30.000Z"],
    [" 20261120T081530\n", "2026-11-20T08:15:30.000Z"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
    ["1601-01-01T00:00:00.000Z", "1601-01-01T00:00:00.000Z"],
  ])("reads %j", (text, expected) => {
    const time = parseDate(text);
    expect(time !== undefined && new Date(time).toISOString()).toBe(expected);
  });

  it.each([
    "",
    "yesterday",
    "2026-11-20",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-11-32T00:00:00Z",
    "2026-11-20T25:00:00Z",
    "2026-11-20T08:61:00Z",
    "20261120T0815Z",
    "Fri, 20 Nov 2026 08:15:30 GMT",
    "2026-11-20T08:15:30+01:00",
  ])("refuses %j", (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it("reads back every instant in both forms", () => {
    const instant = fc.date({
      min: new Date("1970-01-01"),
      max: new Date("2200-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (date) => {
        expect(parseDate(date.toISOString())).toBe(date.getTime());
        const compact = date.toISOString().replace(/[-:]|\.\d+/g, "");
        expect(parseDate(compact)).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe("address lists", () => {
  it.each([
    ['"Alice Example" <alice@example.test>', [["Alice Example", "alice@example.test"]]],
    ["Alice Example <alice@example.test>", [["Alice Example", "alice@example.test"]]],
    ["alice@example.test", [["", "alice@example.test"]]],
    ["<alice@example.test>", [["", "alice@example.test"]]],
    ['"alice@example.test" <alice@example.test>', [["", "alice@example.test"]]],
    [
      '"Example, Alice" <alice@example.test>, "Bob" <bob@example.test>',
      [
        ["Example, Alice", "alice@example.test"],
        ["Bob", "bob@example.test"],
      ],
    ],
    [
      "alice@example.test,bob@example.test; carol@example.test",
      [
        ["", "alice@example.test"],
        ["", "bob@example.test"],
        ["", "carol@example.test"],
      ],
    ],
    ['"Ødegård, Żółć" <o@example.test>', [["Ødegård, Żółć", "o@example.test"]]],
    ['"O\\"Brien" <ob@example.test>', [['O"Brien', "ob@example.test"]]],
    [
      "Team: a@example.test, B <b@example.test>;",
      [
        ["", "a@example.test"],
        ["B", "b@example.test"],
      ],
    ],
    ["Meeting Room 4", [["Meeting Room 4", ""]]],
    ["", []],
    ["  \r\n ", []],
    ["a\tb <ab@example.test>", [["a b", "ab@example.test"]]],
  ])("reads %j", (text, expected) => {
    expect(parseAddressList(text).map(({ name, email }) => [name, email])).toEqual(expected);
  });

  it("gives the first address when one is wanted", () => {
    expect(parseAddress('"A" <a@example.test>, b@example.test')).toEqual({
      name: "A",
      email: "a@example.test",
    });
    expect(parseAddress("")).toBeUndefined();
  });

  it("takes two thousand at most", () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `u${index}@example.test`).join(", ");
    expect(parseAddressList(many)).toHaveLength(2_000);
  });

  it("reads its own usual notation back, and never throws", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 30 })
      .filter((one) => /^[^"\\<>@\p{Cc}]+$/u.test(one.trim()));
    fc.assert(
      fc.property(name, (one) => {
        const tidy = one.replace(/\s+/g, " ").trim();
        expect(parseAddressList(`"${one}" <x@example.test>`)).toEqual([
          { name: tidy, email: "x@example.test" },
        ]);
      }),
      { seed, numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (noise) => {
        for (const { name: label, email } of parseAddressList(noise)) expect(label + email).not.toBe("");
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe("base64 in pieces", () => {
  const decode = (pieces: readonly string[]) => {
    const stream = new Base64Stream();
    const parts = pieces.map((piece) => Buffer.from(stream.push(Buffer.from(piece))).toString("hex"));
    return { hex: parts.join(""), broken: stream.broken, complete: stream.complete };
  };

  it("decodes whatever bytes in whatever pieces, line ends included", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 90 }), (data, size) => {
        const text = Buffer.from(data).toString("base64").replace(/.{76}/g, "$&\r\n");
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
        expect(decode(pieces)).toEqual({
          hex: Buffer.from(data).toString("hex"),
          broken: false,
          complete: true,
        });
      }),
      { seed, numRuns: 300 },
    );
  });

  it("is broken by other letters and by letters after the padding", () => {
    expect(decode(["(null)"]).broken).toBe(true);
    expect(decode(["QQ==", "QQ=="]).broken).toBe(true);
    expect(decode(["QQ==\r\n"])).toEqual({ hex: "41", broken: false, complete: true });
  });

  it("is incomplete after a single letter of a group, complete without padding", () => {
    expect(decode(["QUJDR"]).complete).toBe(false);
    expect(decode(["QUJDRA"])).toEqual({ hex: "41424344", broken: false, complete: true });
  });
});

describe("media types from file names", () => {
  it.each([
    ["Report.PDF", "application/pdf"],
    ["a.b.jpeg", "image/jpeg"],
    ["winmail.dat", "application/octet-stream"],
    ["README", "application/octet-stream"],
    ["", "application/octet-stream"],
    [".", "application/octet-stream"],
    ["x.__proto__", "application/octet-stream"],
  ])("%j is %s", (name, type) => {
    expect(mediaTypeOf(name)).toBe(type);
  });
});
