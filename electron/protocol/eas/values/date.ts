const dashed = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?Z?$/;
const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$/;

/**
 * Milliseconds since the Unix epoch from either form of MS-ASDTYPE: `2026-11-20T08:15:00.000Z` (2.3) and the
 * compact `20261120T081500Z` (2.7.2). Both are UTC. Undefined when it is no such date: the 30th of February is
 * none, and the years before 1601, which no FILETIME can hold, are how some servers say that they know none.
 */
export function parseDate(text: string): number | undefined {
  const match = dashed.exec(text.trim()) ?? compact.exec(text.trim());
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (year < 1601 || month < 1 || month > 12 || day < 1 || minute > 59 || second > 60) return undefined;
  if (hour > 23 && (hour > 24 || minute > 0 || second > 0)) return undefined;
  // The day nought of the month after is the last of this one.
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  const fraction = Number((match[7] ?? "").padEnd(3, "0"));
  const time = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  return Number.isFinite(time) ? time : undefined;
}
