import { levelsOf } from './levels.ts';
import type { Comparison, ComparisonKind, ComparisonModel, Model, Plan } from './types.ts';

/** Shares of levels 1…n among the same person, housemates and strangers. */
export interface Shares {
  readonly same: readonly number[];
  readonly household: readonly number[];
  readonly unlike: readonly number[];
}

/**
 * What is assumed before any data: rounded from published studies of customer and voter files, and cautious. A shop's own data soon
 * outweigh it (see `estimate`).
 */
const KINDS: Readonly<Record<ComparisonKind, Shares>> = {
  given: {
    same: [0.05, 0.05, 0.08, 0.01, 0.81],
    household: [0.965, 0.02, 0.004, 0.001, 0.01],
    unlike: [0.97, 0.02, 0.002, 0.00001, 0.008],
  },
  surname: {
    same: [0.06, 0.03, 0.08, 0.83],
    household: [0.35, 0.02, 0.03, 0.6],
    unlike: [0.98, 0.015, 0.002, 0.003],
  },
  birth: {
    same: [0.03, 0.02, 0.05, 0.9],
    household: [0.974, 0.018, 0.002, 0.006],
    unlike: [0.98, 0.018, 0.00195, 0.00005],
  },
  email: {
    same: [0.45, 0.06, 0.03, 0.46],
    household: [0.92, 0.015, 0.005, 0.06],
    unlike: [0.9995, 0.00048, 0.00001, 0.000002],
  },
  code: {
    same: [0.3, 0.04, 0.66],
    household: [0.65, 0.01, 0.34],
    unlike: [0.99994, 0.00005, 0.00001],
  },
  place: {
    same: [0.15, 0.05, 0.06, 0.02, 0.1, 0.62],
    household: [0.01, 0.005, 0.005, 0.02, 0.12, 0.84],
    unlike: [0.96, 0.03, 0.009, 0.0008, 0.0001, 0.00002],
  },
  exact: {
    same: [0.4, 0.6],
    household: [0.85, 0.15],
    unlike: [0.999995, 0.000005],
  },
  text: {
    same: [0.1, 0.05, 0.1, 0.75],
    household: [0.94, 0.04, 0.005, 0.015],
    unlike: [0.94, 0.04, 0.005, 0.015],
  },
};

/** Where a feature is known to differ from others of its kind. */
const NAMED: Readonly<Partial<Record<Comparison['name'], Shares>>> = {
  national: {
    same: [0.03, 0.05, 0.92],
    household: [0.99989, 0.0001, 0.00001],
    unlike: [0.99998, 0.00002, 0.0000001],
  },
  customer: { same: [0.9, 0.1], household: [0.999999, 0.000001], unlike: [0.999999, 0.000001] },
  device: { same: [0.5, 0.5], household: [0.8, 0.2], unlike: [0.99999, 0.00001] },
  state: { same: [0.05, 0.95], household: [0.01, 0.99], unlike: [0.7, 0.3] },
  country: { same: [0.02, 0.98], household: [0.01, 0.99], unlike: [0.2, 0.8] },
};

export function defaultShares(comparison: Pick<Comparison, 'name' | 'kind'>): Shares {
  return NAMED[comparison.name] ?? KINDS[comparison.kind];
}

/** How likely, before any evidence, two accounts of a shop of unknown size are one person's, and housemates'. */
const PRIOR = { same: 0.000002, household: 0.000004 };

/** The weights that are shipped, for a shop whose own data are too few to learn from. */
export function defaultModel(plan: Pick<Plan, 'comparisons'>): Model {
  return {
    version: 1,
    comparisons: plan.comparisons.map((comparison) => comparisonModel(comparison, defaultShares(comparison), [])),
    same: PRIOR.same,
    household: PRIOR.household,
    rows: 0,
    pairs: 0,
    rounds: 0,
  };
}

export function comparisonModel(
  { name, kind }: Pick<Comparison, 'name' | 'kind'>,
  shares: Shares,
  frequent: ComparisonModel['frequent'],
): ComparisonModel {
  const levels = levelsOf(kind)
    .slice(1)
    .map((level, place) => ({
      level,
      same: shares.same[place] ?? 0,
      household: shares.household[place] ?? 0,
      unlike: shares.unlike[place] ?? 0,
    }));
  return { name, kind, levels, frequent };
}
