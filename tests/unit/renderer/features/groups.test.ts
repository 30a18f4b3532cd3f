import { describe, expect, it } from "vitest";
import {
  GROUP_HEIGHT,
  groupStarts,
  heightOf,
  topOf,
} from "../../../../renderer/features/mail-list/groups.ts";
import { createDateWords } from "../../../../renderer/state/dates.ts";
import { ROW_HEIGHTS } from "../../../../renderer/state/density.ts";
import type { ListSnapshot } from "../../../../renderer/state/message-list.ts";
import { rowWith } from "../state/fake-bridge.ts";

const words = createDateWords("en-GB");
const now = new Date(2026, 10, 17, 10, 42).getTime();
const DAY = 86_400_000;

/** A snapshot with these pages; `age` gives a row's age in days. */
function snapshotOf(pages: readonly number[], age: (index: number) => number): ListSnapshot {
  return {
    total: 1000,
    error: null,
    generation: 1,
    anchor: null,
    pages: new Map(
      pages.map((page) => [
        page,
        Array.from({ length: 100 }, (_, at) =>
          rowWith({ id: at + 1, date: now - age(page * 100 + at) * DAY }),
        ),
      ]),
    ),
  };
}

describe("groups of rows", () => {
  it("begin at the first row and wherever the day changes", () => {
    const starts = groupStarts(
      snapshotOf([0], (index) => (index < 3 ? 0 : index < 10 ? 1 : 10)),
      words,
      now,
    );
    expect([...starts.labels]).toEqual([
      [0, "Today"],
      [3, "Yesterday"],
      [10, "Last week"],
    ]);
    expect(starts.indexes).toEqual([0, 3, 10]);
  });

  it("do not begin where the row above is unknown", () => {
    const starts = groupStarts(
      snapshotOf([4], (index) => (index < 450 ? 40 : 70)),
      words,
      now,
    );
    expect(starts.indexes).toEqual([450]);
  });

  it("go on over the edge of a page when both are loaded, in whatever order they came", () => {
    const starts = groupStarts(
      snapshotOf([1, 0], (index) => (index < 100 ? 0 : 1)),
      words,
      now,
    );
    expect([...starts.labels]).toEqual([
      [0, "Today"],
      [100, "Yesterday"],
    ]);
  });

  it("are none in an empty list", () => {
    expect(groupStarts({ ...snapshotOf([], () => 0), total: 0 }, words, now).indexes).toEqual([]);
  });
});

describe.each(Object.entries(ROW_HEIGHTS))("the %s layout", (_density, rowHeight) => {
  const starts = groupStarts(
    snapshotOf([0], (index) => (index < 3 ? 0 : 1)),
    words,
    now,
  );

  it("adds a heading's height to the first row of a group only", () => {
    expect(heightOf(starts, 0, rowHeight)).toBe(rowHeight + GROUP_HEIGHT);
    expect(heightOf(starts, 1, rowHeight)).toBe(rowHeight);
    expect(heightOf(starts, 3, rowHeight)).toBe(rowHeight + GROUP_HEIGHT);
  });

  it("puts each row below all that stands above it", () => {
    let sum = 0;
    for (let index = 0; index < 100; index++) {
      const own = heightOf(starts, index, rowHeight) - rowHeight;
      expect(topOf(starts, index, rowHeight)).toBe(sum + own);
      sum += heightOf(starts, index, rowHeight);
    }
  });
});
