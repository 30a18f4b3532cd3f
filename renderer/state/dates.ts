const DAY = 86_400_000;

function startOfDay(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whole days of the calendar between a time and now; negative for what lies ahead. */
function daysAgo(time: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(time)) / DAY);
}

/** Formats made once: making one costs more than using it. */
export interface DateWords {
  /** The heading a row stands under: Today, Yesterday, a weekday, Last week, a month. */
  group(time: number, now: number): string;
  /** The short time in a row: the hour today, with the weekday for six days more, then the date. */
  row(time: number, now: number): string;
  /** Date and time in full, for a tooltip or a screen reader. */
  full(time: number): string;
}

export function createDateWords(locale: string): DateWords {
  const time = { hour: hourStyle(locale), minute: "2-digit" } as const;
  const hour = new Intl.DateTimeFormat(locale, time);
  const weekdayHour = new Intl.DateTimeFormat(locale, { weekday: "short", ...time });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });
  const month = new Intl.DateTimeFormat(locale, { month: "long" });
  const monthYear = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" });
  const dayMonth = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const dayMonthYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
  const sameYear = (a: number, b: number) => new Date(a).getFullYear() === new Date(b).getFullYear();

  return {
    group(time, now) {
      const days = daysAgo(time, now);
      if (days < 0) return "Later";
      if (days === 0) return "Today";
      if (days === 1) return "Yesterday";
      if (days < 7) return weekday.format(time);
      if (days < 14) return "Last week";
      return (sameYear(time, now) ? month : monthYear).format(time);
    },
    row(time, now) {
      const days = daysAgo(time, now);
      if (days === 0) return hour.format(time);
      if (days > 0 && days < 7) return weekdayHour.format(time).replace(",", "");
      return (sameYear(time, now) ? dayMonth : dayMonthYear).format(time);
    },
    full: (time) => full.format(time),
  };
}

/** Clocks of 24 hours are written with a zero before a single figure, those of 12 without. */
function hourStyle(locale: string): "numeric" | "2-digit" {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  return hour12 === true ? "numeric" : "2-digit";
}
