import { describe, expect, test } from "vitest";
import { fileKind } from "../../../../renderer/features/reader/attachment-words.ts";
import {
  domainOf,
  isExternal,
  meetingTime,
  nameOf,
  otherReplyTo,
  peopleLine,
} from "../../../../renderer/features/reader/reader-words.ts";
import { shortName, sizeWords } from "../../../../shared/base/file-words.ts";
import { makeView } from "../../../support/content/views.ts";

const person = (name: string, email = `${name}@b.example`) => ({ name, email });

describe("people", () => {
  test("are named, or addressed when they have no name", () => {
    expect(nameOf(person(" Ada "))).toBe("Ada");
    expect(nameOf(person("", "a@b.example"))).toBe("a@b.example");
  });

  test("many are counted", () => {
    const people = ["A", "B", "C", "D", "E"].map((name) => person(name));
    expect(peopleLine(people.slice(0, 3), 3)).toBe("A, B, C");
    expect(peopleLine(people.slice(0, 4), 3)).toBe("A, B, C and 1 other");
    expect(peopleLine(people, 3)).toBe("A, B, C and 2 others");
    expect(peopleLine([], 3)).toBe("");
  });

  test("outside our domains are external", () => {
    const own = ["me@harbour.example"];
    expect(isExternal(person("x", "a@other.example"), own)).toBe(true);
    expect(isExternal(person("x", "a@HARBOUR.example"), own)).toBe(false);
    expect(isExternal(person("x", "a@sub.harbour.example"), own)).toBe(false);
    expect(isExternal(person("x", "a@notharbour.example"), own)).toBe(true);
    expect(isExternal(person("x", "nobody"), own)).toBe(false);
    expect(isExternal(person("x", "a@other.example"), [])).toBe(false);
  });

  test("domainOf takes what follows the last @", () => {
    expect(domainOf('"a@b"@C.example')).toBe("c.example");
    expect(domainOf("none")).toBe("");
  });

  test("a reply address that is not the sender's is found", () => {
    const view = makeView({ replyTo: [person("", "TOM.FALK@harbour.example"), person("", "x@y.example")] });
    expect(otherReplyTo(view)).toEqual([person("", "x@y.example")]);
    expect(otherReplyTo(makeView())).toEqual([]);
  });
});

describe("meetingTime", () => {
  const meeting = (start: number, end: number, allDay = false) =>
    meetingTime({ start, end, allDay, location: "", organizer: null }, "en-GB", "UTC");
  const at = (day: number, hour = 0, minute = 0) => Date.UTC(2026, 10, day, hour, minute);

  test.each([
    [meeting(at(25, 10), at(25, 11, 30)), "Wed 25 November, 10:00 to 11:30"],
    [meeting(at(25, 22), at(26, 1)), "Wed 25 November, 22:00 to Thu 26 November, 01:00"],
    [meeting(at(25), at(26), true), "Wed 25 November, all day"],
    [meeting(at(25), at(28), true), "Wed 25 November to Fri 27 November"],
    [meeting(at(25), at(25), true), "Wed 25 November, all day"],
  ])("%s", (words, expected) => expect(words.replace("Wed,", "Wed")).toBe(expected));
});

describe("files", () => {
  test.each([
    ["a.PDF", "application/octet-stream", "document"],
    ["a.xlsx", "", "sheet"],
    ["a.pptx", "", "slides"],
    ["a.tar.gz", "", "archive"],
    ["photo", "image/png", "picture"],
    ["clip", "video/mp4", "video"],
    ["voice", "audio/ogg", "audio"],
    ["invite.ics", "text/calendar", "calendar"],
    ["", "message/rfc822", "mail"],
    ["notes", "text/plain", "document"],
    ["constructor", "x/y", "other"],
    ["a.constructor", "x/y", "other"],
  ])("%s (%s) is %s", (name, type, kind) => expect(fileKind(name, type)).toBe(kind));

  test.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1000, "1 KB"],
    [84_300, "84 KB"],
    [999_499, "999 KB"],
    [999_500, "1 MB"],
    [2_410_000, "2.4 MB"],
    [3_000_000_000, "3 GB"],
  ])("%d bytes are %s", (bytes, words) => expect(sizeWords(bytes)).toBe(words));

  test("long names keep their beginning and their end", () => {
    expect(shortName("short.pdf", 20)).toBe("short.pdf");
    const cut = shortName("A very long file name indeed (final).docx", 20);
    expect(cut).toHaveLength(20);
    expect(cut).toMatch(/^A very long f…\S*\.docx$/);
  });
});
