import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlToText } from "../../../../electron/protocol/html/html-to-text.ts";
import { escapeHtml, textToHtml } from "../../../../electron/protocol/html/text-to-html.ts";

describe("escapeHtml", () => {
  it.each([
    ["plain", "plain"],
    ["<b>", "&lt;b&gt;"],
    ["a & b", "a &amp; b"],
    ["&amp;", "&amp;amp;"],
    ['"', "&quot;"],
    ["'", "&#39;"],
    ["<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"],
    ["", ""],
    ["ü日🍀", "ü日🍀"],
  ])("%j becomes %j", (text, html) => {
    expect(escapeHtml(text)).toBe(html);
  });
});

describe("textToHtml", () => {
  it.each([
    ["one line", "one line"],
    ["two\nlines", "two<br>\nlines"],
    ["two\r\nlines", "two<br>\nlines"],
    ["two\rlines", "two<br>\nlines"],
    ["an\n\nempty one", "an<br>\n<br>\nempty one"],
    ["  indented", "&nbsp; indented"],
    ["a  b", "a&nbsp; b"],
    ["\tx", "&nbsp;&nbsp;&nbsp; x"],
    ["a < b", "a &lt; b"],
    ["> quoted", "&gt; quoted"],
    ["", ""],
  ])("%j", (text, html) => {
    expect(textToHtml(text)).toBe(html);
  });

  it("makes no markup of anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(textToHtml(text).replaceAll("<br>", "")).not.toMatch(/[<>"']/);
      }),
      { seed: 81, numRuns: 60 },
    );
  });

  it("can be read back as the text it was", () => {
    const word = fc.stringMatching(/^[a-z<>&"' ]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const line = words.join(" ").replace(/\s+/g, " ").trim();
        expect(htmlToText(textToHtml(line))).toBe(line);
      }),
      { seed: 82, numRuns: 100 },
    );
  });
});
