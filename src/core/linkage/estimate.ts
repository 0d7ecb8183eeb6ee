import { PatternCounter } from './compare.ts';
import { comparerFor } from './comparers.ts';
import { comparisonModel, defaultShares } from './defaults.ts';
import { type Belief, type Fit, fitMixture, type Joint, type Mixture, type Observed, withBelief } from './em.ts';
import { frequencyFeature } from './frequency.ts';
import { kinShares, kinTable } from './kin.ts';
import { levelAt } from './levels.ts';
import { levelIn } from './patterns.ts';
import type { Comparison, ComparisonModel, Label, Model, PatternCounts, Plan, Table } from './types.ts';

export interface EstimateInput {
  readonly table: Table;
  readonly plan: Plan;
  /** Patterns of all candidates (`comparePairs`), and of random pairs (`randomPairs`). */
  readonly candidates: PatternCounts;
  readonly random: PatternCounts;
  readonly labels?: readonly Label[];
}

/** What is assumed is worth so many pairs of the same person, and so many of strangers. */
const WEIGHT = { same: 12, unlike: 100 };
/** A person's word counts as much as so many pairs found. A split pair is held against what all strangers show. */
const LABEL = { same: 3, different: 1, strangers: 100_000 };
/** How strangers agree is corrected for the pairs found to be the same so many times. */
const CORRECTIONS = 3;
/** Nothing says more than this, either way: no level is impossible. */
const LEAST = 1e-9;
/** Not learnt for housemates: each has their own. What else they share, the data show. */
const OWN: readonly Comparison['name'][] = ['given', 'birth', 'national', 'customer'];
/** At most so many accounts of one person differ in these: else the weights would have learnt families, not people. */
const MOST_DIFFERENT: Readonly<Partial<Record<Comparison['name'], number>>> = {
  given: 0.3,
  birth: 0.3,
  national: 0.3,
  surname: 0.4,
};

/**
 * Weights from a shop's own data, without being told which pairs are the same person: how strangers agree from random pairs and
 * the frequency of values, how the same person and housemates agree by expectation–maximisation over the candidates.
 * Staff's words, where there are any, count beside. The same data in any order give the same weights.
 */
export function estimate({ table, plan, candidates, random, labels = [] }: EstimateInput): Model {
  const observed = observe(table, plan, candidates, labels);
  const defaults = plan.comparisons.map(defaultShares);
  const drawn = plan.comparisons.map((comparison) => levelCounts(comparison, random));
  const split = plan.comparisons.map((comparison) =>
    levelCounts(comparison, labelled(table, plan, labels, 'different')),
  );
  const base = plan.comparisons.map((_, place) => {
    const learnt = withBelief(
      drawn[place] as Float64Array,
      Float64Array.from(defaults[place]?.unlike ?? []),
      WEIGHT.unlike,
    );
    return withBelief(scaled(split[place] as Float64Array, LABEL.different), learnt, LABEL.strangers);
  });
  const homes = plan.comparisons.some(({ kind }) => kind === 'given' || kind === 'birth');
  const equal = plan.comparisons.map((comparison) => equalPairs(table, comparison));
  let unlike: readonly Float64Array[] = base;
  let result: Fit | null = null;
  for (let round = 0; round < CORRECTIONS; round += 1) {
    unlike = base.map((shares, place) =>
      withEqual(
        shares,
        plan.comparisons[place] as Comparison,
        equal[place] ?? null,
        defaults[place]?.unlike.at(-1) ?? 0,
        (result?.same[place]?.at(-1) ?? 0) + (result?.household[place]?.at(-1) ?? 0),
      ),
    );
    const kin = kinOf(plan, unlike);
    const belief = believed(plan, unlike, kin);
    const start: Mixture = {
      same: belief.same,
      household: belief.household,
      unlike,
      shareSame: 1 / Math.max(10, table.rows),
      shareHousehold: homes ? 1 / Math.max(10, table.rows) : 0,
    };
    result = fitMixture({ ...observed, joint: jointOf(plan, kin) }, start, belief);
  }
  const { mixture, likelihoods } = result as Fit;
  return {
    version: 1,
    comparisons: plan.comparisons.map((comparison, place) => modelOf(table, comparison, mixture, place)),
    same: mixture.shareSame,
    household: mixture.shareHousehold,
    rows: table.rows,
    pairs: observed.counts.reduce((sum, count) => sum + count, 0),
    rounds: likelihoods.length - 1,
  };
}

/** The levels of patterns, and what labels say of them. */
export function observe(table: Table, plan: Plan, candidates: PatternCounts, labels: readonly Label[]): Observed {
  const same = labelled(table, plan, labels, 'same');
  const different = labelled(table, plan, labels, 'different');
  const places = new Map<number, number>();
  for (const pattern of [...candidates.patterns, ...same.patterns])
    if (!places.has(pattern)) places.set(pattern, places.size);
  const width = plan.comparisons.length;
  const levels = new Uint8Array(places.size * width);
  const counts = new Float64Array(places.size);
  const known = new Float64Array(places.size);
  for (const [pattern, place] of places)
    plan.comparisons.forEach((comparison, at) => {
      levels[place * width + at] = levelIn(pattern, comparison);
    });
  const put = (from: PatternCounts, into: Float64Array, times: number): void => {
    from.patterns.forEach((pattern, at) => {
      const place = places.get(pattern);
      if (place !== undefined) into[place] = Math.max(0, (into[place] as number) + (from.counts[at] as number) * times);
    });
  };
  put(candidates, counts, 1);
  put(same, counts, -1);
  put(different, counts, -1);
  put(same, known, LABEL.same);
  const sizes = plan.comparisons.map((comparison) => comparison.levels.length);
  return { levels, counts, sizes, known, joint: null, pairs: (table.rows * (table.rows - 1)) / 2 };
}

function labelled(table: Table, plan: Plan, labels: readonly Label[], verdict: Label['verdict']): PatternCounts {
  const compare = comparerFor(table, plan, { remember: false });
  const counter = new PatternCounter();
  for (const label of labels)
    if (label.verdict === verdict)
      counter.add(compare(Math.min(label.left, label.right), Math.max(label.left, label.right)));
  return counter.result();
}

function levelCounts(comparison: Comparison, { patterns, counts }: PatternCounts): Float64Array {
  const sums = new Float64Array(comparison.levels.length - 1);
  patterns.forEach((pattern, at) => {
    const level = levelIn(pattern, comparison) - 1;
    if (level >= 0) sums[level] = (sums[level] as number) + (counts[at] as number);
  });
  return sums;
}

function scaled(counts: Float64Array, by: number): Float64Array {
  return counts.map((count) => count * by);
}

interface EqualPairs {
  readonly equal: number;
  readonly all: number;
}

/** Of all pairs with a value, those with the same one: counted from how often each value stands, exact where a draw would see none. */
function equalPairs(table: Table, comparison: Comparison): EqualPairs | null {
  const feature = frequencyFeature(table, comparison.name);
  if (feature === null) return null;
  let [rows, equal] = [0, 0];
  for (let id = 0; id < feature.values.count; id += 1) {
    const count = feature.values.counts[id] as number;
    rows += count;
    equal += (count * (count - 1)) / 2;
  }
  return rows < 2 ? null : { equal, all: (rows * (rows - 1)) / 2 };
}

/** Shares of strangers with the highest level set from frequencies, less the pairs that were not strangers. */
function withEqual(
  shares: Float64Array,
  comparison: Comparison,
  pairs: EqualPairs | null,
  assumed: number,
  found: number,
): Float64Array {
  const top = shares.length - 1;
  const equal =
    pairs === null
      ? (shares[top] as number)
      : (Math.max(0, pairs.equal - found) + assumed * WEIGHT.unlike) / (pairs.all + WEIGHT.unlike);
  const limited = Math.min(
    0.99,
    Math.max(LEAST, pairs === null ? 0 : 1 / (pairs.all + WEIGHT.unlike / assumed), equal),
  );
  const rest = (1 - limited) / Math.max(LEAST, 1 - (shares[top] as number));
  const set = shares.map((share, level) => Math.max(LEAST, level === top ? limited : share * rest));
  if (comparison.kind !== 'given') return set;
  const swapped = levelAt('given', 'swapped') - 1;
  set[swapped] = Math.max(set[swapped] as number, SWAPPED);
  return set;
}

/** Strangers whose names are each other's the other way round are never taken to be rarer than this. */
const SWAPPED = 1e-5;

function believed(plan: Plan, unlike: readonly Float64Array[], kin: Float64Array): Belief {
  const defaults = plan.comparisons.map(defaultShares);
  return {
    same: defaults.map(({ same }) => Float64Array.from(same)),
    household: plan.comparisons.map(({ name, kind }, place) => {
      if (kind === 'given' || kind === 'birth') return Float64Array.from(kinShares(kin, kind));
      return OWN.includes(name) ? (unlike[place] as Float64Array) : Float64Array.from(defaults[place]?.household ?? []);
    }),
    weight: WEIGHT.same,
    learnt: plan.comparisons.map(({ name }) => !OWN.includes(name)),
    mostDifferent: plan.comparisons.map(({ name }) => MOST_DIFFERENT[name] ?? 1),
  };
}

function jointOf(plan: Plan, shares: Float64Array): Joint | null {
  const first = plan.comparisons.findIndex(({ kind }) => kind === 'given');
  const second = plan.comparisons.findIndex(({ kind }) => kind === 'birth');
  return first < 0 || second < 0 ? null : { first, second, shares };
}

/** How the given name and birth date of housemates go together, by how strangers' do. */
function kinOf(plan: Plan, unlike: readonly Float64Array[]): Float64Array {
  const of = (kind: 'given' | 'birth'): ArrayLike<number> => {
    const place = plan.comparisons.findIndex((comparison) => comparison.kind === kind);
    return unlike[place] ?? defaultShares({ name: kind, kind }).unlike;
  };
  return kinTable(of('given'), of('birth'));
}

const MOST_FREQUENT = 5_000;

function modelOf(table: Table, comparison: Comparison, mixture: Mixture, place: number): ComparisonModel {
  const shares = {
    same: [...(mixture.same[place] as Float64Array)],
    household: [...(mixture.household[place] as Float64Array)],
    unlike: [...(mixture.unlike[place] as Float64Array)],
  };
  return comparisonModel(comparison, shares, frequentValues(table, comparison, shares.unlike.at(-1) ?? 1));
}

/** Values that say less than the average one, with the share of rows that have them; by hash, so that no model holds a name. */
function frequentValues(table: Table, comparison: Comparison, average: number): ComparisonModel['frequent'] {
  const feature = frequencyFeature(table, comparison.name);
  if (feature === null) return [];
  const { values } = feature;
  const found: (readonly [number, number])[] = [];
  const least = Math.max(8, average * table.rows);
  for (let id = 0; id < values.count; id += 1) {
    const count = values.counts[id] as number;
    if (count > least) found.push([values.hashes[id] as number, count / table.rows]);
  }
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_FREQUENT);
}
