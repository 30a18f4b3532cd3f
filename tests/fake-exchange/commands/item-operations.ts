import { FOLDER_TYPE } from "../state/mailbox.ts";
import { child, e, flag, text, type WbxmlNode, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, reply } from "./context.ts";
import { messageNodes } from "./item.ts";
import { readOptions } from "./sync-request.ts";

function fetchFailed(status: number, ...rest: WbxmlOutput[]): WbxmlOutput {
  return e("ItemOperations:Fetch", e("ItemOperations:Status", status), rest);
}

/** `0-999` of the content; null when the range is not one or begins behind the end. */
function range(value: string, size: number): { from: number; to: number } | null {
  const match = /^(\d{1,10})-(\d{1,10})$/.exec(value);
  if (match === null) return null;
  const from = Number(match[1]);
  const to = Math.min(Number(match[2]), size - 1);
  return from <= to ? { from, to } : null;
}

function fetchAttachment(context: Context, node: WbxmlNode, reference: string): WbxmlOutput {
  const [folderId, id, at, ...rest] = reference.split("%3a");
  const item = context.mailbox.find(`${folderId}:${id}`);
  const index = at !== undefined && /^\d{1,4}$/.test(at) ? Number(at) : -1;
  const attachment = rest.length > 0 ? undefined : item?.source.message().attachments[index];
  const name = e("AirSyncBase:FileReference", reference);
  if (attachment === undefined) return fetchFailed(15, name);
  const options = child(node, "ItemOperations:Options");
  const wanted = text(options, "ItemOperations:Range");
  const { content } = attachment;
  const part = wanted === null ? { from: 0, to: content.length - 1 } : range(wanted, content.length);
  if (part === null) return fetchFailed(8, name);
  const data = Buffer.from(content.subarray(part.from, part.to + 1)).toString("base64");
  return e(
    "ItemOperations:Fetch",
    e("ItemOperations:Status", 1),
    name,
    e(
      "ItemOperations:Properties",
      wanted === null ? null : e("ItemOperations:Range", `${part.from}-${part.to}`),
      wanted === null ? null : e("ItemOperations:Total", content.length),
      e("AirSyncBase:ContentType", attachment.type),
      data === "" ? e("ItemOperations:Data") : e("ItemOperations:Data", data),
    ),
  );
}

function fetchItem(context: Context, node: WbxmlNode): WbxmlOutput {
  const collectionId = text(node, "AirSync:CollectionId");
  const serverId = text(node, "AirSync:ServerId");
  if (collectionId === null || serverId === null) return fetchFailed(2);
  const names = [e("AirSync:CollectionId", collectionId), e("AirSync:ServerId", serverId)];
  const item = context.mailbox.find(serverId);
  if (item === null || item.folderId !== collectionId) return fetchFailed(6, ...names);
  const given = child(node, "ItemOperations:Options");
  const options = readOptions(given ?? node);
  if (options === null) return fetchFailed(2, ...names);
  return e(
    "ItemOperations:Fetch",
    e("ItemOperations:Status", 1),
    names,
    e("AirSync:Class", "Email"),
    e("ItemOperations:Properties", messageNodes(context, item, options)),
  );
}

function emptyFolder(context: Context, node: WbxmlNode): WbxmlOutput {
  const id = text(node, "AirSync:CollectionId") ?? "";
  const answer = (status: number): WbxmlOutput =>
    e(
      "ItemOperations:EmptyFolderContents",
      e("ItemOperations:Status", status),
      e("AirSync:CollectionId", id),
    );
  const folder = context.mailbox.folders.get(id);
  if (folder === undefined) return answer(6);
  // Only Deleted Items may be emptied by a device here, as Exchange's default policy has it for others.
  if (folder.type !== FOLDER_TYPE.deleted) return answer(2);
  for (const item of [...folder.items.values()]) context.mailbox.remove(item);
  const options = child(node, "ItemOperations:Options");
  if (options !== null && flag(options, "ItemOperations:DeleteSubFolders")) {
    for (const below of [...context.mailbox.folders.values()]) {
      if (below.parentId === folder.id) context.mailbox.removeFolder(below);
    }
  }
  return answer(1);
}

function operation(context: Context, node: WbxmlNode): WbxmlOutput {
  if (node.name === "ItemOperations:EmptyFolderContents") return emptyFolder(context, node);
  if (node.name !== "ItemOperations:Fetch") return fetchFailed(2);
  if (text(node, "ItemOperations:Store") !== "Mailbox") return fetchFailed(9);
  const reference = text(node, "AirSyncBase:FileReference");
  return reference === null ? fetchItem(context, node) : fetchAttachment(context, node, reference);
}

/** ItemOperations (MS-ASCMD 2.2.1.10): bodies and attachments of single items. */
export async function itemOperations(context: Context): Promise<CommandAnswer> {
  const nodes = context.request?.children ?? [];
  if (nodes.length === 0) return reply(e("ItemOperations:ItemOperations", e("ItemOperations:Status", 2)));
  return reply(
    e(
      "ItemOperations:ItemOperations",
      e("ItemOperations:Status", 1),
      e(
        "ItemOperations:Response",
        nodes.map((node) => operation(context, node)),
      ),
    ),
  );
}
