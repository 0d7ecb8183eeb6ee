import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant } from '../shared/time.ts';
import { type GuestCandidate, rankGuests } from './ranking.ts';

const guest = (id: string, over: Partial<GuestCandidate> = {}): GuestCandidate => ({
  id,
  as: 'blocked',
  refusedPurchase: true,
  demandsAtPurchase: false,
  hasAccount: false,
  lastAt: instant(1_000),
  until: instant(9_000),
  ...over,
});

it('puts those who matter most first', () => {
  const ranked = rankGuests([
    guest('conditions', { as: 'restricted', refusedPurchase: false, demandsAtPurchase: true, lastAt: instant(9_000) }),
    guest('has an account', { hasAccount: true, lastAt: instant(9_000) }),
    guest('here long ago', { lastAt: instant(1) }),
    guest('runs longer', { until: instant(9_999) }),
    guest('b'),
    guest('a'),
    guest('here lately', { lastAt: instant(2_000) }),
    guest('warned', { as: 'warned', refusedPurchase: false }),
  ]);
  expect(ranked.map(({ id }) => id)).toEqual([
    'here lately',
    'runs longer',
    'a',
    'b',
    'here long ago',
    'has an account',
    'conditions',
  ]);
});

it('gives the same list whatever order they come in', () => {
  const candidates = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      as: fc.constantFrom('warned' as const, 'restricted' as const, 'blocked' as const),
      refusedPurchase: fc.boolean(),
      demandsAtPurchase: fc.boolean(),
      hasAccount: fc.boolean(),
      lastAt: fc.nat(3).map(instant),
      until: fc.nat(3).map(instant),
    }),
    { selector: ({ id }) => id },
  );
  fc.assert(
    fc.property(candidates, (given) => {
      const ranked = rankGuests(given);
      expect(rankGuests(given.toReversed())).toEqual(ranked);
      expect(ranked.length).toBe(given.filter((one) => one.refusedPurchase || one.demandsAtPurchase).length);
      const firstMild = ranked.findIndex((one) => !one.refusedPurchase);
      if (firstMild !== -1) expect(ranked.slice(firstMild).some((one) => one.refusedPurchase)).toBe(false);
    }),
  );
});
