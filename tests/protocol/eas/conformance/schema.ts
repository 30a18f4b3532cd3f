import { isElement, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";

/**
 * The request schemas of MS-ASCMD 6, MS-ASPROV 6, MS-ASAIRS 6 and MS-ASEMAIL 6 as a table, with what the text
 * adds to them: the strict order within a collection (2.2.3.29.2) and the version in which an element came.
 */

type Check = (text: string) => string | null;

type Shape =
  /** Children in this order, or in any for `all`. `?` none or one, `+` one or more, `*` any number; else one. */
  | { readonly kind: "sequence" | "all"; readonly parts: readonly Part[] }
  | { readonly kind: "text"; readonly check: Check }
  | { readonly kind: "empty" }
  | { readonly kind: "bytes" };

interface Part {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** The first version that has it. */
  readonly since: number;
}

function parts(namespace: string, list: string): Part[] {
  return list.split(" ").map((entry) => {
    const match = /^([\w:]+)([?+*]?)(?:@([\d.]+))?$/.exec(entry);
    if (match === null) throw new Error(`schema: ${entry}`);
    const [, name = "", times = "", since = "12.1"] = match;
    return {
      name: name.includes(":") ? name : `${namespace}:${name}`,
      least: times === "?" || times === "*" ? 0 : 1,
      most: times === "+" || times === "*" ? Number.POSITIVE_INFINITY : 1,
      since: Number(since),
    };
  });
}

const sequence = (namespace: string, list: string): Shape => ({
  kind: "sequence",
  parts: parts(namespace, list),
});
const all = (namespace: string, list: string): Shape => ({ kind: "all", parts: parts(namespace, list) });
const empty: Shape = { kind: "empty" };

const text = (least: number, most: number): Shape => ({
  kind: "text",
  check: (value) => (value.length < least || value.length > most ? `${value.length} letters` : null),
});
const whole = (least: number, most: number): Shape => ({
  kind: "text",
  check: (value) =>
    /^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most ? null : `is ${value}`,
});
const one = (...values: readonly string[]): Shape => ({
  kind: "text",
  check: (value) => (values.includes(value) ? null : `is ${value}`),
});
/** MS-ASDTYPE 2.1: in WBXML a boolean is the digit. */
const boolean = one("0", "1");

const id = text(1, 64);

export const requestSchema: Readonly<Record<string, Shape>> = {
  // MS-ASCMD 6.45
  "AirSync:Sync": sequence("AirSync", "Collections? Wait? HeartbeatInterval?@14.0 WindowSize? Partial?"),
  "AirSync:Collections": sequence("AirSync", "Collection+"),
  "AirSync:Collection": sequence(
    "AirSync",
    "SyncKey CollectionId Supported? DeletesAsMoves? GetChanges? WindowSize? ConversationMode?@14.0 Options? Commands?",
  ),
  "AirSync:SyncKey": text(1, 64),
  "AirSync:CollectionId": id,
  "AirSync:ServerId": id,
  "AirSync:DeletesAsMoves": boolean,
  "AirSync:GetChanges": boolean,
  "AirSync:WindowSize": whole(1, 512),
  "AirSync:Options": all(
    "AirSync",
    "FilterType? Class? AirSyncBase:BodyPreference* AirSyncBase:BodyPartPreference?@14.1 Conflict? MIMESupport? " +
      "MIMETruncation? MaxItems? RightsManagement:RightsManagementSupport?@14.1",
  ),
  "AirSync:FilterType": whole(0, 8),
  "AirSync:MIMESupport": whole(0, 2),
  "AirSync:Commands": all("AirSync", "Add* Change* Delete* Fetch*"),
  "AirSync:Change": sequence("AirSync", "Class? ServerId AirSyncBase:InstanceId?@16.0 ApplicationData"),
  "AirSync:Delete": sequence("AirSync", "Class? ServerId AirSyncBase:InstanceId?@16.0"),
  // Of a message a client may change no more than this before drafts came (MS-ASEMAIL 3.1.5.3).
  "AirSync:ApplicationData": all("Email", "Read? Flag? Categories?@14.0"),
  "Email:Read": boolean,
  // MS-ASEMAIL 2.2.2.34: all of a Flag's children are optional; none clears it.
  "Email:Flag": all("Email", "Status? FlagType? CompleteTime?"),
  "Email:Status": one("0", "1", "2"),
  "Email:FlagType": text(1, 256),
  // MS-ASAIRS 6
  "AirSyncBase:BodyPreference": sequence("AirSyncBase", "Type TruncationSize? AllOrNone? Preview?@14.0"),
  "AirSyncBase:Type": one("1", "2", "3", "4"),
  "AirSyncBase:TruncationSize": whole(0, 4_294_967_295),
  "AirSyncBase:Preview": whole(0, 255),
  "AirSyncBase:FileReference": text(1, 1_000),
  // MS-ASCMD 6.19
  "FolderHierarchy:FolderSync": sequence("FolderHierarchy", "SyncKey"),
  "FolderHierarchy:SyncKey": text(1, 64),
  // MS-ASCMD 6.32
  "Move:MoveItems": sequence("Move", "Move+"),
  "Move:Move": sequence("Move", "SrcMsgId SrcFldId DstFldId"),
  "Move:SrcMsgId": id,
  "Move:SrcFldId": id,
  "Move:DstFldId": id,
  // MS-ASCMD 6.34
  "Ping:Ping": sequence("Ping", "HeartbeatInterval? Folders?"),
  "Ping:HeartbeatInterval": whole(1, 86_400),
  "Ping:Folders": sequence("Ping", "Folder+"),
  "Ping:Folder": sequence("Ping", "Id Class"),
  "Ping:Id": id,
  "Ping:Class": one("Email", "Calendar", "Contacts", "Tasks", "Notes"),
  // MS-ASPROV 6.1
  "Provision:Provision": sequence(
    "Provision",
    "Settings:DeviceInformation?@14.1 Policies? RemoteWipe? AccountOnlyRemoteWipe?@16.1",
  ),
  "Provision:Policies": sequence("Provision", "Policy"),
  "Provision:Policy": sequence("Provision", "PolicyType PolicyKey? Status?"),
  "Provision:PolicyType": one("MS-EAS-Provisioning-WBXML"),
  "Provision:PolicyKey": text(1, 64),
  "Provision:RemoteWipe": sequence("Provision", "Status"),
  "Provision:AccountOnlyRemoteWipe": sequence("Provision", "Status"),
  "Provision:Status": one("1", "2", "3", "4"),
  // MS-ASCMD 6.40
  "Settings:DeviceInformation": sequence("Settings", "Set"),
  "Settings:Set": all(
    "Settings",
    "Model? IMEI? FriendlyName? OS? OSLanguage? PhoneNumber? UserAgent? EnableOutboundSMS? MobileOperator?",
  ),
  "Settings:Model": text(1, 1_024),
  "Settings:FriendlyName": text(1, 1_024),
  "Settings:OS": text(1, 1_024),
  "Settings:UserAgent": text(1, 1_024),
  // MS-ASCMD 6.26
  "ItemOperations:ItemOperations": sequence("ItemOperations", "Fetch+"),
  "ItemOperations:Fetch": all(
    "ItemOperations",
    "Store AirSync:CollectionId? AirSync:ServerId? Search:LongId? AirSyncBase:FileReference? Options?",
  ),
  "ItemOperations:Store": one("Mailbox"),
  "ItemOperations:Options": all(
    "ItemOperations",
    "Schema? Range? AirSync:MIMESupport? AirSyncBase:BodyPreference* AirSyncBase:BodyPartPreference?@14.1",
  ),
  // MS-ASCMD 6.37, 6.41 and 6.43
  "ComposeMail:SendMail": all("ComposeMail", "ClientId AccountId?@14.1 SaveInSentItems? Mime"),
  "ComposeMail:SmartReply": all(
    "ComposeMail",
    "ClientId Source AccountId?@14.1 SaveInSentItems? ReplaceMime? Mime",
  ),
  "ComposeMail:SmartForward": all(
    "ComposeMail",
    "ClientId Source AccountId?@14.1 SaveInSentItems? ReplaceMime? Mime",
  ),
  "ComposeMail:ClientId": text(1, 40),
  "ComposeMail:Source": all("ComposeMail", "FolderId? ItemId? LongId? InstanceId?"),
  "ComposeMail:FolderId": id,
  "ComposeMail:ItemId": id,
  "ComposeMail:SaveInSentItems": empty,
  "ComposeMail:ReplaceMime": empty,
  "ComposeMail:Mime": { kind: "bytes" },
};

const nameOf = ({ namespace, name }: WbxmlElement) => `${namespace}:${name}`;

/** Where a request breaks the schemas, as sentences; none when it follows them. */
export function violations(element: WbxmlElement, version: string, path = ""): string[] {
  const name = nameOf(element);
  const here = `${path}/${name}`;
  const shape = requestSchema[name];
  if (shape === undefined) return [`${here}: not in a request of ours`];
  const children = element.content.filter(isElement);
  const own = element.content.filter((part) => !isElement(part));
  switch (shape.kind) {
    case "empty":
      return element.content.length === 0 ? [] : [`${here}: is not empty`];
    case "bytes":
      return children.length === 0 && own.every((part) => part instanceof Uint8Array)
        ? []
        : [`${here}: not bytes`];
    case "text": {
      const [value = ""] = own;
      if (children.length > 0 || own.length > 1 || typeof value !== "string") return [`${here}: not a text`];
      const wrong = shape.check(value);
      return wrong === null ? [] : [`${here}: ${wrong}`];
    }
    default:
      return [
        ...(own.length > 0 ? [`${here}: text among elements`] : []),
        ...counts(children, shape.parts, Number(version), here),
        ...(shape.kind === "sequence" ? order(children, shape.parts, here) : []),
        ...children.flatMap((child) => violations(child, version, here)),
      ];
  }
}

function counts(
  children: readonly WbxmlElement[],
  allowed: readonly Part[],
  version: number,
  here: string,
): string[] {
  const strangers = children.map(nameOf).filter((name) => !allowed.some((part) => part.name === name));
  return [
    ...strangers.map((name) => `${here}: may not hold ${name}`),
    ...allowed.flatMap(({ name, least, most, since }) => {
      const times = children.filter((child) => nameOf(child) === name).length;
      if (times > 0 && version < since) return [`${here}: ${name} came with ${since}`];
      return times < least || times > most ? [`${here}: ${times} times ${name}`] : [];
    }),
  ];
}

function order(children: readonly WbxmlElement[], allowed: readonly Part[], here: string): string[] {
  const places = children.map((child) => allowed.findIndex(({ name }) => name === nameOf(child)));
  const wrong = places.findIndex((place, index) => index > 0 && place < (places[index - 1] ?? 0));
  const child = children[wrong];
  return child === undefined ? [] : [`${here}: ${nameOf(child)} comes too late`];
}
