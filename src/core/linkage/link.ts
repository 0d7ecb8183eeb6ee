import { blockRule, cutSlices } from './blocking.ts';
import { cluster, joinLinks } from './cluster.ts';
import { addCounts, comparePairs, countPatterns } from './compare.ts';
import { comparerFor } from './comparers.ts';
import { estimate } from './estimate.ts';
import { judgeOf } from './judge.ts';
import { randomPairs } from './random.ts';
import { scorePairs } from './score.ts';
import type { Clusters, Label, Links, Model, Plan, Skipped, Table } from './types.ts';

export interface Linked {
  readonly model: Model;
  readonly links: Links;
  readonly clusters: Clusters;
  readonly skipped: readonly Skipped[];
  /** Pairs compared. */
  readonly compared: number;
}

/** Finds candidates, learns the weights, scores and clusters: all of linkage on one thread. */
export function linkTable(table: Table, plan: Plan, labels: readonly Label[] = []): Linked {
  const blocks = plan.rules.map((rule) => blockRule(table, rule, plan.largestBlock));
  const comparer = comparerFor(table, plan);
  const all = cutSlices(blocks, 1).map((slice) => comparePairs(table, plan, blocks, slice, comparer));
  const candidates = addCounts(all.map((pairs) => countPatterns(pairs)));
  const model = estimate({ table, plan, candidates, random: randomPairs(table, plan), labels });
  const judge = judgeOf(table, plan, model);
  const links = joinLinks(all.map((pairs) => scorePairs(table, plan, model, pairs, judge)));
  return {
    model,
    links,
    clusters: cluster(table, plan, model, links, labels),
    skipped: blocks.map(({ skipped }) => skipped).filter(({ blocks: left }) => left > 0),
    compared: all.reduce((sum, { count }) => sum + count, 0),
  };
}
