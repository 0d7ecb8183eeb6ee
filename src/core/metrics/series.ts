import type { Instant } from '../shared/time.ts';
import type { Fact, History } from './facts.ts';
import type { Exclusion, MetricRequest } from './types.ts';

/** One fact as a metric sees it: how much it adds to the number, or why it adds nothing. */
export interface Entry {
  readonly fact: Fact;
  /** Whole number: how many, or minor units. */
  readonly amount: number;
  readonly exclusion: Exclusion | null;
}

/** What a metric adds up: the entries of one customer, oldest first. */
export type Series = (history: History, request: MetricRequest) => readonly Entry[];

/**
 * The series over a list of facts. `amount` gives what a fact adds, or null when it is none of this metric's business.
 * `doubt` gives a reason of the metric's own not to count it. A fact's own exclusion goes before both that and what the
 * policy leaves out, because it says more.
 */
export function seriesOf<F extends Fact>(
  facts: (history: History, request: MetricRequest) => readonly F[],
  amount: (fact: F) => number | null,
  doubt: (fact: F) => Exclusion | null = () => null,
): Series {
  return remembered((history, request) => {
    const leftOut = request.exclude;
    const entries: Entry[] = [];
    for (const fact of facts(history, request)) {
      const adds = amount(fact);
      if (adds === null) continue;
      const left = leftOut.length > 0 && fact.reason !== undefined && leftOut.includes(fact.reason);
      entries.push({
        fact,
        amount: adds,
        exclusion: fact.exclusion ?? doubt(fact) ?? (left ? 'left_out_by_policy' : null),
      });
    }
    return entries;
  });
}

/**
 * The same series, worked out once per history and set of reasons left out: a count, its share and its sparkline look at
 * the same entries, and a history never changes.
 */
export function remembered(series: Series): Series {
  const known = new WeakMap<History, Map<string, readonly Entry[]>>();
  return (history, request) => {
    const key = request.exclude.join();
    let byReasons = known.get(history);
    if (byReasons === undefined) {
      byReasons = new Map();
      known.set(history, byReasons);
    }
    let entries = byReasons.get(key);
    if (entries === undefined) {
      entries = series(history, request);
      byReasons.set(key, entries);
    }
    return entries;
  };
}

/** Index of the first entry after `at`; entries are oldest first. */
export function firstAfter(entries: readonly Entry[], at: Instant | null): number {
  if (at === null) return 0;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && entry.fact.at > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

export const one = (): number => 1;
