import { describe, expect, it } from "vitest";
import type { HttpRequest, HttpResponse, Transport } from "../../../electron/ports/transport.ts";
import { createPictures, namedAddresses } from "../../../electron/services/pictures.ts";
import type { AttachmentStore } from "../../../electron/store/api.ts";
import { err, ok } from "../../../shared/base/result.ts";
import { messageId } from "../../support/mail.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const MESSAGE = messageId(5);
const SRC = "https://news.example.test/banner.png?a=1&b=2";

function web(answers: Record<string, { status?: number; location?: string; body?: Uint8Array }>) {
  const asked: HttpRequest[] = [];
  const transport: Transport = {
    async request(request) {
      asked.push(request);
      const answer = answers[request.url];
      if (answer === undefined) return err({ kind: "offline", detail: "no such host" });
      const response: HttpResponse = {
        status: answer.status ?? 200,
        headers: new Map(answer.location === undefined ? [] : [["location", answer.location]]),
        body: (async function* () {
          yield answer.body ?? PNG;
        })(),
      };
      return ok(response);
    },
    close() {},
  };
  const attachments = { byContentId: () => null } as unknown as AttachmentStore;
  const downloads = { fetch: async () => ok({}), exportTo: async () => ok({}) };
  return { asked, pictures: createPictures({ transport, attachments, downloads }) };
}

const html = (src: string) => `<p>Hi</p><img src="${src.replaceAll("&", "&amp;")}">`;

describe("the gate for pictures", () => {
  it("asks nobody before the reader allowed it", async () => {
    const { asked, pictures } = web({ [SRC]: {} });
    expect(await pictures.remote(MESSAGE, SRC)).toMatchObject({ ok: false, error: { code: "refused" } });
    expect(asked).toEqual([]);
  });

  it("loads what the message names, telling nothing about who asks", async () => {
    const { asked, pictures } = web({ [SRC]: {} });
    pictures.allow(MESSAGE, html(SRC));
    expect(await pictures.remote(MESSAGE, SRC)).toMatchObject({ ok: true, value: { type: "image/png" } });
    expect(asked.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
      { method: "GET", url: SRC, headers: { accept: "image/*" } },
    ]);
  });

  it("does not load for another message, nor another address", async () => {
    const { asked, pictures } = web({ [SRC]: {}, "https://evil.example/x": {} });
    pictures.allow(MESSAGE, html(SRC));
    expect((await pictures.remote(messageId(6), SRC)).ok).toBe(false);
    expect((await pictures.remote(MESSAGE, "https://evil.example/x")).ok).toBe(false);
    expect((await pictures.remote(MESSAGE, `${SRC}&leak=secret`)).ok).toBe(false);
    expect(asked).toEqual([]);
  });

  it.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "ftp://h/x",
    "https://u:p@h/x",
    "//h/x",
  ])("never asks for %s", async (address) => {
    const { asked, pictures } = web({});
    pictures.allow(MESSAGE, html(address));
    expect((await pictures.remote(MESSAGE, address)).ok).toBe(false);
    expect(asked).toEqual([]);
  });

  it("shows nothing that is not a picture, whatever the server calls it", async () => {
    const body = new TextEncoder().encode("<svg onload=alert(1)>");
    const { pictures } = web({ [SRC]: { body } });
    pictures.allow(MESSAGE, html(SRC));
    expect(await pictures.remote(MESSAGE, SRC)).toMatchObject({ ok: false, error: { code: "not-found" } });
  });

  it("follows a few redirects on the web and no others", async () => {
    const { pictures } = web({
      [SRC]: { status: 302, location: "/final.png" },
      "https://news.example.test/final.png": {},
    });
    pictures.allow(MESSAGE, html(SRC));
    expect((await pictures.remote(MESSAGE, SRC)).ok).toBe(true);

    const loop = web({ [SRC]: { status: 302, location: SRC } });
    loop.pictures.allow(MESSAGE, html(SRC));
    expect((await loop.pictures.remote(MESSAGE, SRC)).ok).toBe(false);
    expect(loop.asked).toHaveLength(4);

    const file = web({ [SRC]: { status: 302, location: "file:///etc/passwd" } });
    file.pictures.allow(MESSAGE, html(SRC));
    expect(await file.pictures.remote(MESSAGE, SRC)).toMatchObject({ ok: false, error: { code: "refused" } });
    expect(file.asked).toHaveLength(1);
  });
});

describe("namedAddresses", () => {
  it("normalises what authors write", () => {
    const found = namedAddresses(`<img src="HTTPS://Host.Example/a?x=1&amp;y=2"> url('http://b.example/c')`);
    expect(found).toContain("https://host.example/a?x=1&y=2");
    expect(found).toContain("http://b.example/c");
  });
  it("reads addresses in styles and those without a scheme", () => {
    const found = namedAddresses(
      `<td style="background:url(https://c.example/bg.png);color:red"><img src="//d.example/e.png"><img src="https://f.example/g(1).png">`,
    );
    expect(found).toContain("https://c.example/bg.png");
    expect(found).toContain("https://d.example/e.png");
    expect(found).toContain("https://f.example/g(1).png");
  });
  it("is bounded on hostile input", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `<img src="https://h.example/${i}">`).join("");
    expect(namedAddresses(many).size).toBeLessThanOrEqual(5_001);
    expect(namedAddresses(`https://${"a".repeat(1_000_000)}`).size).toBeLessThanOrEqual(1);
  });
});
