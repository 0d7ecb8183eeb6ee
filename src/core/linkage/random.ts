import { PatternCounter } from './compare.ts';
import { comparerFor } from './comparers.ts';
import { mix, spread } from './pool.ts';
import type { PatternCounts, Plan, Table } from './types.ts';

const MOST = 400_000;

/**
 * Patterns of pairs drawn evenly from all pairs: nearly all of strangers, so that they show how often strangers agree. All pairs
 * where there are no more than `most`. The draw depends on what the rows say and not on their order.
 */
export function randomPairs(table: Table, plan: Plan, most: number = MOST): PatternCounts {
  const counter = new PatternCounter();
  const compare = comparerFor(table, plan);
  const rows = byContent(table);
  const all = (rows.length * (rows.length - 1)) / 2;
  if (all <= most) {
    for (let first = 0; first < rows.length; first += 1)
      for (let second = first + 1; second < rows.length; second += 1)
        counter.add(compare(rows[first] as number, rows[second] as number));
    return counter.result();
  }
  let state = 0x2545f491;
  for (let drawn = 0; drawn < most; drawn += 1) {
    state = (state + 0x6d2b79f5) | 0;
    const first = (spread(state) >>> 0) % rows.length;
    state = (state + 0x6d2b79f5) | 0;
    const second = (first + 1 + ((spread(state) >>> 0) % (rows.length - 1))) % rows.length;
    counter.add(compare(rows[first] as number, rows[second] as number));
  }
  return counter.result();
}

/** A hash of all a row says. */
export function rowHashes(table: Table): Int32Array {
  const hashes = new Int32Array(table.rows);
  for (const { ids, values } of table.features)
    for (let row = 0; row < table.rows; row += 1) {
      const id = ids[row] as number;
      hashes[row] = mix(hashes[row] as number, id < 0 ? 0 : (values.hashes[id] as number));
    }
  return hashes;
}

function byContent(table: Table): Uint32Array {
  const hashes = rowHashes(table);
  // The hash in the upper half and the row in the lower: sorted as plain numbers, without a comparison function.
  const tagged = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row += 1) tagged[row] = ((hashes[row] as number) >>> 6) * 2 ** 26 + row;
  return Uint32Array.from(tagged.sort(), (value) => value % 2 ** 26);
}
