import { describe, expect, test } from "vitest";
import { cleanText } from "../../../../renderer/content/index.ts";
import { frameDocument, isPaperInDark } from "../../../../renderer/message-frame/frame-document.ts";

const body = cleanText("Hello");
const designed = { ...body, layout: "designed" as const, css: "p{color: red;}" };

describe("frameDocument", () => {
  test("begins with its policy, before anything of the mail", () => {
    const page = frameDocument(body, { dark: false, inset: 24 });
    const policy = page.indexOf("Content-Security-Policy");
    expect(policy).toBeGreaterThan(0);
    expect(policy).toBeLessThan(page.indexOf("<style>"));
    expect(policy).toBeLessThan(page.indexOf(body.html));
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("img-src bulkhead-picture: data:;");
    expect(page).not.toMatch(/script-src|connect-src|https?:/);
    expect(page).toContain('<meta name="referrer" content="no-referrer">');
  });

  test("the mail's styles come after the reading style and before what no mail may override", () => {
    const page = frameDocument(designed, { dark: false, inset: 24 });
    expect(page.indexOf(designed.css)).toBeGreaterThan(page.indexOf("scrollbar-width"));
    expect(page.indexOf(designed.css)).toBeLessThan(page.indexOf("max-width:100%!important"));
  });

  test("only a simple mail takes the dark page", () => {
    expect(frameDocument(body, { dark: true, inset: 24 })).toContain("color-scheme:dark");
    expect(frameDocument(designed, { dark: true, inset: 24 })).toContain("color-scheme:light");
    expect(isPaperInDark(designed, { dark: true, inset: 24 })).toBe(true);
    expect(isPaperInDark(body, { dark: true, inset: 24 })).toBe(false);
    expect(isPaperInDark(designed, { dark: false, inset: 24 })).toBe(false);
  });

  test("only a simple mail is held to the reading column", () => {
    expect(frameDocument(body, { dark: false, inset: 24 })).toContain("max-width:76ch");
    expect(frameDocument(designed, { dark: false, inset: 24 })).not.toContain("max-width:76ch");
  });
});
