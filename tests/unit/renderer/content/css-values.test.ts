import { describe, expect, test } from "vitest";
import { escapeForStyleElement, filterDeclaration } from "../../../../renderer/content/css-values.ts";

const none = () => null;
const mapped = (url: string) => `bulkhead-picture://remote/${encodeURIComponent(url)}?m=1`;

describe("filterDeclaration", () => {
  test.each([
    ["color", "rgb(1, 2, 3)"],
    ["width", "calc(100% - 20px)"],
    ["background-image", "linear-gradient(rgb(1, 2, 3), transparent)"],
    ["font-family", '"Segoe UI", Arial'],
    ["grid-template-columns", "repeat(2, minmax(0px, 1fr))"],
    ["position", "relative"],
    ["margin-left", "-4px"],
  ])("keeps %s: %s", (property, value) => expect(filterDeclaration(property, value, none)).toBe(value));

  test.each([
    ["position", "fixed"],
    ["position", "absolute"],
    ["position", "sticky"],
    ["z-index", "1"],
    ["content", '"x"'],
    ["cursor", "pointer"],
    ["animation-name", "a"],
    ["transform", "scale(2)"],
    ["filter", "blur(2px)"],
    ["pointer-events", "none"],
    ["behavior", "url(x)"],
    ["-moz-binding", "url(x)"],
    ["--x", "red"],
    ["color", "var(--x)"],
    ["width", "expression(alert(1))"],
    ["width", "attr(data-x px)"],
    ["background-image", 'image-set("a.png" 1x)'],
    ["background-image", 'src("https://x.example/a")'],
    ["background-image", 'cross-fade(url("https://x.example/a"), red)'],
    ["background-image", "element(#a)"],
    ["background-image", "u\\72l(https://x.example/a)"],
    ["border-image-source", 'url("https://x.example/a")'],
    ["list-style-image", 'url("https://x.example/a")'],
    ["color", `"${"x".repeat(3000)}"`],
    ["color", '"unclosed'],
  ])("drops %s: %s", (property, value) => expect(filterDeclaration(property, value, mapped)).toBeNull());

  test("replaces every address, or drops the declaration", () => {
    const value = 'url("https://x.example/a?b=(1)"), url(https://x.example/c)';
    expect(filterDeclaration("background-image", value, mapped)).toBe(
      `url("${mapped("https://x.example/a?b=(1)")}"), url("${mapped("https://x.example/c")}")`,
    );
    expect(filterDeclaration("background-image", value, none)).toBeNull();
    expect(
      filterDeclaration("background-image", value, (url) => (url.endsWith("c") ? null : mapped(url))),
    ).toBeNull();
  });

  test("reads escapes in an address and writes none that ends it", () => {
    const seen: string[] = [];
    const out = filterDeclaration("background-image", 'url("a\\22 \\0a b\\)c\\110000 ")', (url) => {
      seen.push(url);
      return 'x"\\\ny';
    });
    expect(seen).toEqual(['a"\nb)c\ufffd']);
    expect(out).toBe('url("x\\22 \\5c \\a y")');
  });

  test("what looks like an address inside a string is a string", () => {
    expect(filterDeclaration("font-family", '"url(https://x.example)"', none)).toBe(
      '"url(https://x.example)"',
    );
  });

  test("is linear on hostile values", () => {
    const value = `url(${"(".repeat(900)}`;
    expect(filterDeclaration("background-image", value, mapped)).toBeNull();
    expect(filterDeclaration("color", "a(".repeat(900), none)).toBeNull();
  });
});

describe("escapeForStyleElement", () => {
  test("leaves nothing that could end or open an element", () => {
    expect(escapeForStyleElement('a[title="</style><script>"]{}')).toBe(
      'a[title="\\3c /style>\\3c script>"]{}',
    );
    expect(escapeForStyleElement("@media (width < 600px){}")).toBe("@media (width < 600px){}");
  });
});
