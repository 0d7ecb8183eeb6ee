import { assertNever } from '../shared/assert-never.ts';
import { daysInMonth } from '../shared/time.ts';
import type { Holiday, WorkingCalendar } from './types.ts';

/** A day of the calendar, as days since 1970-01-01. Zones are settled before one gets here. */
export type Day = number;

const DAY = 86_400_000;

export const dayOf = (year: number, month: number, day: number): Day => Date.UTC(year, month - 1, day) / DAY;

/** Reads 2026-06-19; the schema has made sure it is a day. */
export const readDay = (iso: string): Day => Date.parse(`${iso}T00:00:00Z`) / DAY;

export const formatDay = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);

const yearOf = (day: Day): number => new Date(day * DAY).getUTCFullYear();

/** 1 is Monday, 7 Sunday (ISO 8601). */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Whether people work on a day. */
export function isWorkingDay(calendar: WorkingCalendar, day: Day): boolean {
  const year = yearOf(day);
  if (yearIn(calendar, year).worked.has(day)) return true;
  if (!calendar.week.includes(weekdayOf(day))) return false;
  // A holiday at New Year may move into the year beside it.
  return ![year - 1, year, year + 1].some((each) => yearIn(calendar, each).holidays.has(day));
}

/** The holidays that a year gives, in order. Those that fall at a weekend and move are listed where they moved to. */
export function holidaysOf(calendar: WorkingCalendar, year: number): readonly Day[] {
  return [...yearIn(calendar, year).holidays].sort((a, b) => a - b);
}

interface CalendarYear {
  readonly holidays: ReadonlySet<Day>;
  readonly worked: ReadonlySet<Day>;
}

const years = new WeakMap<WorkingCalendar, Map<number, CalendarYear>>();

function yearIn(calendar: WorkingCalendar, year: number): CalendarYear {
  const known = years.get(calendar) ?? new Map<number, CalendarYear>();
  years.set(calendar, known);
  const found = known.get(year);
  if (found !== undefined) return found;
  const made = {
    holidays: holidaysIn(calendar, year),
    worked: new Set(calendar.workedAnyway.map(readDay).filter((day) => yearOf(day) === year)),
  };
  known.set(year, made);
  return made;
}

function holidaysIn({ holidays, week }: WorkingCalendar, year: number): ReadonlySet<Day> {
  const found = new Set<Day>();
  const toNext: Day[] = [];
  for (const holiday of holidays)
    for (const day of daysOf(holiday, year)) {
      if (holiday.rule !== 'fixed' || week.includes(weekdayOf(day))) found.add(day);
      else if (holiday.moves === 'next_weekday') toNext.push(day);
      else found.add(moved(holiday.moves, day));
    }
  // Last, because the day they move to must not be a holiday already: Christmas on a Saturday moves past Boxing Day.
  for (const day of toNext.sort((a, b) => a - b)) {
    let to = day;
    while (!week.includes(weekdayOf(to)) || found.has(to)) to += 1;
    found.add(to);
  }
  return found;
}

function moved(moves: 'nearest_weekday' | 'day_before_sunday' | undefined, day: Day): Day {
  if (moves === undefined) return day;
  const sunday = weekdayOf(day) === 7;
  switch (moves) {
    case 'nearest_weekday':
      return sunday ? day + 1 : day - 1;
    case 'day_before_sunday':
      return sunday ? day - 1 : day;
    default:
      return assertNever(moves);
  }
}

function daysOf(holiday: Holiday, year: number): readonly Day[] {
  switch (holiday.rule) {
    case 'fixed':
      return year < (holiday.since ?? year) ? [] : [dayOf(year, holiday.month, holiday.day)];
    case 'easter':
      return [easter(year) + holiday.offset];
    case 'weekday':
      return nthWeekday(year, holiday.month, holiday.weekday, holiday.nth);
    case 'days':
      return holiday.days.map(readDay).filter((day) => yearOf(day) === year);
    default:
      return assertNever(holiday);
  }
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): readonly Day[] {
  const length = daysInMonth(year, month - 1);
  const first = 1 + ((weekday - weekdayOf(dayOf(year, month, 1)) + 7) % 7);
  const inMonth = nth > 0 ? first + (nth - 1) * 7 : first + Math.floor((length - first) / 7) * 7;
  return inMonth > length ? [] : [dayOf(year, month, inMonth)];
}

/** Easter Sunday of the Gregorian calendar. Source: the anonymous algorithm in Meeus, Astronomical Algorithms (1991), ch. 8. */
export function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
}
