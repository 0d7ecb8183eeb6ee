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
  return shift(at, period.months, period.days);
}

/** The instant a period earlier, by the same calendar rule as `addPeriod`. */
export function subtractPeriod(at: Instant, period: Period): Instant {
  return shift(at, -period.months, -period.days);
}

/** Whole days from one instant to a later one, rounded down; negative when the order is reversed. */
export function wholeDaysBetween(from: Instant, to: Instant): number {
  return Math.floor((to - from) / DAY);
}

/** A rough length in days, only for comparing and sorting periods. */
export function approximateDays(period: Period): number {
  return period.months * 30.44 + period.days;
}

function shift(at: Instant, monthCount: number, dayCount: number): Instant {
  if (monthCount === 0) return (at + dayCount * DAY) as Instant;
  const date = new Date(at);
  const total = date.getUTCFullYear() * 12 + date.getUTCMonth() + monthCount;
  const year = Math.floor(total / 12);
  const month = total - year * 12;
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month));
  const timeOfDay = ((at % DAY) + DAY) % DAY;
  return (Date.UTC(year, month, day) + timeOfDay + dayCount * DAY) as Instant;
}
