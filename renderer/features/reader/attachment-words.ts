/** Kinds of files that look different to a person. */
export type FileKind =
  | "picture"
  | "document"
  | "sheet"
  | "slides"
  | "archive"
  | "audio"
  | "video"
  | "calendar"
  | "mail"
  | "other";

const BY_EXTENSION: Readonly<Record<string, FileKind>> = {
  ...kinds("picture", "png jpg jpeg gif webp bmp tif tiff heic svg ico"),
  ...kinds("document", "pdf doc docx odt rtf txt md pages dot dotx htm html"),
  ...kinds("sheet", "xls xlsx xlsm ods csv numbers"),
  ...kinds("slides", "ppt pptx pps ppsx odp key"),
  ...kinds("archive", "zip 7z rar tar gz bz2 xz"),
  ...kinds("audio", "mp3 wav flac aac m4a ogg wma"),
  ...kinds("video", "mp4 mov avi mkv webm wmv"),
  ...kinds("calendar", "ics"),
  ...kinds("mail", "eml msg"),
};

function kinds(kind: FileKind, extensions: string): Record<string, FileKind> {
  return Object.fromEntries(extensions.split(" ").map((extension) => [extension, kind]));
}

/** What a file looks like, by the end of its name first: senders are careless with types. */
export function fileKind(name: string, type: string): FileKind {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? "";
  const known = BY_EXTENSION[extension];
  if (known !== undefined) return known;
  const group = type.split("/")[0]?.toLowerCase();
  if (group === "image") return "picture";
  if (group === "audio" || group === "video") return group;
  if (group === "text") return "document";
  return type.toLowerCase() === "message/rfc822" ? "mail" : "other";
}
