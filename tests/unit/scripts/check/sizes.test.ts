import { describe, expect, test } from "vitest";
import { quantile, sizes, testLines } from "../../../../scripts/check/sizes.ts";
import { lines, problemsOf } from "../../../support/scripts/fixture-tree.ts";

describe("file sizes", () => {
  test("500 lines are the most, in tests and scripts too", () => {
    const small = { "shared/base/a.ts": lines(10) };
    expect(problemsOf(sizes, { ...small, "tests/unit/a.test.ts": lines(500) })).toEqual([]);
    for (const path of ["tests/unit/a.test.ts", "scripts/a.ts", "scripts/b.mjs"]) {
      expect(problemsOf(sizes, { ...small, [path]: lines(501) })).toEqual([
        `${path}:- 501 lines; 500 is the most`,
      ]);
    }
  });

  test("half of the product's files are under 120 lines", () => {
    const of = (size: number) => ({ "electron/store/a.ts": lines(10), "electron/store/b.ts": lines(size) });
    expect(problemsOf(sizes, { ...of(119), "tests/unit/a.test.ts": lines(400) })).toEqual([]);
    expect(problemsOf(sizes, of(120))).toEqual([expect.stringContaining("median file size is 120 lines")]);
  });

  test("nine tenths are up to 350 lines", () => {
    const files = Object.fromEntries(
      Array.from({ length: 18 }, (_, at) => [`electron/store/a${at}.ts`, lines(5)]),
    );
    expect(problemsOf(sizes, { ...files, "renderer/ui/b.ts": lines(400) })).toEqual([]);
    const two = { "renderer/ui/b.ts": lines(400), "renderer/ui/c.ts": lines(400) };
    expect(problemsOf(sizes, { ...files, ...two })).toEqual([
      expect.stringContaining("over 350 lines (400)"),
    ]);
  });
});

describe("lines of tests", () => {
  test("are at least as many as of source", () => {
    expect(
      problemsOf(testLines, { "renderer/ui/a.ts": lines(10), "tests/unit/ui/a.test.ts": lines(10) }),
    ).toEqual([]);
    expect(
      problemsOf(testLines, { "renderer/ui/a.ts": lines(10), "tests/unit/ui/a.test.ts": lines(9) }),
    ).toEqual(["the product:- 9 lines of tests; 10 wanted (1 for each line of source)"]);
  });

  test.each(["protocol", "sync", "store"])(
    "are twice as many for %s, counted where its tests are",
    (name) => {
      const source = { [`electron/${name}/a.ts`]: lines(10) };
      for (const place of [
        `tests/${name}/a.test.ts`,
        `tests/unit/${name}/deep/a.test.ts`,
        `tests/support/${name}/x.ts`,
      ]) {
        expect(problemsOf(testLines, { ...source, [place]: lines(20) })).toEqual([]);
      }
      expect(problemsOf(testLines, { ...source, "tests/unit/other/a.test.ts": lines(20) })).toEqual([
        `electron/${name}:- 0 lines of tests; 20 wanted (2 for each line of source)`,
      ]);
    },
  );

  test("of the stand-in server count, its own source does not", () => {
    const source = { "renderer/ui/a.ts": lines(10) };
    expect(problemsOf(testLines, { ...source, "tests/fake-exchange/main.ts": lines(90) })).toHaveLength(1);
    expect(problemsOf(testLines, { ...source, "tests/fake-exchange/main.test.ts": lines(10) })).toEqual([]);
  });
});

test("a quantile of few values is one of them, of none is 0", () => {
  expect(quantile([], 0.5)).toBe(0);
  expect(quantile([7], 0.9)).toBe(7);
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
});
