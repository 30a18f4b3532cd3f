import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailtoContent } from "../../../../renderer/app/mailto-content.ts";
import { paragraphs, readMailto } from "../../../../renderer/content/mailto.ts";

const fields = (part: Partial<ReturnType<typeof readMailto>>) => ({
  to: [],
  cc: [],
  subject: "",
  text: "",
  ...part,
});

describe("a mailto link", () => {
  it.each([
    ["mailto:ada@example.org", fields({ to: ["ada@example.org"] })],
    ["MAILTO:ada@example.org", fields({ to: ["ada@example.org"] })],
    ["mailto:a@x.example,b@x.example", fields({ to: ["a@x.example", "b@x.example"] })],
    ["mailto:?to=a@x.example&cc=b@x.example", fields({ to: ["a@x.example"], cc: ["b@x.example"] })],
    ["mailto:a@x.example?TO=b@x.example", fields({ to: ["a@x.example", "b@x.example"] })],
    ["mailto:a%2Cb@x.example", fields({ to: ["a,b@x.example"] })],
    ["mailto:gorby%25kremvax@x.example", fields({ to: ["gorby%kremvax@x.example"] })],
    ["mailto:a@x.example?subject=1%2B1=2", fields({ to: ["a@x.example"], subject: "1+1=2" })],
    ["mailto:a@x.example?subject=a+b", fields({ to: ["a@x.example"], subject: "a+b" })],
    ["mailto:a@x.example?body=one%0D%0Atwo", fields({ to: ["a@x.example"], text: "one\ntwo" })],
    ["mailto:a@x.example?body=%C3%A9", fields({ to: ["a@x.example"], text: "é" })],
    ["mailto:a@x.example?subject=%E9", fields({ to: ["a@x.example"], subject: "%E9" })],
    ["mailto:", fields({})],
    ["mailto:,,", fields({})],
  ])("%s", (href, expected) => {
    expect(readMailto(href)).toEqual(expected);
  });

  it.each(["https://example.org/", "tel:+4712345", "javascript:alert(1)", "", "ada@example.org"])(
    "is not %j",
    (href) => {
      expect(readMailto(href)).toBeNull();
    },
  );

  it("cannot add hidden copies, headers or attachments", () => {
    const href = "mailto:a@x.example?bcc=spy@evil.example&attach=/etc/passwd&in-reply-to=%3Cx%3E";
    expect(readMailto(href)).toEqual(fields({ to: ["a@x.example"] }));
  });

  it("cannot break a subject into two headers", () => {
    expect(readMailto("mailto:a@x.example?subject=Hi%0D%0ABcc:%20spy@evil.example")?.subject).toBe(
      "Hi Bcc: spy@evil.example",
    );
  });

  it("is bounded in length and number", () => {
    expect(readMailto(`mailto:a@x.example?body=${"x".repeat(200_000)}`)).toBeNull();
    const many = Array.from({ length: 80 }, (_, at) => `a${at}@x.example`).join(",");
    expect(readMailto(`mailto:${many}`)?.to).toHaveLength(50);
    expect(readMailto(`mailto:${"a".repeat(321)},b@x.example`)?.to).toEqual(["b@x.example"]);
    expect(readMailto(`mailto:?subject=${"s".repeat(900)}`)?.subject).toHaveLength(500);
  });

  it("never fails, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (rest) => {
        const read = readMailto(`mailto:${rest}`);
        if (read === null) return;
        for (const address of [...read.to, ...read.cc]) expect(address).not.toMatch(/\p{Cc}/u);
        expect(read.subject).not.toMatch(/\p{Cc}/u);
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

describe("the draft of a mailto link", () => {
  it("has plain paragraphs, and no markup from the link", () => {
    expect(paragraphs("")).toBe("<p></p>");
    expect(paragraphs("one\n\ntwo")).toBe("<p>one</p><p></p><p>two</p>");
    expect(paragraphs("<img src=x onerror=alert(1)> & so on")).toBe(
      "<p>&lt;img src=x onerror=alert(1)&gt; &amp; so on</p>",
    );
  });

  it("names whom it goes to by their addresses", () => {
    const read = readMailto("mailto:a@x.example?cc=b@x.example&subject=Hi&body=Hello");
    expect(read && mailtoContent(read)).toEqual({
      to: [{ name: "", email: "a@x.example" }],
      cc: [{ name: "", email: "b@x.example" }],
      subject: "Hi",
      html: "<p>Hello</p>",
    });
  });
});
