import { array, object, picklist, safeParse } from "valibot";

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The parts of vitest's JSON report that are counted. */
const Report = object({
  testResults: array(
    object({
      status: picklist(["passed", "failed"]),
      assertionResults: array(
        object({ status: picklist(["passed", "failed", "skipped", "pending", "todo", "disabled"]) }),
      ),
    }),
  ),
});

/**
 * Counts a run. What failed outside any test (a file that could not be loaded, a hook, an unhandled error, a
 * report that was never written) counts as one failure, so that no run can fail with "0 failed".
 *
 * @param report vitest's JSON report, parsed; anything else where there is none
 * @param exitCode vitest's own verdict
 */
export function totalsOf(report: unknown, exitCode: number): Totals {
  const parsed = safeParse(Report, report);
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 };
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const file of parsed.output.testResults) {
    const before = failed;
    for (const { status } of file.assertionResults) {
      if (status === "passed") passed += 1;
      else if (status === "failed") failed += 1;
      else skipped += 1;
    }
    if (file.status === "failed" && failed === before) failed += 1;
  }
  if (exitCode !== 0 && failed === 0) failed = 1;
  return { passed, failed, skipped };
}

/** The line that ends a run. */
export function summaryLine(totals: Totals): string {
  return `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
}
