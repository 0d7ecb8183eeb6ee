import { err, ok, type Result } from './result.ts';
import { daysInMonth, type Instant } from './time.ts';

/** A length of time as people write it in a policy: calendar months and days, never a mixture of hidden seconds. */
export interface Period {
  readonly months: number;
  readonly days: number;
}

const DAY = 86_400_000;
const UNITS: Readonly<Record<string, Period>> = {
  day: { months: 0, days: 1 },
  week: { months: 0, days: 7 },
  month: { months: 1, days: 0 },
  year: { months: 12, days: 0 },
};

export const days = (count: number): Period => ({ months: 0, days: count });
export const months = (count: number): Period => ({ months: count, days: 0 });

/** Reads "30 days", "12 months", "1 year", "2 weeks" (and "30d"). Refuses zero only where the caller does. */
export function parsePeriod(text: string): Result<Period, string> {
  const parts = /^\s*(\d{1,4})\s*(days?|d|weeks?|w|months?|years?|y)\s*$/i.exec(text);
  if (parts === null) return err(`"${text}" is not a period; write for example "30 days" or "12 months"`);
  const word = (parts[2] ?? '').toLowerCase();
  const unit =
    UNITS[word.startsWith('d') ? 'day' : word.startsWith('w') ? 'week' : word.startsWith('m') ? 'month' : 'year'];
  if (unit === undefined) throw new Error(`Unit without a length: ${word}`);
  const count = Number(parts[1]);
  return ok({ months: unit.months * count, days: unit.days * count });
}

/** "12 months", "1 year", "30 days": the text that `parsePeriod` reads back to the same period. */
export function formatPeriod(period: Period): string {
  if (period.months > 0 && period.days > 0) throw new Error('A period is in months or in days, not both');
  if (period.months === 0) return period.days === 1 ? '1 day' : `${period.days} days`;
  return period.months === 1 ? '1 month' : `${period.months} months`;
}

/** The instant a period later. Months keep the day of the month, or take its last day (31 January + 1 month = 28 February), in UTC. */
export function addPeriod(at: Instant, period: Period): Instant {
  if (period.months === 0) return (at + period.days * DAY) as Instant;
  const { year, month, day, timeOfDay } = shiftMonths(at, period.months);
  return (utc(year, month, Math.min(day, daysInMonth(year, month))) + timeOfDay + period.days * DAY) as Instant;
}

/**
 * The instant a period earlier, in UTC. Months keep the day of the month; where that day does not exist, the last
 * millisecond of the month stands for it. So a later instant never gives an earlier result, and a window that slides
 * forward never takes back in what it has left (29 March 01:00 − 1 month is not before 28 March 23:00 − 1 month).
 */
export function subtractPeriod(at: Instant, period: Period): Instant {
  if (period.months === 0) return (at - period.days * DAY) as Instant;
  const { year, month, day, timeOfDay } = shiftMonths(at, -period.months);
  const last = daysInMonth(year, month);
  const shifted = day > last ? utc(year, month, last) + DAY - 1 : utc(year, month, day) + timeOfDay;
  return (shifted - period.days * DAY) as Instant;
}

/** Whole days from one instant to a later one, rounded down; negative when the order is reversed. */
export function wholeDaysBetween(from: Instant, to: Instant): number {
  return Math.floor((to - from) / DAY);
}

/** A rough length in days, only for comparing and sorting periods. */
export function approximateDays(period: Period): number {
  return period.months * 30.44 + period.days;
}

function shiftMonths(at: Instant, months: number): { year: number; month: number; day: number; timeOfDay: number } {
  const date = new Date(at);
  const total = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(total / 12);
  return { year, month: total - year * 12, day: date.getUTCDate(), timeOfDay: ((at % DAY) + DAY) % DAY };
}

/** Midnight of a day. `Date.UTC` alone takes the years 0–99 for 1900–1999. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}
