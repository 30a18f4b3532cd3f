import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../tests/sync/kill/main.ts", import.meta.url));

/** `npm run soak -- kill [COUNT] [SEED]`: ends the engine that often; fails when a promise was broken. */
export async function run(args: string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: "inherit",
  });
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error("the kill test failed");
}
