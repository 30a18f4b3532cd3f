import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../setup.mjs";

/** The names of the scripts in a folder below `scripts/`: its .ts files. */
export function namesIn(folder: string): string[] {
  const path = join(root, "scripts", folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => /^[a-z][a-z0-9-]*\.ts$/.test(file))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** Loads one of them by its name, which is nothing but a name: no path leads out of the folder. */
export async function loadNamed(folder: string, name: string): Promise<unknown> {
  if (!namesIn(folder).includes(name)) {
    throw new UnknownName(`there is no ${folder} called ${name}; there are: ${namesIn(folder).join(", ")}`);
  }
  return await import(pathToFileURL(join(root, "scripts", folder, `${name}.ts`)).href);
}

export class UnknownName extends Error {}
