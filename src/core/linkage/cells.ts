import { larger, spread } from './pool.ts';

/** A row as bytes of UTF-8: cell `n` stands from `starts[n]` to `ends[n]`. Used again for the next row. */
export interface CellBytes {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** `hashStart`, taken through `hashStep` with each byte of the cell. */
  readonly hashes: Int32Array;
  text(place: number): string;
}

/** FNV-1a, step by step (32 bits, signed). */
export const hashStart = 0x811c9dc5 | 0;

export function hashStep(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** Distinct cells with small numbers for them. */
export class CellMemo {
  count = 0;
  #bytes = new Uint8Array(1 << 12);
  #starts = new Int32Array(65);
  /** Pairs of a cell's number + 1 (0: free) and its hash. */
  #slots = new Int32Array(256);

  /** The number of a cell; the number `count` had before when it was never seen. */
  intern(cells: CellBytes, place: number): number {
    const start = cells.starts[place] as number;
    const length = (cells.ends[place] as number) - start;
    const hash = spread(cells.hashes[place] as number);
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (;;) {
      const known = slots[slot] as number;
      if (known === 0) break;
      if (slots[slot + 1] === hash && this.#equals(known - 1, cells.bytes, start, length)) return known - 1;
      slot = (slot + 2) & mask;
    }
    const id = this.#add(cells.bytes, start, length);
    slots[slot] = id + 1;
    slots[slot + 1] = hash;
    if (this.count * 4 > slots.length) this.#rehash();
    return id;
  }

  #equals(id: number, bytes: Uint8Array, start: number, length: number): boolean {
    const own = this.#bytes;
    const from = this.#starts[id] as number;
    if ((this.#starts[id + 1] as number) - from !== length) return false;
    for (let at = 0; at < length; at += 1) if (own[from + at] !== bytes[start + at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, length: number): number {
    const id = this.count;
    if (id + 1 >= this.#starts.length) this.#starts = larger(this.#starts, this.#starts.length * 2);
    const from = this.#starts[id] as number;
    if (from + length > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(this.#bytes.length * 2, from + length));
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    const own = this.#bytes;
    for (let at = 0; at < length; at += 1) own[from + at] = bytes[start + at] as number;
    this.#starts[id + 1] = from + length;
    this.count = id + 1;
    return id;
  }

  #rehash(): void {
    const before = this.#slots;
    const slots = new Int32Array(before.length * 4);
    const mask = slots.length - 2;
    for (let from = 0; from < before.length; from += 2) {
      if (before[from] === 0) continue;
      const hash = before[from + 1] as number;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = before[from] as number;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}
