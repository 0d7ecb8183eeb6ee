import { comparerFor, type PairComparer } from './comparers.ts';
import { larger, spread } from './pool.ts';
import type { Pairs, PatternCounts, Plan, RuleBlocks, Slice, Table } from './types.ts';

/**
 * Compares the pairs of a slice that no earlier rule finds. Give the `comparer` of an earlier slice (`comparerFor`) to keep what
 * it remembers. `left` is always the smaller row.
 */
export function comparePairs(
  table: Table,
  plan: Plan,
  blocks: readonly RuleBlocks[],
  slice: Slice,
  comparer: PairComparer = comparerFor(table, plan),
): Pairs {
  const { order, starts } = blocks[slice.rule] as RuleBlocks;
  const earlier = blocks.slice(0, slice.rule).map(({ keys }) => keys);
  let room = Math.max(16, Math.min(slice.pairs, 1 << 16));
  let [left, right, pattern] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
  let count = 0;
  for (let block = slice.from; block < slice.to; block += 1) {
    const end = starts[block + 1] as number;
    for (let first = starts[block] as number; first < end; first += 1) {
      const a = order[first] as number;
      for (let second = first + 1; second < end; second += 1) {
        const b = order[second] as number;
        if (foundBefore(earlier, a, b)) continue;
        if (count === room) {
          room *= 2;
          [left, right, pattern] = [larger(left, room), larger(right, room), larger(pattern, room)];
        }
        left[count] = a;
        right[count] = b;
        pattern[count] = comparer(a, b);
        count += 1;
      }
    }
  }
  return { count, left: left.slice(0, count), right: right.slice(0, count), pattern: pattern.slice(0, count) };
}

function foundBefore(earlier: readonly Int32Array[], a: number, b: number): boolean {
  for (let rule = 0; rule < earlier.length; rule += 1) {
    const keys = earlier[rule] as Int32Array;
    const key = keys[a] as number;
    if (key !== 0 && key === keys[b]) return true;
  }
  return false;
}

/** Counts patterns: few are distinct, whatever the number of pairs. */
export class PatternCounter {
  #keys = new Int32Array(1 << 12).fill(-1);
  #counts = new Float64Array(1 << 12);
  #distinct = 0;

  add(pattern: number, times = 1): void {
    const mask = this.#keys.length - 1;
    let slot = spread(pattern) & mask;
    while (this.#keys[slot] !== pattern && this.#keys[slot] !== -1) slot = (slot + 1) & mask;
    if (this.#keys[slot] === -1) {
      this.#keys[slot] = pattern;
      this.#distinct += 1;
    }
    this.#counts[slot] = (this.#counts[slot] as number) + times;
    if (this.#distinct * 2 > this.#keys.length) this.#grow();
  }

  addAll({ patterns, counts }: PatternCounts): void {
    patterns.forEach((pattern, place) => {
      this.add(pattern, counts[place]);
    });
  }

  /** The counts in the order of the patterns, whatever the order they were seen in. */
  result(): PatternCounts {
    const slots = [...this.#keys.keys()]
      .filter((slot) => this.#keys[slot] !== -1)
      .sort((a, b) => (this.#keys[a] as number) - (this.#keys[b] as number));
    return {
      patterns: Int32Array.from(slots, (slot) => this.#keys[slot] as number),
      counts: Float64Array.from(slots, (slot) => this.#counts[slot] as number),
    };
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new Int32Array(keys.length * 4).fill(-1);
    this.#counts = new Float64Array(keys.length * 4);
    this.#distinct = 0;
    keys.forEach((key, slot) => {
      if (key !== -1) this.add(key, counts[slot]);
    });
  }
}

/** How often each pattern occurs in pairs, added to earlier counts if there are any. */
export function countPatterns(pairs: Pairs, earlier?: PatternCounts): PatternCounts {
  const counter = new PatternCounter();
  if (earlier !== undefined) counter.addAll(earlier);
  for (let place = 0; place < pairs.count; place += 1) counter.add(pairs.pattern[place] as number);
  return counter.result();
}

/** Counts of several threads or slices as one. */
export function addCounts(all: readonly PatternCounts[]): PatternCounts {
  const counter = new PatternCounter();
  for (const counts of all) counter.addAll(counts);
  return counter.result();
}
