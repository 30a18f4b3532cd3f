import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startDemoServer } from "../../demo/server.ts";
import { type DesktopSession, startSession } from "../../desktop/session.ts";
import { stageApp, stageElectron } from "../../desktop/stage.ts";

const MESSAGES = 20_000;
const USABLE = `document.documentElement?.dataset.ready === "inbox"`;
const IN_STEP = `${USABLE} && /up to date/i.test(document.querySelector(".status-text")?.textContent ?? "")`;
const PATIENCE_MS = 600_000;

/** A window that has become usable. */
export interface Opened {
  /** From the start of the process, in milliseconds. */
  readonly ms: number;
  readonly pid: number;
  close(): Promise<void>;
}

export interface Windows {
  /** The app, offline, on a profile with 20,000 messages. */
  openApp(): Promise<Opened>;
  /** A window with one line of text and nothing else. */
  openEmpty(): Promise<Opened>;
}

/** Prepares both: the app itself syncs the profile's mail from the stand-in server, which then ends. */
export async function withWindows<T>(task: (windows: Windows) => Promise<T>): Promise<T> {
  const session = await startSession({ electron: stageElectron(process.execPath), screen: "1600x1000" });
  try {
    const app = stageApp(join(session.folder, "app"));
    const empty = stageSupport(session, "empty-window");
    const hook = stageSupport(session, "report-ready.cjs");
    const start = (folder: string, profile: string, condition: string, env: Record<string, string> = {}) =>
      open(session.launcher, ["-r", hook, folder, `--user-data-dir=${join(session.folder, profile)}`], {
        ...env,
        BULKHEAD_BENCH_READY: condition,
      });
    const server = await startDemoServer([`--messages=${MESSAGES}`]);
    try {
      const env = { BULKHEAD_DEMO: JSON.stringify(server.account) };
      await (await start(app, "profile", IN_STEP, env)).close();
    } finally {
      await server.stop();
    }
    return await task({
      openApp: () => start(app, "profile", USABLE),
      openEmpty: () => start(empty, "empty-profile", USABLE),
    });
  } finally {
    await session.stop();
  }
}

/** Copies a file or folder of this one to where the session's user can read it. */
function stageSupport(session: DesktopSession, name: string): string {
  const folder = join(session.folder, "bench");
  mkdirSync(folder, { recursive: true });
  cpSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, name), { recursive: true });
  return join(folder, name);
}

async function open(program: string, args: string[], env: Record<string, string>): Promise<Opened> {
  const began = performance.now();
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints = `${complaints}${chunk}`.slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const patience = setTimeout(() => child.kill("SIGTERM"), PATIENCE_MS);
  try {
    await saysReady(child);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : ""}\n${complaints}`);
  } finally {
    clearTimeout(patience);
  }
  return {
    ms: performance.now() - began,
    pid: child.pid ?? 0,
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Waits for the word of report-ready.cjs. */
async function saysReady(child: ChildProcess): Promise<void> {
  if (child.stdout !== null) {
    for await (const line of createInterface({ input: child.stdout })) if (line === "READY") return;
  }
  throw new Error("the window ended before it was usable");
}
