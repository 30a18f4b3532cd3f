import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type Rule, readTree, type SourceTree } from "../../../scripts/check/tree.ts";

/** A folder of its own for one test, gone after it. */
export function fixtureFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-fixture-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A small checkout with these files, by path. */
function fixtureTree(files: Readonly<Record<string, string>>): SourceTree {
  const root = fixtureFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return readTree(root);
}

/** What a rule says about a small checkout, one line for each problem. */
export function problemsOf(rule: Rule, files: Readonly<Record<string, string>>): string[] {
  return rule(fixtureTree(files)).map(({ file, line, words }) => `${file}:${line ?? "-"} ${words}`);
}

/** A text of this many lines. */
export function lines(count: number): string {
  return "// line\n".repeat(count);
}
