import { parentPort } from 'node:worker_threads';
import { BlockComparer } from '../../core/linkage/block-comparer.ts';
import { blockRule } from '../../core/linkage/blocking.ts';
import { PatternCounter } from '../../core/linkage/compare.ts';
import { type Judge, judgeOf } from '../../core/linkage/judge.ts';
import { randomPairs } from '../../core/linkage/random.ts';
import { scorePairs } from '../../core/linkage/score.ts';
import type { Links, Model, Pairs, Plan, RuleBlocks, Slice, Table } from '../../core/linkage/types.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import type { ListPart, ReadPart } from '../../ports/linking.ts';
import type { Answer, Answers, Job } from './jobs.ts';

let table: Table | null = null;
let plan: Plan | null = null;
let blocks: readonly RuleBlocks[] | null = null;
let comparer: BlockComparer | null = null;
let model: Model | null = null;
let judge: Judge | null = null;
let counter = new PatternCounter();
const kept = new Map<number, Pairs>();

async function run(job: Job, read: PartReader): Promise<Answers[Job['kind']]> {
  switch (job.kind) {
    case 'read':
      return read(job.part, (bytes) => parentPort?.postMessage({ bytes } satisfies Answer));
    case 'table':
      table = job.table;
      plan = job.plan;
      comparer = null;
      kept.clear();
      return null;
    case 'block': {
      const rule = given(plan).rules[job.rule];
      return blockRule(given(table), given(rule ?? null), given(plan).largestBlock, { shared: true });
    }
    case 'blocks':
      blocks = job.blocks;
      return null;
    case 'random':
      return randomPairs(given(table), given(plan));
    case 'compare': {
      const pairs = pairsOf(job.slice);
      for (let place = 0; place < pairs.count; place += 1) counter.add(pairs.pattern[place] ?? 0);
      if (job.keep) kept.set(job.index, pairs);
      return pairs.count;
    }
    case 'counts': {
      const counts = counter.result();
      counter = new PatternCounter();
      return counts;
    }
    case 'model':
      model = job.model;
      judge = judgeOf(given(table), given(plan), model);
      return null;
    case 'score': {
      const pairs = kept.get(job.index) ?? pairsOf(job.slice);
      kept.delete(job.index);
      return { links: scored(pairs), pairs: pairs.count };
    }
    default:
      return assertNever(job);
  }
}

function pairsOf(slice: Slice): Pairs {
  comparer ??= new BlockComparer(given(table), given(plan), given(blocks));
  return comparer.compare(slice);
}

function scored(pairs: Pairs): Links {
  return scorePairs(given(table), given(plan), given(model), pairs, given(judge));
}

function given<T>(value: T | null): T {
  if (value === null) throw new Error('A job came before what it needs');
  return value;
}

async function answer(job: Job, read: PartReader): Promise<Answer> {
  try {
    return { value: await run(job, read) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Reads a part of a list, telling how many bytes of the file it has read. */
export type PartReader = (part: ListPart, onBytes: (bytes: number) => void) => Promise<ReadPart>;

/** Does the jobs of a crew in this thread, one after another as they come. */
export function serveCrew(read: PartReader): void {
  let before: Promise<void> = Promise.resolve();
  parentPort?.on('message', (job: Job) => {
    before = before.then(async () => parentPort?.postMessage(await answer(job, read)));
  });
}
