import { describe, expect, test } from "vitest";
import { summaryLine, totalsOf } from "../../../../scripts/test/summary.ts";

const file = (status: "passed" | "failed", ...tests: string[]) => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map((outcome) => ({ status: outcome, title: "x" })),
});
const report = (...testResults: unknown[]) => ({ numTotalTests: 0, testResults });

describe("the sum of a run", () => {
  test("counts tests over all files, in vitest's several words for skipped", () => {
    const run = report(
      file("passed", "passed", "passed", "skipped", "pending"),
      file("failed", "failed", "passed", "todo", "disabled"),
    );
    expect(totalsOf(run, 1)).toEqual({ passed: 3, failed: 1, skipped: 4 });
  });

  test("a file that could not be loaded is a failure beside its skipped tests", () => {
    expect(totalsOf(report(file("failed"), file("failed", "skipped")), 1)).toEqual({
      passed: 0,
      failed: 2,
      skipped: 1,
    });
  });

  test("a run that failed outside its tests never ends with 0 failed", () => {
    expect(totalsOf(report(file("passed", "passed")), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test.each([[null], ["nothing"], [{}], [report({ status: "broken", assertionResults: [] })]])(
    "without a report that can be read it is a failure: %j",
    (broken) => {
      expect(totalsOf(broken, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    },
  );

  test("a good run is as good as its tests", () => {
    expect(totalsOf(report(file("passed", "passed")), 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  test("the last line has one form", () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 3 })).toBe("12 passed, 0 failed, 3 skipped");
  });
});
