import { inflateSync } from "node:zlib";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { drawAttachment } from "../../fake-exchange/generator/attachments.ts";
import { drawInvitation } from "../../fake-exchange/generator/content.ts";
import { FOREIGN_LETTERS } from "../../fake-exchange/generator/foreign.ts";
import { generateMailbox } from "../../fake-exchange/generator/mailbox.ts";
import { COLLEAGUES } from "../../fake-exchange/generator/people.ts";
import { planMailbox } from "../../fake-exchange/generator/plan.ts";
import { Dice, seedFor } from "../../fake-exchange/generator/random.ts";
import { drawFacts, type FileKind } from "../../fake-exchange/generator/scenario.ts";
import { PEOPLE_SCENARIOS } from "../../fake-exchange/generator/scenarios-people.ts";
import { WORK_SCENARIOS } from "../../fake-exchange/generator/scenarios-work.ts";
import { mailMessage } from "../../fake-exchange/mail/message.ts";
import { encodeText, renderMime } from "../../fake-exchange/mail/render.ts";
import type { Item, Mailbox } from "../../fake-exchange/state/mailbox.ts";
import { NOW } from "./client.ts";

const owner = { name: "Anna Lindqvist", email: "anna.lindqvist@halden.example" };
const make = (seed: number, count: number): Mailbox => generateMailbox({ seed, count, owner, now: NOW });
const items = (mailbox: Mailbox): Item[] =>
  [...mailbox.folders.values()].flatMap((one) => [...one.items.values()]);
const DAY = 86_400_000;

describe("a mailbox", () => {
  const mailbox = make(7, 800);
  const all = items(mailbox);
  const messages = all.map((item) => item.source.message());

  it.each([10, 11, 400, 5000])("has exactly %i messages", (count) => {
    expect(items(make(3, count)).length).toBe(count);
  });

  it("is the same for the same seed, and another for another", () => {
    const print = (seed: number) =>
      items(make(seed, 120)).map((item) => [
        item.folderId,
        item.read,
        item.flag,
        Buffer.from(item.source.mime()).toString("base64"),
      ]);
    expect(print(5)).toEqual(print(5));
    expect(print(6)).not.toEqual(print(5));
  });

  it("makes the same content each time it is asked", () => {
    for (const item of all.slice(0, 50)) expect(item.source.mime()).toEqual(item.source.mime());
  });

  it("lies in the past, oldest first, busier on weekdays", () => {
    expect(all.every((item) => item.source.date <= NOW && item.source.date > NOW - 60 * DAY)).toBe(true);
    for (const folder of mailbox.folders.values()) {
      const dates = [...folder.items.values()].map((item) => item.source.date);
      expect(dates).toEqual([...dates].sort((a, b) => a - b));
    }
    const weekend = all.filter((item) => [0, 6].includes(new Date(item.source.date).getUTCDay()));
    expect(weekend.length).toBeGreaterThan(0);
    expect(weekend.length).toBeLessThan(all.length / 6);
  });

  it("fills the folders that people have", () => {
    const size = (path: string) => mailbox.folderNamed(path)?.items.size ?? 0;
    for (const path of ["Inbox", "Sent Items", "Drafts", "Deleted Items", "Junk Email", "Newsletters"]) {
      expect(size(path), path).toBeGreaterThan(0);
    }
    expect(
      ["Fjord", "Lighthouse", "Cobalt"].reduce((sum, name) => sum + size(`Projects/${name}`), 0),
    ).toBeGreaterThan(0);
    expect(size("Inbox")).toBeGreaterThan(all.length / 3);
  });

  it("has unread mail that is recent, flagged mail, answered mail", () => {
    const unread = all.filter((item) => !item.read);
    const recent = unread.filter((item) => NOW - item.source.date < 7 * DAY);
    expect(unread.length).toBeGreaterThan(20);
    expect(recent.length).toBeGreaterThan(unread.length / 2);
    expect(all.filter((item) => item.flag === 2).length).toBeGreaterThan(10);
    expect(all.filter((item) => item.flag === 1).length).toBeGreaterThan(0);
    expect(all.filter((item) => item.lastVerb === 1).length).toBeGreaterThan(10);
  });

  it("has unique message ids, and replies that point at what is there", () => {
    const known = new Set(messages.map((one) => one.messageId));
    expect(known.size).toBe(messages.length);
    const replies = messages.filter((one) => one.inReplyTo !== null);
    expect(replies.length).toBeGreaterThan(100);
    for (const reply of replies) {
      expect(known.has(reply.inReplyTo ?? "")).toBe(true);
      expect(reply.subject).toBe(`Re: ${reply.topic}`);
      expect(reply.references.at(-1)).toBe(reply.inReplyTo);
      expect(reply.text).toContain("-----Original Message-----");
    }
  });

  it("leaves no slot unfilled", () => {
    for (const one of messages)
      expect(`${one.subject} ${one.text} ${one.html}`).not.toMatch(/\{\w+\}|undefined|NaN/);
  });

  it("varies: kinds, charsets, attachments, importance, remote and inline pictures", () => {
    const types = new Set(messages.flatMap((one) => one.attachments.map((file) => file.type)));
    expect(types.size).toBeGreaterThanOrEqual(7);
    expect(new Set(messages.map((one) => one.charset)).size).toBeGreaterThanOrEqual(7);
    expect(messages.some((one) => one.html?.includes('src="https://images.'))).toBe(true);
    expect(messages.some((one) => one.html?.includes('src="cid:'))).toBe(true);
    expect(messages.some((one) => one.html === null)).toBe(true);
    expect(messages.some((one) => one.meeting !== null)).toBe(true);
    expect(new Set(messages.map((one) => one.importance)).size).toBe(3);
    expect(messages.some((one) => one.readReceipt)).toBe(true);
    expect(new Set(messages.map((one) => one.subject)).size).toBeGreaterThan(messages.length / 3);
  });

  it("names only hosts that can belong to nobody", () => {
    for (const one of messages) {
      for (const [, host = ""] of `${one.html}`.matchAll(/https?:\/\/([^/"\s]+)/g))
        expect(host).toMatch(/\.example$/);
      for (const person of [one.from, ...one.to, ...one.cc])
        expect(person.email).toMatch(/^[\w.-]+@[\w.-]+\.example$/);
    }
  });

  it("survives MIME: subject, sender, text and attachments come back", async () => {
    for (const item of all.filter((_, at) => at % 4 === 0)) {
      const message = item.source.message();
      const parsed = await PostalMime.parse(item.source.mime(), { attachmentEncoding: "arraybuffer" });
      expect(parsed.subject).toBe(message.subject);
      expect(parsed.from?.name).toBe(message.from.name);
      expect(parsed.from?.address).toBe(message.from.email);
      expect(parsed.messageId).toBe(message.messageId);
      expect(Date.parse(parsed.date ?? "")).toBe(Math.floor(message.date / 1000) * 1000);
      const squeeze = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim();
      if (message.meeting === null) expect(squeeze(parsed.text)).toBe(squeeze(message.text));
      const files = parsed.attachments.filter(
        (one) => one.mimeType !== "text/calendar" || one.filename !== null,
      );
      for (const file of message.attachments.filter((one) => one.type !== "message/rfc822")) {
        const found = files.find((one) => one.filename === file.name);
        if (found === undefined || typeof found.content === "string") throw new Error(`no ${file.name}`);
        expect(new Uint8Array(found.content)).toEqual(new Uint8Array(file.content));
      }
    }
  });
});

describe("foreign letters", () => {
  it.each(FOREIGN_LETTERS.map((letter) => [letter.charset, letter] as const))(
    "%s",
    async (charset, letter) => {
      const message = mailMessage({ ...letter, messageId: "<1@x.example>", date: NOW, to: [owner] });
      const mime = renderMime(message);
      const raw = Buffer.from(mime).toString("latin1");
      expect(raw).toContain(`charset=${charset}`);
      expect(raw).toMatch(new RegExp(`^Subject: =\\?${charset}\\?B\\?`, "m"));
      expect(raw).not.toMatch(/[^\t\r\n\x20-\x7e]/);
      const parsed = await PostalMime.parse(mime);
      expect(parsed.subject).toBe(letter.subject);
      expect(parsed.from?.name).toBe(letter.from.name);
      expect((parsed.text ?? "").replaceAll("\r", "").trim()).toBe(letter.text);
    },
  );

  it("writes ISO-2022-JP with its escapes", () => {
    expect(encodeText("a件b", "iso-2022-jp").toString("latin1")).toBe("a\x1b$B7o\x1b(Bb");
  });

  it("takes UTF-8 for a header that the charset cannot hold", async () => {
    const message = mailMessage({
      messageId: "<1@x.example>",
      date: NOW,
      from: { name: "王小明", email: "w@x.example" },
      to: [owner],
      subject: "Grüße",
      charset: "iso-8859-1",
    });
    const parsed = await PostalMime.parse(renderMime(message));
    expect([parsed.from?.name, parsed.subject]).toEqual(["王小明", "Grüße"]);
  });
});

describe("attachments", () => {
  const facts = drawFacts(new Dice(1));
  const draw = (kind: FileKind, seed = 5) =>
    Buffer.from(drawAttachment(kind, "Subject", facts, new Dice(seed)).content);

  it("PDF with a table of references that is right", () => {
    const pdf = draw("pdf").toString("latin1");
    expect(pdf).toMatch(/^%PDF-1\.4\n/);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
    expect(pdf.slice(start, start + 4)).toBe("xref");
    const offsets = [...pdf.slice(start).matchAll(/^(\d{10}) 00000 n /gm)].map((match) => Number(match[1]));
    expect(offsets.map((offset) => pdf.slice(offset, offset + 7))).toEqual(
      [1, 2, 3, 4, 5].map((at) => `${at} 0 obj`),
    );
    const stream = /<< \/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(pdf);
    expect(stream?.[2]?.length).toBe(Number(stream?.[1]));
  });

  it("PNG with the pixels that its header promises", () => {
    const png = draw("png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const at = png.indexOf("IDAT");
    const data = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    expect(data.length).toBe((width * 3 + 1) * height);
  });

  it("JPEG from its first to its last marker", () => {
    const jpeg = draw("jpg");
    let at = 2;
    const markers: number[] = [];
    while (jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
      markers.push(jpeg[at + 1] ?? 0);
      at += 2 + jpeg.readUInt16BE(at + 2);
    }
    expect(jpeg.readUInt16BE(0)).toBe(0xffd8);
    expect(markers).toEqual([0xe0, 0xdb, 0xc0, 0xc4, 0xc4]);
    expect(jpeg.readUInt16BE(jpeg.length - 2)).toBe(0xffd9);
  });

  it.each([
    ["docx", "word/document.xml"],
    ["xlsx", "xl/worksheets/sheet1.xml"],
  ] as const)("%s as an archive with its parts", (kind, part) => {
    const zip = draw(kind);
    const end = zip.lastIndexOf("PK\x05\x06");
    const count = zip.readUInt16LE(end + 10);
    let at = zip.readUInt32LE(end + 16);
    const names: string[] = [];
    for (let entry = 0; entry < count; entry++) {
      expect(zip.readUInt32LE(at)).toBe(0x02014b50);
      const length = zip.readUInt16LE(at + 28);
      names.push(zip.subarray(at + 46, at + 46 + length).toString());
      expect(zip.readUInt32LE(zip.readUInt32LE(at + 42))).toBe(0x04034b50);
      at += 46 + length;
    }
    expect(at).toBe(end);
    expect(names).toContain("[Content_Types].xml");
    expect(names).toContain(part);
  });

  it("EML, ICS, CSV and text that are what they say", async () => {
    const inner = await PostalMime.parse(draw("eml"));
    expect(inner.subject).toMatch(/^Request about HX-/);
    expect(draw("ics").toString()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
    const rows = draw("csv").toString().split("\r\n");
    expect(new Set(rows.map((row) => row.split(";").length))).toEqual(new Set([4]));
    expect(draw("txt").toString()).toMatch(/^2026-09-/);
  });
});

describe("invitations", () => {
  it("carry a calendar part with the meeting", async () => {
    const message = drawInvitation(7, 3, NOW, owner);
    expect(message.messageClass).toBe("IPM.Schedule.Meeting.Request");
    expect(message.meeting?.start).toBeGreaterThan(NOW);
    const mime = Buffer.from(renderMime(message)).toString();
    expect(mime).toContain("Content-Type: text/calendar; method=REQUEST");
    const parsed = await PostalMime.parse(mime, { attachmentEncoding: "utf8" });
    const calendar = String(parsed.attachments.find((one) => one.mimeType === "text/calendar")?.content);
    expect(calendar).toContain(`UID:${message.meeting?.uid}`);
    expect(calendar).toContain(`ORGANIZER;CN="${message.from.name}":mailto:${message.from.email}`);
  });
});

describe("the parts", () => {
  it("has scenarios that use only known facts", () => {
    const facts = drawFacts(new Dice(2));
    for (const { subject, messages } of [...WORK_SCENARIOS, ...PEOPLE_SCENARIOS]) {
      for (const [, name = ""] of [subject, ...messages].join(" ").matchAll(/\{(\w+)\}/g))
        expect(facts).toHaveProperty(name);
    }
  });

  it("has people with addresses of their own, in many scripts", () => {
    expect(new Set(COLLEAGUES.map((one) => one.email)).size).toBe(COLLEAGUES.length);
    const names = COLLEAGUES.map((one) => one.name).join("");
    for (const script of ["Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hangul"]) {
      expect(names).toMatch(new RegExp(`\\p{Script=${script}}`, "u"));
    }
  });

  it("plans 100,000 messages in order", () => {
    const plan = planMailbox(1, 100_000, NOW);
    expect(plan.length).toBe(100_000);
    expect(plan.every((one, at) => at === 0 || (plan[at - 1]?.date ?? 0) <= one.date)).toBe(true);
    expect(plan[0]?.date).toBeGreaterThan(NOW - 6 * 365 * DAY);
  });

  it("draws the same row for the same seed", () => {
    const row = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (dice) => () =>
            dice.int(0, 999)
        )(new Dice(seed)),
      );
    expect(row(1)).toEqual(row(1));
    expect(row(2)).not.toEqual(row(1));
    expect(seedFor(1, "a", 12)).not.toBe(seedFor(1, "a1", 2));
    expect(new Set(new Dice(4).several([1, 2, 3], 3))).toEqual(new Set([1, 2, 3]));
    expect(() => new Dice(1).pick([])).toThrow("nothing");
  });
});
