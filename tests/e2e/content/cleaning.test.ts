import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ContentPage, openContentPage } from "../../support/content/launch.ts";

let content: ContentPage;
beforeAll(async () => {
  content = await openContentPage();
});
afterAll(() => content.close());

/** Each tries to run something or to reach the network; `x.example` is what it would reach. */
const VECTORS: readonly (readonly [name: string, html: string])[] = [
  ["script", "<script>parent.hit=1</script><p>text</p>"],
  ["script in svg", "<svg><script>parent.hit=1</script></svg>"],
  ["event attribute", "<img src=x onerror=parent.hit=1><p onclick='parent.hit=1'>text</p>"],
  ["event attribute after a slash", "<svg/onload=parent.hit=1><body/onload=parent.hit=1>"],
  ["javascript link", "<a href='javascript:parent.hit=1'>go</a>"],
  ["javascript link with a tab and entities", "<a href='java&#9;script&colon;parent.hit=1'>go</a>"],
  ["data link", "<a href='data:text/html,<script>parent.hit=1</script>'>go</a>"],
  [
    "vbscript, blob, file and app links",
    "<a href='vbscript:x'>1</a><a href='blob:x'>2</a><a href='file:///etc/passwd'>3</a><a href='bulkhead://app/'>4</a>",
  ],
  [
    "frame",
    "<iframe src='https://x.example/'></iframe><iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
  ],
  ["frameset", "<frameset><frame src='https://x.example/'></frameset>"],
  [
    "object, embed, applet",
    "<object data='https://x.example/a'></object><embed src='https://x.example/b'><applet code='https://x.example/c'></applet>",
  ],
  ["base", "<base href='https://x.example/'><a href='relative'>go</a><img src='relative.png'>"],
  ["meta refresh", "<meta http-equiv='refresh' content='0;url=https://x.example/'>"],
  ["meta policy", "<meta http-equiv='Content-Security-Policy' content=\"script-src 'unsafe-inline'\">"],
  ["link style sheet", "<link rel='stylesheet' href='https://x.example/a.css'>"],
  [
    "link hints",
    "<link rel='dns-prefetch' href='//x.example'><link rel='preload' as='image' href='https://x.example/a'>",
  ],
  [
    "form",
    "<form action='https://x.example/'><input name='password'><button formaction='https://x.example/'>go</button></form>",
  ],
  ["style import", "<style>@import 'https://x.example/a.css'; @import url(//x.example/b.css);</style>"],
  [
    "style font",
    "<style>@font-face{font-family:F;src:url(https://x.example/f.woff2)} p{font-family:F}</style><p>text</p>",
  ],
  ["style background", "<style>p{background:url(https://x.example/a.png)}</style><p>text</p>"],
  ["style with an escaped url", "<p style='background:u\\72l(https://x.example/a.png)'>text</p>"],
  ["style in a comment", "<style><!-- p{background:url(https://x.example/a.png)} --></style><p>text</p>"],
  ["style content", "<style>p::before{content:url(https://x.example/a.png)}</style><p>text</p>"],
  ["style image-set", "<p style=\"background-image:image-set('https://x.example/a.png' 1x)\">text</p>"],
  [
    "style cross-fade",
    "<p style='background-image:-webkit-cross-fade(url(https://x.example/a.png),url(https://x.example/b.png),50%)'>t</p>",
  ],
  ["style variable", "<style>p{--u:url(https://x.example/a.png);background:var(--u)}</style><p>text</p>"],
  [
    "style cursor, list, border, mask, shape",
    "<p style='cursor:url(https://x.example/a),auto;list-style:url(https://x.example/b);border-image:url(https://x.example/c) 1;mask:url(https://x.example/d);shape-outside:url(https://x.example/e);filter:url(https://x.example/f)'>t</p>",
  ],
  [
    "style behaviour and binding",
    "<p style='behavior:url(https://x.example/a.htc);-moz-binding:url(https://x.example/b);width:expression(parent.hit=1)'>t</p>",
  ],
  [
    "style property and namespace rules",
    "<style>@namespace url(https://x.example/n); @property --p{syntax:'<url>';inherits:true;initial-value:url(https://x.example/p)} @layer l{p{background:url(https://x.example/l)}}</style><p>t</p>",
  ],
  ["style ending its element", '<style>a[title="</style><script>parent.hit=1</script>"]{color:red}</style>'],
  [
    "style ending its element through an escape",
    '<style>a[title="\\3c/style>\\3cscript>parent.hit=1\\3c/script>"]{color:red}</style><a>t</a>',
  ],
  [
    "attribute background",
    "<table background='https://x.example/a.png'><tr><td background='//x.example/b.png'>t</td></tr></table>",
  ],
  [
    "attribute background breaking out of its quotes",
    "<td background='x\");color:red;background:url(\"https://x.example/a'>t</td><div background='\\\"),url(https://x.example/b'>t</div>",
  ],
  ["picture", "<img src='https://x.example/a.png'>"],
  [
    "picture over srcset",
    "<img srcset='https://x.example/a.png 1x' src=''><picture><source srcset='https://x.example/b.png'><img></picture>",
  ],
  [
    "picture lowsrc, dynsrc, longdesc, usemap",
    "<img lowsrc='https://x.example/a' dynsrc='https://x.example/b' longdesc='https://x.example/c' usemap='#m'><map name=m><area href='javascript:parent.hit=1'></map>",
  ],
  ["svg image", "<svg><image href='https://x.example/a.png'/><use href='https://x.example/b.svg#a'/></svg>"],
  [
    "svg as data",
    '<img src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="parent.hit=1"/>\'>',
  ],
  [
    "video, audio, track",
    "<video poster='https://x.example/p' src='https://x.example/v'></video><audio src='https://x.example/a'><source src='https://x.example/s'><track src='https://x.example/t'></audio>",
  ],
  ["ping", "<a href='https://ok.example/' ping='https://x.example/p'>go</a>"],
  [
    "mathml",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=parent.hit=1&gt;'>",
  ],
  [
    "mathml link",
    "<math href='javascript:parent.hit=1'><mi xlink:href='javascript:parent.hit=1'>t</mi></math>",
  ],
  ["noscript nesting", "<noscript><p title='</noscript><img src=x onerror=parent.hit=1>'>"],
  [
    "template",
    "<template><img src=x onerror=parent.hit=1></template><div><template shadowrootmode=open><img src='https://x.example/'></template></div>",
  ],
  ["unclosed comment", "<!--><img src=x onerror=parent.hit=1>--><p>text</p>"],
  ["conditional comment", "<!--[if gte mso 9]><script>parent.hit=1</script><![endif]--><p>text</p>"],
  [
    "processing instruction and CDATA",
    "<?xml-stylesheet href='https://x.example/a.xsl'?><![CDATA[<img src=x onerror=parent.hit=1>]]>",
  ],
  [
    "attributes with control characters",
    "<a href='\u0001javascript:parent.hit=1'>1</a><a href='java\u0000script:parent.hit=1'>2</a>",
  ],
  [
    "clobbering",
    "<img name='body'><a id='attributes'></a><form id='childNodes'><input name='parentNode'></form>",
  ],
  ["xml island", "<xml><i><b>&lt;img src=x onerror=parent.hit=1&gt;</b></i></xml>"],
  [
    "plaintext and xmp",
    "<xmp><img src=x onerror=parent.hit=1></xmp><plaintext><script>parent.hit=1</script>",
  ],
  ["dialog over everything", "<dialog open style='position:fixed;inset:0'>Enter your password</dialog>"],
];

describe("what must not get through", () => {
  test.each(VECTORS)("%s", async (_name, html) => {
    await content.seen();
    const clean = await content.show(html);
    const markup = `${clean.html}<style>${clean.css}</style>`;
    expect(markup).not.toMatch(
      /<(?:script|iframe|frame|object|embed|form|input|button|svg|math|base|meta|link|template|dialog|video|audio)\b/i,
    );
    expect(markup).not.toMatch(
      /<[^>]*\s(?:on\w+|srcset|ping|formaction|action|poster|srcdoc|usemap|background)\s*=/i,
    );
    expect(markup).not.toMatch(/javascript:|vbscript:|@import|@font-face|expression\(|-moz-binding|file:/i);
    expect(markup).not.toMatch(/url\(|x\.example/i);
    expect(await content.page.evaluate("globalThis.hit")).toBeUndefined();
    expect(await content.seen()).toEqual({ pictures: [], network: [], navigations: [] });
  });

  test("the same vectors with pictures on reach nothing but the picture handler", async () => {
    await content.seen();
    for (const dark of [false, true]) {
      await content.show(VECTORS.map(([, html]) => `<div>${html}</div>`).join("\n"), {
        pictures: "on",
        dark,
      });
      for (const [, html] of VECTORS.slice(20, 36)) await content.show(html, { pictures: "on", dark });
    }
    const seen = await content.seen();
    expect(seen.network).toEqual([]);
    expect(seen.navigations).toEqual([]);
    expect(seen.pictures.length).toBeGreaterThan(0);
    for (const url of seen.pictures)
      expect(url).toMatch(/^bulkhead-picture:\/\/remote\/https%3A%2F%2Fx\.example%2F[^?]*\?m=7$/);
    expect(await content.page.evaluate("globalThis.hit")).toBeUndefined();
  });

  test("cleaning what was cleaned changes nothing", async () => {
    for (const [, html] of VECTORS) {
      // Roles, labels and relations are ours to set, not a mail's.
      const once = (await content.clean(html)).html.replaceAll(/ (?:role|rel|aria-label)="[^"]*"/g, "");
      const twice = (await content.clean(once)).html.replaceAll(/ rel="[^"]*"/g, "");
      expect(twice).toBe(`<div>${once}</div>`);
    }
  });
});

describe("pictures", () => {
  const picture = "<img src='https://x.example/a.png?b=1&c=ü' width=300 height=100 alt='A chart'>";

  test("a remote picture becomes a placeholder of its size that says what it was", async () => {
    const clean = await content.show(picture);
    expect(clean.remotePictures).toBe(1);
    const frame = await (await content.page.waitForSelector("iframe")).contentFrame();
    const box = await frame?.getByRole("img", { name: "Picture not loaded: A chart" }).boundingBox();
    expect([box?.width, box?.height]).toEqual([300, 100]);
  });

  test("when allowed it is asked for under the message's own address", async () => {
    await content.seen();
    await content.show(picture, { pictures: "on", messageId: 42 });
    const expected = encodeURIComponent("https://x.example/a.png?b=1&c=%C3%BC");
    expect((await content.seen()).pictures).toEqual([`bulkhead-picture://remote/${expected}?m=42`]);
  });

  test("inline pictures point to the store, whatever is in their id", async () => {
    const clean = await content.clean(`<img src="cid:image001.png@01D9/../A?B"><img src="CID:%3Ca%3E">`);
    expect(clean.html).toContain('src="bulkhead-picture://inline/7/image001.png%4001D9%2F..%2FA%3FB"');
    expect(clean.html).toContain('src="bulkhead-picture://inline/7/a"');
    expect(clean.remotePictures).toBe(0);
  });

  test("raster data pictures stay, others go", async () => {
    const gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    const clean = await content.clean(
      `<img src="${gif}"><img alt="drawing" src="data:image/svg+xml;base64,PHN2Zy8+">`,
    );
    expect(clean.html).toContain(`src="${gif}"`);
    expect(clean.html).not.toContain("svg");
    expect(clean.html).toContain("drawing");
  });

  test("trackers are counted and never load", async () => {
    await content.seen();
    const clean = await content.show(
      "<img src='https://x.example/1' width=1 height=1><img src='https://x.example/2' style='width:1px;height:2px'>",
      { pictures: "on" },
    );
    expect([clean.trackers, clean.remotePictures]).toEqual([2, 0]);
    expect((await content.seen()).pictures).toEqual([]);
  });

  test("pictures in styles are counted and follow the same switch", async () => {
    const html =
      "<style>td{background:#0a6378 url(https://x.example/a.png) no-repeat}</style><table><tr><td>t</td></tr></table>";
    const off = await content.clean(html);
    expect(off.remotePictures).toBe(1);
    expect(off.css).not.toContain("url(");
    expect(off.css).toContain("rgb(10, 99, 120)");
    const on = await content.clean(html, { pictures: "on" });
    expect(on.css).toContain('url("bulkhead-picture://remote/https%3A%2F%2Fx.example%2Fa.png?m=7")');
  });
});

describe("links", () => {
  test("keep web, mail and phone addresses and show them in full", async () => {
    const clean = await content.clean(
      "<a href='HTTPS://Bank.example/login?a=1#b' target=_blank title='lies'>Log in</a> <a href='mailto:a@b.example'>m</a> <a href='tel:+1'>t</a> <a href='//p.example'>p</a> <a href='#part'>in</a>",
    );
    expect(clean.html).toContain('href="https://bank.example/login?a=1#b"');
    expect(clean.html).toContain('title="https://bank.example/login?a=1#b"');
    expect(clean.html).toContain('rel="noopener noreferrer"');
    expect(clean.html).not.toContain("target");
    expect(clean.html).not.toContain("lies");
    expect(clean.links.map((link) => link.href)).toEqual([
      "https://bank.example/login?a=1#b",
      "mailto:a@b.example",
      "tel:+1",
      "https://p.example/",
    ]);
  });

  test("a click is announced to main and moves nothing", async () => {
    await content.show("<a href='https://ok.example/path'>go</a> <a href='mailto:a@b.example'>mail</a>");
    await content.seen();
    const frame = await (await content.page.waitForSelector("iframe")).contentFrame();
    await frame?.getByText("go").click();
    await frame?.getByText("mail").click();
    await expect
      .poll(() => content.seen())
      .toMatchObject({
        navigations: ["https://ok.example/path", "mailto:a@b.example"],
        network: [],
      });
    expect(frame?.url()).toBe("about:srcdoc");
  });
});
