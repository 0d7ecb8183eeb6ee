import { describe, expect, test } from 'vitest';
import { createFormats } from '../../ui/format.ts';
import { dayAhead, endOfDay } from './day.ts';

describe('the end of a day in the shop’s zone', () => {
  test.each([
    ['2026-07-01', 'Europe/Amsterdam', '2026-07-01T21:59:59.000Z'],
    ['2026-01-01', 'Europe/Amsterdam', '2026-01-01T22:59:59.000Z'],
    ['2026-10-25', 'Europe/Amsterdam', '2026-10-25T22:59:59.000Z'],
    ['2026-03-29', 'Europe/Amsterdam', '2026-03-29T21:59:59.000Z'],
    ['2026-05-03', 'America/Los_Angeles', '2026-05-04T06:59:59.000Z'],
    ['2026-05-03', 'Asia/Kolkata', '2026-05-03T18:29:59.000Z'],
  ])('%s in %s', (day, zone, at) => {
    expect(endOfDay(day, zone)).toBe(at);
    expect(createFormats('en', zone, 'EUR').dayKey(at)).toBe(day);
  });
  test.each(['', '2026-13-01', 'tomorrow'])('"%s" is no day', (text) => {
    expect(endOfDay(text, 'UTC')).toBeNull();
  });
});

test('a day ahead is counted in the shop’s zone', () => {
  const lateInUtc = Date.parse('2026-05-03T23:30:00.000Z');
  expect(dayAhead(1, lateInUtc, createFormats('en', 'Europe/Amsterdam', 'EUR'))).toBe('2026-05-05');
  expect(dayAhead(1, lateInUtc, createFormats('en', 'UTC', 'EUR'))).toBe('2026-05-04');
});
