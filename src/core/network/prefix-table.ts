import { readAddress } from './address.ts';
import type { Cidr } from './cidr.ts';
import { PrefixTrie } from './prefix-trie.ts';

export type PrefixList = 'allow' | 'deny';

/** What a look-up gives: an entry, or one of the two below. A number, so that a look-up makes nothing. */
export type Hit = number;

/** No entry holds the address. */
export const NO_HIT: Hit = -1;

/** The text is no address. */
export const UNREADABLE: Hit = -2;

export const isHit = (hit: Hit): boolean => hit >= 0;

/** The entry's number, as it was set. */
export const entryOf = (hit: Hit): number => hit >> 1;

export const listOf = (hit: Hit): PrefixList => ((hit & 1) === 0 ? 'allow' : 'deny');

/** The largest number an entry may have. */
export const LARGEST_ENTRY = 2 ** 30 - 1;

/**
 * IPv4 and IPv6 networks with an entry to allow, to deny, or both. The longest network that holds an address answers; at equal length allow
 * comes before deny. Entries are small numbers that mean something to the caller. Setting and removing take microseconds at any size.
 * The table knows no time: a caller whose entries end says with `isLive` which still count.
 */
export class PrefixTable {
  readonly #four = new PrefixTrie(32);
  readonly #six = new PrefixTrie(128);
  readonly #words = new Int32Array(4);

  /** How many entries there are. */
  get size(): number {
    return this.#four.size + this.#six.size;
  }

  /** Memory held, in bytes. */
  get bytes(): number {
    return this.#four.bytes + this.#six.bytes;
  }

  /** Sets the entry of a network on a list; gives the number it had before, or -1. */
  set(cidr: Cidr, list: PrefixList, entry: number): number {
    if (!Number.isInteger(entry) || entry < 0 || entry > LARGEST_ENTRY)
      throw new Error(`An entry is a whole number from 0 to ${LARGEST_ENTRY}, and not ${entry}`);
    return this.#trieOf(cidr).set(this.#keyOf(cidr), cidr.length, list === 'allow', entry);
  }

  /** Takes a network off a list; gives the number of its entry, or -1 when it was not there. */
  remove(cidr: Cidr, list: PrefixList): number {
    return this.#trieOf(cidr).remove(this.#keyOf(cidr), cidr.length, list === 'allow');
  }

  /** The number of the entry of exactly this network on a list, or -1. */
  get(cidr: Cidr, list: PrefixList): number {
    return this.#trieOf(cidr).get(this.#keyOf(cidr), cidr.length, list === 'allow');
  }

  /**
   * The entry that answers for an address, straight from its text. Entries `isLive` says no to are passed over: first the other list at that
   * length, then the next shorter network.
   */
  find(text: string, isLive?: (entry: number) => boolean): Hit {
    const words = this.#words;
    const family = readAddress(text, words);
    if (family === 0) return UNREADABLE;
    return (family === 4 ? this.#four : this.#six).longest(words, isLive);
  }

  /** Visits every entry that holds the address, the one that answers first. */
  findAll(text: string, visit: (hit: Hit) => void): void {
    const family = readAddress(text, this.#words);
    if (family === 0) return;
    const trie = family === 4 ? this.#four : this.#six;
    trie.all(this.#words, (entry, denies) => visit(entry * 2 + (denies ? 1 : 0)));
  }

  #trieOf({ family }: Cidr): PrefixTrie {
    return family === 4 ? this.#four : this.#six;
  }

  #keyOf({ words }: Cidr): Int32Array {
    for (let at = 0; at < 4; at++) this.#words[at] = words[at] ?? 0;
    return this.#words;
  }
}
