import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlToText } from "../../../../electron/protocol/html/html-to-text.ts";
import { previewOf } from "../../../../electron/protocol/html/preview.ts";
import { escapeHtml, textToHtml } from "../../../../electron/protocol/html/text-to-html.ts";

describe("previewOf", () => {
  it.each([
    ["Hello\n\n  world\t!", "Hello world !"],
    ["> quoted\nMy answer\n> more", "My answer"],
    ["Thanks!\n-- \nAda\nDirector", "Thanks!"],
    ["Yes.\n\n-----Original Message-----\nFrom: x", "Yes."],
    ["> only a quote", "> only a quote"],
    ["Sale\u200b\u200b \u034f \u00ad\u034f now", "Sale now"],
    ["a \u200c \u200c b", "a b"],
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["evil \u202etxt.exe", "evil txt.exe"],
    ["", ""],
  ])("%j previews as %j", (text, preview) => {
    expect(previewOf(text)).toBe(preview);
  });

  it("is one line of at most 200 units whatever comes in", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000, unit: "binary" }), (text) => {
        const preview = previewOf(text);
        expect(preview.length).toBeLessThanOrEqual(200);
        expect(preview).not.toMatch(/[\r\n]/);
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  it("does not end in half a character", () => {
    expect(previewOf(`${"a".repeat(199)}😀`)).toBe("a".repeat(199));
  });
});

describe("textToHtml", () => {
  it("escapes everything that could be markup", () => {
    expect(textToHtml(`<b a="1" b='2'>&amp;`)).toBe("&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;");
    expect(escapeHtml("\"'")).toBe("&quot;&#39;");
  });

  it("keeps lines and runs of spaces", () => {
    expect(textToHtml("a\r\n  b\n\tc")).toBe("a<br>\n&nbsp; b<br>\n&nbsp;&nbsp;&nbsp; c");
  });

  it("comes back as the same words", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "<", "&", '"', "'", "é", "😀", ";", "#") });
    fc.assert(
      fc.property(line, (text) => {
        expect(htmlToText(textToHtml(text))).toBe(text);
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});
