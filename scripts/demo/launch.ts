import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSession } from "../desktop/session.ts";
import { stageApp, stageElectron } from "../desktop/stage.ts";
import { root } from "../setup.mjs";

/** How to start the app in the place prepared for it. */
export interface Place {
  readonly program: string;
  readonly args: readonly string[];
  /** For a driver: loaded with `-r` before the app. */
  readonly holdStart: string;
  leave(): Promise<void>;
}

/** Whether there is a screen to show a window on. */
export function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

export const NO_DISPLAY =
  "There is no display here (DISPLAY is not set), so there is no place for a window.\n" +
  "To see what a person would see:  npm run demo -- --screenshot demo.png\n" +
  "To run it on a display in memory: xvfb-run -a npm run demo";

/**
 * A place that leaves no trace: on Linux a session with its own keychain, run by an ordinary user when the
 * caller is root; elsewhere a profile folder of its own.
 *
 * @param screen size of a display in memory ("1440x900"), or null for the caller's display
 */
export async function throwAwayPlace(screen: string | null): Promise<Place> {
  if (process.platform !== "linux") {
    const folder = mkdtempSync(join(tmpdir(), "bulkhead-demo-"));
    return {
      program: process.execPath,
      args: [root, `--user-data-dir=${folder}`],
      holdStart: join(root, "scripts/desktop/hold-start.cjs"),
      leave: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const session = await startSession({ electron: stageElectron(process.execPath), screen });
  return {
    program: session.launcher,
    args: [stageApp(join(session.folder, "app")), `--user-data-dir=${join(session.folder, "profile")}`],
    holdStart: session.holdStart,
    leave: session.stop,
  };
}

/** The environment for the app: the caller's, without what would make Electron a plain Node. */
export function appEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== "ELECTRON_RUN_AS_NODE") env[name] = value;
  }
  return { ...env, ...extra };
}

/** Runs the app in the terminal until it is quit, by its window or by Ctrl+C; answers with its exit code. */
export function runApp(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: "inherit" });
    // Ctrl+C reaches the app too; this process stays to clean up after it.
    process.on("SIGINT", () => undefined);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 0));
  });
}
