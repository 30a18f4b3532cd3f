import type { Problem, Rule, SourceFile } from "./tree.ts";
import { isProduct } from "./tree.ts";

const MOST = 500;
const MEDIAN = 120;
const NINETIETH = 350;

/** No file over 500 lines; half of the product's files under 120, nine tenths up to 350. */
export const sizes: Rule = (tree) => {
  const problems: Problem[] = tree.files
    .filter((file) => file.lines > MOST)
    .map((file) => ({ file: file.path, words: `${file.lines} lines; ${MOST} is the most` }));
  const product = tree.files.filter(isProduct).map((file) => file.lines);
  const median = quantile(product, 0.5);
  if (median >= MEDIAN)
    problems.push({ file: "electron", words: `median file size is ${median} lines, not under ${MEDIAN}` });
  const ninetieth = quantile(product, 0.9);
  if (ninetieth > NINETIETH) {
    problems.push({
      file: "electron",
      words: `a tenth of the files are over ${NINETIETH} lines (${ninetieth})`,
    });
  }
  return problems;
};

/** Test lines wanted for each line of source: the parts where a mistake loses mail are tested twice over. */
const WANTED: readonly {
  readonly part: string;
  readonly ratio: number;
  readonly source: RegExp;
  readonly tests: RegExp;
}[] = [
  { part: "the product", ratio: 1, source: /^(electron|renderer|shared)\//, tests: /^tests\// },
  ...["protocol", "sync", "store"].map((name) => ({
    part: `electron/${name}`,
    ratio: 2,
    source: new RegExp(`^electron/${name}/`),
    tests: new RegExp(`^tests/(unit/|support/)?${name}/`),
  })),
];

/** At least as many lines of tests as of source. The stand-in server is no test: it does not count. */
export const testLines: Rule = (tree) =>
  WANTED.flatMap(({ part, ratio, source, tests }) => {
    const count = (wanted: RegExp) =>
      sum(tree.files.filter((file) => wanted.test(file.path) && !isServer(file)));
    const wanted = count(source) * ratio;
    const present = count(tests);
    return present >= wanted
      ? []
      : [
          {
            file: part,
            words: `${present} lines of tests; ${wanted} wanted (${ratio} for each line of source)`,
          },
        ];
  });

function isServer(file: SourceFile): boolean {
  return file.path.startsWith("tests/fake-exchange/") && !file.path.endsWith(".test.ts");
}

function sum(files: readonly SourceFile[]): number {
  return files.reduce((total, file) => total + file.lines, 0);
}

/** The value that a share `at` of the values does not exceed; 0 of nothing. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0;
}
