// Runs in the Electron runtime's Node, after the set-up: all checks at once, then what they found.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../setup.mjs";
import { RULES } from "./rules.ts";
import { type Problem, readTree } from "./tree.ts";

interface Outcome {
  readonly name: string;
  readonly problems: string;
}

/** knip needs more address space for its parser than V8 inside Electron grants: it runs in the caller's Node. */
const hostNode = process.env.BULKHEAD_HOST_NODE ?? "node";

const outcomes = await Promise.all([
  tool("types", process.execPath, ["node_modules/typescript/bin/tsc", "-b"]),
  tool("format and lint", process.execPath, [
    ...["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "--colors=off", "."],
  ]),
  tool("dead exports", hostNode, [
    ...[
      "node_modules/knip/bin/knip.js",
      "--config",
      "scripts/config/knip.json",
      "--no-progress",
      "--no-config-hints",
    ],
  ]),
  ...ownRules(),
]);

for (const { name, problems } of outcomes) {
  console.log(
    problems === "" ? `ok      ${name}` : `FAILED  ${name}\n${problems.replace(/^/gm, "        ")}`,
  );
}
process.exitCode = outcomes.some(({ problems }) => problems !== "") ? 1 : 0;

function ownRules(): Outcome[] {
  const tree = readTree(root);
  return Object.entries(RULES).map(([name, rule]) => ({
    name,
    problems: rule(tree).map(describe).join("\n"),
  }));
}

function describe({ file, line, words }: Problem): string {
  return `${file}${line === undefined ? "" : `:${line}`}  ${words}`;
}

/** A tool's complaints, or nothing when it found none. */
function tool(name: string, program: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const [script = "", ...rest] = args;
    const child = spawn(program, [join(root, script), ...rest], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.on("error", (error) => resolve({ name, problems: error.message }));
    child.on("close", (code) =>
      resolve({ name, problems: code === 0 ? "" : said.trim() || `ended with code ${code}` }),
    );
  });
}
