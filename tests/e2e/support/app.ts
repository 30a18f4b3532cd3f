import { chownSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { inject } from "vitest";
import type {} from "../../support/session/types.ts";
import { processTree } from "./processes.ts";

export interface LaunchOptions {
  /** The profile of an earlier launch, to start again with what it left; else a new, empty one. */
  readonly profileDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** False: on a desktop without a keychain. */
  readonly keychain?: boolean;
  readonly args?: readonly string[];
}

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profileDir: string;
  /** Main first, then every process below it. */
  pids(): number[];
  /** As a person quits it. */
  close(): Promise<void>;
  /** As a power cut ends it: all processes at once, with no chance to tidy up. */
  kill(): Promise<void>;
}

/** Starts the built app in the test session, sandboxed, as an ordinary user; answers with its first window. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const session = inject("session");
  const profileDir = options.profileDir ?? newProfile();
  const app = await _electron.launch({
    executablePath: options.keychain === false ? session.bareLauncher : session.launcher,
    args: [
      ...["-r", session.holdStart, session.appFolder],
      ...[`--user-data-dir=${profileDir}`, "--disable-gpu"],
      ...(options.args ?? []),
    ],
    env: { PATH: process.env.PATH ?? "", ...options.env },
    // Playwright switches the sandbox off unless it is asked not to.
    chromiumSandbox: true,
  });
  const pid = app.process().pid ?? 0;
  const ended = new Promise<void>((resolve) => app.once("close", () => resolve()));
  return {
    app,
    window: await app.firstWindow(),
    profileDir,
    pids: () => processTree(pid),
    close: () => app.close(),
    async kill() {
      for (const member of processTree(pid)) killQuietly(member);
      await ended;
    },
  };
}

/** An empty profile folder that belongs to the session's user. */
export function newProfile(): string {
  const session = inject("session");
  const folder = mkdtempSync(join(session.folder, "profile-"));
  if (session.owner) chownSync(folder, session.owner.uid, session.owner.gid);
  return folder;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended with its parent.
  }
}
