import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { couldReach, jaroWinkler, oneEdit, sharesWord } from './alike.ts';
import { ValuePool } from './pool.ts';

/** Few letters, so that generated words are alike often enough. */
const word = fc.string({ unit: fc.constantFrom(...'abcd '), maxLength: 14 });

function both<T>(compare: (pool: ValuePool, a: number, b: number) => T, left: string, right: string): readonly [T, T] {
  const pool = new ValuePool();
  const [a, b] = [pool.intern(left), pool.intern(right)];
  return [compare(pool, a, b), compare(pool, b, a)];
}

const similarity = (pool: ValuePool, a: number, b: number): number => jaroWinkler(pool, a, pool, b);

describe('Jaro–Winkler', () => {
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.8133],
    ['abc', 'xyz', 0],
    ['anna', 'anna', 1],
  ])('of %s and %s is %d, as published', (left, right, expected) => {
    expect(both(similarity, left, right)[0]).toBeCloseTo(expected, 4);
  });

  it('does not depend on the order, lies between 0 and 1, and is 1 for the same', () => {
    fc.assert(
      fc.property(word, word, (left, right) => {
        const [one, other] = both(similarity, left, right);
        expect(one).toBe(other);
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(1 + 1e-12);
        expect(both(similarity, left, left)[0]).toBe(1);
      }),
    );
  });

  it('is never ruled out by the quick look when it is reached', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom(0.8, 0.92), (left, right, least) => {
        const [could] = both((pool, a, b) => couldReach(least, pool, a, pool, b), left, right);
        if (both(similarity, left, right)[0] >= least && left !== '' && right !== '') expect(could).toBe(true);
      }),
    );
  });
});

/** Damerau–Levenshtein (optimal string alignment), the long way. */
function distance(left: string, right: string): number {
  const rows = Array.from({ length: left.length + 1 }, (_, row) =>
    Array.from({ length: right.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= left.length; row += 1)
    for (let column = 1; column <= right.length; column += 1) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      let least = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + cost);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        least = Math.min(least, at(row - 2, column - 2) + 1);
      (rows[row] as number[])[column] = least;
    }
  return at(left.length, right.length);
}

it('one edit is a Damerau–Levenshtein distance of at most one, whichever comes first', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'012'), maxLength: 6 });
  fc.assert(
    fc.property(digits, digits, (left, right) => {
      const expected = distance(left, right) <= 1;
      expect(both((pool, a, b) => oneEdit(pool, a, pool, b), left, right)).toEqual([expected, expected]);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['anna maria', 'maria', true],
  ['j', 'jan', true],
  ['j', 'piet', false],
  ['jan piet', 'kees piet', true],
  ['jo el', 'el jo', false],
  ['anna', 'hanna', false],
])('%s and %s share a word or an initial: %s', (left, right, expected) => {
  expect(both((pool, a, b) => sharesWord(pool, a, pool, b), left, right)).toEqual([expected, expected]);
});
