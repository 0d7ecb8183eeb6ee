import { months, subtractPeriod } from '../core/shared/period.ts';
import { type Instant, instant } from '../core/shared/time.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The stretch of time the sample covers: [from, end). */
export interface Calendar {
  readonly from: Instant;
  readonly end: Instant;
}

/** Eighteen months that end with the last moment of yesterday, in the shop's own zone (Europe/Amsterdam). */
export function calendarUntil(now: Instant): Calendar {
  const end = localMidnight(now);
  return { from: subtractPeriod(end, months(18)), end };
}

/** The day before `end`, as "2026-03-01": what the sample is named after. */
export function lastDay(calendar: Calendar): string {
  const local = calendar.end - MINUTE;
  return new Date(local + zoneOffset(local)).toISOString().slice(0, 10);
}

/** The calendar whose last day is the given one ("2026-03-01"); null when that is no date. */
export function calendarOfLastDay(day: string): Calendar | null {
  const noon = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(noon) ? null : calendarUntil(instant(noon + DAY));
}

/** So many months and a fraction before the end of the calendar. */
export function monthsAgo(calendar: Calendar, count: number): Instant {
  return instant(Math.max(calendar.from, Math.round(calendar.end - count * 30.44 * DAY)));
}

export function daysAfter(at: Instant, days: number): Instant {
  return instant(Math.round(at + days * DAY));
}

/** When somebody shops in [from, to): by season, weekday and hour. */
export function shoppingMoment(random: Random, from: Instant, to: Instant): Instant {
  for (let attempt = 0; attempt < 60; attempt++) {
    const day = localMidnight(instant(Math.floor(random.between(from, to))));
    if (!random.chance(appetite(day) / MOST)) continue;
    const at = day + random.weighted(SHOPPING_HOURS) * HOUR + random.int(0, 59) * MINUTE + random.int(0, 59) * 1000;
    if (at >= from && at < to) return instant(at);
  }
  return instant(Math.floor(random.between(from, to)));
}

/** When a customer does something at home, so many days after `after`: the right day, at a shopper's hour. */
export function leisureMoment(random: Random, after: Instant, least: number, most: number): Instant {
  const day = localMidnight(daysAfter(after, random.between(least, most)));
  const at = day + random.weighted(SHOPPING_HOURS) * HOUR + random.int(0, 59) * MINUTE + random.int(0, 59) * 1000;
  return instant(at > after ? at : after + random.int(20, 300) * MINUTE);
}

/** When staff or a warehouse do something: Monday to Friday between nine and half past five. */
export function officeMoment(random: Random, after: Instant, least: number, most: number): Instant {
  let day = localMidnight(daysAfter(after, random.between(least, most)));
  while (isWeekend(day)) day = localMidnight(instant(day + 26 * HOUR));
  const at = day + 9 * HOUR + random.int(0, 510) * MINUTE + random.int(0, 59) * 1000;
  return instant(at > after ? at : after + random.int(10, 90) * MINUTE);
}

/** When a parcel is handed over: Monday to Saturday between nine and nine. */
export function deliveryMoment(random: Random, after: Instant, least: number, most: number): Instant {
  let day = localMidnight(daysAfter(after, random.between(least, most)));
  if (weekdayOf(day) === 0) day = localMidnight(instant(day + 26 * HOUR));
  const at = day + 9 * HOUR + random.int(0, 719) * MINUTE + random.int(0, 59) * 1000;
  return instant(at > after ? at : after + random.int(600, 1500) * MINUTE);
}

/** January and July: everything is a fifth cheaper. */
export function isSale(at: Instant): boolean {
  const month = monthOf(at);
  return month === 0 || month === 6;
}

const SEASON = [0.95, 0.72, 0.95, 1, 1.05, 0.95, 0.95, 0.75, 1, 1.05, 1.35, 1.45];
const WEEKDAY = [1.2, 1.1, 1, 0.98, 0.95, 0.8, 0.9];
const SHOPPING_HOURS: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 0.5],
  [6, 0.6],
  [7, 1.4],
  [8, 2.4],
  [9, 3.4],
  [10, 4.2],
  [11, 4.6],
  [12, 5.4],
  [13, 4.8],
  [14, 4.2],
  [15, 4.2],
  [16, 4.6],
  [17, 4.6],
  [18, 5],
  [19, 7],
  [20, 9.5],
  [21, 10],
  [22, 6.5],
  [23, 2.8],
];

/** How much a day makes people shop; 1 on an ordinary one. The last week of November is the busiest. */
function appetite(day: Instant): number {
  const local = new Date(day + zoneOffset(day));
  const [month, date] = [local.getUTCMonth(), local.getUTCDate()];
  const peak = month === 10 && date >= 22 ? 1.8 : month === 11 && date >= 22 ? 0.45 : 1;
  return (SEASON[month] ?? 1) * (WEEKDAY[local.getUTCDay()] ?? 1) * peak;
}
const MOST = 1.35 * 1.2 * 1.8;

function localMidnight(at: Instant): Instant {
  const local = at + zoneOffset(at);
  const midnight = local - (((local % DAY) + DAY) % DAY);
  return instant(midnight - zoneOffset(midnight));
}

function isWeekend(day: Instant): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
}

function weekdayOf(at: Instant): number {
  return new Date(at + zoneOffset(at)).getUTCDay();
}

function monthOf(at: Instant): number {
  return new Date(at + zoneOffset(at)).getUTCMonth();
}

/** Milliseconds Amsterdam is ahead of UTC: two hours from the last Sunday of March to the last of October, else one (directive 2000/84/EC). */
function zoneOffset(at: number): number {
  const year = new Date(at).getUTCFullYear();
  const summer = at >= lastSunday(year, 2) + HOUR && at < lastSunday(year, 9) + HOUR;
  return summer ? 2 * HOUR : HOUR;
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return last.getTime() - last.getUTCDay() * DAY;
}
