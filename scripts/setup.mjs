// Makes a fresh checkout ready: Debian packages, npm packages, an Electron runtime. Runs on Node 20 with nothing
// installed, does only what is missing, and can be interrupted at any moment.
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureElectron } from "./setup/electron.mjs";
import { withLock } from "./setup/lock.mjs";
import { ensureNpmPackages } from "./setup/npm-packages.mjs";
import { SetupError, say } from "./setup/progress.mjs";
import { ensureSystemPackages } from "./setup/system-packages.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * @returns {Promise<{ electron: string }>} the Electron program, which also runs the project's tools
 * @throws {SetupError} with words for a person
 */
export async function ensureSetup() {
  return await withLock(join(root, "out/.setup-lock"), async () => {
    await ensureSystemPackages();
    await ensureNpmPackages(root);
    return { electron: await ensureElectron(root) };
  });
}

/**
 * For commands: the same, and where it fails, words on the terminal and an exit instead of a stack trace.
 */
export async function setupOrExit() {
  try {
    return await ensureSetup();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return process.exit(1);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { electron } = await setupOrExit();
  say(`ready: ${electron}`);
}
