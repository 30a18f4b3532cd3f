import { describe, expect, test } from "vitest";
import { LAYERS, layers, partOf } from "../../../../scripts/check/layers.ts";
import { problemsOf } from "../../../support/scripts/fixture-tree.ts";

const empty = "export {};\n";
/** Two files, the first importing the second. */
const importing = (from: string, to: string, specifier: string) =>
  problemsOf(layers, { [from]: `import type { X } from "${specifier}";\nexport type Y = X;\n`, [to]: empty });

describe("what the import rule allows", () => {
  test.each([
    ["shared/model/mail.ts", "shared/base/result.ts", "../base/result.ts"],
    ["electron/ports/remote.ts", "shared/model/mail.ts", "../../shared/model/mail.ts"],
    ["electron/protocol/eas/sync.ts", "electron/protocol/wbxml/read.ts", "../wbxml/read.ts"],
    ["electron/remote/mailbox.ts", "electron/protocol/eas/sync.ts", "../protocol/eas/sync.ts"],
    ["electron/services/mail.ts", "electron/store/open.ts", "../store/open.ts"],
    ["electron/main.ts", "electron/app/start.ts", "./app/start.ts"],
    ["renderer/features/reader/Reader.tsx", "renderer/ui/Button.tsx", "../../ui/Button.tsx"],
    ["renderer/features/reader/Reader.tsx", "renderer/features/reader/parts.ts", "./parts.ts"],
    ["tests/unit/store/open.test.ts", "electron/store/open.ts", "../../../electron/store/open.ts"],
    ["scripts/soak/kill.ts", "electron/store/open.ts", "../../electron/store/open.ts"],
  ])("%s imports %s", (from, to, specifier) => {
    expect(importing(from, to, specifier)).toEqual([]);
  });
});

describe("what the import rule refuses", () => {
  test.each([
    ["shared/base/result.ts", "shared/model/mail.ts", "../model/mail.ts", "may not import shared/model"],
    ["shared/model/mail.ts", "electron/ports/remote.ts", "../../electron/ports/remote.ts", "may not import"],
    [
      "electron/sync/machine/step.ts",
      "electron/store/open.ts",
      "../../store/open.ts",
      "may not import electron/store",
    ],
    [
      "electron/sync/driver.ts",
      "electron/protocol/a.ts",
      "../protocol/a.ts",
      "may not import electron/protocol",
    ],
    ["electron/store/open.ts", "electron/vault/open.ts", "../vault/open.ts", "may not import electron/vault"],
    [
      "electron/protocol/a.ts",
      "electron/transport/b.ts",
      "../transport/b.ts",
      "may not import electron/transport",
    ],
    ["electron/services/a.ts", "electron/ipc/b.ts", "../ipc/b.ts", "may not import electron/ipc"],
    [
      "electron/app/a.ts",
      "electron/processes/b.ts",
      "../processes/b.ts",
      "may not import electron/processes",
    ],
    ["electron/preload/index.ts", "electron/ipc/b.ts", "../ipc/b.ts", "may not import electron/ipc"],
    [
      "renderer/state/a.ts",
      "electron/store/b.ts",
      "../../electron/store/b.ts",
      "may not import electron/store",
    ],
    ["renderer/ui/a.ts", "renderer/features/reader/b.ts", "../features/reader/b.ts", "may not import"],
    [
      "renderer/features/reader/a.ts",
      "renderer/features/list/b.ts",
      "../list/b.ts",
      "features do not import each",
    ],
    ["electron/store/a.ts", "tests/support/b.ts", "../../tests/support/b.ts", "neither tests nor scripts"],
    ["electron/store/a.ts", "scripts/b.ts", "../../scripts/b.ts", "neither tests nor scripts"],
    ["scripts/a.ts", "tests/support/b.ts", "../tests/support/b.ts", "scripts do not import tests"],
  ])("%s imports %s", (from, to, specifier, words) => {
    const problems = importing(from, to, specifier);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${from}:1 `);
    expect(problems[0]).toContain(words);
  });

  test("re-exports and dynamic imports as well as imports", () => {
    const problems = problemsOf(layers, {
      "electron/sync/a.ts":
        'export { x } from "../store/b.ts";\n\nexport const later = () => import("../store/b.ts");\n',
      "electron/store/b.ts": "export const x = 1;\n",
    });
    expect(problems.map((problem) => problem.split(" ")[0]).sort()).toEqual([
      "electron/sync/a.ts:1",
      "electron/sync/a.ts:3",
    ]);
  });

  test("an import that leads nowhere, or that leaves out the ending", () => {
    const problems = problemsOf(layers, {
      "electron/store/a.ts":
        'import { b } from "./b";\nimport { c } from "./gone.ts";\nexport const d = [b, c];\n',
      "electron/store/b.ts": "export const b = 1;\n",
    });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("electron/store/b, which is not there");
    expect(problems[1]).toContain("electron/store/gone.ts, which is not there");
  });

  test("a part that the layout does not know", () => {
    expect(problemsOf(layers, { "electron/helpers/a.ts": empty })).toEqual([
      expect.stringContaining("electron/helpers is no part of the layout"),
    ]);
  });
});

describe("the table itself", () => {
  test("names only parts that have a row", () => {
    for (const allowed of Object.values(LAYERS))
      for (const part of allowed) expect(LAYERS).toHaveProperty([part]);
  });

  test("goes one way: no two parts may import each other, directly or through others", () => {
    const below = (part: string): Set<string> => {
      const seen = new Set<string>();
      const visit = (name: string) => {
        for (const next of LAYERS[name] ?? []) {
          if (!seen.has(next)) {
            seen.add(next);
            visit(next);
          }
        }
      };
      visit(part);
      return seen;
    };
    for (const part of Object.keys(LAYERS)) expect(below(part)).not.toContain(part);
  });

  test("keeps the sync engine free of bytes, servers and databases", () => {
    expect(LAYERS["electron/sync"]).toEqual([
      "shared/base",
      "shared/model",
      "shared/contract",
      "electron/ports",
    ]);
  });

  test("gives the window and the preload nothing of electron/", () => {
    for (const [part, allowed] of Object.entries(LAYERS)) {
      if (!part.startsWith("renderer/") && part !== "electron/preload") continue;
      expect(allowed.filter((name) => name.startsWith("electron/"))).toEqual([]);
    }
  });
});

test("a file's part is its folder, or itself at the top of electron/", () => {
  expect(partOf("electron/store/mail/rows.ts")).toBe("electron/store");
  expect(partOf("electron/main.ts")).toBe("electron/main.ts");
  expect(partOf("tests/unit/a.test.ts")).toBeNull();
});
