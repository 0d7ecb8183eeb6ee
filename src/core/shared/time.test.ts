import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysInMonth, formatInstant, instant, parseInstant, whyNoInstant } from './time.ts';

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01T00:30:00+14:00', '2026-02-28T10:30:00.000Z'],
  ['2026-03-01T10:00:00.123456789Z', '2026-03-01T10:00:00.123Z'],
  ['2026-03-01T24:00:00Z', '2026-03-02T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['1990-01-01', '1990-01-01T00:00:00.000Z'],
  ['2199-12-31T23:59:59.999Z', '2199-12-31T23:59:59.999Z'],
])('%s is %s', (text, iso) => {
  const read = parseInstant(text);
  expect(read === null ? null : formatInstant(read)).toBe(iso);
});

test.each([
  '',
  'yesterday',
  '2026-02-29',
  '2026-02-30T10:00:00Z',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-1-1',
  '2026-03-01T10:00:00',
  '2026-03-01 10:00:00Z',
  '2026-03-01T25:00:00Z',
  '2026-03-01T10:60:00Z',
  '2026-03-01T10:00:60Z',
  '2026-03-01T10:00:00+25:00',
  '2026-03-01T10:00:00+02:60',
  '1989-12-31T23:59:59.999Z',
  '2200-01-01',
  '0026-03-01',
  '1767225600000',
  '2026-03-01\n',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});

test('what leaves as text comes back as the same instant', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2200, 0, 1) - 1 }), (milliseconds) => {
      expect(parseInstant(formatInstant(instant(milliseconds)))).toBe(milliseconds);
    }),
  );
});

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1])('%d is no instant', (milliseconds) => {
  expect(() => instant(milliseconds)).toThrow(/Not an instant/);
});

test('months have the days of the Gregorian calendar', () => {
  expect([2023, 2024, 1900, 2000, 2100].map((year) => daysInMonth(year, 1))).toEqual([28, 29, 28, 29, 28]);
  expect(Array.from({ length: 12 }, (_, month) => daysInMonth(2026, month))).toEqual([
    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
  ]);
  expect(daysInMonth(0, 1)).toBe(29);
  expect(daysInMonth(2, 1)).toBe(28);
});

test.each([
  ['1900-01-01T00:00:00Z', 'is before 1990 or after 2199'],
  ['2200-01-01', 'is before 1990 or after 2199'],
  ['2026-03-01T10:00:00', 'has no zone'],
  ['2026-03-01 10:00', 'has no zone'],
  ['2026-02-30T10:00:00Z', 'is not a date that exists'],
  ['2026-03-01T25:00:00Z', 'is not a date that exists'],
  ['1900-02-29', 'is not a date that exists'],
  ['yesterday', 'is not a date and time written like'],
])('%s %s', (text, why) => {
  expect(parseInstant(text)).toBeNull();
  expect(whyNoInstant(text)).toContain(why);
});
