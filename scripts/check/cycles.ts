import type { Problem, Rule, SourceTree } from "./tree.ts";

/** No import cycles: imports of types count, because they tie the same knots in a reader's head. */
export const cycles: Rule = (tree) =>
  findCycles(graphOf(tree)).map((cycle): Problem => {
    const [first = ""] = cycle;
    return { file: first, words: `import cycle: ${[...cycle, first].join(" -> ")}` };
  });

function graphOf(tree: SourceTree): Map<string, readonly string[]> {
  return new Map(
    tree.files.map((file) => [
      file.path,
      file.imports.flatMap(({ target }) => (target !== null && tree.has(target) ? [target] : [])),
    ]),
  );
}

/**
 * One cycle for each knot of files that all reach each other: a depth-first walk that reports the way back
 * when it meets a file it is still inside of.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string) => {
    const inside = path.indexOf(node);
    if (inside >= 0) {
      found.push(path.slice(inside));
      return;
    }
    if (done.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    done.add(node);
  };
  for (const node of [...graph.keys()].sort()) visit(node);
  return found;
}
