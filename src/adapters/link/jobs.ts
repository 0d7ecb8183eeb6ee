import type { Links, Model, PatternCounts, Plan, RuleBlocks, Slice, Table } from '../../core/linkage/types.ts';
import type { ListPart, ReadPart } from '../../ports/linking.ts';

/** What a thread can be asked to do. What it needs again it keeps. */
export type Job =
  | { readonly kind: 'read'; readonly part: ListPart }
  | { readonly kind: 'table'; readonly table: Table; readonly plan: Plan }
  | { readonly kind: 'block'; readonly rule: number }
  | { readonly kind: 'blocks'; readonly blocks: readonly RuleBlocks[] }
  | { readonly kind: 'random' }
  /** With `keep`, the pairs stay in the thread until they are scored. */
  | { readonly kind: 'compare'; readonly index: number; readonly slice: Slice; readonly keep: boolean }
  | { readonly kind: 'counts' }
  | { readonly kind: 'model'; readonly model: Model }
  /** Scores the pairs kept under this index, or compares the slice anew. */
  | { readonly kind: 'score'; readonly index: number; readonly slice: Slice };

export type JobOf<K extends Job['kind']> = Extract<Job, { readonly kind: K }>;

/** What each job gives. */
export interface Answers {
  readonly read: ReadPart;
  readonly table: null;
  readonly block: RuleBlocks;
  readonly blocks: null;
  readonly random: PatternCounts;
  /** How many pairs there were. */
  readonly compare: number;
  /** Of all that was compared since the last time it was asked. */
  readonly counts: PatternCounts;
  readonly model: null;
  readonly score: { readonly links: Links; readonly pairs: number };
}

/** What a thread says: how far it is with the job at hand, or what came of it. */
export type Answer = { readonly bytes: number } | { readonly value: Answers[Job['kind']] } | { readonly error: Error };
