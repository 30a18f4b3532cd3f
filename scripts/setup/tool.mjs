import { spawn } from "node:child_process";
import { join } from "node:path";
import { root, setupOrExit } from "../setup.mjs";

/**
 * A command of this project: makes the checkout ready, then runs a script of it in the Electron runtime's own
 * Node, the one users get, with the terminal's input, output and signals. Ends with the script's exit code.
 *
 * @param {string} script path below the checkout
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export async function runTool(script, args) {
  const { electron } = await setupOrExit();
  const child = spawn(electron, [join(root, script), ...args], {
    cwd: root,
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: "1",
      BULKHEAD_ELECTRON: electron,
      BULKHEAD_HOST_NODE: process.execPath,
    },
    stdio: "inherit",
  });
  // Ctrl+C reaches the script too, which cleans up and ends; this process only waits for it.
  process.on("SIGINT", () => undefined);
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  return await new Promise((_resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
