import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlToText } from "../../../../electron/protocol/html/html-to-text.ts";

const plain = (html: string) => htmlToText(html, { form: "plain" });

describe("htmlToText", () => {
  it.each([
    ["<p>One</p><p>Two</p>", "One\n\nTwo"],
    ["<div>One</div><div>Two</div>", "One\nTwo"],
    ["One<br>Two<br/>Three", "One\nTwo\nThree"],
    ["One<br><br>Two", "One\n\nTwo"],
    ["One<br><br><br><br><br>Two", "One\n\nTwo"],
    ["<div>a<br></div><div>b</div>", "a\nb"],
    ["<div>a</div><div><br></div><div>b</div>", "a\n\nb"],
    ["  a \n\t b  ", "a b"],
    ["<b>bold</b>er", "bolder"],
    ["a <i> b </i> c", "a b c"],
    ["a&nbsp;&nbsp;b", "a b"],
    ["x&lt;y&amp;&#8364;&#x20AC;&eacute;&zzz;", "x<y&€€é&zzz;"],
    ["<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\nC"],
    ["<h1>T</h1>body", "T\n\nbody"],
    ["<pre>  x\n    y</pre>z", "  x\n    y\n\nz"],
    ["before<p>unclosed<p>second", "before\n\nunclosed\n\nsecond"],
    ["a</p>b</br>c", "a\n\nb\nc"],
    ["", ""],
    ["no markup", "no markup"],
    ["1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
    ["<DIV>Upper</DIV><DIV>Case</DIV>", "Upper\nCase"],
  ])("%j reads %j", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    ["script", "<script>if (a < b) alert('</b>')</script>seen"],
    ["style", "<style>p { color: red }</style>seen"],
    ["head and title", "<html><head><title>T</title><meta charset=x></head><body>seen</body></html>"],
    ["a head that is never closed", "<head><meta charset=x><body>seen"],
    ["comments", "se<!-- <b>not</b> -->en"],
    ["conditional comments", "<!--[if mso]><p>not</p><![endif]-->seen"],
    ["declarations", "<!DOCTYPE html><?xml version='1.0'?>seen"],
    ["hidden preheaders", '<div style="display:none;max-height:0">not</div>seen'],
    ["hidden with nested elements of its name", '<div style="DISPLAY : NONE"><div>not</div>nor</div>seen'],
    ["the hidden attribute", "<span hidden>not</span>seen"],
    ["letters of size nought", '<span style="font-size:0">not</span>seen'],
    ["a hidden paragraph without an end", '<p style="display:none">not<p>seen'],
    ["invisible text", "<span style='color:red; visibility:hidden'>not</span>seen"],
    ["templates", "<template><p>not</p></template>seen"],
    ["a choice's options", "<select><option>not</select>seen"],
  ])("leaves out %s", (_what, html) => {
    expect(htmlToText(html)).toBe("seen");
  });

  it("shows what only looks hidden", () => {
    expect(htmlToText('<p style="font-size:0.9em">a</p><p style="max-height:0.5em">b</p>')).toBe("a\n\nb");
    expect(htmlToText('<img style="display:none" src=x>after')).toBe("after");
    expect(htmlToText('<p title="display:none">a</p>')).toBe("a");
  });

  it("keeps words only in the index form", () => {
    const html =
      '<ul><li>one</li></ul><a href="https://a.test/x">link</a><img alt="logo"><blockquote>q</blockquote>';
    expect(htmlToText(html)).toBe("one\n\nlink\n\nq");
  });

  it.each([
    ['<a href="https://a.test/x">here</a>', "here <https://a.test/x>"],
    ['<a href="https://a.test/">a.test</a>', "a.test"],
    ['<a href="mailto:a@b.test">a@b.test</a>', "a@b.test"],
    ['<a href="javascript:alert(1)">x</a>', "x"],
    ['<a name="top">x</a>', "x"],
    ['<a href="https://a.test/?a=1&amp;b=2">q</a>', "q <https://a.test/?a=1&b=2>"],
    [
      '<a href="https://a.test/a">one<a href="https://a.test/b">two',
      "one <https://a.test/a>two <https://a.test/b>",
    ],
    ["<ul><li>a</li><li>b</li></ul>", "- a\n- b"],
    ["<ol><li>a<li>b</ol>", "1. a\n2. b"],
    ["<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"],
    ["<p>x</p><blockquote>q<br>r</blockquote>y", "x\n\n> q\n> r\n\ny"],
    ["<blockquote><blockquote>deep</blockquote></blockquote>", ">> deep"],
    ["a<hr>b", "a\n----------\nb"],
    ['<img alt="Our logo">', "[Our logo]"],
  ])("in the plain form, %j reads %j", (html, text) => {
    expect(plain(html)).toBe(text);
  });

  it("reads no further than asked and never cuts a character in two", () => {
    expect(htmlToText("<p>abcdef</p>", { maxOutput: 3 })).toBe("abc");
    expect(htmlToText("<p>abc</p><p>def</p>", { maxInput: 6 })).toBe("abc");
    expect(htmlToText("a😀", { maxOutput: 2 })).toBe("a");
  });

  it("stays linear where a tree of open elements would not", () => {
    const hostile = `${"<b>".repeat(200_000)}${"</i>".repeat(200_000)}end`;
    expect(htmlToText(hostile)).toBe("end");
    expect(htmlToText(`${"<div style='display:none'>".repeat(50_000)}x`)).toBe("");
    expect(htmlToText("<blockquote>".repeat(10_000), { form: "plain" })).toBe("");
    expect(htmlToText(`<a ${"b ".repeat(200_000)}href="https://x.test">t</a>`)).toBe("t");
    expect(htmlToText(`<p style="${"display:".repeat(50_000)}">t</p>`)).toBe("t");
  });

  it("never throws, and never answers with more than was allowed", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "<p>",
        "</p>",
        "<",
        ">",
        "<!--",
        "-->",
        "&",
        "&#x1F600;",
        "&#0;",
        "&#xD800;",
        "<a href='",
        '"',
        "<style",
        "<pre>",
        "<li>",
        "</ol>",
        "\0",
        "<![CDATA[",
        "]]>",
        "<textarea>",
        "<plaintext>",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom("index" as const, "plain" as const),
        (pieces, form) => {
          const text = htmlToText(pieces.join(""), { form, maxOutput: 100 });
          expect(text.length).toBeLessThanOrEqual(100);
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });
});
