import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { asUser, type OrdinaryUser, ordinaryUser } from "./user.ts";

const PREFIX = "bulkhead-session-";

export interface SessionOptions {
  /** The Electron program. */
  readonly electron: string;
  /** Start a display of its own, of this size ("1600x1000"); else the caller's display is used. */
  readonly screen: string | null;
  /** Keep profile and keychain in this folder of the user instead of in one that goes away. */
  readonly home?: string;
}

/** A throw-away desktop: message bus, unlocked keychain, display and home folder of an ordinary user. */
export interface DesktopSession {
  /** Belongs to the user; goes away with the session. */
  readonly folder: string;
  /** An executable that runs Electron inside the session with the arguments it is given. */
  readonly launcher: string;
  /** The same on a desktop that has no keychain: nobody answers on its message bus. */
  readonly bareLauncher: string;
  /** The same, as plain Node: for a script that needs the session's keychain but no window. */
  readonly nodeLauncher: string;
  /** A copy of hold-start.cjs that the session's user can read. */
  readonly holdStart: string;
  /** Who runs inside, or null: the caller. */
  readonly user: OrdinaryUser | null;
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a session. It ends by `stop`, and by itself when this process ends in any way. */
export async function startSession(options: SessionOptions): Promise<DesktopSession> {
  const user = ordinaryUser();
  clearAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const env = sessionFolders(folder, user, options.home);
  // Without a person there is nobody who needs assistive technology, and its bus outlives the session.
  if (options.screen) env.NO_AT_BRIDGE = "1";
  else Object.assign(env, borrowedDisplay(folder, user));
  // Xvfb of an ordinary user cannot make this folder with the rights that others expect.
  if (user) mkdirSync("/tmp/.X11-unix", { recursive: true, mode: 0o1777 });

  const script = readFileSync(new URL("session.sh", import.meta.url), "utf8");
  const screen = options.screen ? `${options.screen}x24` : "";
  const [command = "", ...args] = asUser(user, [
    ...["dbus-run-session", "--", "bash", "-c", script, "session", folder, screen],
  ]);
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints = `${complaints}${chunk}`.slice(-4000);
  });
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", () => resolve());
  });
  const stop = async () => {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  if (!(await readVariables(child.stdout, env))) {
    await stop();
    throw new Error(
      `the desktop session (dbus-run-session, gnome-keyring, Xvfb) could not be started:\n${complaints}`,
    );
  }
  const start = (name: string, mode: readonly string[], own = env) =>
    writeLauncher(join(folder, name), asUser(user, ["env", ...mode, ...variables(own), options.electron]));
  const noBus = { ...env, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, "no-bus")}` };
  const holdStart = join(folder, "hold-start.cjs");
  copyFileSync(new URL("hold-start.cjs", import.meta.url), holdStart);
  return {
    folder,
    holdStart,
    launcher: start("electron-in-session", ["-u", "ELECTRON_RUN_AS_NODE"]),
    bareLauncher: start("electron-without-keychain", ["-u", "ELECTRON_RUN_AS_NODE"], noBus),
    nodeLauncher: start("node-in-session", ["ELECTRON_RUN_AS_NODE=1"]),
    user,
    env,
    stop,
  };
}

/** Removes the folders of sessions whose starter was killed before it could. */
function clearAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (!Number.isNaN(pid) && !existsSync(`/proc/${pid}`)) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

function sessionFolders(
  folder: string,
  user: OrdinaryUser | null,
  home: string | undefined,
): Record<string, string> {
  const places: Record<string, string> = { XDG_RUNTIME_DIR: "run" };
  if (!home) Object.assign(places, { XDG_DATA_HOME: "data", XDG_CONFIG_HOME: "config" });
  const env: Record<string, string> = { LANG: "C.UTF-8", HOME: home ?? folder };
  for (const [name, place] of Object.entries(places)) {
    env[name] = join(folder, place);
    mkdirSync(env[name], { mode: 0o700 });
    if (user) chownSync(env[name], user.uid, user.gid);
  }
  if (user) chownSync(folder, user.uid, user.gid);
  return env;
}

/** The caller's display, with the right to use it where that is a cookie in a file. */
function borrowedDisplay(folder: string, user: OrdinaryUser | null): Record<string, string> {
  const env: Record<string, string> = {};
  if (process.env.DISPLAY) env.DISPLAY = process.env.DISPLAY;
  // An absolute path, because the session has a runtime folder of its own.
  const { XDG_RUNTIME_DIR: runtime, WAYLAND_DISPLAY: wayland } = process.env;
  if (runtime && wayland && !user) env.WAYLAND_DISPLAY = resolve(runtime, wayland);
  const source = process.env.XAUTHORITY ?? join(process.env.HOME ?? "/", ".Xauthority");
  try {
    const copy = join(folder, "xauthority");
    writeFileSync(copy, readFileSync(source), { mode: 0o600 });
    if (user) chownSync(copy, user.uid, user.gid);
    env.XAUTHORITY = copy;
  } catch {
    // No cookie: the display admits local users, or it does not and says so itself.
  }
  return env;
}

/** Reads `NAME=value` lines up to `READY` into `env`; false when they end before. */
async function readVariables(output: NodeJS.ReadableStream, env: Record<string, string>): Promise<boolean> {
  for await (const line of createInterface({ input: output })) {
    if (line === "READY") return true;
    const cut = line.indexOf("=");
    if (cut > 0) env[line.slice(0, cut)] = line.slice(cut + 1);
  }
  return false;
}

function variables(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function writeLauncher(file: string, command: readonly string[]): string {
  writeFileSync(file, `#!/bin/sh\ncd ${quote(dirname(file))}\nexec ${command.map(quote).join(" ")} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
