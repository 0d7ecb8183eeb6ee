import { err, ok, type Result } from '../../shared/result.ts';

const MINUTE = 60_000;
const UNITS = { minutes: MINUTE, hours: 60 * MINUTE, days: 24 * 60 * MINUTE } as const;
export type DurationUnit = keyof typeof UNITS;

/** What is counted at the moment is forgotten after a week. */
export const LONGEST_WINDOW = 7 * UNITS.days;

export const DURATION = /^\s*(\d{1,5})\s*(minutes?|hours?|days?)\s*$/i;

/** Reads "10 minutes", "1 hour", "7 days" as milliseconds, up to a week. The error says how to write it. */
export function parseDuration(text: string): Result<number, string> {
  const [, count = '', word = ''] = DURATION.exec(text) ?? [];
  const unit = (['minutes', 'hours', 'days'] as const).find((name) => name.startsWith(word.toLowerCase()));
  if (count === '' || unit === undefined)
    return err(`"${text}" is not a window; write for example "10 minutes", "1 hour" or "2 days"`);
  const length = Number(count) * UNITS[unit];
  if (length === 0) return err(`"${text}" is no time at all; write at least "1 minute"`);
  return length > LONGEST_WINDOW
    ? err(`"${text}" is longer than a week; what happens at the moment is counted for 7 days at most`)
    : ok(length);
}

/** In the largest unit that says it exactly: 90 minutes, 24 hours, 2 days. One day is said as 24 hours, because it is no calendar day. */
export function durationIn(ms: number): { readonly unit: DurationUnit; readonly count: number } {
  if (ms % UNITS.days === 0 && ms > UNITS.days) return { unit: 'days', count: ms / UNITS.days };
  return ms % UNITS.hours === 0
    ? { unit: 'hours', count: ms / UNITS.hours }
    : { unit: 'minutes', count: ms / UNITS.minutes };
}
