import { serverIdOf } from "../state/mailbox.ts";
import { children, e, text, type WbxmlNode, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, reply } from "./context.ts";

function moveOne(context: Context, node: WbxmlNode): WbxmlOutput {
  const { mailbox } = context;
  const from = text(node, "Move:SrcMsgId") ?? "";
  const answer = (status: number, to: string | null = null): WbxmlOutput =>
    e(
      "Move:Response",
      e("Move:SrcMsgId", from),
      e("Move:Status", status),
      to === null ? null : e("Move:DstMsgId", to),
    );
  const source = mailbox.folders.get(text(node, "Move:SrcFldId") ?? "");
  const target = mailbox.folders.get(text(node, "Move:DstFldId") ?? "");
  const item = mailbox.find(from);
  if (source === undefined || item === null || item.folderId !== source.id) return answer(1);
  if (target === undefined) return answer(2);
  if (source === target) return answer(4);
  return answer(3, serverIdOf(mailbox.move(item, target)));
}

/** MoveItems (MS-ASCMD 2.2.1.12): each move has its own status, 3 for done. */
export async function moveItems(context: Context): Promise<CommandAnswer> {
  const moves = children(context.request, "Move:Move");
  return reply(
    e(
      "Move:MoveItems",
      moves.map((node) => moveOne(context, node)),
    ),
  );
}
