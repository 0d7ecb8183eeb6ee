import type { StandingMeasure } from '../../../core/decisions/types.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { KEY_WORDS, KeyTable, readKey } from '../../../core/shared/key-table.ts';
import type { MeasuredInMemory } from '../../../ports/standing.ts';

/** A customer with measures in force. The same object as long as nothing about them changes. */
export interface Known {
  readonly customer: CustomerId;
  readonly measures: readonly StandingMeasure[];
}

interface Slot {
  readonly known: Known;
  /** Where the keys stand in the pool, in keys. */
  readonly keysAt: number;
  readonly keys: number;
  /** How many of them are the customer's own. */
  readonly own: number;
  /** Whose those behind are, in their order: other accounts of the same person, and how many keys of each. */
  readonly lent: readonly { readonly account: CustomerId; readonly keys: number }[];
}

const KEY_BYTES = 4 * KEY_WORDS;
const NONE: Slot['lent'] = Object.freeze([]);
const SMALLEST_POOL = 1_024;

/** Customers with measures in force by the keyed hashes of their identifiers, in flat memory. */
export class MeasuredTable {
  readonly #slots: (Slot | null)[] = [];
  readonly #free: number[] = [];
  readonly #slotOf = new Map<CustomerId, number>();
  readonly #table: KeyTable;
  /** The keys of all customers, so that those of one can be taken out. */
  #pool: Int32Array;
  #used = 0;
  #wasted = 0;

  constructor(expected = 0) {
    this.#table = new KeyTable(expected * 2);
    this.#pool = new Int32Array(Math.max(SMALLEST_POOL, expected * 2) * KEY_WORDS);
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** Memory of the flat parts, in bytes. */
  get bytes(): number {
    return this.#table.bytes + this.#pool.byteLength;
  }

  /** Adds a customer, or takes what is true of them now. Of two customers with one identifier, the later has it. */
  put({ customer, keys, measures }: MeasuredInMemory): void {
    this.remove(customer);
    const count = Math.floor(keys.length / KEY_BYTES);
    const keysAt = this.#room(count);
    const slot = this.#free.pop() ?? this.#slots.length;
    this.#slots[slot] = { known: { customer, measures }, keysAt, keys: count, own: count, lent: NONE };
    this.#slotOf.set(customer, slot);
    for (let key = 0; key < count; key += 1) {
      const at = (keysAt + key) * KEY_WORDS;
      readKey(keys, this.#pool, at, key * KEY_BYTES);
      this.#table.set(this.#pool, at, slot);
    }
  }

  /** Lets a customer be found by keys of another account of theirs as well, where those lead to nobody yet. */
  lend(customer: CustomerId, account: CustomerId, keys: Uint8Array): void {
    const place = this.#slotOf.get(customer);
    const slot = place === undefined ? null : this.#slots[place];
    if (place === undefined || slot == null) return;
    const added = Math.floor(keys.length / KEY_BYTES);
    const keysAt = this.#room(slot.keys + added);
    // Moved behind the others, so that all of one customer's keys stand together.
    const { known, keys: own, keysAt: before, lent } = this.#slots[place] ?? slot;
    this.#pool.copyWithin(keysAt * KEY_WORDS, before * KEY_WORDS, (before + own) * KEY_WORDS);
    this.#wasted += own;
    let count = own;
    for (let key = 0; key < added; key += 1) {
      const at = (keysAt + count) * KEY_WORDS;
      readKey(keys, this.#pool, at, key * KEY_BYTES);
      if (this.#table.getOrAdd(this.#pool, at, place) === place) count += 1;
    }
    this.#used -= own + added - count;
    this.#slots[place] = { known, keysAt, keys: count, own: slot.own, lent: [...lent, { account, keys: count - own }] };
  }

  remove(customer: CustomerId): void {
    const place = this.#slotOf.get(customer);
    const slot = place === undefined ? null : this.#slots[place];
    if (place === undefined || slot == null) return;
    for (let key = 0; key < slot.keys; key += 1) {
      const at = (slot.keysAt + key) * KEY_WORDS;
      if (this.#table.get(this.#pool, at) === place) this.#table.delete(this.#pool, at);
    }
    this.#slots[place] = null;
    this.#free.push(place);
    this.#slotOf.delete(customer);
    this.#wasted += slot.keys;
  }

  /** Whose key stands in `keys` from `at`; null: nobody's with measures. */
  find(keys: Int32Array, at: number): Known | null {
    const place = this.#table.get(keys, at);
    return place === -1 ? null : (this.#slots[place]?.known ?? null);
  }

  /** Which other account of a customer's a key that leads to them is of; null: it is their own. */
  lender(customer: CustomerId, keys: Int32Array, at: number): CustomerId | null {
    const slot = this.#slots[this.#slotOf.get(customer) ?? -1];
    if (slot == null) return null;
    let key = slot.own;
    for (const { account, keys: count } of slot.lent)
      for (const end = key + count; key < end; key += 1) {
        const from = (slot.keysAt + key) * KEY_WORDS;
        let word = 0;
        while (word < KEY_WORDS && this.#pool[from + word] === keys[at + word]) word += 1;
        if (word === KEY_WORDS) return account;
      }
    return null;
  }

  get(customer: CustomerId): Known | null {
    const place = this.#slotOf.get(customer);
    return place === undefined ? null : (this.#slots[place]?.known ?? null);
  }

  /** Whether `test` says yes to any of the customer's keys. */
  someKey(customer: CustomerId, test: (keys: Int32Array, at: number) => boolean): boolean {
    const slot = this.#slots[this.#slotOf.get(customer) ?? -1];
    if (slot == null) return false;
    for (let key = 0; key < slot.keys; key += 1) if (test(this.#pool, (slot.keysAt + key) * KEY_WORDS)) return true;
    return false;
  }

  customers(): IterableIterator<CustomerId> {
    return this.#slotOf.keys();
  }

  *all(): Generator<Known> {
    for (const slot of this.#slots) if (slot !== null) yield slot.known;
  }

  /** Room for so many keys in the pool, which first takes back what nobody uses. */
  #room(count: number): number {
    if ((this.#used + count) * KEY_WORDS > this.#pool.length) {
      const kept = this.#used - this.#wasted;
      const size = Math.max(this.#pool.length, 2 * (kept + count) * KEY_WORDS);
      const pool = new Int32Array(size);
      let used = 0;
      this.#slots.forEach((slot, place) => {
        if (slot === null) return;
        const from = slot.keysAt * KEY_WORDS;
        pool.set(this.#pool.subarray(from, from + slot.keys * KEY_WORDS), used * KEY_WORDS);
        this.#slots[place] = { ...slot, keysAt: used };
        used += slot.keys;
      });
      this.#pool = pool;
      this.#used = used;
      this.#wasted = 0;
    }
    const at = this.#used;
    this.#used += count;
    return at;
  }
}
