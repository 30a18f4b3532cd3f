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

/** "812 bytes", "34 KB", "1.2 MB": decimal units, as file managers show them. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  const unit = bytes < 999_950_000 ? ([1e6, "MB"] as const) : ([1e9, "GB"] as const);
  return `${(bytes / unit[0]).toFixed(1).replace(/\.0$/, "")} ${unit[1]}`;
}

/** A long name with its middle left out, so that the beginning and the extension stay. */
export function shortName(name: string, max: number): string {
  if (name.length <= max) return name;
  const tail = Math.min(12, Math.floor(max / 3));
  return `${name.slice(0, max - tail - 1)}…${name.slice(-tail)}`;
}
