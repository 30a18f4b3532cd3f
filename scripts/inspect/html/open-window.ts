import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startSession } from "../../desktop/session.ts";
import { stageElectron } from "../../desktop/stage.ts";
import { buildWindow } from "./build.ts";
import type { ShowRequest } from "./shown.ts";

/** A hidden window in a process of its own. */
export interface HiddenWindow {
  /** Shows one body after the other; answers with an `HtmlReport` as it came over the line. */
  show(request: ShowRequest): Promise<unknown>;
  close(): Promise<void>;
}

interface Place {
  readonly program: string;
  readonly folder: string;
  leave(): Promise<void>;
}

/** Builds what is needed and starts the window: under a display of its own on Linux, as an ordinary user. */
export async function openWindow(): Promise<HiddenWindow> {
  const built = await buildWindow();
  const place = await findPlace();
  const staged = join(place.folder, "inspect");
  cpSync(built, staged, { recursive: true });
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const args = [staged, `--user-data-dir=${join(place.folder, "profile")}`, "--disable-gpu"];
  const child = spawn(place.program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const noise = collectNoise(child);
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the hidden window ended:\n${noise()}`);
    return value;
  };
  const closed = new Promise<void>((done) => child.on("close", () => done()));
  const close = async () => {
    child.stdin.end();
    await closed;
    await place.leave();
  };
  try {
    while ((await next()) !== "READY");
  } catch (problem) {
    await close();
    throw problem;
  }
  return {
    async show(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      for (;;) {
        const line = await next();
        if (line.startsWith("{")) return JSON.parse(line);
      }
    },
    close,
  };
}

async function findPlace(): Promise<Place> {
  if (process.platform !== "linux") {
    const folder = mkdtempSync(join(tmpdir(), "bulkhead-inspect-"));
    const leave = async () => rmSync(folder, { recursive: true, force: true });
    return { program: process.execPath, folder, leave };
  }
  const session = await startSession({ electron: stageElectron(process.execPath), screen: "1280x1024" });
  return { program: session.launcher, folder: session.folder, leave: session.stop };
}

/** The last of what Chromium says on standard error, for when it ends too early. */
function collectNoise(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk) => {
    text = `${text}${chunk}`.slice(-4_000);
  });
  return () => text;
}
