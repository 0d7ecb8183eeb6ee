/** What expectation–maximisation works on: patterns as levels, and how often each was seen among the candidates. */
export interface Observed {
  /** Levels of each pattern, one comparison after the other: `levels[pattern × comparisons + comparison]`; 0 is missing. */
  readonly levels: Uint8Array;
  readonly counts: Float64Array;
  /** How many levels each comparison has, level 0 among them. */
  readonly sizes: readonly number[];
  /** All pairs there are; those that are no candidates are taken for strangers. */
  readonly pairs: number;
  /** Among housemates two comparisons depend on each other: their levels' joint shares (level 0 among them) stand for both. */
  readonly joint: Joint | null;
  /** Pairs known to be the same person, by pattern; they count beside the others. */
  readonly known: Float64Array;
}

/** `shares[level of first × size of second + level of second]`. */
export interface Joint {
  readonly first: number;
  readonly second: number;
  readonly shares: Float64Array;
}

/** Shares of levels 1…n for each comparison. */
export type Table = readonly Float64Array[];

export interface Mixture {
  readonly same: Table;
  readonly household: Table;
  readonly unlike: Table;
  readonly shareSame: number;
  readonly shareHousehold: number;
}

/** What is believed before the data: shares, and how many pairs they are worth. `household` shares named in `learnt` are learnt. */
export interface Belief {
  readonly same: Table;
  readonly household: Table;
  readonly weight: number;
  readonly learnt: readonly boolean[];
  /** For each comparison the largest share of pairs of the same person that may differ (level 1). */
  readonly mostDifferent: readonly number[];
}

export interface Fit {
  readonly mixture: Mixture;
  /** Log likelihood after each round, with what was believed before; never falls. */
  readonly likelihoods: readonly number[];
  /** Expected pairs of the same person, and of housemates, for each comparison and level. */
  readonly same: Table;
  readonly household: Table;
}

const ROUNDS = 200;
const ENOUGH = 1e-9;

/**
 * Expectation–maximisation for a mixture of three kinds of pairs (the same person, housemates, strangers), levels independent within
 * each kind (Fellegi & Sunter 1969; Winkler 1988). How strangers agree stays as given: random pairs show it better than candidates.
 */
export function fitMixture(observed: Observed, start: Mixture, belief: Belief): Fit {
  const likelihoods: number[] = [];
  let mixture = start;
  let last = expect(observed, mixture);
  likelihoods.push(last.likelihood + believed(mixture, belief));
  for (let round = 0; round < ROUNDS; round += 1) {
    mixture = maximise(observed, mixture, last, belief);
    last = expect(observed, mixture);
    const likelihood = last.likelihood + believed(mixture, belief);
    const before = likelihoods.at(-1) ?? likelihood;
    likelihoods.push(likelihood);
    if (likelihood - before < ENOUGH * Math.abs(likelihood)) break;
  }
  return { mixture, likelihoods, same: last.same, household: last.household };
}

interface Expected {
  readonly likelihood: number;
  readonly same: Table;
  readonly household: Table;
  readonly totalSame: number;
  readonly totalHousehold: number;
}

function expect(observed: Observed, mixture: Mixture): Expected {
  const { levels, counts, sizes, known, joint } = observed;
  const width = sizes.length;
  const together = joint?.shares.map(Math.log);
  const logs = {
    same: logTable(mixture.same),
    household: logTable(mixture.household),
    unlike: logTable(mixture.unlike),
  };
  const shareUnlike = Math.max(Number.MIN_VALUE, 1 - mixture.shareSame - mixture.shareHousehold);
  const prior = [Math.log(mixture.shareSame), Math.log(mixture.shareHousehold), Math.log(shareUnlike)] as const;
  const same = sizes.map((size) => new Float64Array(size - 1));
  const household = sizes.map((size) => new Float64Array(size - 1));
  let [likelihood, totalSame, totalHousehold, seen] = [0, 0, 0, 0];
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    let [s, h, u] = prior;
    let sameAlone = prior[0];
    for (let place = 0; place < width; place += 1) {
      const level = (levels[pattern * width + place] as number) - 1;
      if (level < 0) continue;
      const gain = (logs.same[place] as Float64Array)[level] as number;
      s += gain;
      sameAlone += gain;
      if (joint === null || (place !== joint.first && place !== joint.second))
        h += (logs.household[place] as Float64Array)[level] as number;
      u += (logs.unlike[place] as Float64Array)[level] as number;
    }
    if (joint !== null && together !== undefined) {
      const first = levels[pattern * width + joint.first] as number;
      h += together[
        first * (sizes[joint.second] as number) + (levels[pattern * width + joint.second] as number)
      ] as number;
    }
    const count = counts[pattern] as number;
    const sure = known[pattern] as number;
    const most = Math.max(s, h, u);
    const [es, eh, eu] = [Math.exp(s - most), Math.exp(h - most), Math.exp(u - most)];
    const sum = es + eh + eu;
    likelihood += count * (most + Math.log(sum)) + (sure > 0 ? sure * sameAlone : 0);
    const ofSame = (count * es) / sum + sure;
    const ofHousehold = (count * eh) / sum;
    totalSame += ofSame;
    totalHousehold += ofHousehold;
    seen += count;
    for (let place = 0; place < width; place += 1) {
      const level = (levels[pattern * width + place] as number) - 1;
      if (level < 0) continue;
      add(same[place] as Float64Array, level, ofSame);
      add(household[place] as Float64Array, level, ofHousehold);
    }
  }
  likelihood += Math.max(0, observed.pairs - seen) * prior[2];
  return { likelihood, same, household, totalSame, totalHousehold };
}

function add(into: Float64Array, place: number, amount: number): void {
  into[place] = (into[place] as number) + amount;
}

function logTable(table: Table): Table {
  return table.map((shares) => shares.map(Math.log));
}

function maximise(observed: Observed, before: Mixture, expected: Expected, belief: Belief): Mixture {
  const total = Math.max(observed.pairs, sum(observed.counts)) + sum(observed.known);
  return {
    same: expected.same.map((counts, place) =>
      limited(
        withBelief(counts, belief.same[place] as Float64Array, belief.weight),
        belief.mostDifferent[place] as number,
      ),
    ),
    household: expected.household.map((counts, place) =>
      belief.learnt[place] === true
        ? withBelief(counts, belief.household[place] as Float64Array, belief.weight)
        : (before.household[place] as Float64Array),
    ),
    unlike: before.unlike,
    shareSame: Math.max(LEAST_SHARE, expected.totalSame / total),
    shareHousehold: before.shareHousehold === 0 ? 0 : Math.max(LEAST_SHARE, expected.totalHousehold / total),
  };
}

const LEAST_SHARE = 1e-300;

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}

/** Counts and what was believed, as shares: the mode of a Dirichlet posterior. */
export function withBelief(counts: Float64Array, shares: Float64Array, weight: number): Float64Array {
  const total = sum(counts) + weight;
  return counts.map((count, level) => (count + weight * (shares[level] as number)) / total);
}

/** Shares with at most `most` at level 1, the others in their proportion: what is likeliest under that bound. */
function limited(shares: Float64Array, most: number): Float64Array {
  const different = shares[0] as number;
  if (different <= most) return shares;
  const scale = (1 - most) / (1 - different);
  return shares.map((share, level) => (level === 0 ? most : share * scale));
}

/** The logarithm of what was believed, up to a constant. */
function believed(mixture: Mixture, belief: Belief): number {
  let log = 0;
  belief.same.forEach((shares, place) => {
    shares.forEach((share, level) => {
      log += belief.weight * share * Math.log((mixture.same[place] as Float64Array)[level] as number);
      if (belief.learnt[place] === true)
        log +=
          belief.weight *
          ((belief.household[place] as Float64Array)[level] as number) *
          Math.log((mixture.household[place] as Float64Array)[level] as number);
    });
  });
  return log;
}
