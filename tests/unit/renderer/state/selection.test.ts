import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { ListSnapshot } from "../../../../renderer/state/message-list.ts";
import {
  MAX_SELECTED,
  NOTHING_SELECTED,
  rangeTo,
  selectOne,
  selectRange,
  stepFrom,
  targets,
  toggleOne,
} from "../../../../renderer/state/selection.ts";
import { MessageIdSchema } from "../../../../shared/model/ids.ts";
import { rowWith } from "./fake-bridge.ts";

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

describe("a step from the cursor", () => {
  const snapshotOf = (ids: readonly number[]): ListSnapshot => ({
    total: ids.length,
    error: null,
    generation: 1,
    anchor: null,
    pages: new Map([[0, ids.map((value) => rowWith({ id: value }))]]),
  });
  const list = snapshotOf([9, 8, 7, 6, 5]);

  it("begins with the first row", () => {
    expect(stepFrom(NOTHING_SELECTED, list, 1)).toBe(0);
  });

  it("counts from where the cursor is", () => {
    expect(stepFrom(selectOne(id(7), 2), list, 1)).toBe(3);
    expect(stepFrom(selectOne(id(7), 2), list, -1)).toBe(1);
  });

  it("follows a message that moved", () => {
    expect(stepFrom(selectOne(id(6), 1), list, 1)).toBe(4);
    expect(stepFrom(selectOne(id(6), 1), list, -1)).toBe(2);
  });

  it("goes on with the neighbours of a message that is gone", () => {
    expect(stepFrom(selectOne(id(77), 2), list, 1)).toBe(2);
    expect(stepFrom(selectOne(id(77), 2), list, -1)).toBe(1);
    expect(stepFrom({ ...NOTHING_SELECTED, pivot: 2 }, list, 1)).toBe(2);
    expect(stepFrom({ ...NOTHING_SELECTED, pivot: 2 }, list, -1)).toBe(1);
  });

  it("trusts the index while the rows there are not loaded", () => {
    expect(stepFrom(selectOne(id(3), 700), list, 1)).toBe(701);
  });
});
