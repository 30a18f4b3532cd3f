import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addRecipients,
  isSendable,
  meantBy,
  readRecipients,
} from "../../../../renderer/features/composer/recipients.ts";

const bare = (email: string) => ({ name: "", email });

describe("what a part of a name means", () => {
  const ada = { name: "Ada Berg", email: "ada@b.example" };
  const tom = { name: "", email: "tom@ada.example" };

  test.each([
    ["ad", [ada, tom], ada],
    [" ADA b ", [ada], ada],
    ["b.ex", [ada], ada],
    ["tom", [tom, ada], tom],
    ["tom", [ada, tom], undefined],
    ["ada@b.exampl", [ada], undefined],
    ["", [ada], undefined],
    ["ada", [], undefined],
  ])("%j among %j", (text, suggestions, meant) => {
    expect(meantBy(text, suggestions)).toEqual(meant);
  });
});

describe("readRecipients", () => {
  test.each([
    ["a@b.example", [bare("a@b.example")]],
    ["a@b.example, c@d.example;e@f.example", [bare("a@b.example"), bare("c@d.example"), bare("e@f.example")]],
    ["Ada Berg <ada@b.example>", [{ name: "Ada Berg", email: "ada@b.example" }]],
    [
      '"Berg, Ada" <ada@b.example>, Tom <t@b.example>',
      [
        { name: "Berg, Ada", email: "ada@b.example" },
        { name: "Tom", email: "t@b.example" },
      ],
    ],
    [
      "a@b.example\r\nc@d.example\tx@y.example",
      [bare("a@b.example"), bare("c@d.example"), bare("x@y.example")],
    ],
    ["mailto:a@b.example", [bare("a@b.example")]],
    ["<a@b.example>", [bare("a@b.example")]],
    ["not an address", [bare("not an address")]],
    [" ,; \n", []],
    ['"open, a@b.example\nc@d.example', [bare("open, a@b.example"), bare("c@d.example")]],
  ])("%s", (text, people) => expect(readRecipients(text)).toEqual(people));

  test("is bounded", () => {
    expect(readRecipients("a@b.example,".repeat(2000)).length).toBe(500);
    expect(readRecipients("x".repeat(300_000))[0]?.email.length).toBe(100_000);
  });

  test("what was written as name and address is read back", () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z ,.']{0,20}[A-Za-z]$/);
    const local = fc.stringMatching(/^[a-z0-9._+-]{1,12}$/);
    fc.assert(
      fc.property(fc.array(fc.record({ name, local }), { minLength: 1, maxLength: 6 }), (people) => {
        const list = people.map((one) => ({ name: one.name, email: `${one.local}@b.example` }));
        const text = list.map((one) => `"${one.name}" <${one.email}>`).join("; ");
        expect(readRecipients(text)).toEqual(list);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe("isSendable", () => {
  test.each(["a@b.example", "o'neil+x@b.example", "ü@bücher.example", "a@localhost"])("%s", (email) =>
    expect(isSendable(bare(email))).toBe(true),
  );
  test.each(["", "a", "@b", "a@", "a b@c.example", "a@b@c", "a@b,c", `${"x".repeat(250)}@b.example`])(
    "not %s",
    (email) => expect(isSendable(bare(email))).toBe(false),
  );
});

test("addRecipients keeps each address once, the first as it was", () => {
  const list = [{ name: "Ada", email: "ada@b.example" }];
  expect(
    addRecipients(list, [bare("ADA@b.example"), bare("t@b.example"), bare("t@b.example"), bare("")]),
  ).toEqual([{ name: "Ada", email: "ada@b.example" }, bare("t@b.example")]);
});
