import { child, e, text, type WbxmlOutput } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, reply } from "./context.ts";
import { namedFolders } from "./folders.ts";
import { number } from "./sync-request.ts";
import { waitForChanges } from "./wait.ts";

const answer = (status: number, ...rest: WbxmlOutput[]): CommandAnswer =>
  reply(e("Ping:Ping", e("Ping:Status", status), rest));

/** Ping (MS-ASCMD 2.2.1.13): holds until something changes in the named folders or the heartbeat is over. */
export async function ping(context: Context): Promise<CommandAnswer> {
  const { device, mailbox, options, request, world } = context;
  const { minHeartbeat, maxHeartbeat, maxFolders } = options.ping;
  const listed = request !== null && child(request, "Ping:Folders") !== null;
  const folders = listed
    ? namedFolders(context, "Ping:Folders", "Ping:Folder", "Ping:Id")
    : (device.ping?.folders ?? []);
  const given = text(request, "Ping:HeartbeatInterval");
  const heartbeat = given === null ? (device.ping?.heartbeat ?? null) : number(given, 0, 4294967295);
  if (given !== null && heartbeat === null) return answer(4);
  if (heartbeat === null || folders.length === 0) return answer(3);
  if (heartbeat < minHeartbeat) return answer(5, e("Ping:HeartbeatInterval", minHeartbeat));
  if (heartbeat > maxHeartbeat) return answer(5, e("Ping:HeartbeatInterval", maxHeartbeat));
  if (folders.length > maxFolders) return answer(6, e("Ping:MaxFolders", maxFolders));
  if (folders.some((id) => !mailbox.folders.has(id))) return answer(7);
  device.ping = { heartbeat, folders };

  const waiting = (): string[] =>
    folders.filter((id) => {
      const folder = mailbox.folders.get(id);
      const session = device.collections.get(id);
      if (folder === undefined || session?.keys.current === null || session === undefined) return false;
      return session.state.count(folder, world.now(), 1) > 0;
    });
  // What the device did itself, by FolderCreate and the like, is no news to it.
  const newFolders = (): boolean =>
    mailbox.folderLog
      .slice(device.folderState.logAt)
      .some((id) => mailbox.folders.get(id)?.revision !== device.folderState.known.get(id));
  const until = Date.now() + heartbeat * 1000;
  for (;;) {
    if (newFolders()) return answer(7);
    const changed = waiting();
    if (changed.length > 0)
      return answer(
        2,
        e(
          "Ping:Folders",
          changed.map((id) => e("Ping:Folder", id)),
        ),
      );
    const left = until - Date.now();
    if (left <= 0 || context.gone.aborted) return answer(1);
    await waitForChanges(context, left, (id) => id === "" || folders.includes(id));
  }
}
