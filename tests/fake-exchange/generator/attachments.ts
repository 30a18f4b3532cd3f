import type { MailAttachment } from "../mail/message.ts";
import { docx, pdf, xlsx } from "./documents.ts";
import { drawTable } from "./figures.ts";
import { jpegMosaic, pngChart } from "./pictures.ts";
import type { Dice } from "./random.ts";
import type { Facts, FileKind } from "./scenario.ts";

const OFFICE = "application/vnd.openxmlformats-officedocument";

/** An attachment of a real type that fits the conversation. */
export function drawAttachment(kind: FileKind, subject: string, facts: Facts, dice: Dice): MailAttachment {
  const { project = "", customer = "", month = "", invoice = "", city = "", serial = "" } = facts;
  const file = (name: string, type: string, content: Uint8Array): MailAttachment => ({
    name,
    type,
    content,
    inline: false,
    contentId: null,
  });
  const text = (content: string): Uint8Array => Buffer.from(content.replace(/\n/g, "\r\n"), "utf8");
  const lines = Array.from(
    { length: dice.int(8, 30) },
    (_, at) =>
      `${at + 1}. ${dice.pick([project, customer, city])}: item ${dice.int(100, 999)}, ${dice.int(1, 60)} pieces`,
  );
  switch (kind) {
    case "pdf":
      return file(
        dice.pick([
          `Invoice ${invoice}.pdf`,
          `${project} overview.pdf`,
          `${customer}.pdf`,
          `Übersicht ${month}.pdf`,
        ]),
        "application/pdf",
        pdf(subject, lines),
      );
    case "png":
      return file(dice.pick(["chart.png", "sketch.png", `${month}.png`]), "image/png", pngChart(dice));
    case "jpg":
      return file(`IMG_${dice.int(1000, 9999)}.jpg`, "image/jpeg", jpegMosaic(dice));
    case "docx":
      return file(
        dice.pick([`${customer} - draft.docx`, `${project} notes.docx`, "Contract, marked copy.docx"]),
        `${OFFICE}.wordprocessingml.document`,
        docx(subject, lines),
      );
    case "xlsx":
      return file(
        dice.pick([`Figures ${month}.xlsx`, `${project} budget.xlsx`, "Liste für alle.xlsx"]),
        `${OFFICE}.spreadsheetml.sheet`,
        xlsx(drawTable(dice.pick(["budget", "results", "measurements"]), dice)),
      );
    case "csv":
      return file(
        `${project.toLowerCase()}-${dice.int(100, 999)}.csv`,
        "text/csv",
        text(
          drawTable("measurements", dice)
            .map((row) => row.join(";"))
            .join("\n"),
        ),
      );
    case "ics":
      return file(
        "travel.ics",
        "text/calendar",
        text(
          `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//Travel//EN\nBEGIN:VEVENT\nUID:${dice.int(1, 1e9)}@travel.example\n` +
            `DTSTAMP:20260901T080000Z\nDTSTART:20260914T054200Z\nDTEND:20260914T103000Z\nSUMMARY:Train to ${city}\nEND:VEVENT\nEND:VCALENDAR\n`,
        ),
      );
    case "eml":
      return file(
        "Original message.eml",
        "message/rfc822",
        text(
          `From: ${customer} <info@customer.example>\nTo: support@halden.example\nSubject: Request about ${serial}\n` +
            "Date: Mon, 14 Sep 2026 08:12:00 +0000\nMessage-ID: <request@customer.example>\nMIME-Version: 1.0\n" +
            "Content-Type: text/plain; charset=us-ascii\n\nCould you please call us back about this device?\n",
        ).map((byte) => (byte > 0x7e ? 0x3f : byte)),
      );
    case "txt":
      return file(
        `${serial}.log.txt`,
        "text/plain",
        text(lines.map((line, at) => `2026-09-${String((at % 28) + 1).padStart(2, "0")} ${line}`).join("\n")),
      );
  }
}
