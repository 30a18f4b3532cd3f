const unknown = "application/octet-stream";

const byExtension: ReadonlyMap<string, string> = new Map([
  ["pdf", "application/pdf"],
  ["zip", "application/zip"],
  ["json", "application/json"],
  ["xml", "application/xml"],
  ["doc", "application/msword"],
  ["xls", "application/vnd.ms-excel"],
  ["ppt", "application/vnd.ms-powerpoint"],
  ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"],
  ["odt", "application/vnd.oasis.opendocument.text"],
  ["ods", "application/vnd.oasis.opendocument.spreadsheet"],
  ["p7m", "application/pkcs7-mime"],
  ["p7s", "application/pkcs7-signature"],
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
  ["svg", "image/svg+xml"],
  ["bmp", "image/bmp"],
  ["tif", "image/tiff"],
  ["tiff", "image/tiff"],
  ["txt", "text/plain"],
  ["csv", "text/csv"],
  ["htm", "text/html"],
  ["html", "text/html"],
  ["ics", "text/calendar"],
  ["vcf", "text/vcard"],
  ["eml", "message/rfc822"],
  ["mp3", "audio/mpeg"],
  ["m4a", "audio/mp4"],
  ["wav", "audio/wav"],
  ["mp4", "video/mp4"],
]);

/** A Sync names attachments without their media type, so that it must be guessed from the file name. */
export function mediaTypeOf(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return (dot === -1 ? undefined : byExtension.get(fileName.slice(dot + 1).toLowerCase())) ?? unknown;
}
