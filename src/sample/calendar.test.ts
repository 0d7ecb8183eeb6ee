import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant } from '../core/shared/time.ts';
import { calendarOfLastDay, calendarUntil, lastDay, officeMoment, shoppingMoment } from './calendar.ts';
import { Random } from './random.ts';

const read = (text: string): Instant => {
  const at = parseInstant(text);
  if (at === null) throw new Error(text);
  return at;
};
const amsterdam = (at: Instant) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Amsterdam',
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
    month: 'short',
  }).formatToParts(at);
const part = (at: Instant, type: string) => amsterdam(at).find((p) => p.type === type)?.value ?? '';

describe('the calendar', () => {
  it.each([
    ['2026-03-30T07:00:00Z', '2026-03-29', '2026-03-29T22:00:00.000Z'],
    ['2026-01-01T00:30:00Z', '2025-12-31', '2025-12-31T23:00:00.000Z'],
    ['2026-06-30T22:30:00Z', '2026-06-30', '2026-06-30T22:00:00.000Z'],
  ])('ends with yesterday in Amsterdam (%s)', (now, yesterday, end) => {
    const calendar = calendarUntil(read(now));
    expect(lastDay(calendar)).toBe(yesterday);
    expect(new Date(calendar.end).toISOString()).toBe(end);
  });

  it('is found again by its last day', () => {
    const calendar = calendarUntil(read('2026-11-05T10:00:00Z'));
    expect(calendarOfLastDay(lastDay(calendar))).toEqual(calendar);
    expect(calendarOfLastDay('not a day')).toBeNull();
  });

  it('has evenings, seasons and office hours', () => {
    const random = new Random('rhythm');
    const calendar = calendarUntil(read('2026-07-01T10:00:00Z'));
    const moments = Array.from({ length: 6_000 }, () => shoppingMoment(random, calendar.from, calendar.end));
    for (const at of moments) expect(at >= calendar.from && at < calendar.end).toBe(true);
    const evening = moments.filter((at) => Number(part(at, 'hour')) >= 18).length / moments.length;
    expect(evening).toBeGreaterThan(0.4);
    const inMonth = (name: string) => moments.filter((at) => part(at, 'month') === name).length;
    expect(inMonth('Nov')).toBeGreaterThan(1.3 * inMonth('Aug'));
    for (let i = 0; i < 300; i++) {
      const at = officeMoment(random, calendar.from, 0, 30);
      expect(['Sat', 'Sun']).not.toContain(part(at, 'weekday'));
    }
  });
});
