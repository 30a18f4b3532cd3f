import { BrowserWindow, nativeTheme } from "electron";
import { APP_ORIGIN } from "./session-rules.ts";
import type { Bounds } from "./window-bounds.ts";

/** Same surfaces as the window's own tokens, so that nothing flashes before the first paint. */
const SURFACE = { light: "#f6f7f8", dark: "#16191c" };

/** Opens the window. It is shown when it has something to show. */
export function openMainWindow(options: {
  readonly preload: string;
  readonly icon: string;
  readonly bounds: Bounds;
}): BrowserWindow {
  const window = new BrowserWindow({
    ...options.bounds,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: "Bulkhead Mail",
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? SURFACE.dark : SURFACE.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      enableWebSQL: false,
      disableDialogs: true,
    },
  });
  window.once("ready-to-show", () => window.show());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
