import type {
  Field,
  Links,
  Model,
  PatternCounts,
  Plan,
  Reading,
  RuleBlocks,
  Slice,
  Table,
} from '../core/linkage/types.ts';

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

/** Some columns of a list, for one thread to read. */
export interface ListPart {
  readonly path: string;
  readonly delimiter: ',' | ';' | '\t' | '|';
  /** How many columns the list has. */
  readonly width: number;
  readonly fields: readonly Field[];
  /** For each field its places in a row; several are read as one. */
  readonly places: readonly (readonly number[])[];
  /** The place of the rows' ids, if this part is to keep them. */
  readonly id: number | null;
  readonly reading: Reading;
}

/** What came of a part: its features, or why the file is no list that can be read. */
export type ReadPart =
  | { readonly table: Table; readonly ids: FlatIds | null }
  | {
      /** Where and why, and what to do. */
      readonly fault: string;
    };

/** Ids of rows as bytes of UTF-8, end to end. */
export interface FlatIds {
  readonly bytes: Uint8Array;
  /** Where each row's id ends. */
  readonly ends: Float64Array;
}

/** Candidates done and in all; some come up under several rules and are compared once. */
export type OnPairs = (done: number, total: number) => void;

/**
 * Threads that work on one table, called in the order below. What they find does not depend on how many they are.
 * Every promise rejects when `close` is called, or when a thread dies.
 */
export interface LinkCrew {
  readonly threads: number;
  /** Reads the parts of a list, each in a thread, no more of them than there are threads. `onBytes` hears how far the slowest is. */
  read(parts: readonly ListPart[], onBytes: (bytes: number) => void): Promise<readonly ReadPart[]>;
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
