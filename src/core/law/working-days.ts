import { addPeriod, type Period } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import { type Day, isWorkingDay, weekdayOf } from './calendar.ts';
import type { Law } from './types.ts';

/**
 * Whose deadline it is. With several calendars the customer has the kinder count on either side: a day is worked for the shop
 * when it is worked anywhere, and counts against the customer only when it is worked everywhere.
 */
export type Whose = 'shop' | 'customer';

/**
 * The end (last millisecond) of the working day that is `days` working days after the day of `from`, in the given IANA zone. The
 * day of `from` itself does not count; 0 days is the end of that day, or of the next working day when it is none. Where no
 * calendar is known, Monday to Friday are worked. (As Regulation (EEC, Euratom) No 1182/71, art. 3, counts.)
 */
export function workingDaysAfter(law: Law, from: Instant, days: number, zone: string, whose: Whose = 'shop'): Instant {
  if (!Number.isInteger(days) || days < 0) throw new Error(`Not a number of working days: ${days}`);
  const works = worker(law, whose);
  let day = dayAt(from, zone);
  for (let left = days; left > 0; ) {
    day += 1;
    if (works(day)) left -= 1;
  }
  while (!works(day)) day += 1;
  return endOf(day, zone);
}

/**
 * A period after `from`, to the end of that day in the given zone, and where that day is none on which people work, to the end
 * of the next one that is: how a customer's deadline is counted. Never earlier than the period itself.
 */
export function deadlineAfter(law: Law, from: Instant, period: Period, zone: string): Instant {
  return workingDaysAfter(law, addPeriod(from, period), 0, zone, 'customer');
}

function worker({ calendars }: Law, whose: Whose): (day: Day) => boolean {
  if (calendars.length === 0) return (day) => weekdayOf(day) <= 5;
  const anywhere = (day: Day) => calendars.some((calendar) => isWorkingDay(calendar, day));
  const shared = calendars[0]?.week.some((weekday) => calendars.every(({ week }) => week.includes(weekday)));
  if (whose === 'shop' || shared !== true) return anywhere;
  return (day) => calendars.every((calendar) => isWorkingDay(calendar, day));
}

const DAY = 86_400_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** What clocks in the zone show, as if it were UTC. */
function wallClock(at: number, zone: string): number {
  const known = clocks.get(zone);
  const clock =
    known ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  if (known === undefined) clocks.set(zone, clock);
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clock.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const dayAt = (at: number, zone: string): Day => Math.floor(wallClock(at, zone) / DAY);

/** The last millisecond of a day in a zone, also where clocks change at midnight. */
function endOf(day: Day, zone: string): Instant {
  const midnight = (day + 1) * DAY;
  const ends = [midnight - DAY, midnight + DAY].map((near) => {
    const whole = Math.floor(near / 1000) * 1000;
    return midnight - (wallClock(whole, zone) - whole) - 1;
  });
  const [last] = ends.filter((end) => dayAt(end, zone) === day).sort((a, b) => b - a);
  if (last === undefined) throw new Error(`The day ${day} has no end in ${zone}`);
  return last as Instant;
}
