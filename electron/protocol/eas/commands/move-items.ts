import type { MoveRequest, MoveVerdict } from "../../../ports/remote.ts";
import { childInteger, children, childText, el, type WbxmlElement } from "../wbxml/index.ts";
import { recoveryOf, type StatusTable } from "./status.ts";

/** MS-ASCMD 2.2.3.177.10: here success is 3. */
export const moveItemsStatuses: StatusTable = {
  1: { recovery: "object-gone", meaning: "invalid source collection or item" },
  2: { recovery: "resync-folders", meaning: "invalid destination collection" },
  3: { recovery: "ok", meaning: "success" },
  4: { recovery: "already-done", meaning: "source and destination are the same" },
  5: { recovery: "retry", meaning: "more than one destination, or an item was locked" },
  7: { recovery: "retry", meaning: "source or destination was locked" },
};

export function moveItemsRequest(moves: readonly MoveRequest[]): WbxmlElement {
  return el(
    "Move",
    "MoveItems",
    ...moves.map(({ serverId, from, to }) =>
      el(
        "Move",
        "Move",
        el("Move", "SrcMsgId", serverId),
        el("Move", "SrcFldId", from),
        el("Move", "DstFldId", to),
      ),
    ),
  );
}

interface MoveItemsAnswer {
  /** Set when the command failed as a whole. */
  readonly status: number | null;
  readonly verdicts: readonly MoveVerdict[];
}

export function readMoveItems(root: WbxmlElement): MoveItemsAnswer {
  const verdicts = children(root, "Move", "Response").map((response) => {
    const status = childInteger(response, "Move", "Status") ?? 0;
    const recovery = recoveryOf(moveItemsStatuses, status);
    const moved = recovery === "ok" || recovery === "already-done";
    return {
      serverId: childText(response, "Move", "SrcMsgId") ?? "",
      status,
      recovery,
      newServerId: (moved && childText(response, "Move", "DstMsgId")) || null,
    };
  });
  return { status: childInteger(root, "Move", "Status"), verdicts };
}
