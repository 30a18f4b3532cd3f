import { describe, expect, test } from "vitest";
import { median, percentile95, seededFractions, timed } from "../../../../scripts/bench/support/figures.ts";
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
