import type { FlatIds } from '../../ports/linking.ts';

const decoder = new TextDecoder();

/** The ids of rows as they stand in the file, in flat memory: a million short ones are some ten megabytes. */
export class RowIds {
  #bytes: Uint8Array = new Uint8Array(1 << 16);
  #ends: Float64Array = new Float64Array(1 << 12);
  #used = 0;
  #count = 0;

  /** The ids a thread has read. */
  static from({ bytes, ends }: FlatIds): RowIds {
    const ids = new RowIds();
    ids.#bytes = bytes;
    ids.#ends = ends;
    ids.#used = bytes.length;
    ids.#count = ends.length;
    return ids;
  }

  /** The ids for another thread to take, without a copy where it can be. */
  flat(): FlatIds {
    const bytes = new Uint8Array(new SharedArrayBuffer(this.#used));
    bytes.set(this.#bytes.subarray(0, this.#used));
    const ends = new Float64Array(new SharedArrayBuffer(this.#count * 8));
    ends.set(this.#ends.subarray(0, this.#count));
    return { bytes, ends };
  }

  get count(): number {
    return this.#count;
  }

  /** Adds the id of the next row, as bytes of UTF-8. */
  add(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#used + length > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    if (this.#count === this.#ends.length) {
      const longer = new Float64Array(this.#ends.length * 2);
      longer.set(this.#ends);
      this.#ends = longer;
    }
    for (let at = 0; at < length; at += 1) this.#bytes[this.#used + at] = bytes[start + at] ?? 0;
    this.#used += length;
    this.#ends[this.#count] = this.#used;
    this.#count += 1;
  }

  /** The id of a row; rows count from 0. */
  of(row: number): string {
    const start = row === 0 ? 0 : (this.#ends[row - 1] ?? 0);
    return decoder.decode(this.#bytes.slice(start, this.#ends[row]));
  }

  /** How many rows have an id that an earlier row has, and the first such row; empty ids count as none. */
  repeated(): { readonly rows: number; readonly first: number | null } {
    const seen = new Set<string>();
    let rows = 0;
    let first: number | null = null;
    for (let row = 0; row < this.#count; row += 1) {
      const id = this.of(row);
      if (id === '') continue;
      if (seen.has(id)) {
        rows += 1;
        first ??= row;
      }
      seen.add(id);
    }
    return { rows, first };
  }
}
