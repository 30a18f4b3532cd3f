import { type Change, CollectionState } from "../state/collection.ts";
import type { CollectionSession } from "../state/device.ts";
import { FOLDER_TYPE, type Folder } from "../state/mailbox.ts";
import { child, children, e, text, type WbxmlNode, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, EMPTY, reply } from "./context.ts";
import { flagNode, messageNodes } from "./item.ts";
import { applyCommands } from "./sync-commands.ts";
import { type CollectionRequest, number, readCollection, readOptions } from "./sync-request.ts";
import { waitForChanges } from "./wait.ts";

const status = (code: number): CommandAnswer => reply(e("AirSync:Sync", e("AirSync:Status", code)));

function failed(context: Context, id: string, code: number, key: string): CollectionAnswer {
  return {
    changed: true,
    more: false,
    node: e(
      "AirSync:Collection",
      context.version === "12.1" ? e("AirSync:Class", "Email") : null,
      e("AirSync:SyncKey", key),
      e("AirSync:CollectionId", id),
      e("AirSync:Status", code),
    ),
  };
}

interface CollectionAnswer {
  readonly node: WbxmlOutput;
  /** False when there is nothing to say: the collection is left out. */
  readonly changed: boolean;
  readonly more: boolean;
}

function changeNode(
  context: Context,
  folder: Folder,
  session: CollectionSession,
  change: Change,
): WbxmlOutput {
  if (change.kind === "delete" || change.kind === "soft-delete") {
    return e(
      change.kind === "delete" ? "AirSync:Delete" : "AirSync:SoftDelete",
      e("AirSync:ServerId", `${folder.id}:${change.id}`),
    );
  }
  const serverId = e("AirSync:ServerId", `${folder.id}:${change.item.id}`);
  return change.kind === "add"
    ? e(
        "AirSync:Add",
        serverId,
        e("AirSync:ApplicationData", messageNodes(context, change.item, session.state.options)),
      )
    : e(
        "AirSync:Change",
        serverId,
        e(
          "AirSync:ApplicationData",
          e("Email:Read", change.item.read ? 1 : 0),
          flagNode(change.item),
          context.version === "12.1" || change.item.lastVerb === 0
            ? null
            : e("Email2:LastVerbExecuted", change.item.lastVerb),
        ),
      );
}

/** Mail lives in these; the others are listed but stay empty here. */
const isMail = (folder: Folder): boolean =>
  folder.type <= FOLDER_TYPE.outbox || folder.type === FOLDER_TYPE.user;

function syncCollection(context: Context, request: CollectionRequest, budget: number): CollectionAnswer {
  const { device, mailbox, world } = context;
  const folder = mailbox.folders.get(request.id);
  if (folder === undefined) return failed(context, request.id, 12, request.key);
  const session = device.collection(request.id);
  const place = session.keys.place(request.key);
  if (place === "unknown") return failed(context, request.id, 3, "0");
  const fingerprint = JSON.stringify([request.node, context.version]);
  if (place === "previous" && session.keys.last?.request === fingerprint) {
    return { node: session.keys.last.answer, changed: true, more: false };
  }
  if (place === "initial") {
    session.keys.forget();
    session.state = new CollectionState();
    session.applied = new Map();
  } else if (place === "previous") session.state.undo();
  session.state.begin();

  const given = children(request.node, "AirSync:Options");
  if (given.length > 0) {
    const options = readOptions(given[0] ?? request.node);
    if (options === null) return failed(context, request.id, 4, request.key);
    session.state.options = options;
  }
  const responses = applyCommands(context, folder, session, request, place === "previous");
  const limit = Math.min(request.windowSize ?? 100, budget);
  const wanted = place !== "initial" && (request.getChanges ?? true) && isMail(folder) && limit > 0;
  const { changes, more } = wanted
    ? session.state.take(folder, limit, world.now())
    : { changes: [], more: false };
  const changed = place !== "current" || changes.length > 0 || request.commands.length > 0;
  const key = changed ? session.keys.advance(request.key) : request.key;
  const node = e(
    "AirSync:Collection",
    context.version === "12.1" ? e("AirSync:Class", "Email") : null,
    e("AirSync:SyncKey", key),
    e("AirSync:CollectionId", request.id),
    e("AirSync:Status", 1),
    more ? e("AirSync:MoreAvailable") : null,
    responses.length > 0 ? e("AirSync:Responses", responses) : null,
    changes.length > 0
      ? e(
          "AirSync:Commands",
          changes.map((change) => changeNode(context, folder, session, change)),
        )
      : null,
  );
  if (changed) session.keys.last = { request: fingerprint, answer: node };
  return { node, changed, more };
}

/** Seconds that the client is willing to wait; null for a bad value together with the bound to answer. */
function waiting(root: WbxmlNode): { seconds: number } | { limit: number } {
  const wait = text(root, "AirSync:Wait");
  const heartbeat = text(root, "AirSync:HeartbeatInterval");
  if (wait !== null) {
    const minutes = number(wait, 0, 4294967295) ?? 0;
    return minutes < 1 ? { limit: 1 } : minutes > 59 ? { limit: 59 } : { seconds: minutes * 60 };
  }
  if (heartbeat === null) return { seconds: 0 };
  const seconds = number(heartbeat, 0, 4294967295) ?? 0;
  return seconds < 60 ? { limit: 60 } : seconds > 3540 ? { limit: 3540 } : { seconds };
}

/** Sync (MS-ASCMD 2.2.1.21) for mail. */
export async function sync(context: Context): Promise<CommandAnswer> {
  const root = context.request;
  // A Sync without a body repeats the last; this server asks for the full one (status 13).
  if (root === null) return status(13);
  if (child(root, "AirSync:Partial") !== null) return status(13);
  const both = child(root, "AirSync:Wait") !== null && child(root, "AirSync:HeartbeatInterval") !== null;
  const nodes = children(child(root, "AirSync:Collections"), "AirSync:Collection");
  const requests = nodes.map(readCollection);
  const total = number(text(root, "AirSync:WindowSize"), 512, 4294967295);
  if (both || nodes.length === 0 || total === null || requests.includes(null)) return status(4);
  const wait = waiting(root);
  if ("limit" in wait) {
    return reply(e("AirSync:Sync", e("AirSync:Status", 14), e("AirSync:Limit", wait.limit)));
  }
  const run = (): CollectionAnswer[] => {
    let budget = total === 0 || total > 512 ? 512 : total;
    return requests.flatMap((request) => {
      if (request === null) return [];
      const answer = syncCollection(context, request, budget);
      const commands = answer.node.content.find(
        (part) => typeof part === "object" && "name" in part && part.name === "AirSync:Commands",
      );
      if (typeof commands === "object" && "content" in commands) budget -= commands.content.length;
      return answer.changed ? [answer] : [];
    });
  };
  let answers = run();
  if (answers.length === 0 && wait.seconds > 0) {
    const ids = requests.flatMap((request) => request?.id ?? []);
    await waitForChanges(context, wait.seconds * 1000, (folderId) => ids.includes(folderId));
    answers = run();
  }
  if (answers.length === 0) return EMPTY;
  return reply(
    e(
      "AirSync:Sync",
      e(
        "AirSync:Collections",
        answers.map((answer) => answer.node),
      ),
    ),
  );
}
