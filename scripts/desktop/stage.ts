import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cacheFolder } from "../setup/electron-copy.mjs";
import { root } from "../setup.mjs";
import { asUser, type OrdinaryUser, ordinaryUser } from "./user.ts";

/** What the built app loads at run time beside itself: the packages with native code. */
const NATIVE = ["better-sqlite3-multiple-ciphers", "@github/keytar"];

/** Copies the built app with what it needs into `folder`, because a checkout may be closed to other users. */
export function stageApp(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const part of ["package.json", "out/app"]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  for (const name of NATIVE) {
    const source = join(root, "node_modules", name);
    cpSync(source, join(folder, "node_modules", name), {
      recursive: true,
      filter: (path) => !/\/(deps|src|docs|node_modules)(\/|$)/.test(path.slice(source.length)),
    });
  }
  return folder;
}

/** The Electron program where the ordinary user can run it: itself, or a copy when its folder is closed to them. */
export function stageElectron(electron: string): string {
  const user = ordinaryUser();
  if (canRun(user, electron)) return electron;
  const source = dirname(electron);
  const copy = join(cacheFolder(), `${basename(source)}-of-${basename(root)}`);
  const program = join(copy, basename(electron));
  if (!existsSync(program)) {
    rmSync(`${copy}.partial`, { recursive: true, force: true });
    cpSync(source, `${copy}.partial`, { recursive: true });
    renameSync(`${copy}.partial`, copy);
  }
  return program;
}

function canRun(user: OrdinaryUser | null, program: string): boolean {
  const [command = "", ...args] = asUser(user, ["test", "-x", program]);
  return spawnSync(command, args).status === 0;
}
