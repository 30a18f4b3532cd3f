import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ContentPage, openContentPage } from "../../support/content/launch.ts";

let content: ContentPage;
beforeAll(async () => {
  content = await openContentPage();
});
afterAll(() => content.close());

async function frame() {
  const inside = await (await content.page.waitForSelector("iframe")).contentFrame();
  if (inside === null) throw new Error("The message frame has no page");
  return inside;
}

describe("styles", () => {
  test("keep how text looks, and its priority", async () => {
    const { html } = await content.clean(
      "<p style='color:#123456 !important;font:bold 14px/1.4 Arial;margin:0 4px;mso-line-height-rule:exactly'>t</p>",
    );
    expect(html).toContain("color: rgb(18, 52, 86) !important");
    expect(html).toContain("font: bold 14px / 1.4 Arial");
    expect(html).toContain("margin: 0px 4px");
    expect(html).not.toContain("mso");
  });

  test("take nothing out of the flow and write nothing", async () => {
    const { html, css } = await content.clean(
      "<style>p{position:fixed;z-index:9;transform:scale(9);animation:a 1s}p::after{content:'Verified'}@keyframes a{}</style>" +
        "<p style='position:absolute;top:0;pointer-events:none;user-select:none;color:red'>t</p><i style='position:relative'>r</i>",
    );
    expect(css).toBe("");
    expect(html).toContain('<p style="color: red;">');
    expect(html).toContain("position: relative");
  });

  test("media rules stay with what is inside them", async () => {
    const { css } = await content.clean(
      "<style>@media (max-width:600px){.a{width:100% !important;position:fixed}@media print{.b{color:red}}}</style><style media=print>.c{color:red}</style>",
    );
    expect(css).toContain("@media (max-width: 600px){.a{width: 100% !important;}");
    expect(css).toContain("@media print{.b{color: red;}");
    expect(css).toContain("@media print{.c{color: red;}");
  });

  test("rules and sheets are bounded", async () => {
    const many = Array.from({ length: 6000 }, (_, i) => `.c${i}{color:red}`).join("");
    const { css } = await content.clean(`<style>${many}</style><style>.late{color:red}</style>`);
    expect(css.split("\n").length).toBeLessThanOrEqual(4001);
    expect(css).not.toContain(".late");
    expect((await content.clean(`<style>p{color:red}${" ".repeat(600_000)}</style>`)).css).toBe("");
  });
});

describe("dark", () => {
  test("a simple mail takes the dark surface with text that can be read", async () => {
    const { html, layout } = await content.show(
      "<body bgcolor=white text=black><p style='color:windowtext'>Dear all</p><p><font color=navy>blue</font><span style='background:yellow'>note</span></p></body>",
      { dark: true },
    );
    expect(layout).toBe("simple");
    expect(html).not.toContain("white");
    const inside = await frame();
    const lightness = await inside.evaluate(() =>
      [...document.querySelectorAll("p, font, span")].map((element) => {
        const [r = 0, g = 0, b = 0] = (getComputedStyle(element).color.match(/\d+/g) ?? []).map(Number);
        return Math.max(r, g, b);
      }),
    );
    for (const value of lightness) expect(value).toBeGreaterThan(170);
    expect(await inside.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      "rgba(0, 0, 0, 0)",
    );
  });

  test("a designed mail keeps its colours on light paper", async () => {
    const { html, layout } = await content.show(
      "<table bgcolor='#0a6378' width=600><tr><td style='color:#ffffff'>Sale</td></tr></table>",
      { dark: true },
    );
    expect(layout).toBe("designed");
    expect(html).toContain("rgb(255, 255, 255)");
    expect(await content.page.getAttribute("iframe", "data-paper")).toBe("true");
  });
});

describe("the frame", () => {
  test("has no origin, no scripts and its own policy", async () => {
    await content.show("<p>text</p>");
    const iframe = await content.page.waitForSelector("iframe");
    expect(await iframe.getAttribute("sandbox")).toBe("");
    expect(await iframe.evaluate((element: HTMLIFrameElement) => element.contentDocument === null)).toBe(
      true,
    );
    expect(await iframe.getAttribute("srcdoc")).toMatch(
      /^<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
    );
  });

  test("fits pictures to the window and lets wide tables scroll inside", async () => {
    const gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    await content.show(
      `<img id=wide src="${gif}" width=3000 style="width:3000px"><table><tr><td><div style="width:2000px">t</div></td></tr></table>`,
    );
    const width = await (await frame()).evaluate(
      () => document.getElementById("wide")?.getBoundingClientRect().width,
    );
    expect(width).toBeLessThanOrEqual(900);
    expect(await content.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
      true,
    );
  });
});

describe("quotes", () => {
  const long = "Earlier words. ".repeat(60);

  test("a long quoted original at the end is folded", async () => {
    const { html } = await content.clean(`<p>Yes.</p><div class="gmail_quote">${long}</div>`);
    expect(html).toMatch(/<p>Yes\.<\/p><details class="bh-quote"><summary>Earlier messages<\/summary>/);
  });

  test("Outlook's mark takes what follows it", async () => {
    const { html } = await content.clean(
      `<p>Yes.</p><hr><div id="divRplyFwdMsg">From: A</div><div>${long}</div>`,
    );
    expect(html).toMatch(/<details class="bh-quote"><summary>.*<\/summary><hr><div id="divRplyFwdMsg">/);
  });

  test.each([
    ["nothing is written above it", `<blockquote type=cite>${long}</blockquote>`],
    ["words follow it", `<p>See</p><blockquote type=cite>${long}</blockquote><p>my answer</p>`],
    ["it is short", "<p>Yes.</p><blockquote type=cite>Lunch?</blockquote>"],
  ])("stays open when %s", async (_why, html) => {
    expect((await content.clean(html)).html).not.toContain("<details");
  });
});

describe("too much", () => {
  test("a huge body is shown as text with a note", async () => {
    const clean = await content.clean(
      `<style>p{}</style><p>Hello &lt;b&gt;</p><script>1</script>${"<i>x</i>".repeat(260_000)}`,
    );
    expect(clean.note).toContain("too large");
    expect(clean.html).toContain("Hello &lt;b&gt;");
    expect(clean.html).not.toContain("<i>");
  });

  test("so is one with too many elements", async () => {
    expect((await content.clean("<i></i>".repeat(50_001))).note).toContain("too large");
  });

  test("deep nesting ends", async () => {
    const clean = await content.clean(`${"<div>".repeat(20_000)}deep`);
    expect(clean.html).toContain("deep");
  });
});
