import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  MAX_SELECTED,
  NOTHING_SELECTED,
  rangeTo,
  selectOne,
  selectRange,
  targets,
  toggleOne,
} from "../../../../renderer/state/selection.ts";
import { MessageIdSchema } from "../../../../shared/model/ids.ts";

const id = (value: number) => v.parse(MessageIdSchema, value);

describe("a selection", () => {
  it("of one replaces what was chosen", () => {
    const selection = selectOne(id(7), 3);
    expect(selection.cursor).toEqual({ id: 7, index: 3 });
    expect(targets(selection)).toEqual([7]);
  });

  it("grows and shrinks by toggling, and the cursor goes along", () => {
    const two = toggleOne(selectOne(id(7), 3), id(9), 5);
    expect(targets(two)).toEqual([7, 9]);
    const one = toggleOne(two, id(7), 3);
    expect(targets(one)).toEqual([9]);
    expect(one.cursor?.index).toBe(3);
  });

  it("falls back to the cursor when nothing is chosen", () => {
    const none = toggleOne(selectOne(id(7), 3), id(7), 3);
    expect(none.ids.size).toBe(0);
    expect(targets(none)).toEqual([7]);
    expect(targets(NOTHING_SELECTED)).toEqual([]);
  });

  it("ranges from where it began, in both directions, again and again", () => {
    const start = selectOne(id(7), 10);
    expect(rangeTo(start, 14)).toEqual({ from: 10, to: 14 });
    const down = selectRange(start, id(3), 14, [id(7), id(6), id(5), id(4), id(3)]);
    expect(targets(down)).toHaveLength(5);
    expect(rangeTo(down, 8)).toEqual({ from: 8, to: 10 });
  });

  it("never holds more than one action may name", () => {
    const start = selectOne(id(1), 0);
    const { from, to } = rangeTo(start, 50_000);
    expect(to - from + 1).toBe(MAX_SELECTED);
    const many = Array.from({ length: 20_000 }, (_, at) => id(at + 1));
    const full = selectRange(start, id(2), 20_000, many);
    expect(full.ids.size).toBe(MAX_SELECTED);
    expect(toggleOne(full, id(15_000), 1).ids.size).toBe(MAX_SELECTED);
  });

  it("does not change what it was made from", () => {
    const before = selectOne(id(7), 3);
    toggleOne(before, id(8), 4);
    expect(targets(before)).toEqual([7]);
  });
});
