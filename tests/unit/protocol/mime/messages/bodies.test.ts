import { describe, expect, it } from "vitest";
import { mime, read } from "../read.ts";

const part = (type: string, body: string, ...headers: readonly string[]) =>
  [`Content-Type: ${type}`, ...headers, "", body].join("\r\n");
const multi = (subtype: string, boundary: string, ...parts: readonly string[]) =>
  [
    `Content-Type: multipart/${subtype}; boundary="${boundary}"`,
    "",
    ...parts.flatMap((each) => [`--${boundary}`, each]),
    `--${boundary}--`,
  ].join("\r\n");
const plain = (body: string, ...headers: readonly string[]) => part("text/plain", body, ...headers);
const html = (body: string, ...headers: readonly string[]) => part("text/html", body, ...headers);
const pdf = (name: string) =>
  part("application/pdf", "%PDF", `Content-Disposition: attachment; filename=${name}`);
const picture = (id: string, ...headers: readonly string[]) =>
  part("image/png", "PNG", `Content-ID: <${id}>`, ...headers);

const reading = (source: string) => {
  const message = read(mime(source));
  return {
    text: message.text,
    html: message.html,
    files: message.attachments.map(({ name, inline }) => (inline ? `${name} (inline)` : name)),
  };
};

describe("what is text, what is HTML, what is a file", () => {
  it.each<[string, string, string | null, string | null, readonly string[]]>([
    ["a lone text", plain("x"), "x", null, []],
    ["a lone HTML", html("<p>x</p>"), null, "<p>x</p>", []],
    ["a lone file", pdf("a.pdf"), null, null, ["a.pdf"]],
    ["a lone picture", part("image/png; name=a.png", "PNG"), null, null, ["a.png"]],
    [
      "a lone text that says it is a file",
      plain("x", "Content-Disposition: attachment; filename=a.txt"),
      null,
      null,
      ["a.txt"],
    ],
    ["a lone text with a name", plain("x", "Content-Disposition: inline; filename=a.txt"), "x", null, []],
    ["an alternative", multi("alternative", "b", plain("x"), html("<p>y</p>")), "x", "<p>y</p>", []],
    [
      "an alternative the other way round",
      multi("alternative", "b", html("<p>y</p>"), plain("x")),
      "x",
      "<p>y</p>",
      [],
    ],
    ["an alternative of text only", multi("alternative", "b", plain("x")), "x", null, []],
    ["an alternative of HTML only", multi("alternative", "b", html("<p>y</p>")), null, "<p>y</p>", []],
    [
      "two HTML versions",
      multi("alternative", "b", plain("x"), html("<p>y</p>"), html("<p>z</p>")),
      "x",
      "<p>y</p>\n<p>z</p>",
      [],
    ],
    [
      "an alternative and a file",
      multi("mixed", "m", multi("alternative", "a", plain("x"), html("y")), pdf("f.pdf")),
      "x",
      "y",
      ["f.pdf"],
    ],
    ["a file first", multi("mixed", "m", pdf("f.pdf"), plain("x")), "x", null, ["f.pdf"]],
    [
      "a text behind a file",
      multi("mixed", "m", plain("x"), pdf("f.pdf"), plain("footer")),
      "x\nfooter",
      null,
      ["f.pdf"],
    ],
    [
      "a named text behind",
      multi("mixed", "m", plain("x"), part("text/plain; name=n.txt", "n")),
      "x",
      null,
      ["n.txt"],
    ],
    [
      "a named inline text behind",
      multi("mixed", "m", plain("x"), plain("n", "Content-Disposition: inline; filename=n.txt")),
      "x",
      null,
      ["n.txt (inline)"],
    ],
    [
      "a text of another kind",
      multi("mixed", "m", plain("x"), part("text/x-diff; name=a.diff", "+1")),
      "x",
      null,
      ["a.diff"],
    ],
    [
      "a vCard",
      multi("mixed", "m", plain("x"), part("text/vcard", "BEGIN:VCARD")),
      "x",
      null,
      ["attachment-1.vcf"],
    ],
    ["texts side by side", multi("mixed", "m", plain("x"), plain("y")), "x\ny", null, []],
    [
      "HTML side by side with text",
      multi("mixed", "m", html("<p>x</p>"), plain("a<b")),
      "x\na<b",
      "<p>x</p>\n<div>a&lt;b</div>",
      [],
    ],
    ["an unknown multipart", multi("x-unheard-of", "m", plain("x"), pdf("f.pdf")), "x", null, ["f.pdf"]],
    [
      "parallel parts",
      multi("parallel", "m", plain("x"), part("audio/basic; name=a.au", "snd")),
      "x",
      null,
      ["a.au"],
    ],
    [
      "a mixed inside an alternative",
      multi("alternative", "a", plain("x"), multi("mixed", "m", html("<p>y</p>"), pdf("f.pdf"))),
      "x",
      "<p>y</p>",
      ["f.pdf"],
    ],
    [
      "a version nobody shows",
      multi("alternative", "a", plain("x"), part("text/enriched", "<bold>x</bold>")),
      "x",
      null,
      [],
    ],
    [
      "a watch's version",
      multi("alternative", "a", plain("x"), part("text/watch-html", "<b>x"), html("<p>y</p>")),
      "x",
      "<p>y</p>",
      [],
    ],
  ])("%s", (_what, source, text, markup, files) => {
    expect(reading(source)).toEqual({ text, html: markup, files });
  });
});

describe("related parts", () => {
  it("are inline when the HTML can name them", () => {
    const related = multi(
      "related",
      "r",
      html('<img src="cid:one@x"><img src="cid:two@x">'),
      picture("one@x"),
      picture("two@x"),
    );
    const message = read(mime(related));
    expect(message.attachments.map(({ contentId, inline, type }) => [contentId, inline, type])).toEqual([
      ["one@x", true, "image/png"],
      ["two@x", true, "image/png"],
    ]);
  });

  it("are files when nothing can name them", () => {
    expect(
      reading(multi("related", "r", html("<p>x</p>"), part("image/png; name=a.png", "PNG"))).files,
    ).toEqual(["a.png"]);
  });

  it("may come before their root, which a parameter names", () => {
    const source = [
      'Content-Type: multipart/related; boundary=r; type="text/html"; start="<root@x>"',
      "",
      "--r",
      picture("one@x"),
      "--r",
      html('<img src="cid:one@x">', "Content-ID: <root@x>", "Content-Disposition: inline"),
      "--r--",
    ].join("\r\n");
    const message = read(mime(source));
    expect(message.attachments.map(({ contentId }) => contentId)).toContain("one@x");
  });

  it("can hold an alternative", () => {
    const source = multi(
      "related",
      "r",
      multi("alternative", "a", plain("x"), html('<img src="cid:p@x">')),
      picture("p@x"),
    );
    expect(reading(source)).toEqual({
      text: "x",
      html: '<img src="cid:p@x">',
      files: ["image-1.png (inline)"],
    });
  });

  it("can be one version of an alternative", () => {
    const source = multi(
      "alternative",
      "a",
      plain("x"),
      multi("related", "r", html('<img src="cid:p@x">'), picture("p@x")),
    );
    expect(reading(source)).toEqual({
      text: "x",
      html: '<img src="cid:p@x">',
      files: ["image-1.png (inline)"],
    });
  });

  it("stay inline although they call themselves attachments, when the HTML shows them", () => {
    const attached = picture("p@x", "Content-Disposition: attachment; filename=p.png");
    expect(reading(multi("related", "r", html('<img src="cid:p@x">'), attached)).files).toEqual([
      "p.png (inline)",
    ]);
    expect(reading(multi("related", "r", html("<p>x</p>"), attached)).files).toEqual(["p.png"]);
  });

  it.each([
    ["<a@x>", "a@x"],
    ["a@x", "a@x"],
    [" <a@x> ", "a@x"],
    ["<a b>", "a b"],
    ["<>", null],
    ["", null],
  ])("read a content id %j", (raw, contentId) => {
    const source = multi("mixed", "m", plain("x"), part("image/png", "PNG", `Content-ID: ${raw}`));
    expect(read(mime(source)).attachments[0]?.contentId).toBe(contentId);
  });
});

describe("calendar parts", () => {
  it.each<[string, string, string | null]>([
    ["text/calendar; method=REQUEST", "BEGIN:VCALENDAR", "REQUEST"],
    ['text/calendar; charset=utf-8; method="cancel"', "BEGIN:VCALENDAR", "CANCEL"],
    ["text/calendar", "BEGIN:VCALENDAR", null],
    ["text/calendar; method=", "BEGIN:VCALENDAR", null],
    ["application/ics; name=invite.ics", "BEGIN:VCALENDAR", null],
  ])("%s", (type, body, method) => {
    const message = read(mime(multi("alternative", "a", plain("x"), html("y"), part(type, body))));
    expect(message.calendar).toEqual([{ method, text: body }]);
    expect([message.text, message.html]).toEqual(["x", "y"]);
  });

  it("are decoded as text", () => {
    const encoded = part(
      "text/calendar; method=REQUEST; charset=iso-8859-1",
      Buffer.from("SUMMARY:Caf\xe9", "latin1").toString("base64"),
      "Content-Transfer-Encoding: base64",
    );
    expect(read(mime(multi("alternative", "a", plain("x"), encoded))).calendar).toEqual([
      { method: "REQUEST", text: "SUMMARY:Café" },
    ]);
  });

  it("can be the whole message", () => {
    const message = read(mime(part("text/calendar; method=REPLY", "BEGIN:VCALENDAR")));
    expect(message.calendar).toEqual([{ method: "REPLY", text: "BEGIN:VCALENDAR" }]);
    expect([message.text, message.html]).toEqual([null, null]);
  });
});

describe("reports, signatures, encryption", () => {
  it("reads a delivery report", () => {
    const message = read(
      mime(
        multi(
          "report; report-type=delivery-status",
          "r",
          plain("Your message could not be delivered."),
          part("message/delivery-status", "Reporting-MTA: dns; mx.x.test\r\n\r\nAction: failed"),
          part("text/rfc822-headers", "Subject: lost\r\nTo: nobody@x.test"),
        ),
      ),
    );
    expect(message.text).toBe("Your message could not be delivered.");
    expect(message.parts.children.map(({ type }) => type)).toEqual([
      "text/plain",
      "message/delivery-status",
      "text/rfc822-headers",
    ]);
    expect(message.attachments.map(({ type }) => type)).toEqual([
      "message/delivery-status",
      "text/rfc822-headers",
    ]);
  });

  it("reads a receipt", () => {
    const message = read(
      mime(
        multi(
          "report",
          "r",
          plain("It was displayed."),
          part("message/disposition-notification", "Disposition: manual-action; displayed"),
        ),
      ),
    );
    expect([message.text, message.attachments.length]).toEqual(["It was displayed.", 1]);
  });

  it("keeps a signature as a file", () => {
    for (const [type, name] of [
      ["application/pgp-signature", "attachment-1.asc"],
      ["application/pkcs7-signature; name=smime.p7s", "smime.p7s"],
    ]) {
      const found = reading(multi("signed", "s", plain("signed text"), part(type ?? "", "c2ln")));
      expect(found).toEqual({ text: "signed text", html: null, files: [name] });
    }
  });

  it("keeps what is encrypted as files", () => {
    expect(
      reading(
        multi(
          "encrypted",
          "e",
          part("application/pgp-encrypted", "Version: 1"),
          part("application/octet-stream; name=encrypted.asc", "-----BEGIN PGP MESSAGE-----"),
        ),
      ),
    ).toEqual({ text: null, html: null, files: ["attachment-1.bin", "encrypted.asc"] });
    expect(
      reading(part("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "MII=")).files,
    ).toEqual(["smime.p7m"]);
  });

  it("reads both forks of a file of a Macintosh", () => {
    const double = multi(
      "appledouble",
      "d",
      part('application/applefile; name="a.pdf"', "fork"),
      part('application/pdf; name="a.pdf"', "%PDF"),
    );
    const message = read(mime(multi("mixed", "m", plain("x"), double)));
    expect(message.text).toBe("x");
    expect(message.attachments.map(({ name, type }) => [name, type])).toEqual([
      ["a.pdf", "application/applefile"],
      ["a.pdf", "application/pdf"],
    ]);
  });

  it("fetches nothing that is elsewhere, and joins no fragments", () => {
    const external = part(
      'message/external-body; access-type=URL; URL="http://x.test/a"',
      "Content-Type: image/png",
    );
    const partial = part('message/partial; id="a@x"; number=1; total=2', "Subject: x\r\n\r\nhalf");
    const message = read(mime(multi("mixed", "m", plain("x"), external, partial)));
    expect(message.attachments.map(({ type }) => type)).toEqual(["message/external-body", "message/partial"]);
    expect(message.parts.children.every(({ children }) => children.length === 0)).toBe(true);
  });
});
