import { describe, expect, it } from "vitest";
import { BREAKS, isHidingStyle, SKIPPED, VOID } from "../../../../electron/protocol/html/elements.ts";
import { htmlToText } from "../../../../electron/protocol/html/html-to-text.ts";

describe("styles that hide", () => {
  it.each([
    "display:none",
    "display: none",
    "DISPLAY : NONE",
    "color:red;display:none",
    "color: red; display: none !important",
    "visibility:hidden",
    "visibility: hidden;",
    "mso-hide:all",
    "mso-hide: all; color: red",
    "font-size:0",
    "font-size:0px",
    "font-size: 0pt; line-height: 0",
    "font-size:0 !important",
    "max-height:0",
    "max-height: 0px; overflow: hidden",
    "opacity:0",
    "opacity: 0;",
  ])("%j", (style) => {
    expect(isHidingStyle(style)).toBe(true);
    expect(htmlToText(`<p>seen</p><div style="${style}">hidden</div><p>too</p>`)).not.toContain("hidden");
  });

  it.each([
    "",
    "display:block",
    "display:inline-none",
    "x-display:none",
    "visibility:visible",
    "font-size:10px",
    "font-size:0.9em",
    "max-height:100px",
    "opacity:0.5",
    "opacity:0.01",
    "color:none",
    "background:url(display:none)",
  ])("not %j", (style) => {
    expect(isHidingStyle(style)).toBe(false);
    expect(htmlToText(`<div style="${style}">seen</div>`)).toBe("seen");
  });

  it("does not look for them beyond a bound", () => {
    expect(isHidingStyle(`${"color:red;".repeat(1_000)}display:none`)).toBe(false);
  });
});

describe("elements", () => {
  it.each([...SKIPPED])("leaves out the content of %s", (name) => {
    expect(htmlToText(`before<${name}>inside</${name}>after`).replace(/\s+/g, " ")).not.toContain("inside");
    expect(htmlToText(`before<${name}>inside</${name}>after`)).toMatch(/^before\s?after$/);
  });

  it.each([...VOID])("reads on behind %s, which has no content", (name) => {
    expect(htmlToText(`before <${name}> after`).replace(/\s+/g, " ")).toBe("before after");
    expect(htmlToText(`before <${name} style="display:none"> after`).replace(/\s+/g, " ")).toBe(
      "before after",
    );
  });

  it.each([...BREAKS].filter(([name]) => !VOID.has(name)))(
    "%s begins and ends on lines of its own",
    (name, breaks) => {
      const gap = "\n".repeat(breaks);
      expect(htmlToText(`before<${name}>inside</${name}>after`)).toBe(`before${gap}inside${gap}after`);
    },
  );

  it.each(["b", "i", "em", "strong", "span", "font", "u", "small", "code", "x-own", "o:p"])(
    "%s does not break a word",
    (name) => {
      expect(htmlToText(`be<${name}>fo</${name}>re`)).toBe("before");
    },
  );
});
