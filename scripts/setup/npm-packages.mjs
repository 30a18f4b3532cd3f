import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError, step } from "./progress.mjs";
import { lastLines, npm } from "./run.mjs";

/**
 * Installs exactly what package-lock.json names, when it is not there yet. No package's install script is
 * run: those that carry native code bring it ready-built.
 *
 * @param {string} root the checkout
 */
export async function ensureNpmPackages(root) {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const hash = createHash("sha256").update(lock).digest("hex");
  const stamp = join(root, "node_modules/.bulkhead-setup");
  if (text(stamp) === hash) return;
  if (!isInstalled(lock, text(join(root, "node_modules/.package-lock.json")))) {
    // Not `npm ci`: it demands that the lock file also names every optional package of every other platform,
    // and registries exist that do not carry them all. This installs the same versions with the same hashes.
    await step("npm packages", async () => {
      const done = await npm(["install", "--no-save", "--ignore-scripts", "--engine-strict=false"], {
        cwd: root,
      });
      if (done.code !== 0) throw new SetupError(`npm install failed:\n${lastLines(done.errors)}`);
    });
  }
  writeFileSync(stamp, hash);
}

/**
 * Whether npm's own record of what it installed, written as its last act, agrees with the lock file: so a
 * developer's `npm install` is not repeated from scratch.
 *
 * @param {string} lock text of package-lock.json
 * @param {string} record text of node_modules/.package-lock.json
 */
export function isInstalled(lock, record) {
  if (record === "") return false;
  const wanted = packagesOf(lock);
  const present = packagesOf(record);
  for (const [path, entry] of wanted) {
    if (path === "") continue;
    const found = present.get(path);
    if (found === undefined ? !entry.optional : found.integrity !== entry.integrity) return false;
  }
  return true;
}

/** @param {string} json @returns {Map<string, { integrity?: string, optional?: boolean }>} */
function packagesOf(json) {
  return new Map(Object.entries(JSON.parse(json).packages ?? {}));
}

/** @param {string} path */
function text(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
