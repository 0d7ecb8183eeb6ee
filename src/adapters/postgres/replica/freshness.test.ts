import { expect, it } from 'vitest';
import { Freshness, logPosition, OLDEST_LOOK_MS } from './freshness.ts';

it('reads places of the write-ahead log', () => {
  expect(logPosition('16/B374D848')).toBe(0x16_b374_d848n);
  expect(logPosition('0/0')).toBe(0n);
  expect(logPosition('1/0') > logPosition('0/FFFFFFFF')).toBe(true);
  expect(() => logPosition('16-B374D848')).toThrow(/Not a place/);
});

it('believes a replica that holds all the primary held after the last write here', () => {
  const freshness = new Freshness();
  expect(freshness.isFresh(0)).toBe(false);
  freshness.looked(10, 100n, 90n);
  expect(freshness.isFresh(11)).toBe(false);
  freshness.looked(20, 100n, 100n);
  expect(freshness.isFresh(21)).toBe(true);
  freshness.wrote(25);
  expect(freshness.isFresh(26)).toBe(false);
  // A look that began before the write may not have seen it.
  freshness.looked(25, 120n, 130n);
  expect(freshness.isFresh(27)).toBe(false);
  freshness.looked(30, 120n, 119n);
  expect(freshness.isFresh(31)).toBe(false);
  freshness.looked(40, 120n, 120n);
  expect(freshness.isFresh(41)).toBe(true);
});

it('believes no old look', () => {
  const freshness = new Freshness();
  freshness.looked(10, 1n, 1n);
  expect(freshness.isFresh(10 + OLDEST_LOOK_MS)).toBe(true);
  expect(freshness.isFresh(11 + OLDEST_LOOK_MS)).toBe(false);
});
