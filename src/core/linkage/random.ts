import { PatternCounter } from './compare.ts';
import { comparerFor } from './comparers.ts';
import { mix } from './pool.ts';
import type { PatternCounts, Plan, Table } from './types.ts';

const MOST = 500_000;

/**
 * Patterns of all pairs of some rows: nearly all of strangers, so that they show how often strangers agree. As many rows as make no more
 * than `most` pairs, all of a small table. Rows are chosen by a hash of what they say, so that their order does not matter, and few
 * enough to stay in the processor's cache.
 */
export function randomPairs(table: Table, plan: Plan, most: number = MOST): PatternCounts {
  const parts = randomPairsInParts(table, plan, most);
  for (;;) {
    const part = parts.next();
    if (part.done === true) return part.value;
  }
}

/** The same a few pairs at a time, for whoever has other things to do between. */
export function* randomPairsInParts(
  table: Table,
  plan: Plan,
  most: number = MOST,
): Generator<undefined, PatternCounts, undefined> {
  const counter = new PatternCounter();
  const compare = comparerFor(table, plan);
  const rows = someRows(table, Math.floor((1 + Math.sqrt(1 + 8 * most)) / 2));
  for (let first = 0; first < rows.length; first += 1) {
    for (let second = first + 1; second < rows.length; second += 1)
      counter.add(compare(rows[first] as number, rows[second] as number));
    yield;
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

/** Somewhat more rows than wanted are looked at, so that chance leaves enough. */
const SPARE = 1.3;

function someRows(table: Table, wanted: number): readonly number[] {
  const hashes = rowHashes(table);
  const limit = 2 ** 32 * Math.min(1, (wanted * SPARE) / table.rows);
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row += 1) if ((hashes[row] as number) >>> 0 <= limit) rows.push(row);
  return rows.sort((a, b) => ((hashes[a] as number) >>> 0) - ((hashes[b] as number) >>> 0)).slice(0, wanted);
}
