import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, escapeHtml } from "../../../../renderer/content/plain-text.ts";

const html = (text: string) => cleanText(text).html;

describe("text", () => {
  test("is escaped, with its lines as sent", () => {
    expect(html("a <b>&\"'\r\nc\rd")).toBe(
      '<div class="bh-text"><div class="bh-lines">a &lt;b&gt;&amp;&quot;&#39;\nc\nd</div></div>',
    );
  });

  test("whatever it holds, no markup of its own gets through", () => {
    const hostile = fc.array(
      fc.constantFrom(
        "<",
        ">",
        "&",
        '"',
        "'",
        "http://",
        "www.",
        "@",
        ".",
        "a",
        "x.example",
        " ",
        "\n",
        ">>",
        ")",
        "(",
      ),
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        const markup = html(parts.join(""));
        const tags = markup.match(/<[^>]*>/g) ?? [];
        for (const tag of tags) {
          expect(tag).toMatch(
            /^<\/?(?:div|blockquote|details|summary)(?: class="bh-[a-z]+")?>$|^<a href="(?:https?:\/\/|mailto:)[^"<>\s]*" rel="noopener noreferrer" title="[^"<>]*">$|^<\/a>$/,
          );
        }
        expect(markup.split("<a ").length).toBe(markup.split("</a>").length);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("is cut at its limit with a note", () => {
    const clean = cleanText("x".repeat(1_000_001));
    expect(clean.note).toContain("very long");
    expect(clean.html.length).toBeLessThan(1_000_100);
    expect(cleanText("short").note).toBeNull();
  });
});

describe("addresses in text", () => {
  const links = (text: string) => cleanText(text).links.map((link) => link.href);

  test.each([
    ["see https://a.example/x.", ["https://a.example/x"]],
    ["(https://a.example/x)", ["https://a.example/x"]],
    ["https://a.example/wiki/A_(b)", ["https://a.example/wiki/A_(b)"]],
    ["<https://a.example/x>", ["https://a.example/x"]],
    ["www.a.example, and", ["http://www.a.example/"]],
    ["write to it@a.example.", ["mailto:it@a.example"]],
    ["mailto:it@a.example", ["mailto:it@a.example"]],
    ["https://a.example and https://b.example", ["https://a.example/", "https://b.example/"]],
    ["javascript:alert(1) file:///x", []],
    ["https://", []],
  ])("%s", (text, expected) => expect(links(text)).toEqual(expected));

  test("show the full address and keep the text as written", () => {
    expect(html("www.a.example/?a=1&b=2")).toContain(
      '<a href="http://www.a.example/?a=1&amp;b=2" rel="noopener noreferrer" title="http://www.a.example/?a=1&amp;b=2">www.a.example/?a=1&amp;b=2</a>',
    );
  });

  test("are bounded in number, and the rest stays text", () => {
    const clean = cleanText("https://a.example/ ".repeat(2100));
    expect(clean.links.length).toBe(2000);
    expect(clean.html.split("https://a.example/").length - 1).toBe(2000 * 3 + 100);
  });

  test("a tail of brackets costs no more than its length", () => {
    expect(links(`https://a.example/${")".repeat(8000)}`)).toEqual(["https://a.example/"]);
    expect(html("a@".repeat(200_000))).toContain("a@a@");
  });
});

describe("quotes", () => {
  test("short ones are drawn, nested ones inside each other", () => {
    expect(html("Yes\n> one\n>> two\n> > three\nend")).toBe(
      '<div class="bh-text"><div class="bh-lines">Yes</div>' +
        '<blockquote class="bh-cite"><div class="bh-lines">one</div>' +
        '<blockquote class="bh-cite"><div class="bh-lines">two\nthree</div></blockquote></blockquote>' +
        '<div class="bh-lines">end</div></div>',
    );
  });

  test("long ones are folded and say how long they are", () => {
    const text = `Yes\n${Array.from({ length: 12 }, (_, i) => `> line ${i}`).join("\n")}`;
    expect(html(text)).toContain(
      '<details class="bh-quote"><summary>Quoted text, 12 lines</summary><blockquote',
    );
  });

  test("depth is bounded", () => {
    expect(html(">".repeat(5000)).split("<blockquote").length - 1).toBe(12);
  });
});

test("escapeHtml leaves nothing an attribute or element could end with", () => {
  expect(escapeHtml(`<a href="x" title='y'>&`)).toBe("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
});
