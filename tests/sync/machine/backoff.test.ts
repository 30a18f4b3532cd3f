import * as fc from "fast-check";
import { expect, test } from "vitest";
import { backoff } from "../../../electron/sync/machine/backoff.ts";

test("doubles from its base, and half of it is fixed", () => {
  expect(backoff(1, 0, 1_000, 60_000)).toBe(500);
  expect(backoff(1, 0.999999, 1_000, 60_000)).toBe(1_000);
  expect(backoff(2, 0, 1_000, 60_000)).toBe(1_000);
  expect(backoff(4, 0.5, 1_000, 60_000)).toBe(6_000);
});

test("no failure counts as the first", () => {
  expect(backoff(0, 0, 1_000, 60_000)).toBe(backoff(1, 0, 1_000, 60_000));
});

test("never leaves its bounds, however long the outage", () => {
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.double({ min: 0, max: 0.999999999, noNaN: true }),
      fc.integer({ min: 1, max: 60_000 }),
      fc.integer({ min: 60_000, max: 3_600_000 }),
      (failures, chance, base, cap) => {
        const wait = backoff(failures, chance, base, cap);
        expect(Number.isSafeInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(base / 2));
        expect(wait).toBeLessThanOrEqual(cap);
      },
    ),
    { seed: 7 },
  );
});

test("a longer outage never means a shorter wait", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (failures, chance) => {
        expect(backoff(failures + 1, chance, 1_000, 300_000)).toBeGreaterThanOrEqual(
          backoff(failures, chance, 1_000, 300_000),
        );
      },
    ),
    { seed: 8 },
  );
});
