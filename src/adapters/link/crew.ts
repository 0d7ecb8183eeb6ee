import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { cutSlices } from '../../core/linkage/blocking.ts';
import { addCounts } from '../../core/linkage/compare.ts';
import type { Links, Model, Plan, Slice, Table } from '../../core/linkage/types.ts';
import type { Candidates, Compared, LinkCrew, ListPart, OnPairs, ReadPart, Scored } from '../../ports/linking.ts';
import type { Answer, Answers, Job, JobOf } from './jobs.ts';

/** Slices a crew of any size is given: the same cut for every number of threads, fine enough that none waits long for the last. */
const SLICES = 256;
/** Pairs kept between comparing and scoring, at 12 bytes each. With more, a share is learnt from and all are compared again. */
const MOST_KEPT = 40_000_000;
const MOST_THREADS = 64;

/** As many threads as this machine runs at once. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_THREADS);
}

/** Starts threads that link a list together; `entry` is the program of each, which calls `serveCrew`. `close` must be called in the end. */
export function startCrew(threads: number, entry: URL): LinkCrew {
  return new Crew(threads, entry);
}

class Crew implements LinkCrew {
  readonly #hands: readonly Hand[];
  #candidates: Candidates = { blocks: [], slices: [] };
  /** Which hand keeps the pairs of a slice. */
  readonly #keeper = new Map<number, Hand>();

  constructor(threads: number, entry: URL) {
    this.#hands = Array.from({ length: threads }, () => new Hand(entry));
  }

  get threads(): number {
    return this.#hands.length;
  }

  async read(parts: readonly ListPart[], onBytes: (bytes: number) => void): Promise<readonly ReadPart[]> {
    const far = parts.map(() => 0);
    return this.#share(parts, (hand, part, place) =>
      hand.run({ kind: 'read', part }, (bytes) => {
        far[place] = bytes;
        onBytes(Math.min(...far));
      }),
    );
  }

  async block(table: Table, plan: Plan): Promise<Candidates> {
    await this.#all({ kind: 'table', table, plan });
    const blocks = await this.#share(plan.rules, (hand, _, rule) => hand.run({ kind: 'block', rule }));
    return { blocks, slices: cutSlices(blocks, SLICES) };
  }

  async compare(candidates: Candidates, onPairs: OnPairs): Promise<Compared> {
    this.#candidates = candidates;
    await this.#all({ kind: 'blocks', blocks: candidates.blocks });
    const chosen = learningSlices(candidates.slices.map((slice) => slice.pairs));
    const progress = new Tally(chosen, candidates.slices, onPairs);
    let random: Answers['random'] | null = null;
    await this.#share([null, ...chosen], async (hand, index) => {
      if (index === null) {
        random = await hand.run({ kind: 'random' });
        return;
      }
      const slice = candidates.slices[index];
      if (slice === undefined) throw new Error(`There is no slice ${index}`);
      this.#keeper.set(index, hand);
      await hand.run({ kind: 'compare', index, slice, keep: true });
      progress.add(slice);
    });
    if (random === null) throw new Error('No pairs were drawn');
    return { candidates: addCounts(await this.#all({ kind: 'counts' })), random };
  }

  async score(model: Model, onPairs: OnPairs): Promise<Scored> {
    await this.#all({ kind: 'model', model });
    const { slices } = this.#candidates;
    const links: Links[] = new Array(slices.length);
    const progress = new Tally([...slices.keys()], slices, onPairs);
    let pairs = 0;
    const scoreOne = async (hand: Hand, index: number): Promise<void> => {
      const slice = slices[index];
      if (slice === undefined) throw new Error(`There is no slice ${index}`);
      const scored = await hand.run({ kind: 'score', index, slice });
      links[index] = scored.links;
      pairs += scored.pairs;
      progress.add(slice);
    };
    const left = [...slices.keys()].filter((index) => !this.#keeper.has(index));
    await Promise.all(
      this.#hands.map(async (hand) => {
        for (const [index, keeper] of this.#keeper) if (keeper === hand) await scoreOne(hand, index);
        for (let index = left.shift(); index !== undefined; index = left.shift()) await scoreOne(hand, index);
      }),
    );
    this.#keeper.clear();
    return { links, pairs };
  }

  async close(): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.end()));
  }

  #all<K extends Job['kind']>(job: JobOf<K>): Promise<Answers[K][]> {
    return Promise.all(this.#hands.map((hand) => hand.run(job)));
  }

  /** Gives out tasks one by one to whoever is free; the results are in the order of the tasks. */
  async #share<T, R>(tasks: readonly T[], work: (hand: Hand, task: T, index: number) => Promise<R>): Promise<R[]> {
    const results: R[] = new Array(tasks.length);
    const left = [...tasks.entries()];
    await Promise.all(
      this.#hands.map(async (hand) => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const [index, task] = next;
          results[index] = await work(hand, task, index);
        }
      }),
    );
    return results;
  }
}

/** The slices to compare first, and keep: all, or every so-manieth where all would be more than can be kept. */
function learningSlices(pairs: readonly number[]): readonly number[] {
  const total = pairs.reduce((sum, one) => sum + one, 0);
  const step = Math.max(1, Math.ceil(total / MOST_KEPT));
  return [...pairs.keys()].filter((index) => index % step === 0);
}

/** Tells how much of some slices is done. */
class Tally {
  readonly #total: number;
  readonly #tell: OnPairs;
  #done = 0;

  constructor(indexes: readonly number[], slices: readonly Slice[], tell: OnPairs) {
    this.#total = indexes.reduce((sum, index) => sum + (slices[index]?.pairs ?? 0), 0);
    this.#tell = tell;
  }

  add(slice: Slice): void {
    this.#done += slice.pairs;
    this.#tell(this.#done, this.#total);
  }
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly onBytes: ((bytes: number) => void) | undefined;
}

/** One thread, which does one job at a time in the order they come. */
class Hand {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: Error | null = null;

  constructor(entry: URL) {
    this.#worker = new Worker(entry);
    this.#worker.on('message', (answer: Answer) => {
      if ('bytes' in answer) {
        this.#waiting[0]?.onBytes?.(answer.bytes);
        return;
      }
      const next = this.#waiting.shift();
      if ('error' in answer) next?.reject(answer.error);
      else next?.resolve(answer.value as never);
    });
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#fail(new Error('A thread of the linkage ended too early')));
  }

  run<K extends Job['kind']>(job: JobOf<K>, onBytes?: (bytes: number) => void): Promise<Answers[K]> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended);
      this.#waiting.push({ resolve, reject, onBytes });
      this.#worker.postMessage(job);
    });
  }

  async end(): Promise<void> {
    this.#fail(new Error('The linkage was stopped'));
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}
