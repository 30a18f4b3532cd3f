const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** RFC 5322, section 4.3; military letters other than Z carry no meaning there, and count as UTC. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ["est", -300],
  ["edt", -240],
  ["cst", -360],
  ["cdt", -300],
  ["mst", -420],
  ["mdt", -360],
  ["pst", -480],
  ["pdt", -420],
  ["cet", 60],
  ["met", 60],
  ["cest", 120],
  ["mest", 120],
  ["eet", 120],
  ["eest", 180],
  ["bst", 60],
  ["jst", 540],
]);

const USUAL =
  /^(?:[a-z]+\.?\s*,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})(?:[\s,]+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d+)?)?\s*(am|pm)?\s*(.*))?$/i;
const CTIME =
  /^[a-z]{3,9},?\s+([a-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+([a-z0-9+-]*)\s*(\d{4})$/i;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

/**
 * A Date field as an ISO 8601 instant in UTC; null when it names no moment. Reads RFC 5322 with its obsolete
 * forms, and the two other forms found in mail: ISO 8601 and C's `ctime`. A missing zone counts as UTC.
 */
export function parseMailDate(raw: string): string | null {
  const text = withoutComments(raw.slice(0, 300)).replace(/\s+/g, " ").replace(/ ?: ?/g, ":").trim();
  const usual = USUAL.exec(text);
  if (usual !== null) {
    const [, day, month, year, hour, minute, second, half, zone] = usual;
    return instant(fullYear(year ?? ""), monthNumber(month), day, hour24(hour, half), minute, second, zone);
  }
  const ctime = CTIME.exec(text);
  if (ctime !== null) {
    const [, month, day, hour, minute, second, zone, year] = ctime;
    return instant(Number(year), monthNumber(month), day, Number(hour), minute, second, zone);
  }
  const iso = ISO.exec(text);
  if (iso === null) return null;
  const [, year, month, day, hour, minute, second, zone] = iso;
  return instant(Number(year), Number(month) - 1, day, Number(hour), minute, second, zone);
}

function instant(
  year: number,
  month: number,
  day: string | undefined,
  hour: number,
  minute: string | undefined,
  second: string | undefined,
  zone: string | undefined,
): string | null {
  const date = Number(day);
  const minutes = Number(minute ?? 0);
  const seconds = Math.min(59, Number(second ?? 0));
  if (month < 0 || month > 11 || date < 1 || date > 31 || hour > 23 || minutes > 59 || year < 1900)
    return null;
  const moment = new Date(
    Date.UTC(year, month, date, hour, minutes, seconds) - zoneMinutes(zone ?? "") * 60_000,
  );
  return new Date(Date.UTC(year, month, date)).getUTCDate() === date ? moment.toISOString() : null;
}

function zoneMinutes(zone: string): number {
  const offset = /^(?:gmt|utc?|z)?\s*([+-])\s*(\d{1,2}):?(\d{2})\b/i.exec(zone);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return minutes > 24 * 60 ? 0 : offset[1] === "-" ? -minutes : minutes;
  }
  return ZONES.get(/^[a-z]+/i.exec(zone)?.[0].toLowerCase() ?? "") ?? 0;
}

/** Two digits: 00 to 49 is this century; three: an old program counted years from 1900 (RFC 5322, section 4.3). */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}

function monthNumber(name: string | undefined): number {
  return MONTHS.indexOf((name ?? "").toLowerCase());
}

function hour24(hour: string | undefined, half: string | undefined): number {
  const value = Number(hour ?? 0);
  if (half === undefined) return value;
  return (value % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}

function withoutComments(text: string): string {
  let depth = 0;
  let out = "";
  for (const character of text) {
    if (character === "(") depth += 1;
    else if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) out += character;
  }
  return out;
}
