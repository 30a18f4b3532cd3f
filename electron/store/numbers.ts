/** A number from a server as an INTEGER column takes it: whole and exact, or `fallback` when it cannot be. */
export function wholeNumber<Fallback>(value: number, fallback: Fallback): number | Fallback {
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole : fallback;
}
