import type { EntryInMemory, EntryType, StandingEntry } from '../../../core/lists/types.ts';
import { type Cidr, parseCidr } from '../../../core/network/cidr.ts';
import { entryOf, isHit, listOf, PrefixTable } from '../../../core/network/prefix-table.ts';
import { KEY_WORDS, KeyTable, readKey } from '../../../core/shared/key-table.ts';
import type { Instant } from '../../../core/shared/time.ts';

/** What of an entry is kept: not its hash, which stands in the table of keys. */
export interface HeldEntry extends Omit<StandingEntry, 'answer'> {
  /** Null: it is on the allow-list. */
  readonly answer: StandingEntry['answer'] | null;
}

/** A deny entry, as a decision needs it. */
export function isDenying(entry: HeldEntry): entry is HeldEntry & StandingEntry {
  return entry.answer !== null;
}

/** The entries of a shop's lists, by keyed hash and by network. Those that have ended may be among them. */
export class ListTable {
  readonly #entries: (HeldEntry | null)[] = [];
  readonly #free: number[] = [];
  readonly #placeOf = new Map<string, number>();
  readonly #table: KeyTable;
  /** The key of each place; what is a network has none. */
  #keys: Int32Array;
  readonly #cidrs = new Map<number, Cidr>();
  readonly #networks = new PrefixTable();
  readonly #counts: Record<EntryType, number> = {
    email: 0,
    external: 0,
    phone: 0,
    email_domain: 0,
    name_address: 0,
    ip: 0,
    device: 0,
  };
  #now = 0 as Instant;
  readonly #isLive = (place: number): boolean => (this.#entries[place]?.until ?? 0) > this.#now;

  constructor(expected = 0) {
    this.#table = new KeyTable(expected);
    this.#keys = new Int32Array(Math.max(64, expected) * KEY_WORDS);
  }

  get size(): number {
    return this.#placeOf.size;
  }

  /** Memory of the flat parts, in bytes. */
  get bytes(): number {
    return this.#table.bytes + this.#keys.byteLength + this.#networks.bytes;
  }

  /** Whether there is any of a type: what nobody asks for need not be hashed. */
  has(type: EntryType): boolean {
    return this.#counts[type] > 0;
  }

  put(entry: EntryInMemory): void {
    this.remove(entry.id);
    const place = this.#free.pop() ?? this.#entries.length;
    const { id, type, answer, until } = entry;
    this.#entries[place] = { id, type, answer, until };
    this.#placeOf.set(id, place);
    this.#counts[type] += 1;
    if (entry.network === null) {
      this.#grow(place);
      readKey(entry.hash, this.#keys, place * KEY_WORDS);
      this.#table.set(this.#keys, place * KEY_WORDS, place);
      return;
    }
    // It passed the same reading when it was put on the list, and perhaps somebody's word that it may be wide.
    const read = parseCidr(entry.network, { allowWide: true });
    if (!read.ok) throw new Error('A network on a list cannot be read any more');
    this.#cidrs.set(place, read.value);
    this.#networks.set(read.value, entry.list, place);
  }

  remove(id: string): void {
    const place = this.#placeOf.get(id);
    const entry = place === undefined ? null : this.#entries[place];
    if (place === undefined || entry == null) return;
    const cidr = this.#cidrs.get(place);
    if (cidr !== undefined) {
      const list = isDenying(entry) ? 'deny' : 'allow';
      if (this.#networks.get(cidr, list) === place) this.#networks.remove(cidr, list);
      this.#cidrs.delete(place);
    } else if (this.#table.get(this.#keys, place * KEY_WORDS) === place) {
      this.#table.delete(this.#keys, place * KEY_WORDS);
    }
    this.#entries[place] = null;
    this.#free.push(place);
    this.#placeOf.delete(id);
    this.#counts[entry.type] -= 1;
  }

  /** The entry of the key that stands in `keys` from `at`, if it holds. */
  find(keys: Int32Array, at: number, now: Instant): HeldEntry | null {
    const place = this.#table.get(keys, at);
    const entry = place === -1 ? null : (this.#entries[place] ?? null);
    return entry !== null && entry.until > now ? entry : null;
  }

  /** The entry that answers for a network address: of those that hold the longest network, allow before deny. */
  findNetwork(ip: string, now: Instant): HeldEntry | null {
    if (this.#counts.ip === 0) return null;
    this.#now = now;
    const hit = this.#networks.find(ip, this.#isLive);
    if (!isHit(hit)) return null;
    const entry = this.#entries[entryOf(hit)] ?? null;
    if (entry !== null && (listOf(hit) === 'deny') !== isDenying(entry))
      throw new Error('A network stands on another list than its entry');
    return entry;
  }

  #grow(place: number): void {
    const needed = (place + 1) * KEY_WORDS;
    if (needed <= this.#keys.length) return;
    // Networks take places, too, and no keys: the next key may stand far behind the last.
    const larger = new Int32Array(Math.max(needed, this.#keys.length * 2));
    larger.set(this.#keys);
    this.#keys = larger;
  }
}
