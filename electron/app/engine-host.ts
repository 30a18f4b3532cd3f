import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from "electron";
import type { Client } from "../../shared/contract/client.ts";
import type { CallArg } from "../../shared/contract/define.ts";
import { createDispatcher, type Handlers, readRequest } from "../../shared/contract/dispatch.ts";
import { controlContract, keeperContract } from "../../shared/contract/index.ts";
import { createCaller } from "../ipc/caller.ts";

/** Waits that grow, so that an engine which ends at once does not keep the machine busy. */
const RESTART_MS = [100, 1_000, 2_500, 5_000];
/** A run of this length counts as healthy: the next restart is quick again. */
const HEALTHY_MS = 30_000;

export interface EngineHost {
  readonly control: Client<typeof controlContract>["control"];
  /** Hands a window its port now, and a new one whenever the engine had to be started again. */
  connect(contents: WebContents): void;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/**
 * The life of the engine process: starts it, opens its store, starts it again when it dies, and gives
 * every window a port to it. `onState` hears whether it can be used.
 */
export function startEngine(options: {
  readonly script: string;
  readonly secrets: Handlers<typeof keeperContract>;
  /** Asked of each process that starts; what it may be told only later, such as a key, is waited for. */
  readonly open: () => Promise<CallArg<(typeof controlContract)["control"]["open"]>>;
  readonly onState: (state: "ready" | "restarting" | { readonly failed: string }) => void;
  readonly onBug: (name: string, error: unknown) => void;
}): EngineHost {
  const windows = new Set<WebContents>();
  let child: UtilityProcess | null = null;
  let usable = false;
  let stopping = false;
  let restarts = 0;

  const caller = createCaller(controlContract, (request) => child?.postMessage(request));
  const answer = createDispatcher(keeperContract, options.secrets, options.onBug);

  const sendPort = (contents: WebContents) => {
    if (contents.isDestroyed() || child === null) return;
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ port: "window" }, [port1]);
    contents.postMessage("engine-port", null, [port2]);
  };

  const start = () => {
    const startedAt = Date.now();
    const own = utilityProcess.fork(options.script, [], {
      serviceName: "Bulkhead Mail engine",
      stdio: "inherit",
    });
    child = own;
    own.on("message", (data: unknown) => {
      if (caller.receive(data)) return;
      const request = readRequest(data);
      if (request !== null) void answer(request).then((reply) => own.postMessage(reply));
    });
    const open = async () => {
      const wanted = await options.open();
      if (child !== own) return;
      const opened = await caller.call.control.open(wanted);
      if (!opened.ok) {
        if (!stopping && child === own) options.onState({ failed: opened.error.message });
        return;
      }
      usable = true;
      options.onState("ready");
      for (const contents of windows) sendPort(contents);
    };
    own.on("spawn", () => void open());
    own.on("exit", () => {
      if (child === own) child = null;
      usable = false;
      caller.failAll("the engine ended");
      if (stopping) return;
      if (Date.now() - startedAt > HEALTHY_MS) restarts = 0;
      options.onState("restarting");
      setTimeout(start, RESTART_MS[Math.min(restarts, RESTART_MS.length - 1)]);
      restarts += 1;
    });
  };
  start();

  return {
    control: caller.call.control,
    connect(contents) {
      if (!windows.has(contents)) {
        windows.add(contents);
        contents.once("destroyed", () => windows.delete(contents));
      }
      if (usable) sendPort(contents);
    },
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      const own = child;
      if (own === null) return;
      const gone = new Promise<void>((done) => own.once("exit", () => done()));
      const patience = new Promise<void>((done) => setTimeout(done, 2_000));
      await Promise.race([caller.call.control.stop({}), patience]);
      own.kill();
      await Promise.race([gone, patience]);
    },
  };
}
