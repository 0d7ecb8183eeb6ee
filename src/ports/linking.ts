import type { Links, Model, PatternCounts, Plan, RuleBlocks, Slice, Table } from '../core/linkage/types.ts';

/** What candidates there are: blocks by rule, cut into slices of much the same work. */
export interface Candidates {
  readonly blocks: readonly RuleBlocks[];
  readonly slices: readonly Slice[];
}

/** What comparing found: how often each pattern occurs among the candidates, and among pairs drawn from all rows. */
export interface Compared {
  readonly candidates: PatternCounts;
  readonly random: PatternCounts;
}

export interface Scored {
  /** In the order of the slices. */
  readonly links: readonly Links[];
  /** Pairs compared and scored, each once. */
  readonly pairs: number;
}

/** Candidates done and in all; some come up under several rules and are compared once. */
export type OnPairs = (done: number, total: number) => void;

/**
 * Threads that work on one table, called in the order below. What they find does not depend on how many they are.
 * Every promise rejects when `close` is called, or when a thread dies.
 */
export interface LinkCrew {
  readonly threads: number;
  /** Finds the candidates of every rule of the plan. */
  block(table: Table, plan: Plan): Promise<Candidates>;
  /** Compares candidates: all of them, or enough to learn from where keeping them all would take too much memory. */
  compare(candidates: Candidates, onPairs: OnPairs): Promise<Compared>;
  /** Scores all candidates. */
  score(model: Model, onPairs: OnPairs): Promise<Scored>;
  /** Ends the threads, whatever they are doing. */
  close(): Promise<void>;
}

/** A file that comes to be whole or not at all. */
export interface NewFile {
  readonly path: string;
  write(text: string): Promise<void>;
  /** Puts what was written in its place. Throws a `Refusal` when a file is there that was not to be overwritten. */
  keep(): Promise<void>;
  /** Leaves no trace; after `keep` it does nothing. */
  discard(): Promise<void>;
}
