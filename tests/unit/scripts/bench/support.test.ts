import { describe, expect, test } from "vitest";
import {
  median,
  middleRound,
  percentile95,
  seededFractions,
  timed,
} from "../../../../scripts/bench/support/figures.ts";
import { parentIn, pssIn, treeOf } from "../../../../scripts/bench/support/processes.ts";
import { drawQueries } from "../../../../scripts/bench/support/queries.ts";

describe("figures of several runs", () => {
  test("have the value in the middle, or the mean of two", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(median([])).toBe(0);
  });

  test("leave the slowest twentieth above the 95th percentile", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile95(hundred)).toBe(95);
    expect(percentile95([7])).toBe(7);
    expect(percentile95([1, 2, 3])).toBe(3);
    expect(percentile95([])).toBe(0);
  });

  test("are in no order that a caller can see", () => {
    const values = [3, 1, 2];
    median(values);
    percentile95(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test("are those of the round in the middle, by ratio and not by size", () => {
    const rounds = [
      { ours: 90, peer: 30 },
      { ours: 10, peer: 10 },
      { ours: 4, peer: 2 },
    ];
    expect(middleRound(rounds)).toEqual({ ours: 4, peer: 2 });
    expect(middleRound(rounds.slice(0, 2))).toEqual({ ours: 10, peer: 10 });
    expect(middleRound([])).toEqual({ ours: 0, peer: 0 });
  });

  test("come with what the task answered", () => {
    const { ms, value } = timed(() => "done");
    expect(value).toBe("done");
    expect(ms).toBeGreaterThanOrEqual(0);
  });
});

describe("chance", () => {
  test("is the same for the same seed, and different for another", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededFractions(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  test("covers everything from 0 up to 1", () => {
    const values = Array.from({ length: 2_000 }, seededFractions(0));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...values)).toBeLessThan(0.01);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.max(...values)).toBeGreaterThan(0.99);
  });
});

describe("queries drawn from subjects", () => {
  const subjects = ["Budget for autumn projects", "Re: Lunch", "会议", "", "Minutes of yesterday's meeting"];

  test("are beginnings of words, and words that occur together", () => {
    const { typed, complex } = drawQueries(subjects, 8, seededFractions(1));
    const text = subjects.join(" ").toLowerCase();
    expect(typed).toHaveLength(8);
    for (const prefix of typed) {
      expect(prefix).toMatch(/^[a-z]{2,4}$/);
      expect(text).toMatch(new RegExp(`\\b${prefix}`));
    }
    expect([...complex].sort()).toEqual(["budget autumn pro", "minutes yesterday mee"]);
  });

  test("come once each", () => {
    const { typed } = drawQueries(["budget"], 50, seededFractions(2));
    expect([...typed].sort()).toEqual(["bu", "bud", "budg"]);
  });

  test("are none where there are no words", () => {
    expect(drawQueries([], 5, seededFractions(2))).toEqual({ typed: [], complex: [] });
    expect(drawQueries(["a b c"], 5, seededFractions(2))).toEqual({ typed: [], complex: [] });
  });
});

describe("processes as Linux describes them", () => {
  test("name their parent, whatever they are called", () => {
    expect(parentIn("4242 (electron) S 17 4242 4242 0 -1 4194560")).toBe(17);
    expect(parentIn("4242 (a (strange) S 5 name) R 1 4242 4242")).toBe(1);
    expect(parentIn("")).toBeNull();
  });

  test("form a tree, of which only the part below a process counts", () => {
    const parents = new Map([
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 2],
      [9, 1],
    ]);
    expect(treeOf(2, parents).sort()).toEqual([2, 3, 4, 5]);
    expect(treeOf(7, parents)).toEqual([7]);
  });

  test("share their pages with others", () => {
    const rollup =
      "55d0-7ffe ---p 00000000 00:00 0 [rollup]\nRss:  2048 kB\nPss:  1500 kB\nPss_Anon:  1200 kB\n";
    expect(pssIn(rollup)).toBe(1500 * 1024);
    expect(pssIn("")).toBe(0);
  });
});
