import { linkClasses } from '../../core/linkage/types.ts';
import type { Whole } from './unfold.ts';

/** For each row of the file who it is and with whom it lives, by the smallest row of either. */
export interface People {
  readonly cluster: Int32Array;
  /** How many rows each cluster has; kept at its smallest row. */
  readonly size: Int32Array;
  /** The smallest row of the household; −1 where nobody else is known to live there. */
  readonly household: Int32Array;
  /** Clusters of two rows and more, and the rows in them. */
  readonly clusters: number;
  readonly clustered: number;
  /** All clusters, single rows among them. */
  readonly persons: number;
  readonly households: number;
}

const HOUSEHOLD = linkClasses.indexOf('household');

/** Gathers clusters, and those that household links join into households. Nobody's cluster changes by living with somebody. */
export function peopleOf(rows: number, { links, cluster }: Whole): People {
  const size = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) size[cluster[row] ?? 0] = (size[cluster[row] ?? 0] ?? 0) + 1;
  const parent = Int32Array.from(cluster);
  const root = (row: number): number => {
    let at = row;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? 0] ?? 0;
      at = parent[at] ?? 0;
    }
    return at;
  };
  const shares = new Uint8Array(rows);
  for (let place = 0; place < links.count; place += 1) {
    if (links.kind[place] !== HOUSEHOLD) continue;
    const [one, other] = [root(links.left[place] ?? 0), root(links.right[place] ?? 0)];
    if (one === other) continue;
    const [smaller, larger] = one < other ? [one, other] : [other, one];
    parent[larger] = smaller;
    shares[smaller] = 1;
  }
  const household = new Int32Array(rows);
  let persons = 0;
  let clusters = 0;
  let clustered = 0;
  let households = 0;
  for (let row = 0; row < rows; row += 1) {
    const home = root(row);
    household[row] = shares[home] === 1 ? home : -1;
    if (cluster[row] === row) persons += 1;
    if (home === row && shares[row] === 1) households += 1;
    const members = size[row] ?? 0;
    if (members > 1) {
      clusters += 1;
      clustered += members;
    }
  }
  return { cluster, size, household, clusters, clustered, persons, households };
}
