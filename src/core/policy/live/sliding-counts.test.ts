import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingCounts } from './sliding-counts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 12);

/** Every single thing that happened, looked through each time. */
class Naive {
  readonly #all: { readonly key: number; readonly at: number; readonly count: number }[] = [];

  add(key: number, at: number, count: number): void {
    this.#all.push({ key, at, count });
  }

  count(key: number, after: number, upTo: number): number {
    return this.#all.reduce(
      (sum, one) => sum + (one.key === key && one.at > after && one.at <= upTo ? one.count : 0),
      0,
    );
  }
}

const windows = [MINUTE, 10 * MINUTE, HOUR, 24 * HOUR, 7 * DAY];

describe('SlidingCounts', () => {
  it('counts what happened within the window, and not what happened before it', () => {
    const counts = new SlidingCounts();
    counts.add(1, 2, NOW - 2 * HOUR, NOW - 2 * HOUR);
    counts.add(1, 2, NOW - 30 * MINUTE, NOW - 30 * MINUTE);
    counts.add(1, 2, NOW, NOW);
    expect(windows.map((within) => counts.count(1, 2, within, NOW))).toEqual([1, 1, 2, 3, 3]);
    expect(counts.count(1, 3, 7 * DAY, NOW)).toBe(0);
    expect(counts.count(2, 2, 7 * DAY, NOW)).toBe(0);
    expect(counts.count(1, 2, HOUR, NOW + HOUR)).toBe(0);
  });

  it('never counts more than there was, and misses an eighth of the window at most', () => {
    const steps = fc.array(
      fc.record({
        key: fc.integer({ min: -3, max: 3 }),
        // Mostly bursts, sometimes a pause of days.
        pause: fc.oneof(fc.nat(5_000), fc.nat(20 * MINUTE), fc.nat(2 * DAY)),
        late: fc.oneof(fc.constant(0), fc.nat(HOUR)),
        times: fc.integer({ min: 1, max: 40 }),
        apart: fc.nat(30_000),
        count: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const counts = new SlidingCounts({ mostKeys: 4_096 });
        const naive = new Naive();
        let now = NOW;
        for (const { key, pause, late, times, apart, count } of all) {
          now += pause;
          for (let time = 0; time < times; time += 1) {
            now += apart;
            naive.add(key, now - late, count);
            counts.add(key, 7, now - late, now, count);
          }
          for (const within of windows) {
            const counted = counts.count(key, 7, within, now);
            expect(counted).toBeLessThanOrEqual(naive.count(key, now - within, now));
            const sure = within - Math.max(within / 8, 10_000) - 1_000;
            expect(counted).toBeGreaterThanOrEqual(naive.count(key, now - sure, now));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the newest when there is room for no more, in the same memory', () => {
    const counts = new SlidingCounts({ mostKeys: 1_024 });
    for (let key = 0; key < 20_000; key += 1) {
      counts.add(Math.imul(key, 0x9e3779b1), key, NOW + key * 100, NOW + key * 100);
      // One that goes on all the time.
      if (key % 50 === 0) counts.add(-1, -1, NOW + key * 100, NOW + key * 100);
    }
    const end = NOW + 2_000_000;
    expect(counts.size).toBe(1_024);
    expect(counts.count(-1, -1, HOUR, end)).toBe(400);
    const known = (from: number) =>
      Array.from({ length: 500 }, (_, index) => from + index).filter(
        (key) => counts.count(Math.imul(key, 0x9e3779b1), key, HOUR, end) === 1,
      ).length;
    expect(known(19_500)).toBeGreaterThan(450);
    expect(known(0)).toBe(0);
  });

  it('stays right while keys come and go', () => {
    const counts = new SlidingCounts({ mostKeys: 1_024 });
    const random = fc.sample(fc.nat(0xffff_ffff), { numRuns: 30_000, seed: 5 });
    const last = new Map<number, number>();
    random.forEach((value, index) => {
      const key = value % 3_000;
      // Few home places, so that many keys are pushed past theirs.
      counts.add(key % 64, key, NOW + index, NOW + index);
      last.set(key, (last.get(key) ?? 0) + 1);
    });
    for (const [key, times] of last) expect(counts.count(key % 64, key, DAY, NOW + 30_000)).toBeLessThanOrEqual(times);
    expect([...last.keys()].filter((key) => counts.count(key % 64, key, DAY, NOW + 30_000) > 0)).toHaveLength(1_024);
  });

  it('lets nobody have more than its share of memory, however much happens', () => {
    const counts = new SlidingCounts({ mostKeys: 1_024 });
    for (let at = 0; at < 14 * DAY; at += 31_000) counts.add(5, 5, NOW + at, NOW + at);
    const end = NOW + 14 * DAY;
    const week = counts.count(5, 5, 7 * DAY, end);
    const truth = Math.floor((7 * DAY) / 31_000);
    expect(week).toBeGreaterThan(truth * 0.87);
    expect(week).toBeLessThanOrEqual(truth + 1);
    for (let key = 0; key < 1_000; key += 1) counts.add(key, key + 6, end, end);
    expect(counts.count(5, 5, 7 * DAY, end)).toBeGreaterThan(truth * 0.85);
  });

  it('does not count what a clock that went wrong has written, and goes on when it is put right', () => {
    const counts = new SlidingCounts();
    const wrong = NOW + 365 * DAY;
    for (let time = 0; time < 9; time += 1) counts.add(1, 1, wrong, wrong);
    expect(counts.count(1, 1, HOUR, wrong)).toBe(9);
    expect(counts.count(1, 1, HOUR, NOW)).toBe(0);
    counts.add(1, 1, NOW, NOW);
    counts.add(1, 1, NOW + MINUTE, NOW + MINUTE);
    expect(counts.count(1, 1, HOUR, NOW + MINUTE)).toBe(2);
    // A step back of a few seconds loses nothing.
    counts.add(1, 1, NOW + 50_000, NOW + 50_000);
    expect(counts.count(1, 1, HOUR, NOW + 50_000)).toBe(3);
    counts.clear();
    expect([counts.size, counts.count(1, 1, HOUR, NOW + MINUTE)]).toEqual([0, 0]);
  });
});
