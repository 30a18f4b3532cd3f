import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../tests/store/kill-main.ts", import.meta.url));

/** `npm run soak -- store-kill [COUNT] [SEED]`: ends a writing store that often; fails when a commit was lost or halved. */
export async function run(args: string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: "inherit",
  });
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error("the store's kill test failed");
}
