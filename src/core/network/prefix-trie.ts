import { FIRST, JumpTable, type Nodes, placeIn, SECOND } from './jump-table.ts';

/** No entry: the answer of look-ups that find nothing. */
export const NONE = -1;

/** Above this many nodes a table of 768 KB spares look-ups their first steps. */
const JUMP_FROM = 512;

/** A node's words: children at 0 and 1, its parent, the length of its prefix with a mark, two entries, then the prefix itself. */
const PARENT = 2;
const INFO = 3;
const ENTRY = 4;
const KEY = 6;

/** In INFO: the node has an entry. The length is below it. */
const HAS_ENTRY = 256;
const LENGTH = 255;

/**
 * Prefixes of one family in a path-compressed binary trie: a node for every prefix with an entry and for every place where two part ways.
 * A node has room for one entry to deny and one to allow, kept as value + 1. All nodes stand in one typed array, each within a cache line
 * or two: nothing for the garbage collector to walk, and an update touches a handful of nodes, so there is no rebuild. Node 0 is the root,
 * of length 0; as a child, 0 means none.
 */
export class PrefixTrie implements Nodes {
  readonly #bits: number;
  readonly #words: number;
  /** Words a node. */
  readonly #stride: number;
  #nodes: Int32Array;
  #jump: JumpTable | null = null;
  #used = 1;
  #free = 0;
  #size = 0;

  constructor(bits: 32 | 128) {
    this.#bits = bits;
    this.#words = bits / 32;
    this.#stride = bits === 32 ? 8 : 12;
    this.#nodes = new Int32Array(64 * this.#stride);
  }

  /** How many entries there are. */
  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#nodes.byteLength + (this.#jump?.bytes ?? 0);
  }

  /** Puts an entry at a prefix and gives the one that was there. `key` has no bits set after `length`. */
  set(key: Int32Array, length: number, allow: boolean, value: number): number {
    const node = this.#reach(key, length);
    const place = node * this.#stride + ENTRY + (allow ? 1 : 0);
    const before = (this.#nodes[place] as number) - 1;
    this.#nodes[place] = value + 1;
    if (before === NONE) this.#size++;
    this.#mark(node);
    return before;
  }

  /** Takes the entry at exactly this prefix away and gives it. */
  remove(key: Int32Array, length: number, allow: boolean): number {
    const node = this.#exactly(key, length);
    if (node < 0) return NONE;
    const place = node * this.#stride + ENTRY + (allow ? 1 : 0);
    const before = (this.#nodes[place] as number) - 1;
    if (before === NONE) return NONE;
    this.#nodes[place] = 0;
    this.#size--;
    this.#mark(node);
    this.#prune(node);
    return before;
  }

  get(key: Int32Array, length: number, allow: boolean): number {
    const node = this.#exactly(key, length);
    return node < 0 ? NONE : (this.#nodes[node * this.#stride + ENTRY + (allow ? 1 : 0)] as number) - 1;
  }

  /**
   * The longest prefix of `key` with an entry, allow before deny at equal length, as value × 2 + (1 when it denies). With `isLive`, entries
   * it says no to are passed over, down to the next shorter.
   */
  longest(key: Int32Array, isLive: ((value: number) => boolean) | undefined): number {
    const nodes = this.#nodes;
    const stride = this.#stride;
    for (let node = this.#nearest(key); node >= 0; node = this.above(node)) {
      const allowed = (nodes[node * stride + ENTRY + 1] as number) - 1;
      if (allowed !== NONE && (isLive === undefined || isLive(allowed))) return allowed * 2;
      const denied = (nodes[node * stride + ENTRY] as number) - 1;
      if (denied !== NONE && (isLive === undefined || isLive(denied))) return denied * 2 + 1;
    }
    return NONE;
  }

  /** Visits every entry on the way, in the order of `longest`, with whether it denies. */
  all(key: Int32Array, visit: (value: number, denies: boolean) => void): void {
    for (let node = this.#nearest(key); node >= 0; node = this.above(node)) {
      for (const denies of [false, true]) {
        const value = (this.#nodes[node * this.#stride + ENTRY + (denies ? 0 : 1)] as number) - 1;
        if (value !== NONE) visit(value, denies);
      }
    }
  }

  /** The node of the longest prefix of `key` with an entry, or -1. */
  #nearest(key: Int32Array): number {
    const jump = this.#jump;
    if (jump === null) return this.#nearestFrom(0, key, -1, -1);
    const at = ((key[0] as number) >>> (32 - FIRST)) * 2;
    const start = jump.first[at] as number;
    const entry = jump.first[at + 1] as number;
    if (start === 0) return entry;
    if (start > 0) return this.#nearestFrom(start, key, FIRST, entry);
    const place = placeIn(-2 - start, key[0] as number);
    const second = jump.seconds[place] as number;
    const longer = jump.seconds[place + 1] as number;
    const otherwise = longer < 0 ? entry : longer;
    return second === 0 ? otherwise : this.#nearestFrom(second, key, SECOND, otherwise);
  }

  /**
   * Goes down by single bits without comparing, minding the last entry it saw, and compares once at the end: all nodes on the way are
   * prefixes of the last, so how far that agrees tells of all of them. `otherwise` answers where nothing longer than `known` does.
   */
  #nearestFrom(start: number, key: Int32Array, known: number, otherwise: number): number {
    const nodes = this.#nodes;
    const stride = this.#stride;
    const bits = this.#bits;
    let node = start;
    let seen = -1;
    let length = 0;
    while (true) {
      const at = node * stride;
      const info = nodes[at + INFO] as number;
      if (info >= HAS_ENTRY) seen = node;
      length = info & LENGTH;
      if (length === bits) break;
      const child = nodes[at + (((key[length >>> 5] as number) >>> (31 - (length & 31))) & 1)] as number;
      if (child === 0) break;
      node = child;
    }
    if (seen < 0) return otherwise;
    const agreed = this.#common(key, node, length);
    while (true) {
      const info = nodes[seen * stride + INFO] as number;
      if ((info & LENGTH) <= known) return otherwise;
      if (info >= HAS_ENTRY && (info & LENGTH) <= agreed) return seen;
      if (seen === 0) return otherwise;
      seen = nodes[seen * stride + PARENT] as number;
    }
  }

  /** The next node with an entry on the way up, or -1. */
  above(node: number): number {
    for (let up = node; up !== 0; ) {
      up = this.parentOf(up);
      if (this.hasEntry(up)) return up;
    }
    return -1;
  }

  #exactly(key: Int32Array, length: number): number {
    let node = 0;
    while (this.lengthOf(node) < length) {
      node = this.#childOf(node, key);
      if (node === 0) return -1;
    }
    return this.lengthOf(node) === length && this.#common(key, node, length) === length ? node : -1;
  }

  /** How many of the first `most` bits the key shares with a node. */
  #common(key: Int32Array, node: number, most: number): number {
    const nodes = this.#nodes;
    const from = node * this.#stride + KEY;
    for (let word = 0; word * 32 < most; word++) {
      const differing = (nodes[from + word] as number) ^ (key[word] as number);
      if (differing !== 0) {
        const agreed = word * 32 + Math.clz32(differing);
        return agreed < most ? agreed : most;
      }
    }
    return most;
  }

  /** The node of exactly this prefix, made where there is none. */
  #reach(key: Int32Array, length: number): number {
    let node = 0;
    while (this.lengthOf(node) !== length) {
      const child = this.#childOf(node, key);
      if (child === 0) return this.#add(key, length, node, 0);
      const agreed = this.#common(key, child, Math.min(length, this.lengthOf(child)));
      if (agreed === this.lengthOf(child)) node = child;
      else if (agreed === length) return this.#add(key, length, node, child);
      else {
        node = this.#add(key, agreed, node, child);
        return this.#add(key, length, node, 0);
      }
    }
    return node;
  }

  /** A new node under `parent`, with `below` under it (0: nothing). */
  #add(key: Int32Array, length: number, parent: number, below: number): number {
    const node = this.#take();
    const nodes = this.#nodes;
    const at = node * this.#stride;
    nodes.fill(0, at, at + this.#stride);
    nodes[at + PARENT] = parent;
    nodes[at + INFO] = length;
    for (let word = 0; word < this.#words; word++) {
      const kept = length - 32 * word;
      nodes[at + KEY + word] = (key[word] as number) & (kept <= 0 ? 0 : kept >= 32 ? -1 : -1 << (32 - kept));
    }
    nodes[parent * this.#stride + bitOf(key, 0, this.lengthOf(parent))] = node;
    if (below !== 0) {
      nodes[at + bitOf(nodes, below * this.#stride + KEY, length)] = below;
      nodes[below * this.#stride + PARENT] = node;
    }
    if (this.#jump !== null) this.#jump.added(node);
    else if (this.#used > JUMP_FROM) this.#jump = new JumpTable(this);
    return node;
  }

  /** Takes away a node that stands for nothing any more, and its parent if it stood only for the fork. */
  #prune(node: number): void {
    const nodes = this.#nodes;
    const at = node * this.#stride;
    if (node === 0 || (nodes[at + INFO] as number) >= HAS_ENTRY) return;
    const [left, right] = [nodes[at] as number, nodes[at + 1] as number];
    if (left !== 0 && right !== 0) return;
    const parent = this.parentOf(node);
    const below = left === 0 ? right : left;
    this.#jump?.leaving(node, below);
    nodes[parent * this.#stride + (nodes[parent * this.#stride] === node ? 0 : 1)] = below;
    if (below !== 0) nodes[below * this.#stride + PARENT] = parent;
    nodes[at] = this.#free;
    this.#free = node;
    if (below === 0) this.#prune(parent);
  }

  #take(): number {
    if (this.#free !== 0) {
      const node = this.#free;
      this.#free = this.#nodes[node * this.#stride] as number;
      return node;
    }
    const node = this.#used++;
    if (node * this.#stride >= this.#nodes.length) this.#nodes = doubled(this.#nodes);
    return node;
  }

  /** Writes down whether a node has an entry, where look-ups expect it. */
  #mark(node: number): void {
    const at = node * this.#stride;
    const length = this.lengthOf(node);
    const had = (this.#nodes[at + INFO] as number) >= HAS_ENTRY;
    const has = this.#nodes[at + ENTRY] !== 0 || this.#nodes[at + ENTRY + 1] !== 0;
    if (had === has) return;
    this.#nodes[at + INFO] = length + (has ? HAS_ENTRY : 0);
    if (has) this.#jump?.marked(node);
    else this.#jump?.unmarked(node);
  }

  lengthOf(node: number): number {
    return (this.#nodes[node * this.#stride + INFO] as number) & LENGTH;
  }

  parentOf(node: number): number {
    return this.#nodes[node * this.#stride + PARENT] as number;
  }

  hasEntry(node: number): boolean {
    return (this.#nodes[node * this.#stride + INFO] as number) >= HAS_ENTRY;
  }

  childOn(node: number, side: 0 | 1): number {
    return this.#nodes[node * this.#stride + side] as number;
  }

  beginningOf(node: number): number {
    return this.#nodes[node * this.#stride + KEY] as number;
  }

  #childOf(node: number, key: Int32Array): number {
    return this.#nodes[node * this.#stride + bitOf(key, 0, this.lengthOf(node))] as number;
  }
}

const bitOf = (words: Int32Array, from: number, at: number): number =>
  ((words[from + (at >>> 5)] as number) >>> (31 - (at & 31))) & 1;

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
