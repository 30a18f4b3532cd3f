import type { Problem, Rule } from "./tree.ts";

/** What may lie at the top of the checkout. A new name there is a decision, made by adding it here. */
const TOP_LEVEL = new Set([
  ...[".biome.json", ".ci", ".gitattributes", ".gitignore", ".npmrc", ".vscode", "LICENSE", "README.md"],
  ...["electron", "electron-builder.yml", "package-lock.json", "package.json", "renderer", "resources"],
  ...["scripts", "shared", "tests", "tsconfig.json"],
]);

/** Known names at the top, and a README in every folder of the product that opens it to a reader. */
export const layout: Rule = (tree) => {
  const problems: Problem[] = tree.topLevel
    .filter((name) => !TOP_LEVEL.has(name))
    .map((name) => ({
      file: name,
      words: "unknown name at the top; scripts/check/layout.ts lists what may be there",
    }));
  for (const folder of tree.folders) {
    if (!/^(electron|renderer)\/[^/]+$/.test(folder)) continue;
    const inUse = tree.files.some((file) => file.path.startsWith(`${folder}/`));
    if (inUse && !tree.has(`${folder}/README.md`)) {
      problems.push({ file: folder, words: "has no README.md that says what it owns and who may import it" });
    }
  }
  return problems;
};
