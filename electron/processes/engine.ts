import type { MessagePortMain } from "electron";
import { err, ok } from "../../shared/base/result.ts";
import { createDispatcher, type Handlers, readRequest } from "../../shared/contract/dispatch.ts";
import { controlContract, keeperContract } from "../../shared/contract/index.ts";
import { createCaller } from "../ipc/caller.ts";
import { type Engine, openEngine } from "./engine-parts.ts";
import { systemLog } from "./system.ts";

/*
 * The engine process. It hears main over its parent port, and each window over a port that main hands it.
 * It knows nothing until `control.open` brings the store's key.
 */
function serve(): void {
  const parent = process.parentPort;
  const keeper = createCaller(keeperContract, (request) => parent.postMessage(request));

  let engine: Engine | null = null;
  const early: MessagePortMain[] = [];

  function reportBug(name: string, error: unknown): void {
    systemLog("error", "bug", {
      name,
      error: error instanceof Error ? (error.stack ?? error.message) : "unknown",
    });
  }

  const closed = err({ code: "not-found" as const, message: "The mailbox is not open." });

  const handlers: Handlers<typeof controlContract> = {
    control: {
      open: async (options) => {
        if (engine !== null) return ok({});
        const opened = await openEngine(options, keeper.call.secrets, reportBug);
        if (!opened.ok) return opened;
        engine = opened.value;
        for (const port of early.splice(0)) opened.value.attach(port);
        return ok({});
      },
      wake: () => {
        engine?.wake();
        return ok({});
      },
      stop: async () => {
        await engine?.stop();
        engine = null;
        return ok({});
      },
      attachment: ({ attachmentId }) => engine?.attachment(attachmentId) ?? closed,
      exportAttachment: ({ attachmentId, path }) => engine?.exportAttachment(attachmentId, path) ?? closed,
      picture: (wanted) => engine?.picture(wanted) ?? closed,
    },
  };

  const dispatch = createDispatcher(controlContract, handlers, reportBug);

  parent.on("message", ({ data, ports }) => {
    const [port] = ports;
    if (port !== undefined) {
      if (engine === null) early.push(port);
      else engine.attach(port);
      return;
    }
    if (keeper.receive(data)) return;
    const request = readRequest(data);
    if (request !== null) void dispatch(request).then((reply) => parent.postMessage(reply));
  });
}

serve();
