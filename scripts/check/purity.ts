import { Visitor } from "oxc-parser";
import { type Import, isProduct, lineAt, type Problem, type Rule, type SourceFile } from "./tree.ts";

/** Parts that compute and do nothing else: time, randomness and the world are handed in through ports. */
const PURE = /^(shared|electron\/(protocol|sync|policy|classification))\//;

/** Properties of globals that read the clock or the dice. */
const IMPURE_MEMBERS = new Set([
  ...["Date.now", "performance.now", "Math.random", "crypto.randomUUID", "crypto.getRandomValues"],
  ...["process.env", "process.hrtime", "globalThis.fetch"],
]);
const IMPURE_CALLS = new Set(["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"]);

/** Parts of Node that only compute: these names of these modules, or all of them. */
const COMPUTING: Readonly<Record<string, readonly string[] | "all">> = {
  "node:buffer": "all",
  "node:string_decoder": "all",
  "node:crypto": ["createHash", "createHmac"],
};

function onlyComputes({ specifier, names }: Import): boolean {
  const allowed = COMPUTING[specifier];
  return allowed === "all" || (names.length > 0 && names.every((name) => allowed?.includes(name)));
}

/** No Node, clock, randomness or timers where the layout promises none; no module-level variables anywhere. */
export const purity: Rule = (tree) =>
  tree.files
    .filter(isProduct)
    .flatMap((file) => [...moduleState(file), ...(PURE.test(file.path) ? impure(file) : [])]);

function impure(file: SourceFile): Problem[] {
  const problems: Problem[] = file.imports
    .filter(({ specifier }) => specifier.startsWith("node:") || specifier === "electron")
    .filter((entry) => !onlyComputes(entry))
    .map(({ specifier, line }) => ({ file: file.path, line, words: `${specifier}: this part does no I/O` }));
  const report = (position: number, what: string) =>
    problems.push({
      file: file.path,
      line: lineAt(file.text, position),
      words: `${what}: time, randomness and timers come in through ports`,
    });
  new Visitor({
    MemberExpression(node) {
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
      const name = `${node.object.name}.${node.property.name}`;
      if (IMPURE_MEMBERS.has(name)) report(node.start, name);
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier" && IMPURE_CALLS.has(node.callee.name))
        report(node.start, node.callee.name);
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0) {
        report(node.start, "new Date()");
      }
    },
  }).visit(file.program);
  return problems;
}

function moduleState(file: SourceFile): Problem[] {
  return file.program.body.flatMap((statement) => {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner?.type !== "VariableDeclaration" || inner.kind === "const" || inner.declare) return [];
    const line = lineAt(file.text, inner.start);
    return [
      { file: file.path, line, words: `\`${inner.kind}\` at module level: state belongs to an object` },
    ];
  });
}
