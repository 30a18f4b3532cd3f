import { ok } from "../../../shared/base/result.ts";
import { createDispatcher, readRequest } from "../../../shared/contract/dispatch.ts";
import { engineContract, mainContract } from "../../../shared/contract/index.ts";
import { createFakeEngine } from "./fake-engine.ts";
import type { Scene } from "./scenes.ts";

const MESSAGES: Readonly<Record<Scene["vault"], string>> = {
  ready: "",
  "needs-passcode": "",
  "choose-passcode": "",
  failed:
    "The store of this profile is damaged. Nothing was changed. Restore it from a backup, or start with a new one.",
};

/** Puts on `target` what the preload would, with a stand-in engine behind a channel. */
export function installHost(target: Window, scene: Scene): void {
  const listeners = new Set<(data: unknown) => void>();
  const bug = (name: string, error: unknown) => console.error(name, error);
  const main = createDispatcher(
    mainContract,
    {
      app: {
        info: () =>
          ok({
            version: "26.11.0",
            platform: "linux",
            demo: scene.demo
              ? { server: "http://127.0.0.1", address: "demo@example.org", password: "demo" }
              : null,
          }),
        theme: () => ok({}),
        openExternal: () => ok({}),
        saveAttachment: () => ok({ saved: false }),
        openAttachment: () => ok({}),
        vault: () => ok({ state: scene.vault, message: MESSAGES[scene.vault] }),
        unlock: () => ({ ok: false, error: { code: "wrong-passcode", message: "wrong" } }),
      },
    },
    bug,
  );
  const startEngine = () => {
    const { port1, port2 } = new MessageChannel();
    const engine = createDispatcher(
      engineContract,
      createFakeEngine(scene, Date.now(), (event, payload) => port1.postMessage({ event, payload })),
      bug,
    );
    port1.onmessage = async ({ data }) => {
      const request = readRequest(data);
      if (request !== null) port1.postMessage(await engine(request));
    };
    target.postMessage({ type: "bulkhead:engine-port" }, target.location.origin, [port2]);
  };
  Object.assign(target, {
    bulkhead: {
      ready: startEngine,
      invoke: (name: string, payload: unknown) => main({ id: 0, name, payload }),
      on: (listener: (data: unknown) => void) => listeners.add(listener),
    },
    /** What main would tell the window. */
    announceMain: (event: string, payload: unknown) => {
      for (const listener of listeners) listener({ event, payload });
    },
    restartEngine: startEngine,
  });
}
