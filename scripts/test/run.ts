// Runs in the Electron runtime's Node, after the set-up: builds the app, runs vitest, adds up.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "../build.mjs";
import { root } from "../setup.mjs";
import { summaryLine, totalsOf } from "./summary.ts";

const report = join(root, "out/tests/report.json");

const buildFailure = await tryBuild();
const exitCode = await runVitest();
const totals = totalsOf(readReport(), exitCode);
if (buildFailure) console.error(`\nThe app could not be built:\n${buildFailure}`);
console.log(`\n${summaryLine(buildFailure ? { ...totals, failed: totals.failed + 1 } : totals)}`);
process.exitCode = totals.failed > 0 || buildFailure ? 1 : 0;

/** A broken build must not hide what the unit tests say: it counts as one failure, and they still run. */
async function tryBuild(): Promise<string | null> {
  try {
    await build();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function runVitest(): Promise<number> {
  rmSync(report, { force: true });
  mkdirSync(join(root, "out/tests"), { recursive: true });
  const args = [
    ...["run", "--config", "scripts/config/vitest.config.ts", "--passWithNoTests=false"],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ...(buildFailure ? ["--project", "unit"] : []),
    ...process.argv.slice(2),
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), ...args], {
      cwd: root,
      stdio: "inherit",
    });
    // Ctrl+C reaches vitest too, which tears the session down; then the sum is told.
    process.on("SIGINT", () => undefined);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

function readReport(): unknown {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return null;
  }
}
