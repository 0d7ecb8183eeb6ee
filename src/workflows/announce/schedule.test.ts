import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MOST_TRIES, PATIENCE_MS, waitAfter } from './schedule.ts';

const HOUR = 3_600_000;

it('tries for three days, at first after seconds, and then gives up', () => {
  const waits = Array.from({ length: MOST_TRIES - 1 }, (_, index) => waitAfter(index + 1, 0, null) ?? 0);
  expect(waits[0]).toBe(5_000);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  const whole = waits.reduce((sum, each) => sum + each, 0);
  expect(whole).toBeGreaterThanOrEqual(PATIENCE_MS);
  expect(whole).toBeLessThan(PATIENCE_MS + 6 * HOUR);
  expect(waitAfter(MOST_TRIES, 0, null)).toBeNull();
});

it('waits as long as the receiver asks, but no longer than a day', () => {
  expect(waitAfter(1, 0, 60_000)).toBe(60_000);
  expect(waitAfter(3, 0, 1_000)).toBe(HOUR / 2);
  expect(waitAfter(1, 0, 1_000 * HOUR)).toBe(24 * HOUR);
});

it('spreads what failed together', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MOST_TRIES - 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, luck) => {
        const plain = waitAfter(tries, 0, null) ?? 0;
        const wait = waitAfter(tries, luck, null) ?? 0;
        expect(wait).toBeGreaterThanOrEqual(plain);
        expect(wait).toBeLessThanOrEqual(plain * 1.1 + 1);
      },
    ),
  );
});
