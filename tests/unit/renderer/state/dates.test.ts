import { describe, expect, it } from "vitest";
import { createDateWords } from "../../../../renderer/state/dates.ts";

const words = createDateWords("en-GB");
const now = new Date(2026, 10, 17, 10, 42).getTime();
const at = (year: number, month: number, day: number, hour = 9, minute = 5) =>
  new Date(year, month - 1, day, hour, minute).getTime();

describe("the words for dates", () => {
  it.each([
    [at(2026, 11, 17), "Today"],
    [at(2026, 11, 17, 0, 0), "Today"],
    [at(2026, 11, 17, 23, 59), "Today"],
    [at(2026, 11, 16, 23, 59), "Yesterday"],
    [at(2026, 11, 14), "Saturday"],
    [at(2026, 11, 11), "Wednesday"],
    [at(2026, 11, 10), "Last week"],
    [at(2026, 11, 4), "Last week"],
    [at(2026, 11, 3), "November"],
    [at(2026, 1, 3), "January"],
    [at(2025, 12, 31), "December 2025"],
    [at(2026, 11, 18), "Later"],
  ])("group %d as %s", (time, label) => {
    expect(words.group(time, now)).toBe(label);
  });

  it("give the hour today, with the weekday this week, else the date", () => {
    expect(words.row(at(2026, 11, 17), now)).toBe("09:05");
    expect(words.row(at(2026, 11, 16), now)).toBe("Mon 09:05");
    expect(words.row(at(2026, 11, 11), now)).toBe("Wed 09:05");
    expect(words.row(at(2026, 11, 10), now)).toMatch(/^10 Nov$/);
    expect(words.row(at(2026, 11, 18), now)).toMatch(/^18 Nov$/);
    expect(words.row(at(2026, 11, 8), now)).toMatch(/^8 Nov$/);
    expect(words.row(at(2024, 2, 29), now)).toMatch(/^29 Feb 2024$/);
  });

  it("write an hour without a zero before it where people do", () => {
    const american = createDateWords("en-US");
    expect(american.row(at(2026, 11, 17, 7, 59), now)).toMatch(/^7:59\sAM$/);
    expect(american.row(at(2026, 11, 16, 19, 59), now)).toMatch(/^Mon 7:59\sPM$/);
    expect(createDateWords("de").row(at(2026, 11, 16, 7, 59), now)).toBe("Mo. 07:59");
  });

  it("count days of the calendar, whatever the clocks do", () => {
    const afterChange = new Date(2026, 9, 26, 1).getTime();
    expect(words.group(new Date(2026, 9, 25, 0, 30).getTime(), afterChange)).toBe("Yesterday");
  });

  it("are full for a screen reader", () => {
    expect(words.full(at(2026, 11, 17))).toContain("17 November 2026");
  });
});
