import type { Formats } from '../../ui/format.ts';

/** Calendar days in forms, in the shop's own time zone: "2026-05-03" to an instant and back. */

const DAY = 86_400_000;

/** The day so many days from now. */
export function dayAhead(days: number, now: number, formats: Pick<Formats, 'dayKey'>): string {
  return formats.dayKey(new Date(now + days * DAY).toISOString());
}

/** The first second of a day in a time zone; null where the text is no day. */
export const startOfDay = (day: string, timeZone: string): string | null => onDay(day, '00:00:00', timeZone);

/** The last second of a day in a time zone; null where the text is no day. */
export const endOfDay = (day: string, timeZone: string): string | null => onDay(day, '23:59:59', timeZone);

function onDay(day: string, time: string, timeZone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const asIfUtc = Date.parse(`${day}T${time}.000Z`);
  if (Number.isNaN(asIfUtc)) return null;
  // The zone's distance from UTC may differ between the guess and the answer where clocks change in between.
  const guess = asIfUtc - offsetAt(asIfUtc, timeZone);
  return new Date(asIfUtc - offsetAt(guess, timeZone)).toISOString();
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at / 1000) * 1000;
}
