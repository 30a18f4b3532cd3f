import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { SyncCommand } from "../../ports/remote.ts";
import type { Intent } from "../../ports/sync-store.ts";
import type { Carried, MoveTask } from "./tasks.ts";

/** Exchange refuses requests with more (MS-ASCMD 2.2.2.21: at most 200 Add, Delete, Change and Fetch each). */
const MOST_COMMANDS = 100;
const MOST_MOVES = 50;

export interface Batch {
  readonly commands: readonly SyncCommand[];
  readonly carried: readonly Carried[];
}

type Change = Extract<SyncCommand, { kind: "change" }>;

function merge(change: Change, intent: Extract<Intent, { kind: "set" }>): Change {
  return {
    ...change,
    ...(intent.read === undefined ? {} : { read: intent.read }),
    ...(intent.flagged === undefined ? {} : { flagged: intent.flagged }),
  };
}

/**
 * The commands for one collection: one per message, the latest wish winning. A message that has a move waiting
 * takes only what was wished before the move, because the move changes its id.
 */
export function commandBatch(intents: readonly Intent[], folderId: FolderId): Batch {
  const commands = new Map<string, SyncCommand>();
  const ids = new Map<string, number[]>();
  const moving = new Set<MessageId>();
  for (const intent of intents) {
    if (intent.kind === "move") {
      moving.add(intent.messageId);
      continue;
    }
    if (intent.folderId !== folderId || moving.has(intent.messageId)) continue;
    const known = commands.get(intent.serverId);
    if (known === undefined && commands.size >= MOST_COMMANDS) continue;
    if (intent.kind === "delete") {
      commands.set(intent.serverId, { kind: "delete", serverId: intent.serverId });
    } else if (known === undefined || known.kind === "change") {
      const change: Change = known ?? { kind: "change", serverId: intent.serverId };
      commands.set(intent.serverId, merge(change, intent));
    }
    const list = ids.get(intent.serverId);
    if (list === undefined) ids.set(intent.serverId, [intent.id]);
    else list.push(intent.id);
  }
  return {
    commands: [...commands.values()],
    carried: [...commands.values()].map(({ serverId, kind }) => ({
      serverId,
      kind,
      intentIds: ids.get(serverId) ?? [],
    })),
  };
}

/** The moves that can go now: the first intent of their message, and only one for each message. */
export function moveBatch(intents: readonly Intent[]): MoveTask["moves"] {
  const busy = new Set<MessageId>();
  const moves: MoveTask["moves"][number][] = [];
  for (const intent of intents) {
    const first = !busy.has(intent.messageId);
    busy.add(intent.messageId);
    if (intent.kind !== "move" || !first || moves.length >= MOST_MOVES) continue;
    moves.push({
      intentId: intent.id,
      source: intent.folderId,
      target: intent.targetId,
      serverId: intent.serverId,
      from: intent.fromServerId,
      to: intent.toServerId,
    });
  }
  return moves;
}
