import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addPeriod,
  approximateDays,
  days,
  formatPeriod,
  months,
  parsePeriod,
  subtractPeriod,
  wholeDaysBetween,
} from './period.ts';
import { unwrap } from './result.ts';
import { formatInstant, type Instant, instant, parseInstant } from './time.ts';

const at = (text: string): Instant => {
  const read = parseInstant(text);
  if (read === null) throw new Error(`Not an instant: ${text}`);
  return read;
};
const anyInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2199, 11, 31) }).map(instant);
const anyPeriod = fc.oneof(
  fc.nat(1200).map(months),
  fc.nat(4000).map(days),
  fc.record({ months: fc.nat(36), days: fc.nat(400) }),
);

test.each([
  ['30 days', days(30)],
  ['30d', days(30)],
  ['1 day', days(1)],
  ['2 weeks', days(14)],
  [' 12  MONTHS ', months(12)],
  ['1 year', months(12)],
  ['2y', months(24)],
  ['0 days', days(0)],
])('%j is read', (text, period) => {
  expect(unwrap(parsePeriod(text))).toEqual(period);
});

test.each(['', 'days', '30', '-1 day', '1.5 years', '30 hours', '5m', '12345 days', '1 day 2 months', '1 dayz'])(
  '%j is refused with what to write instead',
  (text) => {
    const read = parsePeriod(text);
    expect(read.ok ? null : read.error).toBe(`"${text}" is not a period; write for example "30 days" or "12 months"`);
  },
);

test('what is written is read back as the same period', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(9999).map(months), fc.nat(9999).map(days)), (period) => {
      expect(unwrap(parsePeriod(formatPeriod(period)))).toEqual(period);
    }),
  );
  expect(() => formatPeriod({ months: 1, days: 1 })).toThrow(/not both/);
});

describe('months', () => {
  test.each([
    ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00.000Z'],
    ['2024-01-31T10:00:00Z', 1, '2024-02-29T10:00:00.000Z'],
    ['2026-12-15T10:00:00.007Z', 2, '2027-02-15T10:00:00.007Z'],
    ['2024-02-29T00:00:00Z', 12, '2025-02-28T00:00:00.000Z'],
  ])('%s + %i months is %s', (from, count, to) => {
    expect(formatInstant(addPeriod(at(from), months(count)))).toBe(to);
  });

  test.each([
    ['2026-03-28T10:00:00Z', 1, '2026-02-28T10:00:00.000Z'],
    ['2026-03-31T10:00:00Z', 1, '2026-02-28T23:59:59.999Z'],
    ['2024-03-30T10:00:00Z', 1, '2024-02-29T23:59:59.999Z'],
    ['2028-02-29T10:00:00Z', 12, '2027-02-28T23:59:59.999Z'],
    ['2026-01-15T10:00:00.007Z', 13, '2024-12-15T10:00:00.007Z'],
  ])('%s − %i months is %s', (from, count, to) => {
    expect(formatInstant(subtractPeriod(at(from), months(count)))).toBe(to);
  });

  test('reach years that a two-digit year could be mistaken for', () => {
    expect(formatInstant(subtractPeriod(at('2026-05-01'), months(12 * 1950)))).toBe('0076-05-01T00:00:00.000Z');
    expect(formatInstant(addPeriod(instant(Date.parse('0050-01-31T00:00:00Z')), months(1)))).toBe(
      '0050-02-28T00:00:00.000Z',
    );
  });
});

test('going back is monotone: a later instant never gives an earlier one', () => {
  fc.assert(
    fc.property(anyInstant, fc.nat(5 * 86_400_000), anyPeriod, (from, more, period) => {
      expect(subtractPeriod(instant(from + more), period)).toBeGreaterThanOrEqual(subtractPeriod(from, period));
    }),
    { numRuns: 1000 },
  );
});

test('days are 24 hours, and undo each other', () => {
  fc.assert(
    fc.property(anyInstant, fc.nat(4000), (from, count) => {
      expect(addPeriod(from, days(count)) - from).toBe(count * 86_400_000);
      expect(subtractPeriod(addPeriod(from, days(count)), days(count))).toBe(from);
      expect(wholeDaysBetween(from, addPeriod(from, days(count)))).toBe(count);
    }),
  );
  expect(wholeDaysBetween(at('2026-01-01'), instant(at('2026-01-02') - 1))).toBe(0);
  expect(wholeDaysBetween(at('2026-01-02'), at('2026-01-01'))).toBe(-1);
});

test('periods are compared by about how long they are', () => {
  expect(approximateDays(months(1))).toBeGreaterThan(approximateDays(days(30)));
  expect(approximateDays(months(12))).toBeLessThan(approximateDays(days(366)));
});
