import { keysOf } from './keys.ts';
import type { BlockingRule, RuleBlocks, Slice, Table } from './types.ts';

/** The blocks of one rule. Blocks larger than `largestBlock` are left out and counted. */
export function blockRule(
  table: Table,
  rule: BlockingRule,
  largestBlock: number,
  options: { readonly shared?: boolean } = {},
): RuleBlocks {
  const room = (length: number): Int32Array =>
    new Int32Array(options.shared === true ? new SharedArrayBuffer(length * 4) : new ArrayBuffer(length * 4));
  const keys = room(table.rows);
  keysOf(table, rule, keys);
  const sorted = sortedRows(keys);
  const counts = { kept: 0, blocks: 0, skippedBlocks: 0, skippedRows: 0, skippedPairs: 0 };
  eachRun(keys, sorted, (from, to) => {
    const size = to - from;
    if (size < 2) return;
    if (size <= largestBlock) {
      counts.kept += size;
      counts.blocks += 1;
      return;
    }
    counts.skippedBlocks += 1;
    counts.skippedRows += size;
    counts.skippedPairs += (size * (size - 1)) / 2;
  });
  const order = room(counts.kept);
  const starts = room(counts.blocks + 1);
  let rows = 0;
  let block = 0;
  eachRun(keys, sorted, (from, to) => {
    if (to - from >= 2 && to - from <= largestBlock) {
      starts[block] = rows;
      order.set(sorted.subarray(from, to), rows);
      rows += to - from;
      block += 1;
    }
  });
  starts[block] = rows;
  dropLarge(keys, sorted, largestBlock);
  return {
    rule,
    keys,
    order,
    starts,
    skipped: { rule: rule.name, blocks: counts.skippedBlocks, rows: counts.skippedRows, pairs: counts.skippedPairs },
  };
}

/** How many pairs a rule would make, large blocks left out. */
export function countPairs(table: Table, rule: BlockingRule, largestBlock: number): number {
  const keys = new Int32Array(table.rows);
  keysOf(table, rule, keys);
  let pairs = 0;
  eachRun(keys, sortedRows(keys), (from, to) => {
    const size = to - from;
    if (size <= largestBlock) pairs += (size * (size - 1)) / 2;
  });
  return pairs;
}

function dropLarge(keys: Int32Array, sorted: Int32Array, largestBlock: number): void {
  const large: number[] = [];
  eachRun(keys, sorted, (from, to) => {
    if (to - from > largestBlock) large.push(from, to);
  });
  for (let place = 0; place < large.length; place += 2)
    for (let at = large[place] as number; at < (large[place + 1] as number); at += 1) keys[sorted[at] as number] = 0;
}

function eachRun(keys: Int32Array, sorted: Int32Array, see: (from: number, to: number) => void): void {
  let from = 0;
  while (from < sorted.length) {
    const key = keys[sorted[from] as number];
    let to = from + 1;
    while (to < sorted.length && keys[sorted[to] as number] === key) to += 1;
    see(from, to);
    from = to;
  }
}

const DIGIT = 11;
const BUCKETS = 1 << DIGIT;

/** Rows with a key, sorted by it (rows of one key in their order): a radix sort in three passes. */
function sortedRows(keys: Int32Array): Int32Array {
  let length = 0;
  for (let row = 0; row < keys.length; row += 1) if (keys[row] !== 0) length += 1;
  let rows = new Int32Array(length);
  let spare = new Int32Array(length);
  let next = 0;
  for (let row = 0; row < keys.length; row += 1)
    if (keys[row] !== 0) {
      rows[next] = row;
      next += 1;
    }
  const ends = new Int32Array(BUCKETS);
  for (let shift = 0; shift < 32; shift += DIGIT) {
    ends.fill(0);
    for (let at = 0; at < length; at += 1) {
      const bucket = ((keys[rows[at] as number] as number) >>> shift) & (BUCKETS - 1);
      ends[bucket] = (ends[bucket] as number) + 1;
    }
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const count = ends[bucket] as number;
      ends[bucket] = sum;
      sum += count;
    }
    for (let at = 0; at < length; at += 1) {
      const row = rows[at] as number;
      const bucket = ((keys[row] as number) >>> shift) & (BUCKETS - 1);
      spare[ends[bucket] as number] = row;
      ends[bucket] = (ends[bucket] as number) + 1;
    }
    [rows, spare] = [spare, rows];
  }
  return rows;
}

/** The work of all rules cut into at least `parts` slices of about equal numbers of pairs, none of several rules. */
export function cutSlices(blocks: readonly RuleBlocks[], parts: number): readonly Slice[] {
  const total = blocks.reduce((sum, { starts }) => sum + pairsIn(starts, 0, starts.length - 1), 0);
  const target = Math.max(1, Math.ceil(total / Math.max(1, parts)));
  return blocks.flatMap(({ starts }, rule) => {
    const slices: Slice[] = [];
    let from = 0;
    let pairs = 0;
    for (let block = 0; block < starts.length - 1; block += 1) {
      pairs += pairsIn(starts, block, block + 1);
      if (pairs >= target || block === starts.length - 2) {
        slices.push({ rule, from, to: block + 1, pairs });
        from = block + 1;
        pairs = 0;
      }
    }
    return slices;
  });
}

function pairsIn(starts: Int32Array, from: number, to: number): number {
  let pairs = 0;
  for (let block = from; block < to; block += 1) {
    const size = (starts[block + 1] as number) - (starts[block] as number);
    pairs += (size * (size - 1)) / 2;
  }
  return pairs;
}
