import { larger, spread } from './pool.ts';

/** Room for distinct keys at first; a power of two. */
const ROOM = 1 << 12;
/** A list of no entries. */
const NONE = -1;

/**
 * Rows by key, in typed arrays: each row may have one key for each rule. Adding and removing take constant time, and how
 * many rows have a key is known without looking at them.
 */
export class KeyLists {
  readonly #rules: number;
  #keys = new Int32Array(ROOM);
  #heads = new Int32Array(ROOM).fill(NONE);
  #counts = new Int32Array(ROOM);
  #used = 0;
  /** For entry `row × rules + rule`: its key (0: none), and its neighbours in the list of that key. */
  #keyOf = new Int32Array(0);
  #next = new Int32Array(0);
  #before = new Int32Array(0);

  constructor(rules: number) {
    this.#rules = rules;
  }

  /** Puts a row under a key. The row must not have one for this rule; key 0 is none. */
  add(row: number, rule: number, key: number): void {
    const entry = row * this.#rules + rule;
    if (entry >= this.#keyOf.length) this.#grow(entry + 1);
    const own = ruleKey(key, rule);
    const slot = this.#slotOf(own);
    if (this.#keys[slot] === 0) {
      this.#keys[slot] = own;
      this.#used += 1;
    }
    const head = this.#heads[slot] as number;
    this.#keyOf[entry] = own;
    this.#next[entry] = head;
    this.#before[entry] = NONE;
    if (head !== NONE) this.#before[head] = entry;
    this.#heads[slot] = entry;
    this.#counts[slot] = (this.#counts[slot] as number) + 1;
    if (this.#used * 3 > this.#keys.length * 2) this.#rehash();
  }

  /** Takes a row out of all lists. */
  remove(row: number): void {
    for (let rule = 0; rule < this.#rules; rule += 1) {
      const entry = row * this.#rules + rule;
      const key = entry < this.#keyOf.length ? (this.#keyOf[entry] as number) : 0;
      if (key === 0) continue;
      const slot = this.#slotOf(key);
      const [before, next] = [this.#before[entry] as number, this.#next[entry] as number];
      if (before === NONE) this.#heads[slot] = next;
      else this.#next[before] = next;
      if (next !== NONE) this.#before[next] = before;
      this.#counts[slot] = (this.#counts[slot] as number) - 1;
      this.#keyOf[entry] = 0;
    }
  }

  /** The first entry under a key, or −1 when there is none or there are more than `most`. */
  first(rule: number, key: number, most: number): number {
    const slot = this.#slotOf(ruleKey(key, rule));
    if (this.#keys[slot] === 0) return NONE;
    return (this.#counts[slot] as number) > most ? NONE : (this.#heads[slot] as number);
  }

  after(entry: number): number {
    return this.#next[entry] as number;
  }

  rowOf(entry: number): number {
    return Math.floor(entry / this.#rules);
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = key & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(least: number): void {
    this.#keyOf = larger(this.#keyOf, least);
    this.#next = larger(this.#next, least);
    this.#before = larger(this.#before, least);
  }

  #rehash(): void {
    const [keys, heads, counts] = [this.#keys, this.#heads, this.#counts];
    this.#keys = new Int32Array(keys.length * 4);
    this.#heads = new Int32Array(keys.length * 4).fill(NONE);
    this.#counts = new Int32Array(keys.length * 4);
    this.#used = 0;
    for (let old = 0; old < keys.length; old += 1) {
      if (counts[old] === 0) continue;
      const slot = this.#slotOf(keys[old] as number);
      this.#keys[slot] = keys[old] as number;
      this.#heads[slot] = heads[old] as number;
      this.#counts[slot] = counts[old] as number;
      this.#used += 1;
    }
  }
}

/** Keys of different rules stay apart; 0 is for none. */
function ruleKey(key: number, rule: number): number {
  return spread(key + Math.imul(rule + 1, 0x9e3779b1)) || 1;
}
