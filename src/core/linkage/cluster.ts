import { comparerFor, type PairComparer } from './comparers.ts';
import { type Judge, judgeOf } from './judge.ts';
import { rowHashes } from './random.ts';
import { type Clusters, type Label, type Links, linkClasses, type Model, type Plan, type Table } from './types.ts';

/** Links of several threads or slices as one. */
export function joinLinks(all: readonly Links[]): Links {
  const count = all.reduce((sum, links) => sum + links.count, 0);
  const joined = {
    count,
    left: new Int32Array(count),
    right: new Int32Array(count),
    bits: new Float32Array(count),
    kind: new Uint8Array(count),
  };
  let from = 0;
  for (const { left, right, bits, kind, count: more } of all) {
    joined.left.set(left, from);
    joined.right.set(right, from);
    joined.bits.set(bits, from);
    joined.kind.set(kind, from);
    from += more;
  }
  return joined;
}

/** Pairs looked at before two clusters are joined; larger ones are judged by as many of their rows. */
const MOST_CROSS = 256;
const SAME = linkClasses.indexOf('same');
const PROBABLY = linkClasses.indexOf('probably_same');

/**
 * Rows joined along `same` and `probably_same` links, the strongest first. Staff's words bind. Two clusters are not joined when any of
 * their rows contradict each other (a household, a split), or when most of their pairs speak against it: one weak link glues nothing.
 */
export function cluster(table: Table, plan: Plan, model: Model, links: Links, labels: readonly Label[] = []): Clusters {
  const forest = new Forest(table.rows);
  const split = splits(labels);
  for (const { left, right, verdict } of labels)
    if (verdict === 'same' && !forest.crosses(left, right, split)) forest.join(left, right);
  const judge = judgeOf(table, plan, model);
  const compare = comparerFor(table, plan, { remember: false });
  for (const place of byStrength(table, links)) {
    const [left, right] = [links.left[place] as number, links.right[place] as number];
    if (forest.top(left) === forest.top(right)) continue;
    if (forest.crosses(left, right, split)) continue;
    if (agree(forest, judge, compare, left, right)) forest.join(left, right);
  }
  return result(forest, links);
}

function splits(labels: readonly Label[]): ReadonlySet<string> {
  return new Set(
    labels.flatMap(({ left, right, verdict }) =>
      verdict === 'different' ? [`${left} ${right}`, `${right} ${left}`] : [],
    ),
  );
}

/** Links to follow, the strongest first; equal ones in an order that depends on what the rows say and not on where they stand. */
function byStrength(table: Table, links: Links): Uint32Array {
  const hashes = rowHashes(table);
  const places: number[] = [];
  for (let place = 0; place < links.count; place += 1)
    if (links.kind[place] === SAME || links.kind[place] === PROBABLY) places.push(place);
  const tie = (place: number): number =>
    (hashes[links.left[place] as number] as number) ^ (hashes[links.right[place] as number] as number);
  return Uint32Array.from(
    places.sort((a, b) => (links.bits[b] as number) - (links.bits[a] as number) || tie(a) - tie(b)),
  );
}

/** Whether the rows of two clusters may belong to one person. */
function agree(forest: Forest, judge: Judge, compare: PairComparer, left: number, right: number): boolean {
  const [ones, others] = [forest.members(left), forest.members(right)];
  if (ones.length === 1 && others.length === 1) return true;
  let [looked, speaking] = [0, 0];
  for (const one of ones) {
    for (const other of others) {
      if (looked >= MOST_CROSS) return speaking * 2 >= looked;
      looked += 1;
      const [low, high] = one < other ? [one, other] : [other, one];
      const weighed = judge.weighed(compare(low, high));
      if (weighed.signs.apart) return false;
      if (judge.bits(weighed, low, high) >= 0) speaking += 1;
    }
  }
  return speaking * 2 >= looked;
}

function result(forest: Forest, links: Links): Clusters {
  const [used, refused]: [number[], number[]] = [[], []];
  for (let place = 0; place < links.count; place += 1) {
    if (links.kind[place] !== SAME && links.kind[place] !== PROBABLY) continue;
    const joined = forest.top(links.left[place] as number) === forest.top(links.right[place] as number);
    (joined ? used : refused).push(place);
  }
  return { cluster: forest.smallest(), used: Int32Array.from(used), refused: Int32Array.from(refused) };
}

/** Union–find with the members of each cluster as a ring. */
class Forest {
  readonly #above: Int32Array;
  readonly #next: Int32Array;
  readonly #size: Int32Array;

  constructor(rows: number) {
    this.#above = Int32Array.from({ length: rows }, (_, row) => row);
    this.#next = this.#above.slice();
    this.#size = new Int32Array(rows).fill(1);
  }

  top(row: number): number {
    let at = row;
    while (this.#above[at] !== at) {
      const above = this.#above[at] as number;
      this.#above[at] = this.#above[above] as number;
      at = above;
    }
    return at;
  }

  members(row: number): readonly number[] {
    const members = [row];
    for (let at = this.#next[row] as number; at !== row; at = this.#next[at] as number) members.push(at);
    return members;
  }

  /** Whether staff said of any row of one cluster and any of the other that they are different people. */
  crosses(left: number, right: number, split: ReadonlySet<string>): boolean {
    if (split.size === 0) return false;
    const others = this.members(right);
    return this.members(left).some((one) => others.some((other) => split.has(`${one} ${other}`)));
  }

  join(left: number, right: number): void {
    const [a, b] = [this.top(left), this.top(right)];
    if (a === b) return;
    const [large, small] = (this.#size[a] as number) >= (this.#size[b] as number) ? [a, b] : [b, a];
    this.#above[small] = large;
    this.#size[large] = (this.#size[large] as number) + (this.#size[small] as number);
    const next = this.#next[large] as number;
    this.#next[large] = this.#next[small] as number;
    this.#next[small] = next;
  }

  /** For each row the smallest row of its cluster. */
  smallest(): Int32Array {
    const least = new Int32Array(this.#above.length).fill(-1);
    return Int32Array.from({ length: least.length }, (_, row) => {
      const top = this.top(row);
      if ((least[top] as number) < 0) least[top] = row;
      return least[top] as number;
    });
  }
}
