import type { WbxmlNode } from "../wbxml/node.ts";

interface Shape {
  readonly children: readonly string[];
  readonly required?: readonly string[];
}

const names = (namespace: string, list: string): string[] =>
  list.split(" ").map((name) => (name.includes(":") ? name : `${namespace}:${name}`));

const shape = (namespace: string, list: string, required = ""): Shape => ({
  children: names(namespace, list),
  required: required === "" ? [] : names(namespace, required),
});

const BODY = "AirSyncBase:BodyPreference AirSyncBase:BodyPartPreference";

/** What an element of a request may hold (the request schemas of MS-ASCMD 6, MS-ASPROV 6, MS-ASAIRS 6). */
const SHAPES: Readonly<Record<string, Shape>> = {
  "AirSync:Sync": shape("AirSync", "Collections Wait HeartbeatInterval WindowSize Partial"),
  "AirSync:Collections": shape("AirSync", "Collection", "Collection"),
  "AirSync:Collection": shape(
    "AirSync",
    "Class SyncKey CollectionId Supported DeletesAsMoves GetChanges WindowSize ConversationMode Options Commands",
  ),
  "AirSync:Options": shape(
    "AirSync",
    `FilterType Class Conflict MIMESupport MIMETruncation MaxItems ${BODY} RightsManagement:RightsManagementSupport`,
  ),
  "AirSync:Commands": shape("AirSync", "Add Change Delete Fetch"),
  "AirSync:Delete": shape("AirSync", "Class ServerId AirSyncBase:InstanceId", "ServerId"),
  "AirSync:Fetch": shape("AirSync", "ServerId", "ServerId"),
  "AirSync:Change": shape(
    "AirSync",
    "Class ServerId AirSyncBase:InstanceId ApplicationData",
    "ServerId ApplicationData",
  ),
  "AirSync:Add": shape("AirSync", "Class ClientId ApplicationData", "ClientId ApplicationData"),
  "AirSyncBase:BodyPreference": shape("AirSyncBase", "Type TruncationSize AllOrNone Preview", "Type"),
  "FolderHierarchy:FolderSync": shape("FolderHierarchy", "SyncKey"),
  "FolderHierarchy:FolderCreate": shape("FolderHierarchy", "SyncKey ParentId DisplayName Type", "SyncKey"),
  "FolderHierarchy:FolderUpdate": shape(
    "FolderHierarchy",
    "SyncKey ServerId ParentId DisplayName",
    "SyncKey",
  ),
  "FolderHierarchy:FolderDelete": shape("FolderHierarchy", "SyncKey ServerId", "SyncKey"),
  "Move:MoveItems": shape("Move", "Move", "Move"),
  "Move:Move": shape("Move", "SrcMsgId SrcFldId DstFldId", "SrcMsgId SrcFldId DstFldId"),
  "GetItemEstimate:GetItemEstimate": shape("GetItemEstimate", "Collections", "Collections"),
  "GetItemEstimate:Collections": shape("GetItemEstimate", "Collection", "Collection"),
  "GetItemEstimate:Collection": shape(
    "GetItemEstimate",
    "AirSync:SyncKey CollectionId AirSync:ConversationMode AirSync:Options",
    "CollectionId",
  ),
  "Ping:Ping": shape("Ping", "HeartbeatInterval Folders"),
  "Ping:Folders": shape("Ping", "Folder", "Folder"),
  "Ping:Folder": shape("Ping", "Id Class", "Id Class"),
  "Provision:Provision": shape(
    "Provision",
    "Settings:DeviceInformation Policies RemoteWipe AccountOnlyRemoteWipe",
  ),
  "Provision:Policies": shape("Provision", "Policy", "Policy"),
  "Provision:Policy": shape("Provision", "PolicyType PolicyKey Status", "PolicyType"),
  "Provision:RemoteWipe": shape("Provision", "Status", "Status"),
  "Provision:AccountOnlyRemoteWipe": shape("Provision", "Status", "Status"),
  "ItemOperations:ItemOperations": shape("ItemOperations", "Fetch EmptyFolderContents Move"),
  "ItemOperations:Fetch": shape(
    "ItemOperations",
    "Store AirSync:CollectionId AirSync:ServerId Search:LongId AirSyncBase:FileReference Options " +
      "RightsManagement:RightsManagementSupport",
    "Store",
  ),
  "ItemOperations:Options": shape(
    "ItemOperations",
    `Schema Range UserName Password AirSync:MIMESupport ${BODY} DeleteSubFolders ` +
      "RightsManagement:RightsManagementSupport",
  ),
  "ComposeMail:SendMail": shape("ComposeMail", "ClientId AccountId SaveInSentItems Mime"),
  "ComposeMail:SmartReply": shape(
    "ComposeMail",
    "ClientId Source AccountId SaveInSentItems ReplaceMime Mime",
  ),
  "ComposeMail:SmartForward": shape(
    "ComposeMail",
    "ClientId Source AccountId SaveInSentItems ReplaceMime Mime Forwardees",
  ),
  "ComposeMail:Source": shape("ComposeMail", "FolderId ItemId LongId InstanceId"),
};

/** Elements that came with a version; older conversations may not hold them. */
const SINCE: Readonly<Record<string, string>> = {
  "AirSync:HeartbeatInterval": "14.0",
  "AirSync:ConversationMode": "14.0",
  "AirSyncBase:Preview": "14.0",
  "AirSyncBase:BodyPartPreference": "14.1",
  "Settings:DeviceInformation": "12.1",
  "RightsManagement:RightsManagementSupport": "14.1",
  "AirSyncBase:InstanceId": "16.0",
  "Provision:AccountOnlyRemoteWipe": "16.1",
};

/** Why a request does not follow its schema (status 103), or null when it does. */
export function schemaFault(node: WbxmlNode, version: string): string | null {
  const known = SHAPES[node.name];
  if (known === undefined) return null;
  if (node.text.trim() !== "") return `text in ${node.name}`;
  for (const one of node.children) {
    if (!known.children.includes(one.name)) return `${one.name} in ${node.name}`;
    const since = SINCE[one.name];
    if (since !== undefined && Number(version) < Number(since)) return `${one.name} before ${since}`;
    const below = schemaFault(one, version);
    if (below !== null) return below;
  }
  const missing = known.required?.find((name) => !node.children.some((one) => one.name === name));
  return missing === undefined ? null : `no ${missing} in ${node.name}`;
}
