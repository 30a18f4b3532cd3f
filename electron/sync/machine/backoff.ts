/**
 * The wait before attempt `failures + 1`, in milliseconds: doubling from `baseMs` up to `capMs`, of which half is
 * fixed and half is spread by `chance`, so that many clients do not return in step after an outage.
 */
export function backoff(failures: number, chance: number, baseMs: number, capMs: number): number {
  const exponent = Math.min(Math.max(failures, 1) - 1, 30);
  const whole = Math.min(baseMs * 2 ** exponent, capMs);
  return Math.round(whole / 2 + (whole / 2) * chance);
}
