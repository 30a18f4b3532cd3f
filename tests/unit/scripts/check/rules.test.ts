import { describe, expect, test } from "vitest";
import { cycles, findCycles } from "../../../../scripts/check/cycles.ts";
import { DOORS, doors, packageOf } from "../../../../scripts/check/doors.ts";
import { layout } from "../../../../scripts/check/layout.ts";
import { purity } from "../../../../scripts/check/purity.ts";
import { words } from "../../../../scripts/check/words.ts";
import { problemsOf } from "../../../support/scripts/fixture-tree.ts";

describe("cycles", () => {
  test("are found through imports of types", () => {
    const problems = problemsOf(cycles, {
      "electron/store/a.ts": 'import type { B } from "./b.ts";\nexport type A = B;\n',
      "electron/store/b.ts": 'import { c } from "./c.ts";\nexport type B = typeof c;\n',
      "electron/store/c.ts": 'import type { A } from "./a.ts";\nexport const c: A | null = null;\n',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      "electron/store/a.ts -> electron/store/b.ts -> electron/store/c.ts -> electron/store/a.ts",
    );
  });

  test("are not seen where two ways lead to one file", () => {
    expect(
      findCycles(
        new Map([
          ["a", ["b", "c"]],
          ["b", ["d"]],
          ["c", ["d"]],
          ["d", []],
        ]),
      ),
    ).toEqual([]);
  });

  test("of a file with itself and of two separate pairs are each reported", () => {
    const graph = new Map([
      ["a", ["a"]],
      ["b", ["c"]],
      ["c", ["b"]],
      ["d", ["e"]],
      ["e", ["d"]],
    ]);
    expect(findCycles(graph)).toEqual([["a"], ["b", "c"], ["d", "e"]]);
  });
});

describe("one door to each dangerous library", () => {
  test.each(Object.entries(DOORS))("%s", (name, places) => {
    const text = `import thing from "${name}";\nexport const other = thing;\n`;
    const place = places[0] ?? "";
    expect(problemsOf(doors, { [place.endsWith("/") ? `${place}a.ts` : place]: text })).toEqual([]);
    expect(problemsOf(doors, { "electron/diagnostics/a.ts": text })).toEqual([
      expect.stringMatching(`^electron/diagnostics/a.ts:1 ${name} may be imported in `),
    ]);
    expect(problemsOf(doors, { "tests/unit/a.test.ts": text, "scripts/a.ts": text })).toEqual([]);
  });

  test("a path inside a package goes through the same door", () => {
    expect(packageOf("nodemailer/lib/mime-node/index.js")).toBe("nodemailer");
    expect(packageOf("@github/keytar/lib/x.js")).toBe("@github/keytar");
    expect(problemsOf(doors, { "renderer/ui/a.ts": 'import "electron/renderer";\n' })).toHaveLength(1);
  });

  test("no development tool is part of the product", () => {
    const files = { "electron/store/a.ts": 'import { test } from "vitest";\nexport const a = test;\n' };
    expect(problemsOf(doors, files)).toEqual([expect.stringContaining("vitest is a development tool")]);
  });

  test("a package named like a property of every object has no door", () => {
    expect(problemsOf(doors, { "electron/store/a.ts": 'import "constructor";\n' })).toEqual([]);
  });
});

describe("parts that only compute", () => {
  test.each([
    ["the clock", "export const a = () => Date.now();\n", "Date.now"],
    ["the clock in disguise", "export const a = () => new Date();\n", "new Date()"],
    ["dice", "export const a = () => Math.random();\n", "Math.random"],
    ["identifiers", "export const a = () => crypto.randomUUID();\n", "crypto.randomUUID"],
    ["timers", "export const a = () => setTimeout(() => undefined, 1);\n", "setTimeout"],
    ["the network", 'export const a = () => fetch("x");\n', "fetch"],
    ["files", 'import { readFileSync } from "node:fs";\nexport const a = readFileSync;\n', "node:fs"],
    [
      "random bytes",
      'import { randomBytes } from "node:crypto";\nexport const a = randomBytes;\n',
      "node:crypto",
    ],
  ])("may not reach for %s", (_what, text, name) => {
    for (const path of [
      "shared/base/a.ts",
      "electron/protocol/a.ts",
      "electron/sync/a.ts",
      "electron/policy/a.ts",
    ]) {
      const problems = problemsOf(purity, { [path]: text });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`${path}:1 ${name}`);
    }
    expect(problemsOf(purity, { "electron/store/a.ts": text })).toEqual([]);
  });

  test.each([
    "export const a = (ms: number) => new Date(ms);\n",
    'import { createHash } from "node:crypto";\nexport const a = createHash;\n',
    "export const a = Math.floor(2.5);\n",
    '// Date.now() is not called here\nexport const a = "Math.random()";\n',
  ])("may compute: %s", (text) => {
    expect(problemsOf(purity, { "electron/sync/a.ts": text })).toEqual([]);
  });

  test("a variable at module level is state that nobody owns, wherever in the product it is", () => {
    expect(problemsOf(purity, { "renderer/ui/a.ts": "export const a = 1;\nlet b = 1;\nb += a;\n" })).toEqual([
      expect.stringContaining("renderer/ui/a.ts:2 `let` at module level"),
    ]);
    expect(problemsOf(purity, { "renderer/ui/a.ts": "export let b = 1;\n" })).toHaveLength(1);
    expect(
      problemsOf(purity, { "renderer/ui/a.ts": "export function f() {\n  let b = 1;\n  return b++;\n}\n" }),
    ).toEqual([]);
  });
});

describe("words", () => {
  test.each(["test.only", "it.skip", "describe.skip", "test.todo", "describe.concurrent.only", "test.fails"])(
    "%s switches tests off",
    (call) => {
      const problems = problemsOf(words, { "tests/unit/a.test.ts": `\n${call}("x", () => undefined);\n` });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain("tests/unit/a.test.ts:2 ");
    },
  );

  test("so does an x in front", () => {
    expect(problemsOf(words, { "tests/unit/a.test.ts": 'xit("x", () => undefined);\n' })).toHaveLength(1);
  });

  test("what a machine lacks is decided in tests/support alone", () => {
    const text = 'describe.skipIf(true)("x", () => undefined);\n';
    expect(problemsOf(words, { "tests/e2e/a.test.ts": text })).toHaveLength(1);
    expect(problemsOf(words, { "tests/support/sogo.ts": text })).toEqual([]);
  });

  test.each(["TO" + "DO", "FIX" + "ME"])("%s notes are refused everywhere", (note) => {
    for (const path of ["electron/store/a.ts", "renderer/ui/a.tsx", "scripts/a.ts", "tests/unit/a.test.ts"]) {
      expect(problemsOf(words, { [path]: `// ${note}: later\n` })).toHaveLength(1);
    }
  });

  test.each(["@ts-ignore", "@ts-expect-error", "biome-ignore"])("%s is refused", (comment) => {
    expect(problemsOf(words, { "electron/store/a.ts": `// ${comment} because\n` })).toHaveLength(1);
  });

  test("words that only contain them are no problem", () => {
    expect(
      problemsOf(words, { "electron/store/a.ts": "export const skipped = 1;\n// a mastodon\n" }),
    ).toEqual([]);
  });
});

describe("layout", () => {
  test("a folder of the product has a README, one level deep", () => {
    const files = { "electron/store/a.ts": "", "electron/store/mail/b.ts": "", "renderer/ui/c.ts": "" };
    expect(problemsOf(layout, { ...files, "electron/store/README.md": "" })).toEqual([
      expect.stringMatching(/^renderer\/ui:- has no README/),
    ]);
  });

  test("an unknown name at the top is refused", () => {
    expect(problemsOf(layout, { "notes.txt": "", "package.json": "{}", "shared/base/a.ts": "" })).toEqual([
      expect.stringMatching(/^notes\.txt:- unknown name/),
    ]);
  });

  test("what git ignores is not looked at", () => {
    expect(problemsOf(layout, { "node_modules/x/a.ts": "", "out/app/main.js": "" })).toEqual([]);
  });
});
