import { frequencyFeature } from './frequency.ts';
import type { Comparison, Plan, Table } from './types.ts';
import type { Weights } from './weights.ts';

/** Bits that the frequency of what two rows share adds to a comparison: positive for a rare value, negative for a common one. */
export type Rarity = (left: number, right: number) => number;

const MOST = 8;
/** Rows with one identifier that may well be one person's: only more of them make it say less. */
const ONE_PERSON = 6;
/** Where the values of names and places are told by how many other rows have them. */
const OWN: ReadonlySet<Comparison['name']> = new Set<Comparison['name']>([
  'birth',
  'email',
  'phone',
  'national',
  'card',
  'device',
  'customer',
  'place',
]);
const TABLE = 1 << 12;

/** How a comparison's weight depends on the value (Winkler 1990; Splink's term-frequency adjustment), from the table's own frequencies. */
export function raritiesOf(table: Table, plan: Plan, weights: Weights): readonly (Rarity | null)[] {
  return plan.comparisons.map((comparison, place) => {
    const feature = frequencyFeature(table, comparison.name);
    const agree = weights.agree[place] as number;
    if (feature === null || table.rows === 0) return null;
    const { ids, values } = feature;
    const known = new Float64Array(TABLE).fill(Number.NaN);
    const own = OWN.has(comparison.name);
    const bits = (count: number): number => rarityBits(count, table.rows, agree, own);
    return (left, right) => {
      const [a, b] = [ids[left] as number, ids[right] as number];
      if (a < 0 || b < 0) return 0;
      const count = Math.max(values.counts[a] as number, values.counts[b] as number);
      if (count >= TABLE) return bits(count);
      const before = known[count] as number;
      if (!Number.isNaN(before)) return before;
      known[count] = bits(count);
      return known[count] as number;
    };
  });
}

/**
 * Bits for a value that stands in `count` of `rows` rows, where `agree` of all strangers agree. The pair itself does not make its value
 * common; what belongs to one person may be in several accounts of theirs.
 */
export function rarityBits(count: number, rows: number, agree: number, own: boolean): number {
  const share = own
    ? Math.max(agree, (count - ONE_PERSON) / rows)
    : Math.max(Math.max(count - 2, 0) + OTHERS, 0) / rows;
  return Math.max(-MOST, Math.min(own ? 0 : MOST, Math.log2(agree / share)));
}

/** Bits for a value of which only its share among all rows is known. */
export function shareBits(share: number, agree: number): number {
  return Math.max(-MOST, Math.min(0, Math.log2(agree / share)));
}

/** How many others are expected to have a value that only this pair shows. */
const OTHERS = 0.5;
