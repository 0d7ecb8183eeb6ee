import { describe, expect, it } from 'vitest';
import { paceOf, readyAt, type Sample, withSample } from './pace.ts';

const START = Date.UTC(2026, 10, 22, 9);
const at = (seconds: number, read: number): Sample => ({ at: START + seconds * 1_000, read });
const seen = (...samples: Sample[]) => samples.reduce<readonly Sample[]>((all, next) => withSample(all, next), []);

describe('the pace of a back-fill', () => {
  it('is the average since the beginning until enough was seen', () => {
    expect(paceOf([], START)).toBeNull();
    expect(paceOf([at(2, 100)], START)).toBeNull();
    expect(paceOf([at(60, 500)], START)).toBe(500);
  });

  it('is how fast it goes now once enough was seen, so that a pause before does not slow it', () => {
    // Stopped for an hour after 1,000, then 200 in ten seconds.
    expect(paceOf([at(3_600, 1_000), at(3_610, 1_200)], START)).toBe(1_200);
  });

  it('looks back two minutes, takes no answer twice, and begins anew when a count goes back', () => {
    expect(seen(at(0, 0), at(10, 10), at(140, 20))).toEqual([at(140, 20)]);
    expect(seen(at(0, 0), at(100, 10), at(110, 20))).toHaveLength(3);
    expect(seen(at(5, 10), at(5, 10))).toHaveLength(1);
    expect(seen(at(5, 10), at(9, 2))).toEqual([at(9, 2)]);
  });

  it('says when it is done, where the whole is known', () => {
    expect(readyAt(600, at(60, 600), 1_200)).toBe(START + 120_000);
    expect(readyAt(null, at(60, 600), 1_200)).toBeNull();
    expect(readyAt(600, at(60, 600), null)).toBeNull();
    expect(readyAt(600, at(60, 600), 600)).toBeNull();
  });
});
