import { hostname } from "node:os";
import { join } from "node:path";
import { app, BrowserWindow, powerMonitor, session, type WebContents } from "electron";
import * as v from "valibot";
import { type Demo, DemoSchema } from "../../shared/contract/control.ts";
import { mainContract } from "../../shared/contract/index.ts";
import { sendEvent, serveMainContract } from "../ipc/main-endpoint.ts";
import { createKeychain } from "../vault/keychain.ts";
import { registerSchemes, serveApp } from "../windows/app-protocol.ts";
import { forwardFrameKeys } from "../windows/frame-keys.ts";
import { lockNavigation } from "../windows/lock-navigation.ts";
import { openMainWindow } from "../windows/main-window.ts";
import { buildMenu } from "../windows/menu.ts";
import { servePictures } from "../windows/picture-protocol.ts";
import { APP_ORIGIN, applySessionRules, CHROMIUM_SWITCHES } from "../windows/session-rules.ts";
import { loadBounds, saveBoundsOf } from "../windows/window-bounds.ts";
import { startEngine } from "./engine-host.ts";
import { createMainHandlers } from "./handlers.ts";
import { createOpenedFiles } from "./opened-files.ts";
import { createVaultKeeper } from "./vault-keeper.ts";

/** Where the build puts its files, beside this one. */
const HERE = import.meta.dirname;

function reportBug(name: string, error: unknown): void {
  console.error(`bug in ${name}:`, error instanceof Error ? error.stack : "unknown");
}

/** The demo account that `npm run demo` hands over; ignored in a packaged app. */
function readDemo(text: string | undefined): Demo | null {
  if (text === undefined || app.isPackaged) return null;
  try {
    const parsed = v.safeParse(DemoSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Starts the process: builds every object once, in order. */
export function startApp(): void {
  app.setName("Bulkhead Mail");
  app.enableSandbox();
  for (const [name, value] of CHROMIUM_SWITCHES) app.commandLine.appendSwitch(name, value);
  registerSchemes();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  const windows = new Set<WebContents>();
  const announce = (event: string, payload: unknown) => {
    for (const contents of windows) sendEvent(contents, { event, payload });
  };
  lockNavigation(app, (contents, url) =>
    sendEvent(contents, { event: "app.linkFollowed", payload: { url } }),
  );

  void app.whenReady().then(async () => {
    const profileDir = app.getPath("userData");
    const demo = readDemo(process.env.BULKHEAD_DEMO);
    const opened = createOpenedFiles(join(profileDir, "opened"));
    const key = Promise.withResolvers<Uint8Array>();
    let quitting = false;

    const vault = createVaultKeeper({
      profileDir,
      keychain: createKeychain(),
      onChange: () => announce("app.vaultChanged", {}),
      onKey: key.resolve,
    });
    // Both take their time, and neither needs the window: the engine starts while the keychain is asked.
    const engine = startEngine({
      script: join(HERE, "engine.js"),
      secrets: vault.secrets,
      open: async () => ({ profileDir, databaseKey: await key.promise, demo, deviceName: hostname() }),
      onState: (state) => vault.engineState(state),
      onBug: reportBug,
    });
    void vault.open();

    applySessionRules(session.defaultSession);
    serveApp(session.defaultSession.protocol, join(HERE, "renderer"));
    servePictures(session.defaultSession.protocol, async (wanted) => {
      const picture = await engine.control.picture(wanted);
      return picture.ok ? picture.value : null;
    });
    serveMainContract({
      contract: mainContract,
      handlersFor: (contents) => createMainHandlers(contents, { engine, vault, opened, demo }),
      origin: APP_ORIGIN,
      isOurs: (contents) => windows.has(contents),
      onWindowReady: (contents) => engine.connect(contents),
      onBug: reportBug,
    });

    const openWindow = () => {
      const window = openMainWindow({
        preload: join(HERE, "preload.cjs"),
        icon: join(HERE, "icon.png"),
        bounds: loadBounds(profileDir),
      });
      const { webContents } = window;
      windows.add(webContents);
      webContents.once("destroyed", () => windows.delete(webContents));
      forwardFrameKeys(webContents, (key) => sendEvent(webContents, { event: "app.frameKey", payload: key }));
      saveBoundsOf(window, profileDir);
    };
    buildMenu((id) => announce("app.command", { id }));
    openWindow();
    void opened.clear();

    powerMonitor.on("resume", () => void engine.control.wake({}));
    app.on("second-instance", () => BrowserWindow.getAllWindows()[0]?.focus());
    app.on("activate", () => {
      if (windows.size === 0) openWindow();
    });
    app.on("window-all-closed", () => app.quit());
    app.on("before-quit", (event) => {
      if (quitting) return;
      quitting = true;
      event.preventDefault();
      void Promise.allSettled([engine.stop(), opened.clear()]).then(() => app.quit());
    });
  });
}
