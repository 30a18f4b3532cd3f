/** What the query string of a command says (MS-ASHTTP 2.2.1.1.1). */
export interface EasQuery {
  readonly command: string;
  /** As the header or the base64 form states it; null when it is missing. */
  readonly version: string | null;
  readonly user: string | null;
  readonly deviceId: string | null;
  readonly deviceType: string | null;
  readonly policyKey: string | null;
  readonly collectionId: string | null;
  readonly itemId: string | null;
  readonly attachmentName: string | null;
  readonly saveInSent: boolean;
  readonly acceptMultipart: boolean;
}

/** MS-ASHTTP 2.2.1.1.1.1.1: command codes of the base64 form. */
const COMMAND_CODES = [
  "Sync",
  "SendMail",
  "SmartForward",
  "SmartReply",
  "GetAttachment",
  "",
  "",
  "",
  "",
  "FolderSync",
  "FolderCreate",
  "FolderDelete",
  "FolderUpdate",
  "MoveItems",
  "GetItemEstimate",
  "MeetingResponse",
  "Search",
  "Settings",
  "Ping",
  "ItemOperations",
  "Provision",
  "ResolveRecipients",
  "ValidateCert",
  "Find",
];

function base64Query(query: string): EasQuery | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(query)) return null;
  const bytes = Buffer.from(query, "base64");
  let at = 0;
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new RangeError("the query ends early");
    return value;
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError("the query ends early");
    at += length;
    return bytes.subarray(at - length, at);
  };
  try {
    const version = byte();
    const command = COMMAND_CODES[byte()] ?? "";
    take(2); // Locale: this server has one language.
    const deviceId = take(byte()).toString("hex");
    const keyLength = byte();
    if (keyLength !== 0 && keyLength !== 4) return null;
    const policyKey = keyLength === 4 ? String(take(4).readUInt32LE(0)) : null;
    const deviceType = take(byte()).toString("utf8");
    const parameters = new Map<number, Buffer>();
    while (at < bytes.length) {
      const tag = byte();
      parameters.set(tag, take(byte()));
    }
    const options = parameters.get(7)?.[0] ?? 0;
    const word = (tag: number): string | null => parameters.get(tag)?.toString("utf8") ?? null;
    if (command === "" || version % 10 > 9) return null;
    return {
      command,
      version: `${Math.floor(version / 10)}.${version % 10}`,
      user: word(8),
      deviceId: deviceId === "" ? null : deviceId,
      deviceType: deviceType === "" ? null : deviceType,
      policyKey,
      collectionId: word(1),
      itemId: word(3),
      attachmentName: word(0),
      saveInSent: (options & 1) !== 0,
      acceptMultipart: (options & 2) !== 0,
    };
  } catch {
    return null;
  }
}

/** Reads either form; null when it is neither. */
export function readQuery(query: string, header: (name: string) => string | null): EasQuery | null {
  // Only padding ends the base64 form with "="; it may be escaped.
  if (!/&|=[^=]/.test(query)) return base64Query(query.replace(/%(2[BbFf]|3[Dd])/g, decodeURIComponent));
  const search = new URLSearchParams(query);
  const command = search.get("Cmd");
  if (command === null || command === "") return null;
  return {
    command,
    version: header("ms-asprotocolversion"),
    user: search.get("User"),
    deviceId: search.get("DeviceId"),
    deviceType: search.get("DeviceType"),
    policyKey: header("x-ms-policykey"),
    collectionId: search.get("CollectionId"),
    itemId: search.get("ItemId"),
    attachmentName: search.get("AttachmentName"),
    saveInSent: search.get("SaveInSent") === "T",
    acceptMultipart: header("ms-asacceptmultipart") === "T",
  };
}
