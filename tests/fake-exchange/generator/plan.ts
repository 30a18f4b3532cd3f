import { Dice, seedFor } from "./random.ts";

export type Kind = "conversation" | "bulletin" | "invitation" | "foreign" | "junk" | "draft";

/** What a message is, before its content is made: small, since there may be 100,000. */
export interface PlannedMessage {
  readonly kind: Kind;
  /** Number of the conversation; all content follows from the seed, this and `position`. */
  readonly thread: number;
  readonly position: number;
  readonly date: number;
  /** Times of the conversation's messages up to this one. */
  readonly dates: readonly number[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Longer mailboxes reach further back, up to five years. */
function spanDays(count: number): number {
  return Math.min(1825, Math.max(12, Math.round(count / 22)));
}

/** A time at work: weekends are quiet, evenings and nights nearly so. Never later than `now`. */
function workingTime(dice: Dice, age: number, now: number): number {
  let day = Math.floor((now - age) / DAY);
  const weekday = (day + 4) % 7;
  if ((weekday === 0 || weekday === 6) && dice.chance(0.88)) day -= weekday === 0 ? 2 : 1;
  const hour = dice.chance(0.9) ? 7.5 + (dice.real() + dice.real()) * 5 : dice.real() * 24;
  const time = day * DAY + Math.floor(hour * HOUR);
  return time <= now ? time : now - Math.floor(dice.real() * 6 * HOUR);
}

function kindOf(dice: Dice): Kind {
  const roll = dice.real();
  if (roll < 0.52) return "conversation";
  if (roll < 0.8) return "bulletin";
  if (roll < 0.87) return "invitation";
  if (roll < 0.94) return "foreign";
  return roll < 0.98 ? "junk" : "draft";
}

/** The next message of a conversation comes after minutes or days, when people are awake. */
function answerTime(dice: Dice, before: number): number {
  const pause = dice.chance(0.6) ? dice.int(4, 170) * 60_000 : dice.int(3, 40) * HOUR;
  const time = before + pause;
  const hour = new Date(time).getUTCHours();
  return hour >= 6 && hour < 21 ? time : time + 9 * HOUR;
}

/** Plans exactly `count` messages, oldest first, the same for the same seed, count and time. */
export function planMailbox(seed: number, count: number, now: number): PlannedMessage[] {
  const out: PlannedMessage[] = [];
  const span = spanDays(count) * DAY;
  for (let thread = 0; out.length < count; thread++) {
    const dice = new Dice(seedFor(seed, "plan", thread));
    const kind = kindOf(dice);
    const start = workingTime(dice, dice.real() ** 1.4 * span, now);
    const length = kind === "conversation" ? dice.pick([1, 1, 2, 2, 3, 3, 4, 5]) : 1;
    const dates: number[] = [];
    for (let position = 0; position < length && out.length < count; position++) {
      const last = dates.at(-1);
      const date = last === undefined ? start : answerTime(dice, last);
      if (date > now) break;
      dates.push(date);
      out.push({ kind, thread, position, date, dates });
    }
  }
  return out.sort((a, b) => a.date - b.date || a.thread - b.thread || a.position - b.position);
}
