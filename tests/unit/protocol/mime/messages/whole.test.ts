import { describe, expect, it } from "vitest";
import { mime, rawMime, read } from "../read.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("messages as programs write them", () => {
  it("a newsletter", () => {
    const message = read(
      mime(
        "Return-Path: <bounce-1@news.test>",
        "Received: from a.test by b.test; Mon, 1 Jan 2024 08:00:01 +0100",
        "From: =?UTF-8?B?TmV1ZXM=?= aus der Stadt <news@news.test>",
        "Reply-To: answers@news.test",
        "To: ada@x.test",
        "Subject: =?UTF-8?Q?=F0=9F=8E=89_Alles_neu?=",
        " =?UTF-8?Q?_im_Januar?=",
        "Date: Mon, 1 Jan 2024 08:00:00 +0100 (CET)",
        "Message-ID: <20240101.1@news.test>",
        "MIME-Version: 1.0",
        "List-Unsubscribe: <https://news.test/u>",
        'Content-Type: multipart/alternative; boundary="=_alt"',
        "",
        "--=_alt",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "Gr=C3=BC=C3=9Fe aus der Stadt=",
        " und vom Land",
        "--=_alt",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        base64("<p>Grüße</p>"),
        "--=_alt--",
      ),
    );
    expect(message).toMatchObject({
      subject: "🎉 Alles neu im Januar",
      from: [{ name: "Neues aus der Stadt", email: "news@news.test" }],
      to: [{ name: "", email: "ada@x.test" }],
      replyTo: [{ name: "", email: "answers@news.test" }],
      date: "2024-01-01T07:00:00.000Z",
      messageId: "<20240101.1@news.test>",
      text: "Grüße aus der Stadt und vom Land",
      html: "<p>Grüße</p>",
      attachments: [],
      warnings: [],
    });
    expect(message.parts).toEqual({
      type: "multipart/alternative",
      charset: null,
      encoding: "7bit",
      size: expect.any(Number),
      children: [
        { type: "text/plain", charset: "utf-8", encoding: "quoted-printable", size: 34, children: [] },
        { type: "text/html", charset: "utf-8", encoding: "base64", size: 14, children: [] },
      ],
    });
  });

  it("a reply of an old program, in Latin 1, unlabelled", () => {
    const message = read(
      rawMime(
        "From: schmidt@x.test (J\xf6rg Schmidt)",
        "To: M\xfcller <mueller@x.test>",
        "Subject: Re: Gr\xfc\xdfe",
        "In-Reply-To: Your message of Monday <1@x.test>",
        "Date: 2 Jan 99 10:00:00 MET",
        "",
        "> Gr\xfc\xdfe",
        "Danke!",
      ),
    );
    expect(message).toMatchObject({
      from: [{ name: "Jörg Schmidt", email: "schmidt@x.test" }],
      to: [{ name: "Müller", email: "mueller@x.test" }],
      subject: "Re: Grüße",
      inReplyTo: "<1@x.test>",
      date: "1999-01-02T09:00:00.000Z",
      text: "> Grüße\nDanke!",
    });
  });

  it("a message of a Japanese telephone", () => {
    const message = read(
      rawMime(
        "From: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= <n@x.test>",
        "Subject: =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=",
        "Content-Type: text/plain; charset=iso-2022-jp",
        "Content-Transfer-Encoding: 7bit",
        "",
        "\x1b$BF|K\\\x1b(B",
      ),
    );
    expect(message).toMatchObject({
      from: [{ name: "日本", email: "n@x.test" }],
      subject: "日本",
      text: "日本",
      warnings: [],
    });
  });

  it("a message of a company's program with pictures and a file", () => {
    const message = read(
      mime(
        "From: Ada <ada@x.test>",
        "Subject: Report",
        "Thread-Topic: Report",
        "Content-Language: en-GB",
        'Content-Type: multipart/mixed; boundary="_004_"',
        "",
        "--_004_",
        'Content-Type: multipart/related; boundary="_003_"; type="multipart/alternative"',
        "",
        "--_003_",
        'Content-Type: multipart/alternative; boundary="_000_"',
        "",
        "--_000_",
        'Content-Type: text/plain; charset="us-ascii"',
        "",
        "See below.",
        "--_000_",
        'Content-Type: text/html; charset="us-ascii"',
        "",
        '<img src="cid:image001.png@01DA">',
        "--_000_--",
        "",
        "--_003_",
        'Content-Type: image/png; name="image001.png"',
        "Content-Description: image001.png",
        'Content-Disposition: inline; filename="image001.png"; size=3; creation-date="Mon, 01 Jan 2024 08:00:00 GMT"',
        "Content-ID: <image001.png@01DA>",
        "Content-Transfer-Encoding: base64",
        "",
        base64("PNG"),
        "--_003_--",
        "",
        "--_004_",
        'Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name="Zahlen.xlsx"',
        'Content-Disposition: attachment; filename="Zahlen.xlsx"; size=4',
        "Content-Transfer-Encoding: base64",
        "",
        base64("xlsx"),
        "--_004_--",
      ),
    );
    expect(message).toMatchObject({
      text: "See below.",
      html: '<img src="cid:image001.png@01DA">',
      warnings: [],
    });
    expect(
      message.attachments.map(({ name, size, inline, contentId }) => ({ name, size, inline, contentId })),
    ).toEqual([
      { name: "image001.png", size: 3, inline: true, contentId: "image001.png@01DA" },
      { name: "Zahlen.xlsx", size: 4, inline: false, contentId: null },
    ]);
  });

  it("an invitation", () => {
    const message = read(
      mime(
        "Subject: Invitation",
        "Content-Type: multipart/mixed; boundary=m",
        "",
        "--m",
        "Content-Type: multipart/alternative; boundary=a",
        "",
        "--a",
        "Content-Type: text/plain",
        "",
        "You are invited.",
        "--a",
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
        "Content-Transfer-Encoding: 8bit",
        "",
        "BEGIN:VCALENDAR",
        "SUMMARY:Frühstück",
        "END:VCALENDAR",
        "--a--",
        "--m",
        'Content-Type: application/ics; name="invite.ics"',
        'Content-Disposition: attachment; filename="invite.ics"',
        "Content-Transfer-Encoding: base64",
        "",
        base64("BEGIN:VCALENDAR"),
        "--m--",
      ),
    );
    expect(message.text).toBe("You are invited.");
    expect(message.calendar).toEqual([
      { method: "REQUEST", text: "BEGIN:VCALENDAR\nSUMMARY:Frühstück\nEND:VCALENDAR" },
      { method: null, text: "BEGIN:VCALENDAR" },
    ]);
    expect(message.attachments.map(({ name }) => name)).toEqual(["invite.ics"]);
  });

  it("a message from a script that got everything wrong", () => {
    const message = read(
      rawMime(
        "From root Mon Jan  1 00:00:00 2024",
        "FROM:root",
        "Subject : nightly  job",
        "no field at all",
        "To: <ada@x.test>, , bo@x.test;",
        "Date: Mon Jan 1 04:00:01 EST 2024",
        "Message-Id: nightly.42",
        'Content-Type: text/plain; charset="utf8"; name=log file.txt',
        "Content-Transfer-Encoding: 8 bit",
        "",
        "done \xc3\xbc",
      ),
    );
    expect(message).toMatchObject({
      subject: "nightly  job",
      from: [{ name: "root", email: "" }],
      to: [
        { name: "", email: "ada@x.test" },
        { name: "", email: "bo@x.test" },
      ],
      date: "2024-01-01T09:00:01.000Z",
      messageId: "<nightly.42>",
      text: "done ü",
    });
    expect(message.warnings.map(({ code }) => code)).toEqual(["header-line", "encoding"]);
  });
});
