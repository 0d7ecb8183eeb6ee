import { defaultShares, type Shares } from './defaults.ts';
import { kinTable } from './kin.ts';
import { levelIn } from './patterns.ts';
import type { Comparison, Model, Plan } from './types.ts';

/** A model's weights laid out for a plan: logarithms to base 2, by comparison and level (level 0 weighs nothing). */
export interface Weights {
  /** Bits before evidence: how much rarer the same person is than strangers, and than housemates. */
  readonly priorUnlike: number;
  readonly priorHousehold: number;
  /** For each comparison and level: bits that the same person is likelier to show it than strangers, and than housemates. */
  readonly overUnlike: readonly Float64Array[];
  readonly overHousehold: readonly Float64Array[];
  /** As `overHousehold` for given name and birth date together, where both are compared; null else. */
  readonly kin: Kin | null;
  /** Share of strangers that agree, by comparison: what the frequency of a value is held against. */
  readonly agree: Float64Array;
  /** Bits of odds from which a pair is probably, and certainly, the same person. */
  readonly probable: number;
  readonly certain: number;
}

interface Kin {
  readonly given: number;
  readonly birth: number;
  /** By level of given name × levels of birth date + level of birth date. */
  readonly bits: Float64Array;
}

/** Nothing is believed for more than so many bits, either way. */
const MOST = 30;

/** Lays a model out for a plan. What the plan compares and the model does not know is taken from the shipped defaults. */
export function weightsOf(plan: Plan, model: Model): Weights {
  const shares = plan.comparisons.map((comparison) => sharesOf(comparison, model));
  const unlike = Math.max(1e-12, 1 - model.same - model.household);
  return {
    priorUnlike: Math.log2(model.same / unlike),
    priorHousehold: model.household > 0 ? Math.log2(model.same / model.household) : Number.POSITIVE_INFINITY,
    overUnlike: shares.map(({ same, unlike: other }, place) =>
      rising(plan.comparisons[place] as Comparison, same, other),
    ),
    overHousehold: shares.map(({ same, household }) => plain(same, household)),
    kin: kinOf(plan, shares),
    agree: Float64Array.from(shares, ({ unlike: other }) => other.at(-1) ?? 1),
    probable: bitsOf(plan.thresholds.probable),
    certain: bitsOf(plan.thresholds.certain),
  };
}

function sharesOf(comparison: Comparison, model: Model): Shares {
  const known = model.comparisons.find(({ name, kind }) => name === comparison.name && kind === comparison.kind);
  if (known === undefined) return defaultShares(comparison);
  return {
    same: known.levels.map(({ same }) => same),
    household: known.levels.map(({ household }) => household),
    unlike: known.levels.map(({ unlike }) => unlike),
  };
}

function kinOf(plan: Plan, shares: readonly Shares[]): Kin | null {
  const given = plan.comparisons.findIndex(({ kind }) => kind === 'given');
  const birth = plan.comparisons.findIndex(({ kind }) => kind === 'birth');
  const [names, dates] = [shares[given], shares[birth]];
  if (names === undefined || dates === undefined) return null;
  const width = dates.same.length + 1;
  const at = (levels: readonly number[], level: number): number => (level === 0 ? 1 : (levels[level - 1] ?? 1));
  const bits = kinTable(names.unlike, dates.unlike).map((share, place) =>
    Math.log2((at(names.same, Math.floor(place / width)) * at(dates.same, place % width)) / share),
  );
  return { given, birth, bits };
}

function plain(same: readonly number[], other: readonly number[]): Float64Array {
  const bits = new Float64Array(same.length + 1);
  same.forEach((share, level) => {
    bits[level + 1] = limited(Math.log2(share / (other[level] ?? 1)));
  });
  return bits;
}

/**
 * Bits by level, made so that more agreement never weighs less: neighbours that say otherwise are taken together (isotonic regression by
 * pooling adjacent violators). Swapped names stand outside the row.
 */
function rising(comparison: Comparison, same: readonly number[], other: readonly number[]): Float64Array {
  const bits = plain(same, other);
  const pools: { same: number; other: number; levels: number[] }[] = [];
  for (let level = 1; level < bits.length; level += 1) {
    if (comparison.levels[level] === 'swapped') {
      bits[level] = Math.min(bits[level] as number, MOST_SWAPPED);
      continue;
    }
    pools.push({ same: same[level - 1] ?? 0, other: other[level - 1] ?? 0, levels: [level] });
    for (
      let last = pools.at(-1), before = pools.at(-2);
      last !== undefined && before !== undefined;
      before = pools.at(-2)
    ) {
      if (before.same * last.other <= last.same * before.other) break;
      pools.splice(-2, 2, {
        same: before.same + last.same,
        other: before.other + last.other,
        levels: [...before.levels, ...last.levels],
      });
      last = pools.at(-1);
    }
  }
  for (const pool of pools) for (const level of pool.levels) bits[level] = limited(Math.log2(pool.same / pool.other));
  return bits;
}

function limited(bits: number): number {
  return Math.max(-MOST, Math.min(MOST, bits));
}

const MOST_SWAPPED = 12;

export function bitsOf(probability: number): number {
  return Math.log2(probability / (1 - probability));
}

/** Bits of the levels of a pattern together, over strangers and over housemates. */
export function patternBits(
  plan: Plan,
  weights: Weights,
  pattern: number,
): { readonly unlike: number; readonly household: number } {
  let unlike = weights.priorUnlike;
  let household = weights.priorHousehold;
  const { kin } = weights;
  plan.comparisons.forEach((comparison, place) => {
    const level = levelIn(pattern, comparison);
    unlike += (weights.overUnlike[place] as Float64Array)[level] as number;
    if (place !== kin?.given && place !== kin?.birth)
      household += (weights.overHousehold[place] as Float64Array)[level] as number;
  });
  if (kin !== null) {
    const [given, birth] = [plan.comparisons[kin.given], plan.comparisons[kin.birth]];
    if (given !== undefined && birth !== undefined)
      household += kin.bits[levelIn(pattern, given) * birth.levels.length + levelIn(pattern, birth)] as number;
  }
  return { unlike, household };
}

/** Log odds against strangers and housemates together. */
export function together(unlike: number, household: number): number {
  if (household === Number.POSITIVE_INFINITY) return unlike;
  const least = Math.min(unlike, household);
  return least - Math.log2(1 + 2 ** (least - Math.max(unlike, household)));
}
