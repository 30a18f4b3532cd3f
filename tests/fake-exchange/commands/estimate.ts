import { CollectionState } from "../state/collection.ts";
import { child, children, e, text, type WbxmlNode, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, reply } from "./context.ts";
import { readOptions } from "./sync-request.ts";

function estimate(context: Context, node: WbxmlNode): WbxmlOutput {
  const id = text(node, "GetItemEstimate:CollectionId") ?? "";
  const key = text(node, "AirSync:SyncKey");
  const only = (status: number): WbxmlOutput =>
    e("GetItemEstimate:Response", e("GetItemEstimate:Status", status));
  const folder = context.mailbox.folders.get(id);
  if (folder === undefined) return only(2);
  const session = context.device.collections.get(id);
  // Without a first Sync there is nothing to compare with.
  if (key === null || key === "0" || session === undefined || session.keys.current === null) return only(3);
  if (session.keys.place(key) === "unknown") return only(4);
  const given = child(node, "AirSync:Options");
  const options = given === null ? session.state.options : readOptions(given);
  if (options === null) return only(2);
  const state =
    options.filterType === session.state.options.filterType ? session.state : new CollectionState();
  if (state !== session.state) state.options = options;
  return e(
    "GetItemEstimate:Response",
    e("GetItemEstimate:Status", 1),
    e(
      "GetItemEstimate:Collection",
      e("GetItemEstimate:CollectionId", id),
      e("GetItemEstimate:Estimate", state.count(folder, context.world.now(), Number.MAX_SAFE_INTEGER)),
    ),
  );
}

/** GetItemEstimate (MS-ASCMD 2.2.1.9). */
export async function getItemEstimate(context: Context): Promise<CommandAnswer> {
  const list = context.request === null ? null : child(context.request, "GetItemEstimate:Collections");
  const nodes = children(list, "GetItemEstimate:Collection");
  return reply(
    e(
      "GetItemEstimate:GetItemEstimate",
      nodes.map((node) => estimate(context, node)),
    ),
  );
}
