import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unflow } from "../../../../../electron/protocol/mime/text/flowed.ts";
import { read, withBody } from "../read.ts";

describe("paragraphs", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["fixed lines stay", ["one", "two", "three"], ["one", "two", "three"]],
    ["flowed lines join", ["one ", "two ", "three"], ["one two three"]],
    ["a paragraph ends with a fixed line", ["one ", "two", "three ", "four"], ["one two", "three four"]],
    ["an empty line ends one", ["one ", "", "two"], ["one ", "two"]],
    ["empty lines stay", ["one", "", "", "two"], ["one", "", "", "two"]],
    ["more than one space flows too", ["one  ", "two"], ["one  two"]],
    ["a tab does not flow", ["one\t", "two"], ["one\t", "two"]],
    ["nothing follows", ["one "], ["one "]],
    ["a line of one space", [" ", "x"], ["", "x"]],
    ["nothing at all", [""], [""]],
  ])("%s", (_what, lines, expected) => {
    expect(unflow(lines.join("\n"), false)).toBe(expected.join("\n"));
  });
});

describe("space-stuffing", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["one space goes", [" From here"], ["From here"]],
    ["only one", ["  two"], [" two"]],
    ["before a mark of quotation", [" > not quoted"], ["> not quoted"]],
    ["behind marks of quotation", ["> quoted", ">  indented"], ["> quoted", ">  indented"]],
    ["on a flowed line", [" one ", " two"], ["one two"]],
  ])("%s", (_what, lines, expected) => {
    expect(unflow(lines.join("\n"), false)).toBe(expected.join("\n"));
  });
});

describe("quotations", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["join within one depth", ["> one ", "> two"], ["> one two"]],
    ["do not join across depths", ["> one ", ">> two ", "three"], ["> one ", ">> two ", "three"]],
    ["keep their depth", [">>> deep ", ">>> down"], [">>> deep down"]],
    ["without a space behind the mark", [">one ", ">two"], ["> one two"]],
    ["of nothing", [">", "> x"], ["> ", "> x"]],
    ["with spaces between marks are of the first depth", ["> > one"], ["> > one"]],
  ])("%s", (_what, lines, expected) => {
    expect(unflow(lines.join("\n"), false)).toBe(expected.join("\n"));
  });
});

describe("signatures", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["the mark stays alone", ["text", "-- ", "Ada"], ["text", "-- ", "Ada"]],
    ["the mark ends a paragraph", ["text ", "-- ", "Ada"], ["text ", "-- ", "Ada"]],
    ["in a quotation", ["> text", "> -- ", "> Ada"], ["> text", "> -- ", "> Ada"]],
    ["two dashes without a space are a line", ["text", "--", "Ada"], ["text", "--", "Ada"]],
  ])("%s", (_what, lines, expected) => {
    expect(unflow(lines.join("\n"), false)).toBe(expected.join("\n"));
  });
});

describe("DelSp", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["the space that flows goes", ["日本 ", "語"], ["日本語"]],
    ["a second space stays", ["one  ", "two"], ["one two"]],
    ["the signature's mark keeps its own", ["x", "-- ", "y"], ["x", "-- ", "y"]],
    ["in quotations", ["> ab ", "> cd"], ["> abcd"]],
  ])("%s", (_what, lines, expected) => {
    expect(unflow(lines.join("\n"), true)).toBe(expected.join("\n"));
  });
});

describe("in messages", () => {
  const source = "one \r\ntwo\r\n";

  it.each<[string, string]>([
    ["text/plain; format=flowed", "one two\n"],
    ['text/plain; Format="Flowed"', "one two\n"],
    ["text/plain; format=flowed; DelSp=Yes", "onetwo\n"],
    ["text/plain; format=flowed; delsp=no", "one two\n"],
    ["text/plain; format=fixed", "one \ntwo\n"],
    ["text/plain; delsp=yes", "one \ntwo\n"],
    ["text/plain", "one \ntwo\n"],
  ])("%s", (type, text) => {
    expect(read(withBody([`Content-Type: ${type}`], source)).text).toBe(text);
  });

  it("flows after quoted-printable, not before", () => {
    const headers = [
      "Content-Type: text/plain; format=flowed",
      "Content-Transfer-Encoding: quoted-printable",
    ];
    expect(read(withBody(headers, "one=20\r\ntwo=\r\n three")).text).toBe("one two three");
  });

  it("leaves HTML alone", () => {
    const message = read(withBody(["Content-Type: text/html; format=flowed"], "<p>one \r\ntwo</p>"));
    expect(message.html).toBe("<p>one \ntwo</p>");
  });

  it("loses no word, whatever comes in", () => {
    const line = fc.array(fc.constantFrom("a", "b", " ", "  ", ">", "--", ""), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.boolean(), (lines, delSp) => {
        const text = lines.map((parts) => parts.join("")).join("\n");
        const letters = (from: string) => from.replace(/[^ab-]/g, "");
        expect(letters(unflow(text, delSp))).toBe(letters(text));
      }),
      { seed: 74, numRuns: 500 },
    );
  });
});
