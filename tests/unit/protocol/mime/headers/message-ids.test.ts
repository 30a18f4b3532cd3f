import { describe, expect, it } from "vitest";
import {
  parseMessageId,
  parseMessageIds,
} from "../../../../../electron/protocol/mime/headers/message-ids.ts";
import { mime, read } from "../read.ts";

describe("one identifier", () => {
  it.each<[string, string | null]>([
    ["<a@b.test>", "<a@b.test>"],
    ["  <a@b.test>  ", "<a@b.test>"],
    ["<a@b.test> (added by a relay)", "<a@b.test>"],
    ["<a@b.test> <c@d.test>", "<a@b.test>"],
    ["< a@b.test >", "<a@b.test>"],
    ["<long\r\n @b.test>", "<long@b.test>"],
    ["<no-at-sign>", "<no-at-sign>"],
    ["<two@at@signs>", "<two@at@signs>"],
    ["<a$b!c#d%e@[192.0.2.1]>", "<a$b!c#d%e@[192.0.2.1]>"],
    ['<"quoted"@b.test>', '<"quoted"@b.test>'],
    ["a@b.test", "<a@b.test>"],
    ["20240101.1234", "<20240101.1234>"],
    ["", null],
    ["<>", null],
    ["two words", null],
    ["<unclosed", null],
  ])("%j", (raw, id) => {
    expect(parseMessageId(raw)).toBe(id);
  });
});

describe("several identifiers", () => {
  it.each<[string, readonly string[]]>([
    ["<a@x> <b@x> <c@x>", ["<a@x>", "<b@x>", "<c@x>"]],
    ["<a@x><b@x>", ["<a@x>", "<b@x>"]],
    ["<a@x>,<b@x>", ["<a@x>", "<b@x>"]],
    ["<a@x>\r\n\t<b@x>\r\n <c@x>", ["<a@x>", "<b@x>", "<c@x>"]],
    ["<a@x> <b@x> <a@x>", ["<a@x>", "<b@x>"]],
    ["Message of Tuesday <a@x> from <b@x>", ["<a@x>", "<b@x>"]],
    ['"Ada" of <a@x>', ["<a@x>"]],
    ["Your message of Tuesday", []],
    ["<a@x> <<b@x>>", ["<a@x>", "<b@x>"]],
    ["<a@x <b@x>", ["<b@x>"]],
    ["<> <a@x>", ["<a@x>"]],
    ["a@x.test", ["<a@x.test>"]],
    ["", []],
  ])("%j", (raw, ids) => {
    expect(parseMessageIds(raw)).toEqual(ids);
  });

  it("bounds their number and length", () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `<${index}@x>`).join(" ");
    expect(parseMessageIds(many)).toHaveLength(1_000);
    expect(parseMessageIds(`<${"x".repeat(2_000)}> <a@x>`)).toEqual(["<a@x>"]);
    expect(parseMessageIds("<".repeat(200_000))).toEqual([]);
  });
});

describe("threads", () => {
  it("reads the three fields of a reply", () => {
    expect(
      read(
        mime(
          "Message-ID: <3@x.test>",
          "In-Reply-To: <2@x.test> (Ada's message of Monday) <1@x.test>",
          "References: <1@x.test>",
          "\t<2@x.test>",
          "",
          "",
        ),
      ),
    ).toMatchObject({
      messageId: "<3@x.test>",
      inReplyTo: "<2@x.test>",
      references: ["<1@x.test>", "<2@x.test>"],
    });
  });

  it("has nothing where there is nothing", () => {
    expect(read(mime("Subject: s", "", ""))).toMatchObject({
      messageId: null,
      inReplyTo: null,
      references: [],
    });
    expect(read(mime("Message-ID:", "In-Reply-To: your note", "References: ()", "", ""))).toMatchObject({
      messageId: null,
      inReplyTo: null,
      references: [],
    });
  });
});
