import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { build } from "../build.mjs";
import { root } from "../setup.mjs";

/**
 * `npm run soak -- engine-kill [COUNT] [SEED]`: ends the engine's process in the real window that often (100
 * times when not told); fails when the window did not go on, or mail was lost or sent twice.
 */
export async function run([count = "100", seed = String(Date.now() % 1_000_000)]: string[]): Promise<void> {
  if (!/^[1-9]\d*$/.test(count) || !/^\d+$/.test(seed)) throw new Error("COUNT and SEED are whole numbers");
  await build();
  console.log(`engine-kill ${count} ${seed}`);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const config = ["--config", "scripts/config/vitest.config.ts", "--project", "e2e"];
  const child = spawn(process.execPath, [vitest, "run", ...config, "tests/e2e/engine-kill.test.ts"], {
    cwd: root,
    env: { ...process.env, BULKHEAD_KILLS: count, BULKHEAD_KILL_SEED: seed },
    stdio: "inherit",
  });
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`engine-kill ${count} ${seed} failed`);
}
