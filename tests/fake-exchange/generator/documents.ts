import { crc32 } from "node:zlib";
import { escapeHtml } from "../mail/convert.ts";
import type { Table } from "./figures.ts";

/** A ZIP archive with stored entries (APPNOTE 4.3): enough for the Office formats. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text, "utf8");
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(0x58210000, 6);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    local.push(Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name, "latin1"), data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), fields, rest, Buffer.from(name, "latin1"));
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const contentTypes = (parts: Readonly<Record<string, string>>): string =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
  'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Default Extension="xml" ContentType="application/xml"/>${Object.entries(parts)
    .map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`)
    .join("")}</Types>`;

const relationships = (type: string, target: string): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;

/** A word processor document with a title and paragraphs. */
export function docx(title: string, paragraphs: readonly string[]): Uint8Array {
  const main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  const lines = [title, ...paragraphs].map(
    (text) => `<w:p><w:r><w:t xml:space="preserve">${escapeHtml(text)}</w:t></w:r></w:p>`,
  );
  return zip({
    "[Content_Types].xml": contentTypes({ "word/document.xml": main }),
    "_rels/.rels": relationships("officeDocument", "word/document.xml"),
    "word/document.xml":
      `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
      `<w:body>${lines.join("")}</w:body></w:document>`,
  });
}

/** A workbook with one sheet. */
export function xlsx(table: Table): Uint8Array {
  const base = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const rows = table.map(
    (row) =>
      `<row>${row.map((text) => `<c t="inlineStr"><is><t>${escapeHtml(text)}</t></is></c>`).join("")}</row>`,
  );
  const namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  return zip({
    "[Content_Types].xml": contentTypes({
      "xl/workbook.xml": `${base}.sheet.main+xml`,
      "xl/worksheets/sheet1.xml": `${base}.worksheet+xml`,
    }),
    "_rels/.rels": relationships("officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": relationships("worksheet", "worksheets/sheet1.xml"),
    "xl/workbook.xml":
      `${XML}<workbook xmlns="${namespace}" xmlns:r="${OFFICE}"><sheets>` +
      '<sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/worksheets/sheet1.xml": `${XML}<worksheet xmlns="${namespace}"><sheetData>${rows.join("")}</sheetData></worksheet>`,
  });
}

/** A page of text as PDF 1.4 with a right cross-reference table. */
export function pdf(title: string, lines: readonly string[]): Uint8Array {
  const latin = (text: string): string =>
    text.replace(/[^\x20-\x7e\xa0-\xff]/g, "?").replace(/[\\()]/g, "\\$&");
  const shown = lines.slice(0, 45).map((line) => `(${latin(line)}) Tj T*`);
  const content = `BT /F1 16 Tf 60 780 Td (${latin(title)}) Tj /F1 10 Tf 15 TL 0 -30 Td ${shown.join("\n")} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  let text = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}
