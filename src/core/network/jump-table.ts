/** What the table must know of the trie it shortens. */
export interface Nodes {
  lengthOf(node: number): number;
  parentOf(node: number): number;
  hasEntry(node: number): boolean;
  /** The child on a side, or 0. */
  childOn(node: number, side: 0 | 1): number;
  /** The first 32 bits of its prefix. */
  beginningOf(node: number): number;
  /** The next node with an entry on the way up, or -1. */
  above(node: number): number;
}

/** Bits read by the first table, and by both. */
export const FIRST = 16;
export const SECOND = 28;

/** A beginning of 16 bits gets a second table above this many nodes, and loses it below half as many. */
const CROWDED = 128;
const SECOND_PLACES = 1 << (SECOND - FIRST);

/**
 * For every beginning of an address of 16 bits (of 28, where many nodes share 16) two nodes: the topmost that is not shorter, where a look-up
 * begins, or 0; and the longest with an entry no longer than that, or -1. Spares a look-up the upper half of the trie, up and down.
 */
export class JumpTable {
  /** Two a place. A beginning below -1 stands for the second table -2 - it. */
  readonly first = new Int32Array(2 << FIRST);
  seconds = new Int32Array(0);
  readonly #nodes: Nodes;
  readonly #counts = new Int32Array(1 << FIRST);
  readonly #spare: number[] = [];

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
    for (let at = 1; at < this.first.length; at += 2) this.first[at] = -1;
    visitBelow(nodes, 0, (node) => {
      this.added(node);
      if (nodes.hasEntry(node)) this.marked(node);
    });
  }

  get bytes(): number {
    return this.first.byteLength + this.#counts.byteLength + this.seconds.byteLength;
  }

  /** A node has come to stand in the trie, with its parent and children. */
  added(node: number): void {
    if (this.#nodes.lengthOf(node) < FIRST) return;
    const place = this.#nodes.beginningOf(node) >>> (32 - FIRST);
    const count = (this.#counts[place] as number) + 1;
    this.#counts[place] = count;
    this.#begin(node, node);
    if (count >= CROWDED && (this.first[place * 2] as number) >= 0) this.#widen(place);
  }

  /** A node is about to leave; `below` (0: nothing) takes its place. */
  leaving(node: number, below: number): void {
    if (this.#nodes.lengthOf(node) < FIRST) return;
    const place = this.#nodes.beginningOf(node) >>> (32 - FIRST);
    const count = (this.#counts[place] as number) - 1;
    this.#counts[place] = count;
    this.#begin(node, below);
    if (count < CROWDED / 2 && (this.first[place * 2] as number) < -1) this.#narrow(place, node, below);
  }

  /** A node has its first entry now. */
  marked(node: number): void {
    const length = this.#nodes.lengthOf(node);
    this.#overPlaces(node, (table, at) => {
      const entry = table[at + 1] as number;
      if (entry < 0 || this.#nodes.lengthOf(entry) < length) table[at + 1] = node;
    });
  }

  /** A node has no entry any more. */
  unmarked(node: number): void {
    const next = this.#nodes.above(node);
    const short = next < 0 || this.#nodes.lengthOf(node) <= FIRST || this.#nodes.lengthOf(next) > FIRST;
    const other = short ? next : -1;
    this.#overPlaces(node, (table, at) => {
      if (table[at + 1] === node) table[at + 1] = other;
    });
  }

  /** Lets look-ups in a node's place begin at `to` when they began, or are to begin, at the node. */
  #begin(node: number, to: number): void {
    const parent = this.#nodes.lengthOf(this.#nodes.parentOf(node));
    const beginning = this.#nodes.beginningOf(node);
    const at = (beginning >>> (32 - FIRST)) * 2;
    const second = this.first[at] as number;
    if (second >= 0) {
      if (parent < FIRST) this.first[at] = to;
    } else if (this.#nodes.lengthOf(node) >= SECOND && parent < SECOND) {
      this.seconds[placeIn(-2 - second, beginning)] = to;
    }
  }

  #overPlaces(node: number, change: (table: Int32Array, at: number) => void): void {
    const length = this.#nodes.lengthOf(node);
    const beginning = this.#nodes.beginningOf(node);
    const place = beginning >>> (32 - FIRST);
    if (length <= FIRST) {
      for (let at = place; at < place + (1 << (FIRST - length)); at++) change(this.first, at * 2);
      return;
    }
    const second = this.first[place * 2] as number;
    if (length > SECOND || second >= -1) return;
    const start = placeIn(-2 - second, beginning);
    for (let at = 0; at < 1 << (SECOND - length); at++) change(this.seconds, start + at * 2);
  }

  #widen(place: number): void {
    const top = this.first[place * 2] as number;
    const table = this.#spare.pop() ?? this.seconds.length / 2 / SECOND_PLACES;
    const start = table * 2 * SECOND_PLACES;
    if (start === this.seconds.length) {
      const more = new Int32Array(Math.max(8, table * 2) * 2 * SECOND_PLACES);
      more.set(this.seconds);
      for (let other = table + 1; other < Math.max(8, table * 2); other++) this.#spare.push(other);
      this.seconds = more;
    }
    for (let at = start; at < start + 2 * SECOND_PLACES; at += 2) {
      this.seconds[at] = 0;
      this.seconds[at + 1] = -1;
    }
    this.first[place * 2] = -2 - table;
    visitBelow(this.#nodes, top, (node) => {
      this.#begin(node, node);
      if (this.#nodes.hasEntry(node)) this.marked(node);
    });
  }

  #narrow(place: number, leaving: number, below: number): void {
    this.#spare.push(-2 - (this.first[place * 2] as number));
    let top = leaving;
    while (this.#nodes.lengthOf(this.#nodes.parentOf(top)) >= FIRST) top = this.#nodes.parentOf(top);
    this.first[place * 2] = top === leaving ? below : top;
  }
}

/** Where a beginning of 32 bits stands in a second table. */
export const placeIn = (table: number, beginning: number): number =>
  (table * SECOND_PLACES + ((beginning >>> (32 - SECOND)) & (SECOND_PLACES - 1))) * 2;

function visitBelow(nodes: Nodes, top: number, visit: (node: number) => void): void {
  const waiting = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node);
    for (const side of [0, 1] as const) {
      const child = nodes.childOn(node, side);
      if (child !== 0) waiting.push(child);
    }
  }
}
