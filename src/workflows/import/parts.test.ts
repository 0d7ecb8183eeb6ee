import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/support/events.ts';
import { formatInstant } from '../../core/shared/time.ts';
import { ExactTotal, readPrice } from './exact-total.ts';
import { Gathering } from './gathering.ts';
import { localTimeReader } from './local-time.ts';
import { Purchases } from './purchases.ts';

describe("times on the shop's clocks", () => {
  it.each([
    ['Europe/London', '2010-12-01 08:26:00', '2010-12-01T08:26:00.000Z'],
    ['Europe/London', '2011-06-01 08:26', '2011-06-01T07:26:00.000Z'],
    ['Europe/Amsterdam', '2026-03-01', '2026-02-28T23:00:00.000Z'],
    ['America/New_York', '2026-07-04T12:00:30', '2026-07-04T16:00:30.000Z'],
    ['Asia/Kolkata', '2026-01-01 00:00', '2025-12-31T18:30:00.000Z'],
    ['Pacific/Apia', '2011-12-29 23:59', '2011-12-30T09:59:00.000Z'],
    ['Europe/Amsterdam', '2026-03-01T14:30:00Z', '2026-03-01T14:30:00.000Z'],
    ['Europe/Amsterdam', '2026-03-01T14:30:00+05:00', '2026-03-01T09:30:00.000Z'],
  ])('%s: %s is %s', (zone, text, expected) => {
    const time = localTimeReader(zone)(text);
    expect(time === null ? null : formatInstant(time)).toBe(expected);
  });

  it('takes an hour shown twice as the first, and one that is skipped as the hour after', () => {
    const read = localTimeReader('Europe/Amsterdam');
    expect(read('2026-10-25 02:30')).toBe(at('2026-10-25T00:30:00Z'));
    expect(read('2026-03-29 02:30')).toBe(at('2026-03-29T01:30:00Z'));
    expect(read('2026-03-29 01:59')).toBe(at('2026-03-29T00:59:00Z'));
    expect(read('2026-03-29 03:00')).toBe(at('2026-03-29T01:00:00Z'));
  });

  it.each([
    '2026-02-30',
    '2026-13-01',
    '01/03/2026',
    '2026-03-01 24:00',
    '2026-03-01 9:00',
    '',
    'yesterday',
    '1889-01-01',
  ])('does not guess at %j', (text) => {
    expect(localTimeReader('Europe/Amsterdam')(text)).toBeNull();
  });
});

describe('totals', () => {
  const total = (...lines: readonly (readonly [string, number])[]): ExactTotal => {
    const sum = new ExactTotal();
    for (const [text, quantity] of lines) {
      const price = readPrice(text);
      if (price === null) throw new Error(`No price: ${text}`);
      sum.add(price, quantity);
    }
    return sum;
  };

  it('are exact and rounded once, half away from zero', () => {
    expect(total(['0.1', 1], ['0.2', 1]).minorUnits(2)).toBe(30);
    expect(total(['0.005', 1]).minorUnits(2)).toBe(1);
    expect(total(['0.001', 3], ['0.001', 2]).minorUnits(2)).toBe(1);
    expect(total(['1.0049999999', 1]).minorUnits(2)).toBe(100);
    expect(total(['1999', 3]).minorUnits(0)).toBe(5_997);
    expect(total(['0.0004', 1_000_000], ['99.99', 1]).minorUnits(3)).toBe(499_990);
  });

  it('agree with whole-number arithmetic, whatever the decimals', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt(0n, 10n ** 11n), fc.integer({ min: 1, max: 1_000 })), { maxLength: 20 }),
        (lines) => {
          const sum = lines.reduce((whole, [units, quantity]) => whole + units * BigInt(quantity), 0n);
          const texts = lines.map(([units, quantity]) => {
            const digits = units.toString().padStart(9, '0');
            return [`${digits.slice(0, -8)}.${digits.slice(-8)}`, quantity] as const;
          });
          expect(total(...texts).minorUnits(2)).toBe(Number((sum + 500_000n) / 1_000_000n));
        },
      ),
    );
  });

  it('say when they are too large', () => {
    expect(total(['99999999999', 1_000_000]).minorUnits(2)).toBeNull();
  });

  it('take only decimal numbers as prices', () => {
    for (const text of ['', 'free', '1e3', '1,50', '1.', '.5', '--1']) expect(readPrice(text)).toBeNull();
  });
});

describe('gathering', () => {
  const gather = (keys: readonly string[]): string[][] => {
    const finished: string[][] = [];
    const gathering = new Gathering<string[]>(
      (thing) => thing.length,
      (thing) => finished.push(thing),
    );
    for (const key of keys) gathering.of(key, () => []).push(key);
    gathering.end();
    return finished;
  };

  it('puts rows together though others stand between them, in the order in which things began', () => {
    expect(gather(['a', 'b', 'a', 'c', 'b', 'a'])).toEqual([['a', 'a', 'a'], ['b', 'b'], ['c']]);
  });

  it('forgets nothing within 2,000 others, and holds no more', () => {
    const others = (count: number) => Array.from({ length: count }, (_, index) => `other ${index}`);
    expect(gather(['a', ...others(1_999), 'a'])[0]).toEqual(['a', 'a']);
    expect(gather(['a', ...others(2_000), 'a'])[0]).toEqual(['a']);
  });

  it('holds no more than 100,000 rows of things that ended', () => {
    const long = Array.from({ length: 100_001 }, () => 'long');
    expect(gather([...long, 'b', 'c', 'long']).map((thing) => thing.length)).toEqual([100_001, 1, 1, 1]);
  });
});

describe('what a credit note takes back', () => {
  const june = (day: number) => at(`2026-06-${String(day).padStart(2, '0')}`);
  const line = (article: string, quantity: number) => ({ article, quantity });

  it('is the most recent earlier purchase with something left, then earlier ones', () => {
    const purchases = new Purchases();
    purchases.add('17850', 'O1', june(1), [line('A', 5), line('B', 1)]);
    purchases.add('17850', 'O2', june(3), [line('A', 2), line('A', 1)]);
    purchases.add('17850', 'O3', june(9), [line('A', 9)]);
    expect(purchases.takeBack('17850', 'A', june(5), 2)).toEqual({ orders: ['O2'], unmatched: 0 });
    expect(purchases.takeBack('17850', 'A', june(5), 3)).toEqual({ orders: ['O2', 'O1'], unmatched: 0 });
    expect(purchases.takeBack('17850', 'A', june(5), 9)).toEqual({ orders: ['O1'], unmatched: 6 });
    expect(purchases.takeBack('17850', 'A', june(9), 1)).toEqual({ orders: ['O3'], unmatched: 0 });
    expect(purchases.takeBack('13047', 'B', june(9), 1)).toEqual({ orders: [], unmatched: 1 });
  });

  it('is remembered for the newest lines of a long file', () => {
    const purchases = new Purchases(2);
    for (const day of [1, 2, 3, 4, 5]) purchases.add('c', `O${day}`, june(day), [line(`A${day}`, 1)]);
    expect(purchases.takeBack('c', 'A5', june(9), 1).unmatched).toBe(0);
    expect(purchases.takeBack('c', 'A3', june(9), 1).unmatched).toBe(0);
    expect(purchases.takeBack('c', 'A1', june(9), 1).unmatched).toBe(1);
  });
});
