import type { CollectionSession } from "../state/device.ts";
import { FOLDER_TYPE, type Folder, type Item, serverIdOf } from "../state/mailbox.ts";
import { child, e, text, type WbxmlNode, type WbxmlOutput } from "../wbxml/node.ts";
import type { Context } from "./context.ts";
import { messageNodes } from "./item.ts";
import type { CollectionRequest } from "./sync-request.ts";

function verdict(command: string, serverId: string, status: number): WbxmlOutput {
  return e(`AirSync:${command}`, e("AirSync:ServerId", serverId), e("AirSync:Status", status));
}

function change(
  context: Context,
  session: CollectionSession,
  item: Item,
  node: WbxmlNode,
): WbxmlOutput | null {
  const data = child(node, "AirSync:ApplicationData");
  const serverId = serverIdOf(item);
  if (data === null || data.children.length === 0) return verdict("Change", serverId, 6);
  const read = text(data, "Email:Read");
  const flagged = child(data, "Email:Flag");
  const known = data.children.every((one) =>
    ["Email:Read", "Email:Flag", "Email:Categories"].includes(one.name),
  );
  const status = flagged === null ? null : (text(flagged, "Email:Status") ?? "0");
  if (!known || (read !== null && !/^[01]$/.test(read)) || (status !== null && !/^[012]$/.test(status))) {
    return verdict("Change", serverId, 6);
  }
  const knownRevision = session.state.known(item.id);
  if (knownRevision !== undefined && knownRevision < item.revision && session.state.options.conflict === 1) {
    return verdict("Change", serverId, 7);
  }
  context.mailbox.change(item, {
    ...(read === null ? {} : { read: read === "1" }),
    ...(status === null ? {} : { flag: status === "2" ? 2 : status === "1" ? 1 : 0 }),
  });
  session.state.note(item.id, item.revision);
  return null;
}

function remove(context: Context, session: CollectionSession, item: Item, asMove: boolean): void {
  const deleted = context.mailbox.folderOfType(FOLDER_TYPE.deleted);
  if (asMove && item.folderId !== deleted.id) context.mailbox.move(item, deleted);
  else context.mailbox.remove(item);
  session.state.note(item.id, undefined);
}

/**
 * Applies what the client did (MS-ASCMD 2.2.3.32). Answers failures, and every Fetch; success is silent. A command
 * that the step before applied already is answered as then and not applied again.
 */
export function applyCommands(
  context: Context,
  folder: Folder,
  session: CollectionSession,
  request: CollectionRequest,
  repeated: boolean,
): WbxmlOutput[] {
  const before: ReadonlyMap<string, WbxmlOutput | null> = repeated ? session.applied : new Map();
  const applied = new Map<string, WbxmlOutput | null>();
  const out: WbxmlOutput[] = [];
  for (const node of request.commands) {
    const command = node.name.slice("AirSync:".length);
    const serverId = text(node, "AirSync:ServerId") ?? "";
    const item = serverId.startsWith(`${folder.id}:`) ? context.mailbox.find(serverId) : null;
    const mark = JSON.stringify(node);
    let answer = before.get(mark);
    if (command === "Fetch") {
      answer =
        item === null
          ? verdict("Fetch", serverId, 8)
          : e(
              "AirSync:Fetch",
              e("AirSync:ServerId", serverId),
              e("AirSync:Status", 1),
              e("AirSync:ApplicationData", messageNodes(context, item, session.state.options)),
            );
    } else if (answer !== undefined) {
      if (item !== null) session.state.note(item.id, item.revision);
      else session.state.note(Number(serverId.split(":")[1]), undefined);
    } else if (command === "Add") {
      // Mail is sent, not added (status 6), except drafts in 16.x, which this server does not keep.
      answer = e(
        "AirSync:Add",
        e("AirSync:ClientId", text(node, "AirSync:ClientId") ?? ""),
        e("AirSync:Status", 6),
      );
    } else if (item === null) answer = verdict(command, serverId, 8);
    else if (command === "Change") answer = change(context, session, item, node);
    else {
      remove(context, session, item, request.deletesAsMoves);
      answer = null;
    }
    applied.set(mark, answer);
    if (answer !== null) out.push(answer);
  }
  session.applied = applied;
  return out;
}
