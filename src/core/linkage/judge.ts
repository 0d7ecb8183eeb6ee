import { classify, rowFacts, type Signs, signsOf, type Verdict } from './classify.ts';
import { namesakeBits } from './kin.ts';
import { levelIn } from './patterns.ts';
import { type Rarity, raritiesOf } from './rarity.ts';
import type { Model, Plan, Table } from './types.ts';
import { patternBits, together, type Weights, weightsOf } from './weights.ts';

/** What a pattern weighs, before the frequency of values. */
export interface Weighed {
  readonly unlike: number;
  readonly household: number;
  readonly signs: Signs;
  /** Comparisons whose value's frequency counts: those that agree, and (only against) those that nearly do. */
  readonly equal: readonly Rarity[];
  readonly near: readonly Rarity[];
  /** The rarity of the given name, where it is equal: housemates share a common name by chance, a rare one only as namesakes. */
  readonly called: Rarity | null;
  /** Whether any frequencies could make it more than `unlike`. */
  readonly hopeless: boolean;
}

/** Weighs and judges pairs of one table under one model. */
export interface Judge {
  readonly plan: Plan;
  readonly table: Table;
  readonly weights: Weights;
  readonly rarities: readonly (Rarity | null)[];
  weighed(pattern: number): Weighed;
  /** Log odds in bits. */
  bits(weighed: Weighed, left: number, right: number): number;
  verdict(weighed: Weighed, bits: number, left: number, right: number): Verdict;
}

const MOST_RARITY = 8;
/** More than the rarity of a given name can tell a person from a housemate. */
const MOST_NAMESAKE = 4;
/** Patterns whose weight is remembered; real data have a few thousand. */
const MOST_KNOWN = 1 << 16;

/** `learnt` rarities stand in for the table's own frequencies, where the table is not the whole population. */
export function judgeOf(table: Table, plan: Plan, model: Model, learnt?: readonly (Rarity | null)[]): Judge {
  const weights = weightsOf(plan, model);
  const rarities = learnt ?? raritiesOf(table, plan, weights);
  const facts = rowFacts(table);
  const known = new Map<number, Weighed>();
  const givenPlace = plan.comparisons.findIndex(({ kind }) => kind === 'given');
  const given = plan.comparisons[givenPlace];
  const calledAlike = rarities[givenPlace] ?? null;
  const chance = weights.agree[givenPlace] ?? 0;
  const weigh = (pattern: number): Weighed => {
    const { unlike, household } = patternBits(plan, weights, pattern);
    const [equal, near]: [Rarity[], Rarity[]] = [[], []];
    plan.comparisons.forEach((comparison, place) => {
      const rarity = rarities[place] ?? null;
      const below = comparison.levels.length - 1 - levelIn(pattern, comparison);
      if (rarity !== null && below === 0) equal.push(rarity);
      else if (rarity !== null && NEAR.has(comparison.levels[comparison.levels.length - 1 - below] ?? ''))
        near.push(rarity);
    });
    const signs = signsOf(plan, pattern);
    const most = together(unlike + MOST_RARITY * equal.length, household + MOST_NAMESAKE);
    const called = given !== undefined && levelIn(pattern, given) === given.levels.length - 1 ? calledAlike : null;
    return {
      unlike,
      household,
      signs,
      equal,
      near,
      called,
      hopeless: most < weights.probable && !(signs.home && signs.other),
    };
  };
  return {
    plan,
    table,
    weights,
    rarities,
    weighed(pattern) {
      const before = known.get(pattern);
      if (before !== undefined) return before;
      const weighed = weigh(pattern);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(pattern, weighed);
      return weighed;
    },
    bits({ unlike, household, equal, near, called }, left, right) {
      let sum = unlike;
      for (let place = 0; place < equal.length; place += 1) sum += (equal[place] as Rarity)(left, right);
      for (let place = 0; place < near.length; place += 1) sum += Math.min(0, (near[place] as Rarity)(left, right));
      return together(sum, called === null ? household : household + namesakeBits(chance, called(left, right)));
    },
    verdict(weighed, bits, left, right) {
      const { signs } = weighed;
      return classify(
        signs,
        bits,
        weights,
        signs.email && facts.bothVerified(left, right),
        signs.home && signs.other && facts.isHome(left, right),
      );
    },
  };
}

/** Levels just below equality, where a common value says less too. */
const NEAR: ReadonlySet<string> = new Set(['close', 'address close']);
