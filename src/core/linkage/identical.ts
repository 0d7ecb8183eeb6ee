import { spread } from './pool.ts';
import type { Feature, FeatureName, Table } from './types.ts';

/** A table without the rows that repeat an earlier one in everything. */
export interface Folded {
  /** The distinct rows; how common a value is, is what it was among all rows. */
  readonly table: Table;
  /** For each row of the original its row in `table`; null: every row is distinct, and `table` is the original. */
  readonly groupOf: Int32Array | null;
  /** For each row of `table` the first original row like it; null as above. */
  readonly firstOf: Int32Array | null;
  /** Rows that repeat an earlier one. */
  readonly copies: number;
}

/** What belongs to one person or household: that copies of a row have it does not make it common. */
const PERSONAL: ReadonlySet<FeatureName> = new Set<FeatureName>([
  'email',
  'mailname',
  'phone',
  'national',
  'card',
  'device',
  'customer',
]);

/**
 * Folds rows that are equal in every feature into one, so that a list with many copies of a row costs no more than one with a single
 * copy. Rows in which nothing is known at all stay apart.
 */
export function foldIdentical(table: Table, options: { readonly shared?: boolean } = {}): Folded {
  const { rows, features } = table;
  const hashes = hashRows(table);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(rows * 2 + 2))).fill(-1);
  const mask = slots.length - 1;
  const groupOf = new Int32Array(rows);
  const first = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const hash = hashes[row] as number;
    let group = -1;
    if (hash !== 0) {
      let slot = hash & mask;
      for (; (slots[slot] as number) >= 0; slot = (slot + 1) & mask) {
        const other = slots[slot] as number;
        const firstRow = first[other] as number;
        if (hashes[firstRow] === hash && equalRows(features, firstRow, row)) {
          group = other;
          break;
        }
      }
      if (group < 0) slots[slot] = count;
    }
    if (group < 0) {
      group = count;
      first[count] = row;
      count += 1;
    }
    groupOf[row] = group;
  }
  if (count === rows) return { table, groupOf: null, firstOf: null, copies: 0 };
  const firstOf = first.slice(0, count);
  return {
    table: { rows: count, features: features.map((one) => foldFeature(one, firstOf, rows, options.shared === true)) },
    groupOf,
    firstOf,
    copies: rows - count,
  };
}

/** A hash of each row's values; 0 for a row that has none. */
function hashRows({ rows, features }: Table): Int32Array {
  const hashes = new Int32Array(rows);
  features.forEach(({ ids }, place) => {
    const salt = Math.imul(place + 1, 0x9e3779b1);
    for (let row = 0; row < rows; row += 1) {
      const id = ids[row] as number;
      if (id >= 0) hashes[row] = ((hashes[row] as number) + spread(id ^ salt)) | 1;
    }
  });
  return hashes;
}

function equalRows(features: readonly Feature[], left: number, right: number): boolean {
  for (const { ids } of features) if (ids[left] !== ids[right]) return false;
  return true;
}

function foldFeature({ name, ids, values }: Feature, firstOf: Int32Array, rows: number, shared: boolean): Feature {
  const room = (length: number): Int32Array =>
    new Int32Array(shared ? new SharedArrayBuffer(length * 4) : new ArrayBuffer(length * 4));
  const folded = room(firstOf.length);
  const counts = room(values.count);
  for (let row = 0; row < firstOf.length; row += 1) {
    const id = ids[firstOf[row] as number] as number;
    folded[row] = id;
    if (id >= 0) counts[id] = (counts[id] as number) + 1;
  }
  if (!PERSONAL.has(name)) {
    const share = firstOf.length / rows;
    for (let id = 0; id < values.count; id += 1)
      counts[id] = Math.max(1, Math.round((values.counts[id] as number) * share));
  }
  return { name, ids: folded, values: { ...values, counts } };
}
