import { resolve } from "node:path";
import { _electron } from "playwright-core";
import type { DemoOptions } from "./options.ts";

export interface ScreenshotApp {
  readonly program: string;
  readonly args: readonly string[];
  readonly holdStart: string;
  readonly env: Readonly<Record<string, string>>;
}

const PATIENCE = 90_000;

/**
 * Starts the app, waits until its inbox is filled (the window marks its document with `data-ready="inbox"`) and
 * saves what it shows. When the inbox does not fill in time it saves that instead, and answers false.
 */
export async function saveScreenshot(
  launch: ScreenshotApp,
  file: string,
  options: DemoOptions,
): Promise<boolean> {
  const app = await _electron.launch({
    executablePath: launch.program,
    args: ["-r", launch.holdStart, ...launch.args, "--disable-gpu"],
    env: { ...launch.env },
    chromiumSandbox: true,
    colorScheme: options.theme,
  });
  try {
    const window = await app.firstWindow();
    await app.evaluate(
      ({ BrowserWindow, nativeTheme }, wanted) => {
        nativeTheme.themeSource = wanted.theme;
        BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height);
      },
      { theme: options.theme, width: options.width, height: options.height },
    );
    const filled = await window
      .waitForSelector('html[data-ready="inbox"]', { state: "attached", timeout: PATIENCE })
      .then(() => true)
      .catch(() => false);
    // Away from the rows: a display in memory starts with its pointer in the middle.
    await window.mouse.move(1, 1);
    await window.screenshot({ path: resolve(file), animations: "disabled" });
    return filled;
  } finally {
    await app.close();
  }
}
