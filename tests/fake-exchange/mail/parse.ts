import PostalMime, { type Address } from "postal-mime";
import { htmlToText } from "./convert.ts";
import { type MailMessage, type MessageSource, mailMessage, type Person } from "./message.ts";

function people(addresses: readonly Address[] | undefined): Person[] {
  return (addresses ?? []).flatMap((address): Person[] => {
    if (address.group !== undefined) return people(address.group);
    return address.address === undefined ? [] : [{ name: address.name, email: address.address }];
  });
}

/** The message in MIME bytes that a client sent or a test wrote. `receivedAt` stands in for a missing date. */
export async function parseMessage(mime: Uint8Array, receivedAt: number): Promise<MailMessage> {
  const mail = await PostalMime.parse(mime, { attachmentEncoding: "arraybuffer" });
  const date = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
  const importance = mail.headers.find((header) => header.key === "importance")?.value.toLowerCase();
  return mailMessage({
    messageId: mail.messageId ?? `<${receivedAt}.missing@server.example>`,
    inReplyTo: mail.inReplyTo ?? null,
    references: mail.references?.match(/<[^<>\s]+>/g) ?? [],
    date: Number.isNaN(date) ? receivedAt : date,
    from: people(mail.from === undefined ? [] : [mail.from])[0] ?? { name: "", email: "" },
    to: people(mail.to),
    cc: people(mail.cc),
    bcc: people(mail.bcc),
    replyTo: people(mail.replyTo),
    subject: mail.subject ?? "",
    importance: importance === "high" ? 2 : importance === "low" ? 0 : 1,
    html: mail.html ?? null,
    text: mail.text ?? (mail.html === undefined ? "" : htmlToText(mail.html)),
    attachments: mail.attachments.map((attachment, at) => ({
      name: attachment.filename ?? `attachment-${at + 1}`,
      type: attachment.mimeType,
      content:
        typeof attachment.content === "string"
          ? new TextEncoder().encode(attachment.content)
          : new Uint8Array(attachment.content),
      inline: attachment.disposition === "inline" || attachment.related === true,
      contentId: attachment.contentId?.replace(/^<|>$/g, "") ?? null,
    })),
  });
}

/** A source that keeps the bytes as they came. */
export function sourceOf(message: MailMessage, mime: Uint8Array, receivedAt: number): MessageSource {
  return { date: receivedAt, message: () => message, mime: () => mime };
}

/** The MIME bytes without their Bcc field, as they reach a recipient. */
export function withoutBcc(mime: Uint8Array): Uint8Array {
  const all = Buffer.from(mime).toString("latin1");
  const end = all.search(/\r?\n\r?\n/);
  const head = end < 0 ? all : all.slice(0, end);
  const clean = `\r\n${head}`.replace(/\r?\nbcc:[^\n]*(?:\r?\n[ \t][^\n]*)*/gi, "").replace(/^\r?\n/, "");
  return clean === head ? mime : Buffer.from(clean + all.slice(head.length), "latin1");
}
