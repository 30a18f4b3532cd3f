import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMime, type OutgoingMime } from "../../../../electron/protocol/mime/build.ts";
import { read } from "./read.ts";

const base: OutgoingMime = {
  from: { name: "Ada Lovelace", email: "ada@example.test" },
  to: [{ name: "Bo", email: "bo@example.test" }],
  cc: [],
  bcc: [],
  subject: "Hello",
  date: Date.UTC(2024, 1, 29, 12, 30, 15),
  messageId: "<1@example.test>",
  text: "Hello Bo",
  html: "<p>Hello Bo</p>",
  attachments: [],
};

async function build(changes: Partial<OutgoingMime> = {}): Promise<Uint8Array> {
  const built = await buildMime({ ...base, ...changes });
  if (!built.ok) throw new Error(built.error.message);
  return built.value;
}

describe("buildMime", () => {
  it("writes text and HTML as alternatives, with the headers it was given", async () => {
    const bytes = await build({
      inReplyTo: "<0@example.test>",
      references: ["<00@example.test>", "<0@example.test>"],
    });
    expect(read(bytes)).toMatchObject({
      subject: "Hello",
      from: [base.from],
      to: base.to,
      date: "2024-02-29T12:30:15.000Z",
      messageId: "<1@example.test>",
      inReplyTo: "<0@example.test>",
      references: ["<00@example.test>", "<0@example.test>"],
      text: "Hello Bo",
      html: "<p>Hello Bo</p>",
      warnings: [],
    });
    const source = Buffer.from(bytes).toString();
    expect(source).toContain("MIME-Version: 1.0");
    expect(source.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("keeps Bcc, because ActiveSync has no envelope", async () => {
    const bcc = [{ name: "", email: "secret@example.test" }];
    expect(read(await build({ bcc })).bcc).toEqual(bcc);
  });

  it("gives the same bytes for the same message, and others for another", async () => {
    const attachments = [{ name: "a", type: "a/b", content: new Uint8Array([1]) }];
    expect(await build({ attachments })).toEqual(await build({ attachments }));
    expect(await build({ attachments, messageId: "<2@example.test>" })).not.toEqual(
      await build({ attachments }),
    );
  });

  it("relates inline pictures to the HTML and keeps files apart", async () => {
    const message = read(
      await build({
        html: '<img src="cid:pic@x">',
        attachments: [
          { name: "p.png", type: "image/png", content: new Uint8Array([1, 2]), contentId: "pic@x" },
          { name: "Übersicht – 年.pdf", type: "application/pdf", content: new Uint8Array([3]) },
          { name: "odd", type: "not a type", content: new Uint8Array() },
        ],
      }),
    );
    expect(message.attachments).toMatchObject([
      { name: "p.png", inline: true, contentId: "pic@x", size: 2 },
      { name: "Übersicht – 年.pdf", inline: false, size: 1 },
      { name: "odd", type: "application/octet-stream", size: 0 },
    ]);
  });

  it("bounds References to the first and the latest", async () => {
    const references = Array.from({ length: 200 }, (_, index) => `<${index}@x>`);
    const kept = read(await build({ references })).references;
    expect(kept).toHaveLength(50);
    expect([kept[0], kept.at(-1)]).toEqual(["<0@x>", "<199@x>"]);
  });

  const person = { name: "x", email: "x@y.test" };
  it.each<[string, Partial<OutgoingMime>]>([
    ["a subject", { subject: "x\r\nBcc: evil@bad.test" }],
    ["a subject with a line feed", { subject: "x\ny" }],
    ["a subject with a NUL", { subject: "x\0y" }],
    ["a sender's name", { from: { ...person, name: "x\r\ny" } }],
    ["a recipient's name", { to: [{ ...person, name: "x\ny" }] }],
    ["a recipient's address", { to: [{ ...person, email: "x@y.test\r\nBcc: z@z" }] }],
    ["an address with a space", { cc: [{ ...person, email: "x y@z.test" }] }],
    ["two addresses in one", { bcc: [{ ...person, email: "x@y.test,z@y.test" }] }],
    ["an address in brackets", { to: [{ ...person, email: "<x@y.test>" }] }],
    ["an empty address", { to: [{ ...person, email: "" }] }],
    ["a message id", { messageId: "<x@y>\r\nX: z" }],
    ["a message id without brackets", { messageId: "x@y" }],
    ["references", { references: ["<x@y>\r\nX:y"] }],
    ["an in-reply-to", { inReplyTo: "no id" }],
    ["a date", { date: Number.NaN }],
    ["a file name", { attachments: [{ name: "a\r\nb", type: "a/b", content: new Uint8Array() }] }],
    ["a file's type", { attachments: [{ name: "a", type: "a/b\r\nX: y", content: new Uint8Array() }] }],
    [
      "a content id",
      { attachments: [{ name: "a", type: "a/b", content: new Uint8Array(), contentId: "a>\r\nX" }] },
    ],
  ])("refuses %s that could break a header", async (_what, changes) => {
    const built = await buildMime({ ...base, ...changes });
    expect(built.ok).toBe(false);
    if (!built.ok) expect(["bad-field", "bad-address"]).toContain(built.error.code);
  });

  it("reads no file and no address that a message names", async () => {
    const message = read(
      await build({
        text: "file:///etc/passwd",
        html: '<img src="file:///etc/passwd">',
        attachments: [{ name: "/etc/passwd", type: "text/plain", content: new Uint8Array() }],
      }),
    );
    expect(message.attachments[0]).toMatchObject({ size: 0, name: "passwd" });
    expect(message.text).toBe("file:///etc/passwd");
  });

  it("comes back as it went in", async () => {
    const word = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .map((text) =>
        text.replace(/[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cn}\p{Co}"'<>()]/gu, "x").normalize("NFC"),
      );
    const subject = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
    const body = fc
      .string({ unit: "grapheme", maxLength: 300 })
      .map((text) => text.replace(/[\p{Cc}\ufeff]/gu, " "));
    const name = word.filter((text) => /^[\p{L}\p{N}]+$/u.test(text));
    await fc.assert(
      fc.asyncProperty(
        subject,
        name,
        body,
        fc.uint8Array({ maxLength: 2_000 }),
        async (title, fileName, content, bytes) => {
          const message = read(
            await build({
              subject: title,
              to: [{ name: fileName, email: "a@b.test" }],
              text: `x${content}x`,
              html: `<p>${content}</p>`,
              attachments: [{ name: `${fileName}.bin`, type: "application/octet-stream", content: bytes }],
            }),
          );
          expect(message.subject).toBe(title);
          expect(message.to).toEqual([{ name: fileName, email: "a@b.test" }]);
          expect(message.text).toBe(`x${content}x`);
          expect(message.html).toBe(`<p>${content}</p>`);
          expect(message.attachments[0]?.name).toBe(`${fileName}.bin`);
          expect(Buffer.compare(message.attachments[0]?.content ?? new Uint8Array([0]), bytes)).toBe(0);
        },
      ),
      { seed: 41, numRuns: 60 },
    );
  });
});
