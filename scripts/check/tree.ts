import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Program, parseSync } from "oxc-parser";

/** What a rule has found, in words that say what to change. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly words: string;
}

export interface Import {
  /** As written: "../base/result.ts", "node:fs", "electron". */
  readonly specifier: string;
  /** The imported file's path below the root, for a relative import; null for a package. */
  readonly target: string | null;
  readonly line: number;
  /** The imported names; empty for a whole module, a re-export or a dynamic import. */
  readonly names: readonly string[];
}

export interface SourceFile {
  /** Below the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly program: Program;
  /** Imports of values and of types, re-exports and dynamic imports alike. */
  readonly imports: readonly Import[];
}

/** A checkout as the rules see it: every source file, parsed, and every folder. */
export interface SourceTree {
  readonly root: string;
  readonly files: readonly SourceFile[];
  /** All names at the top and all folders below, without what git ignores. */
  readonly topLevel: readonly string[];
  readonly folders: readonly string[];
  has(path: string): boolean;
}

export type Rule = (tree: SourceTree) => Problem[];

const IGNORED = new Set(["node_modules", "out", ".git"]);
const SOURCE = /\.(ts|tsx|mjs)$/;

/** Reads and parses every source file below `root`. */
export function readTree(root: string): SourceTree {
  const paths: string[] = [];
  const folders: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (IGNORED.has(entry.name)) continue;
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        folders.push(path);
        walk(path);
      } else paths.push(path);
    }
  };
  walk("");
  const all = new Set(paths);
  return {
    root,
    files: paths.filter((path) => SOURCE.test(path)).map((path) => parse(root, path)),
    topLevel: readdirSync(root).filter((name) => !IGNORED.has(name)),
    folders,
    has: (path) => all.has(path),
  };
}

/** The product's own files: what users run. */
export function isProduct(file: SourceFile): boolean {
  return /^(electron|renderer|shared)\//.test(file.path);
}

/** The line, from 1, that a position in the text is on. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function parse(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const { program, module } = parseSync(path, text);
  const found: { specifier: string; start: number; names: string[] }[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const names = entries.flatMap(({ importName }) => importName.name ?? []);
    found.push({ specifier: moduleRequest.value, start: moduleRequest.start, names });
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const { start, end } = moduleRequest;
    found.push({ specifier: text.slice(start + 1, end - 1), start, names: [] });
  }
  for (const { entries } of module.staticExports) {
    const request = entries[0]?.moduleRequest;
    if (request) found.push({ specifier: request.value, start: request.start, names: [] });
  }
  const imports = found.map(({ specifier, start, names }) => ({
    specifier,
    target: specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : null,
    line: lineAt(text, start),
    names,
  }));
  return { path, text, lines: text.split("\n").length - 1, program, imports };
}
