import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

describe('Random', () => {
  it('repeats for the same seed and differs for another', () => {
    const draw = (seed: string) => {
      const random = new Random(seed);
      return Array.from({ length: 5 }, () => random.int(0, 1_000_000));
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('gives forks that do not depend on what was drawn before', () => {
    const fresh = new Random('seed');
    const used = new Random('seed');
    used.next();
    used.next();
    expect(used.fork('x').next()).toBe(fresh.fork('x').next());
    expect(fresh.fork('y').next()).not.toBe(fresh.fork('x').next());
  });

  it('spreads evenly', () => {
    const random = new Random('even');
    const buckets = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const bucket = random.int(0, 9);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('picks by weight and never what weighs nothing', () => {
    const random = new Random('weights');
    const counts = { often: 0, seldom: 0, never: 0 };
    for (let i = 0; i < 10_000; i++) {
      counts[
        random.weighted<'often' | 'seldom' | 'never'>([
          ['often', 3],
          ['never', 0],
          ['seldom', 1],
        ])
      ]++;
    }
    expect(counts.never).toBe(0);
    expect(counts.often / counts.seldom).toBeGreaterThan(2.7);
    expect(counts.often / counts.seldom).toBeLessThan(3.3);
  });

  it('makes ids in the form of a UUID and shuffles without losing anything', () => {
    const random = new Random('ids');
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    const items = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = random.shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  });
});
