import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Belief, fitMixture, type Mixture, type Observed } from './em.ts';

const SIZES = [4, 3, 5];

/** Shares that sum to one, none of them 0. */
function shares(size: number): fc.Arbitrary<Float64Array> {
  return fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: size, maxLength: size }).map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return Float64Array.from(parts, (part) => part / total);
  });
}

const tables = fc.tuple(...SIZES.map((size) => shares(size - 1)));

const problem = fc
  .record({
    rows: fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(4), fc.integer({ min: 1, max: 5000 }), fc.nat(3)), {
      minLength: 1,
      maxLength: 30,
    }),
    same: tables,
    household: tables,
    unlike: tables,
    joint: fc.boolean(),
    learnt: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    bound: fc.constantFrom(1, 0.3),
  })
  .map(({ rows, same, household, unlike, joint, learnt, bound }) => {
    const counts = Float64Array.from(rows, ([, , , count]) => count);
    const observed: Observed = {
      levels: Uint8Array.from(rows.flatMap((row) => row.slice(0, 3))),
      counts,
      sizes: SIZES,
      pairs: 2 * counts.reduce((sum, count) => sum + count, 0),
      known: Float64Array.from(rows, ([, , , , known]) => known),
      joint: joint
        ? { first: 0, second: 1, shares: Float64Array.from({ length: 12 }, (_, at) => (at + 1) / 20) }
        : null,
    };
    const bounded = same.map((table) => ((table[0] as number) > bound ? table.map(() => 1 / table.length) : table));
    const start: Mixture = { same: bounded, household, unlike, shareSame: 0.01, shareHousehold: 0.02 };
    const mostDifferent = SIZES.map((_, place) => Math.max(bound, (bounded[place] as Float64Array)[0] as number));
    // What is joint is not learnt: its shares stand in no other table.
    const learning = learnt.map((learns, place) => learns && !(joint && place < 2));
    const belief: Belief = { same: bounded, household, weight: 10, learnt: learning, mostDifferent };
    return { observed, start, belief };
  });

it('never makes the data less likely from one round to the next', () => {
  fc.assert(
    fc.property(problem, ({ observed, start, belief }) => {
      const { likelihoods } = fitMixture(observed, start, belief);
      for (let round = 1; round < likelihoods.length; round += 1) {
        const [before, now] = [likelihoods[round - 1] as number, likelihoods[round] as number];
        expect(now).toBeGreaterThanOrEqual(before - 1e-9 * Math.abs(before));
      }
    }),
    { numRuns: 200 },
  );
});

it('finds the shares that made the data', () => {
  const [same, unlike] = [0.9, 0.05];
  const levels: number[] = [];
  const counts: number[] = [];
  for (let pattern = 0; pattern < 16; pattern += 1) {
    const agreeing = [0, 1, 2, 3].filter((bit) => (pattern & (1 << bit)) !== 0).length;
    levels.push(...[0, 1, 2, 3].map((bit) => ((pattern & (1 << bit)) === 0 ? 1 : 2)));
    counts.push(
      1000 * same ** agreeing * (1 - same) ** (4 - agreeing) +
        99_000 * unlike ** agreeing * (1 - unlike) ** (4 - agreeing),
    );
  }
  const table = (agree: number): Float64Array[] => [0, 1, 2, 3].map(() => Float64Array.of(1 - agree, agree));
  const observed: Observed = {
    levels: Uint8Array.from(levels),
    counts: Float64Array.from(counts),
    sizes: [3, 3, 3, 3],
    pairs: 100_000,
    known: new Float64Array(16),
    joint: null,
  };
  const start: Mixture = {
    same: table(0.7),
    household: table(0.5),
    unlike: table(unlike),
    shareSame: 0.1,
    shareHousehold: 0,
  };
  const belief: Belief = {
    same: table(0.7),
    household: table(0.5),
    weight: 1,
    learnt: [false, false, false, false],
    mostDifferent: [1, 1, 1, 1],
  };
  const { mixture } = fitMixture(observed, start, belief);
  expect(mixture.shareSame).toBeCloseTo(0.01, 3);
  for (const shares of mixture.same) expect(shares[1]).toBeCloseTo(same, 2);
});
