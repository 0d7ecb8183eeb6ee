import { comparerFor, type PairComparer } from './comparers.ts';
import { larger } from './pool.ts';
import type { Pairs, Plan, RuleBlocks, Slice, Table } from './types.ts';

/**
 * Compares the pairs of slices as `comparePairs` does, to the same result. What the rows of a block say is first brought together in a
 * small table: reaching for the columns of a large one, all over memory, costs more than the comparing.
 */
export class BlockComparer {
  readonly #table: Table;
  readonly #blocks: readonly RuleBlocks[];
  /** The rows of the block at hand, by their places in it. */
  readonly #near: Table;
  readonly #compare: PairComparer;
  /** By rule, the keys of the rows of the block at hand. */
  readonly #keys: readonly Int32Array[];

  constructor(table: Table, plan: Plan, blocks: readonly RuleBlocks[]) {
    const most = Math.max(2, ...blocks.map(({ starts }) => largest(starts)));
    this.#table = table;
    this.#blocks = blocks;
    this.#near = {
      rows: most,
      features: table.features.map(({ name, values }) => ({ name, values, ids: new Int32Array(most) })),
    };
    this.#compare = comparerFor(this.#near, plan);
    this.#keys = blocks.map(() => new Int32Array(most));
  }

  /** The pairs of a slice that no earlier rule finds. `left` is always the smaller row. */
  compare(slice: Slice): Pairs {
    const { order, starts } = this.#blocks[slice.rule] as RuleBlocks;
    const compare = this.#compare;
    const earlier = this.#keys.slice(0, slice.rule);
    let room = Math.max(16, Math.min(slice.pairs, 1 << 16));
    let [left, right, pattern] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
    let count = 0;
    for (let block = slice.from; block < slice.to; block += 1) {
      const start = starts[block] as number;
      const size = (starts[block + 1] as number) - start;
      this.#bring(order, start, size, slice.rule);
      for (let first = 0; first < size; first += 1) {
        for (let second = first + 1; second < size; second += 1) {
          if (foundBefore(earlier, first, second)) continue;
          if (count === room) {
            room *= 2;
            [left, right, pattern] = [larger(left, room), larger(right, room), larger(pattern, room)];
          }
          left[count] = order[start + first] as number;
          right[count] = order[start + second] as number;
          pattern[count] = compare(first, second);
          count += 1;
        }
      }
    }
    return { count, left: left.slice(0, count), right: right.slice(0, count), pattern: pattern.slice(0, count) };
  }

  #bring(order: Int32Array, start: number, size: number, rule: number): void {
    const { features } = this.#table;
    for (let place = 0; place < features.length; place += 1) {
      const far = (features[place] as Table['features'][number]).ids;
      const near = (this.#near.features[place] as Table['features'][number]).ids;
      for (let at = 0; at < size; at += 1) near[at] = far[order[start + at] as number] as number;
    }
    for (let earlier = 0; earlier < rule; earlier += 1) {
      const far = (this.#blocks[earlier] as RuleBlocks).keys;
      const near = this.#keys[earlier] as Int32Array;
      for (let at = 0; at < size; at += 1) near[at] = far[order[start + at] as number] as number;
    }
  }
}

function largest(starts: Int32Array): number {
  let most = 0;
  for (let block = 0; block + 1 < starts.length; block += 1)
    most = Math.max(most, (starts[block + 1] as number) - (starts[block] as number));
  return most;
}

function foundBefore(earlier: readonly Int32Array[], a: number, b: number): boolean {
  for (let rule = 0; rule < earlier.length; rule += 1) {
    const keys = earlier[rule] as Int32Array;
    const key = keys[a] as number;
    if (key !== 0 && key === keys[b]) return true;
  }
  return false;
}
