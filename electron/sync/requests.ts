import type { Result } from "../../shared/base/result.ts";
import { err, ok } from "../../shared/base/result.ts";
import type { RemoteFault, RemoteMailbox } from "../ports/remote.ts";
import type { Reply, Task } from "./machine/tasks.ts";

const BUG: RemoteFault = { kind: "garbage", detail: "The mailbox failed unexpectedly." };

async function guarded<T>(
  signal: AbortSignal,
  request: () => Promise<Result<T, RemoteFault>>,
): Promise<Result<T, RemoteFault>> {
  try {
    const result = await request();
    if (result.ok || result.error.kind !== "cancelled" || signal.aborted) return result;
    // Ended, but not by us: to be repeated with patience, like any broken line.
    return err({ kind: "cut", detail: result.error.detail });
  } catch {
    // A bug in a decoder must cost one request, not the engine.
    return err(BUG);
  }
}

/** Carries out a task against the server. Never rejects: every failure is a fault in the reply. */
export async function request(remote: RemoteMailbox, task: Task, signal: AbortSignal): Promise<Reply> {
  switch (task.kind) {
    case "connect": {
      const result = await guarded(signal, () => remote.connect(signal));
      return { kind: "connect", result: result.ok ? ok(null) : result };
    }
    case "folders":
      return {
        kind: "folders",
        syncKey: task.syncKey,
        result: await guarded(signal, () => remote.folders(task.syncKey, signal)),
      };
    case "sync":
      return {
        kind: "sync",
        task,
        result: await guarded(signal, () => remote.sync({ ...task.request, signal })),
      };
    case "estimate":
      return {
        kind: "estimate",
        task,
        result: await guarded(signal, () => remote.estimate({ ...task.request, signal })),
      };
    case "move": {
      const moves = task.moves.map(({ serverId, from, to }) => ({ serverId, from, to }));
      return { kind: "move", task, result: await guarded(signal, () => remote.move(moves, signal)) };
    }
    case "send":
      return { kind: "send", task, result: await guarded(signal, () => remote.send(task.message, signal)) };
    case "body": {
      const { wanted } = task;
      const result = await guarded(signal, () =>
        remote.body(wanted.collectionServerId, wanted.serverId, "html", signal),
      );
      return { kind: "body", wanted, result };
    }
    case "ping":
      return {
        kind: "ping",
        task,
        result: await guarded(signal, () => remote.ping(task.collectionIds, task.seconds, signal)),
      };
  }
}

/** The reply of a task that we ended ourselves. */
export function cancelledReply(task: Task): Reply {
  const result = err({ kind: "cancelled", detail: "ended by the engine" } as const);
  switch (task.kind) {
    case "connect":
      return { kind: "connect", result };
    case "folders":
      return { kind: "folders", syncKey: task.syncKey, result };
    case "sync":
      return { kind: "sync", task, result };
    case "estimate":
      return { kind: "estimate", task, result };
    case "move":
      return { kind: "move", task, result };
    case "send":
      return { kind: "send", task, result };
    case "body":
      return { kind: "body", wanted: task.wanted, result };
    case "ping":
      return { kind: "ping", task, result };
  }
}
