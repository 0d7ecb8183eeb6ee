import type { Values } from './types.ts';

/**
 * Distinct texts with small numbers for them, in typed arrays: a million strings without a million objects. Grows as it is
 * filled; `sealed` gives what comparisons need, on memory that threads can share.
 */
export class ValuePool implements Values {
  count = 0;
  units = new Uint16Array(1024);
  starts = new Int32Array(65);
  counts = new Int32Array(64);
  hashes = new Int32Array(64);
  letters = new Int32Array(64);
  /** Pairs of a value's number + 1 (0: free) and its hash, side by side so that looking costs one reach into memory. */
  #slots = new Int32Array(256);

  /** The number of a text, a new one if it was never seen. Does not count a row: see `bear`. */
  intern(text: string): number {
    const { length } = text;
    const from = this.#tail(length);
    const { units } = this;
    for (let place = 0; place < length; place += 1) units[from + place] = text.charCodeAt(place);
    return this.#internTail(length);
  }

  /** As `intern`, for the texts of some values one after another, with `between` before each but the first; −1 is an empty text. */
  internJoined(values: readonly Values[], ids: readonly number[], between: readonly string[]): number {
    let length = 0;
    let from = this.starts[this.count] as number;
    for (let part = 0; part < values.length; part += 1) {
      const one = values[part] as Values;
      const id = ids[part] as number;
      const gap = part === 0 ? '' : (between[part - 1] as string);
      const start = id < 0 ? 0 : (one.starts[id] as number);
      const end = id < 0 ? 0 : (one.starts[id + 1] as number);
      const room = length + gap.length + end - start;
      from = this.#tail(room);
      for (let place = 0; place < gap.length; place += 1) this.units[from + length + place] = gap.charCodeAt(place);
      length += gap.length;
      for (let place = start; place < end; place += 1)
        this.units[from + length + place - start] = one.units[place] as number;
      length = room;
    }
    return this.#internTail(length);
  }

  /** The number of a text, or −1. */
  find(text: string): number {
    const from = this.#tail(text.length);
    for (let place = 0; place < text.length; place += 1) this.units[from + place] = text.charCodeAt(place);
    return (this.#slots[this.#slotOf(from, text.length, hashOf(text))] as number) - 1;
  }

  /** Says that one row more (or, with −1, one row fewer) has this value. */
  bear(id: number, rows = 1): void {
    this.counts[id] = (this.counts[id] as number) + rows;
  }

  /** Adds a text without looking whether it is there, and without letting it be found: for a guest taken out by `truncate`. */
  push(text: string): number {
    const from = this.#tail(text.length);
    for (let place = 0; place < text.length; place += 1) this.units[from + place] = text.charCodeAt(place);
    return this.#add(from, text.length, hashOf(text));
  }

  /** Takes out what was pushed since the pool had `count` values. */
  truncate(count: number): void {
    this.count = count;
  }

  sealed(shared: boolean): Values {
    const room = (bytes: number): ArrayBuffer | SharedArrayBuffer =>
      shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
    const length = this.starts[this.count] as number;
    const sealed = {
      count: this.count,
      units: new Uint16Array(room(length * 2)),
      starts: new Int32Array(room((this.count + 1) * 4)),
      counts: new Int32Array(room(this.count * 4)),
      hashes: new Int32Array(room(this.count * 4)),
      letters: new Int32Array(room(this.count * 4)),
    };
    sealed.units.set(this.units.subarray(0, length));
    sealed.starts.set(this.starts.subarray(0, this.count + 1));
    sealed.counts.set(this.counts.subarray(0, this.count));
    sealed.hashes.set(this.hashes.subarray(0, this.count));
    sealed.letters.set(this.letters.subarray(0, this.count));
    return sealed;
  }

  /** Where the next value begins, with room for so many units. */
  #tail(length: number): number {
    const from = this.starts[this.count] as number;
    if (from + length > this.units.length) this.units = larger(this.units, from + length);
    return from;
  }

  #internTail(length: number): number {
    const from = this.starts[this.count] as number;
    const { units } = this;
    let hash = 0x811c9dc5;
    for (let place = from; place < from + length; place += 1)
      hash = Math.imul(hash ^ (units[place] as number), 0x01000193);
    hash = spread(hash);
    const slot = this.#slotOf(from, length, hash);
    const known = this.#slots[slot] as number;
    if (known !== 0) return known - 1;
    const id = this.#add(from, length, hash);
    this.#slots[slot] = id + 1;
    this.#slots[slot + 1] = hash;
    if (this.count * 4 > this.#slots.length) this.#rehash();
    return id;
  }

  #add(from: number, length: number, hash: number): number {
    const id = this.count;
    if (id + 1 >= this.starts.length) this.#grow();
    const { units } = this;
    let letters = 0;
    for (let place = from; place < from + length; place += 1) letters |= 1 << bitOf(units[place] as number);
    this.letters[id] = letters;
    this.starts[id + 1] = from + length;
    this.counts[id] = 0;
    this.hashes[id] = hash;
    this.count = id + 1;
    return id;
  }

  #slotOf(from: number, length: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (;;) {
      const known = slots[slot] as number;
      if (known === 0 || (slots[slot + 1] === hash && this.#equals(known - 1, from, length))) return slot;
      slot = (slot + 2) & mask;
    }
  }

  #equals(id: number, from: number, length: number): boolean {
    const start = this.starts[id] as number;
    if ((this.starts[id + 1] as number) - start !== length) return false;
    const { units } = this;
    for (let place = 0; place < length; place += 1) if (units[start + place] !== units[from + place]) return false;
    return true;
  }

  #grow(): void {
    const room = this.starts.length * 2;
    this.starts = larger(this.starts, room);
    this.counts = larger(this.counts, room);
    this.hashes = larger(this.hashes, room);
    this.letters = larger(this.letters, room);
  }

  #rehash(): void {
    const before = this.#slots;
    const slots = new Int32Array(before.length * 4);
    const mask = slots.length - 2;
    for (let from = 0; from < before.length; from += 2) {
      const known = before[from] as number;
      if (known === 0) continue;
      const hash = before[from + 1] as number;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = known;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}

/** The text of a value. */
export function textAt(values: Values, id: number): string {
  const end = values.starts[id + 1] as number;
  let text = '';
  for (let place = values.starts[id] as number; place < end; place += 1)
    text += String.fromCharCode(values.units[place] as number);
  return text;
}

const SPACE = 32;

function bitOf(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 97;
  return unit === SPACE ? 31 : 26 + (unit % 5);
}

/** A 32-bit hash of a text (FNV-1a over UTF-16 units with a finish that spreads the bits): never changes between versions. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return spread(hash);
}

/** Makes every bit of a number depend on every other. */
export function spread(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** A hash of two hashes in their order. */
export function mix(before: number, hash: number): number {
  return spread(Math.imul(before ^ hash, 0x9e3779b1) + 0x7f4a7c15 + before);
}

type Growable = Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** A copy with room for at least `least` elements. */
export function larger<T extends Growable>(array: T, least: number): T {
  const length = Math.max(array.length * 2, least);
  const copy = array instanceof Uint16Array ? new Uint16Array(length) : new Int32Array(length);
  copy.set(array);
  return copy as T;
}
