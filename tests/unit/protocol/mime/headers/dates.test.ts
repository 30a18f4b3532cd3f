import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMailDate } from "../../../../../electron/protocol/mime/headers/date.ts";

const reads = (raw: string, iso: string) => expect(parseMailDate(raw)).toBe(iso);

describe("the form of RFC 5322", () => {
  it.each([
    ["Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06.000Z"],
    ["Fri,21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06.000Z"],
    ["21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06.000Z"],
    ["Fri, 21 Nov 1997 09:55 -0600", "1997-11-21T15:55:00.000Z"],
    ["Sat, 1 Jan 2000 00:00:00 +0000", "2000-01-01T00:00:00.000Z"],
    ["Sat, 01 Jan 2000 00:00:00 +0000", "2000-01-01T00:00:00.000Z"],
    ["Sat, 01 Jan 2000 00:00:00 -0000", "2000-01-01T00:00:00.000Z"],
    ["Thu, 29 Feb 2024 12:00:00 +0000", "2024-02-29T12:00:00.000Z"],
    ["Fri, 31 Dec 1999 23:59:59 -0001", "2000-01-01T00:00:59.000Z"],
    ["Thu, 1 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00.000Z"],
    ["Wed, 31 Dec 1969 23:59:59 +0000", "1969-12-31T23:59:59.000Z"],
    ["Fri, 31 Dec 2100 00:00:00 +0000", "2100-12-31T00:00:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00 +0530", "2023-12-31T18:30:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00 +1245", "2023-12-31T11:15:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00 +1400", "2023-12-31T10:00:00.000Z"],
    ["Mon, 1 Jan 2024 00:00:00 -0330", "2024-01-01T03:30:00.000Z"],
  ])("%j", reads);

  it("reads every month", () => {
    const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    for (const [index, month] of months.entries()) {
      const expected = new Date(Date.UTC(2024, index, 5)).toISOString();
      reads(`5 ${month} 2024 00:00:00 +0000`, expected);
      reads(`5 ${month.toUpperCase()} 2024 00:00:00 +0000`, expected);
      reads(`5 ${month.toLowerCase()} 2024 00:00:00 +0000`, expected);
    }
  });
});

describe("obsolete zones", () => {
  it.each<[string, number]>([
    ["UT", 0],
    ["UTC", 0],
    ["GMT", 0],
    ["Z", 0],
    ["EST", -5],
    ["EDT", -4],
    ["CST", -6],
    ["CDT", -5],
    ["MST", -7],
    ["MDT", -6],
    ["PST", -8],
    ["PDT", -7],
    ["CET", 1],
    ["CEST", 2],
    ["MET", 1],
    ["MEST", 2],
    ["EET", 2],
    ["EEST", 3],
    ["BST", 1],
    ["JST", 9],
    ["est", -5],
    ["gmt", 0],
  ])("%s", (zone, hours) => {
    const expected = new Date(Date.UTC(2024, 5, 15, 12) - hours * 3_600_000).toISOString();
    reads(`Sat, 15 Jun 2024 12:00:00 ${zone}`, expected);
  });

  it("gives military letters no meaning, as RFC 5322 says", () => {
    for (const letter of "ABCDEFGHIKLMNOPQRSTUVWXY") {
      reads(`Sat, 15 Jun 2024 12:00:00 ${letter}`, "2024-06-15T12:00:00.000Z");
    }
  });

  it.each([
    ["Sat, 15 Jun 2024 12:00:00", "2024-06-15T12:00:00.000Z"],
    ["Sat, 15 Jun 2024 12:00:00 XYZ", "2024-06-15T12:00:00.000Z"],
    ["Sat, 15 Jun 2024 12:00:00 GMT+0200", "2024-06-15T10:00:00.000Z"],
    ["Sat, 15 Jun 2024 12:00:00 +02:00", "2024-06-15T10:00:00.000Z"],
    ["Sat, 15 Jun 2024 12:00:00 +0200 CEST", "2024-06-15T10:00:00.000Z"],
    ["Sat, 15 Jun 2024 12:00:00 -9999", "2024-06-15T12:00:00.000Z"],
    ["Sat, 15 Jun 2024 12:00:00+0200", "2024-06-15T10:00:00.000Z"],
  ])("%j", reads);
});

describe("years of two and three digits", () => {
  it.each([
    ["1 Jan 00 00:00:00 GMT", "2000-01-01T00:00:00.000Z"],
    ["1 Jan 24 00:00:00 GMT", "2024-01-01T00:00:00.000Z"],
    ["1 Jan 49 00:00:00 GMT", "2049-01-01T00:00:00.000Z"],
    ["1 Jan 50 00:00:00 GMT", "1950-01-01T00:00:00.000Z"],
    ["1 Jan 97 00:00:00 GMT", "1997-01-01T00:00:00.000Z"],
    ["1 Jan 99 00:00:00 GMT", "1999-01-01T00:00:00.000Z"],
    ["1 Jan 100 00:00:00 GMT", "2000-01-01T00:00:00.000Z"],
    ["1 Jan 124 00:00:00 GMT", "2024-01-01T00:00:00.000Z"],
  ])("%j", reads);
});

describe("comments and white space", () => {
  it.each([
    ["Tue, 1 Jul 2003 10:52:37 +0200 (CEST)", "2003-07-01T08:52:37.000Z"],
    ["Tue, 1 Jul 2003 10:52:37 +0200 (Summer (of (all)) times)", "2003-07-01T08:52:37.000Z"],
    ["Tue (Tuesday), 1 (first) Jul (July) 2003 10:52:37 +0200", "2003-07-01T08:52:37.000Z"],
    ["Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06.000Z"],
    ["  Tue,   1   Jul\t2003\r\n 10:52:37   +0200  ", "2003-07-01T08:52:37.000Z"],
    [
      "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n -0330",
      "1969-02-14T03:02:00.000Z",
    ],
    ["(only then) 1 Jul 2003 10:52:37 GMT", "2003-07-01T10:52:37.000Z"],
  ])("%j", reads);
});

describe("what programs really write", () => {
  it.each([
    ["Tuesday, 1 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37.000Z"],
    ["Tue, 1 July 2003 10:52:37 +0200", "2003-07-01T08:52:37.000Z"],
    ["Tue, 1-Jul-2003 10:52:37 +0200", "2003-07-01T08:52:37.000Z"],
    ["Tue, 1-Jul-03 10:52:37 GMT", "2003-07-01T10:52:37.000Z"],
    ["Tue 1 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37.000Z"],
    ["Tue, 1 Jul 2003 9:05:07 +0000", "2003-07-01T09:05:07.000Z"],
    ["Tue, 1 Jul 2003 10.52.37 +0000", "2003-07-01T10:52:37.000Z"],
    ["Tue, 1 Jul 2003 10:52:37.123 +0000", "2003-07-01T10:52:37.000Z"],
    ["Tue, 1 Jul 2003 12:00:00 AM +0000", "2003-07-01T00:00:00.000Z"],
    ["Tue, 1 Jul 2003 12:00:00 PM +0000", "2003-07-01T12:00:00.000Z"],
    ["Tue, 1 Jul 2003 01:00:00 pm +0000", "2003-07-01T13:00:00.000Z"],
    ["Wed, 1 Jul 2003 10:52:37 +0000", "2003-07-01T10:52:37.000Z"],
    ["Xyz, 1 Jul 2003 10:52:37 +0000", "2003-07-01T10:52:37.000Z"],
    ["1 Jul 2003", "2003-07-01T00:00:00.000Z"],
    ["Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59.000Z"],
    ["Tue Jul  1 10:52:37 2003", "2003-07-01T10:52:37.000Z"],
    ["Tue Jul 1 10:52:37 EDT 2003", "2003-07-01T14:52:37.000Z"],
    ["Tue Jul 1 10:52:37 +0200 2003", "2003-07-01T08:52:37.000Z"],
    ["2003-07-01T10:52:37Z", "2003-07-01T10:52:37.000Z"],
    ["2003-07-01T10:52:37+02:00", "2003-07-01T08:52:37.000Z"],
    ["2003-07-01T10:52:37+0200", "2003-07-01T08:52:37.000Z"],
    ["2003-07-01 10:52:37", "2003-07-01T10:52:37.000Z"],
    ["2003-07-01T10:52:37.999Z", "2003-07-01T10:52:37.000Z"],
    ["2003-07-01T10:52Z", "2003-07-01T10:52:00.000Z"],
  ])("%j", reads);
});

describe("no moment", () => {
  it.each([
    "",
    " ",
    "()",
    "whenever",
    "Whenever, 1",
    "0 Jan 2024 00:00:00 +0000",
    "32 Jan 2024 00:00:00 +0000",
    "30 Feb 2024 00:00:00 +0000",
    "29 Feb 2023 00:00:00 +0000",
    "31 Apr 2024 00:00:00 +0000",
    "1 Foo 2024 00:00:00 +0000",
    "1 Jan 1899 00:00:00 +0000",
    "1 Jan 2024 24:00:00 +0000",
    "1 Jan 2024 12:60:00 +0000",
    "1 Jan 20240 12:00:00 +0000",
    "Jan 1",
    "12:00:00",
    "2024-13-01T00:00:00Z",
    "2024-02-30T00:00:00Z",
    "1704067200",
    "<script>",
  ])("%j", (raw) => {
    expect(parseMailDate(raw)).toBeNull();
  });
});

describe("whatever comes in", () => {
  it("reads back every moment that was written as RFC 5322 wants it", () => {
    const day = fc.date({ min: new Date("1900-01-02"), max: new Date("9999-12-30"), noInvalidDate: true });
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(day, offset, (date, minutes) => {
        const moment = Math.floor(date.getTime() / 1_000) * 1_000;
        const local = new Date(moment + minutes * 60_000).toUTCString().replace(" GMT", "");
        const size = Math.abs(minutes);
        const zone = `${minutes < 0 ? "-" : "+"}${String(Math.floor(size / 60)).padStart(2, "0")}${String(size % 60).padStart(2, "0")}`;
        expect(parseMailDate(`${local} ${zone}`)).toBe(new Date(moment).toISOString());
      }),
      { seed: 61, numRuns: 300 },
    );
  });

  it("gives an ISO date in UTC or nothing", () => {
    const piece = fc.constantFrom(
      "1",
      "31",
      "2024",
      " ",
      ",",
      ":",
      "Jan",
      "Mon",
      "+0100",
      "(",
      ")",
      "T",
      "-",
      "PM",
      "Z",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const date = parseMailDate(pieces.join(""));
        if (date !== null) expect(new Date(date).toISOString()).toBe(date);
      }),
      { seed: 62, numRuns: 1_000 },
    );
    for (const unit of ["1 ", "(", "Mon, ", ":", "1 Jan "])
      expect(parseMailDate(unit.repeat(50_000))).toBeNull();
  });
});
