import { readAddress } from './address.ts';

/** Addresses from the first to the last, both within, as numbers of 32 or 128 bits. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of addresses that does not change, 8 bytes a range for IPv4 and 32 for IPv6. Ranges may touch and overlap. */
export class RangeSet {
  /** The first and one past the last of each range in turn, so that an odd place is within. */
  readonly #four: Uint32Array;
  readonly #six: Uint32Array;
  readonly #words = new Int32Array(4);

  constructor(ranges: Iterable<AddressRange>) {
    const all = [...ranges];
    this.#four = edges(all, 4);
    this.#six = edges(all, 6);
  }

  get bytes(): number {
    return this.#four.byteLength + this.#six.byteLength;
  }

  /** How many separate ranges there are. */
  get size(): number {
    return Math.ceil(this.#four.length / 2) + Math.ceil(this.#six.length / 8);
  }

  /** Whether the address is in the set; null when the text is no address. */
  has(text: string): boolean | null {
    const family = readAddress(text, this.#words);
    if (family === 0) return null;
    const [edges, width] = family === 4 ? [this.#four, 1] : [this.#six, 4];
    let low = 0;
    let high = edges.length / width;
    while (low < high) {
      const middle = (low + high) >>> 1;
      let word = 0;
      while (word < width - 1 && edges[middle * width + word] === (this.#words[word] as number) >>> 0) word++;
      if ((edges[middle * width + word] as number) <= (this.#words[word] as number) >>> 0) low = middle + 1;
      else high = middle;
    }
    return low % 2 === 1;
  }
}

function edges(ranges: readonly AddressRange[], family: 4 | 6): Uint32Array {
  const bits = family === 4 ? 32n : 128n;
  const mine = ranges.filter((range) => range.family === family);
  const sorted = mine.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const found: bigint[] = [];
  for (const { first, last } of sorted) {
    const open = found.at(-1);
    if (open === undefined || first > open) found.push(first, last + 1n);
    else if (last + 1n > open) found[found.length - 1] = last + 1n;
  }
  // A range to the very end has no edge after it.
  if (found.at(-1) === 1n << bits) found.pop();
  const width = family === 4 ? 1 : 4;
  const numbers = new Uint32Array(found.length * width);
  for (const [at, edge] of found.entries()) {
    for (let word = 0; word < width; word++)
      numbers[at * width + word] = Number((edge >> BigInt(32 * (width - 1 - word))) & 0xffff_ffffn);
  }
  return numbers;
}
