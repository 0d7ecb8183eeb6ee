/** A key is a 256-bit keyed hash: eight 32-bit words, big-endian as bytes. */
export const KEY_WORDS = 8;

const FULL = 0.6;
const SMALLEST = 16;

/**
 * From 256-bit keyed hashes to whole numbers from 0, in flat memory: a hundred thousand keys are a few megabytes and nothing for the
 * collector to walk. Keys must be keyed hashes, whose words nobody can choose: their first word is where they are looked for.
 */
export class KeyTable {
  #keys: Int32Array;
  /** The value + 1; 0 where nothing is. */
  #values: Int32Array;
  #mask: number;
  #size = 0;

  /** `expected`: for so many keys no room is made again. */
  constructor(expected = 0) {
    const places = placesFor(expected);
    this.#keys = new Int32Array(places * KEY_WORDS);
    this.#values = new Int32Array(places);
    this.#mask = places - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** Memory held, in bytes. */
  get bytes(): number {
    return this.#keys.byteLength + this.#values.byteLength;
  }

  /** The value under the key that stands in `keys` from `at`; -1: none. */
  get(keys: Int32Array, at: number): number {
    return (this.#values[this.#place(keys, at)] ?? 0) - 1;
  }

  /** Adds the key or gives it another value. Throws on a value that is no whole number from 0 to 2^31 - 2. */
  set(keys: Int32Array, at: number, value: number): void {
    if (!(value >= 0 && value < 0x7fff_ffff && Number.isInteger(value))) throw new Error(`Not a value: ${value}`);
    const place = this.#place(keys, at);
    if (this.#values[place] === 0) this.#add(keys, at, value, place);
    else this.#values[place] = value + 1;
  }

  /** The value that is there already, else `value`, which then is. */
  getOrAdd(keys: Int32Array, at: number, value: number): number {
    const known = this.get(keys, at);
    if (known !== -1) return known;
    this.set(keys, at, value);
    return value;
  }

  /** Takes the key out and gives the value it had; -1: none. */
  delete(keys: Int32Array, at: number): number {
    let gap = this.#place(keys, at);
    const value = (this.#values[gap] ?? 0) - 1;
    if (value === -1) return -1;
    this.#size -= 1;
    // Whoever was pushed past the gap moves up, so that looking still ends at the first empty place.
    for (let place = (gap + 1) & this.#mask; this.#values[place] !== 0; place = (place + 1) & this.#mask) {
      const home = (this.#keys[place * KEY_WORDS] ?? 0) & this.#mask;
      if (((place - home) & this.#mask) < ((place - gap) & this.#mask)) continue;
      this.#keys.copyWithin(gap * KEY_WORDS, place * KEY_WORDS, (place + 1) * KEY_WORDS);
      this.#values[gap] = this.#values[place] ?? 0;
      gap = place;
    }
    this.#values[gap] = 0;
    return value;
  }

  /** Visits all keys in no order. The table must not change meanwhile. */
  each(visit: (keys: Int32Array, at: number, value: number) => void): void {
    const values = this.#values;
    for (let place = 0; place < values.length; place += 1) {
      const value = values[place] ?? 0;
      if (value !== 0) visit(this.#keys, place * KEY_WORDS, value - 1);
    }
  }

  /** Where the key is, or the empty place where it would be put. */
  #place(keys: Int32Array, at: number): number {
    const mine = this.#keys;
    const values = this.#values;
    const mask = this.#mask;
    const first = keys[at] ?? 0;
    for (let place = first & mask; ; place = (place + 1) & mask) {
      if (values[place] === 0) return place;
      const own = place * KEY_WORDS;
      if (mine[own] !== first) continue;
      let word = 1;
      while (word < KEY_WORDS && mine[own + word] === keys[at + word]) word += 1;
      if (word === KEY_WORDS) return place;
    }
  }

  #add(keys: Int32Array, at: number, value: number, place: number): void {
    if (this.#size + 1 > this.#values.length * FULL) {
      this.#grow();
      this.#add(keys, at, value, this.#place(keys, at));
      return;
    }
    for (let word = 0; word < KEY_WORDS; word += 1) this.#keys[place * KEY_WORDS + word] = keys[at + word] ?? 0;
    this.#values[place] = value + 1;
    this.#size += 1;
  }

  #grow(): void {
    const larger = new KeyTable(this.#values.length);
    this.each((keys, at, value) => {
      larger.#add(keys, at, value, larger.#place(keys, at));
    });
    this.#keys = larger.#keys;
    this.#values = larger.#values;
    this.#mask = larger.#mask;
  }
}

/** Writes 32 bytes, from `from`, as the words of a key. Throws when there are fewer. */
export function readKey(bytes: Uint8Array, into: Int32Array, at: number, from = 0): void {
  if (bytes.length < from + 4 * KEY_WORDS) throw new Error(`A key has 32 bytes, not ${bytes.length - from}`);
  for (let word = 0, place = from; word < KEY_WORDS; word += 1, place += 4)
    into[at + word] =
      ((bytes[place] ?? 0) << 24) |
      ((bytes[place + 1] ?? 0) << 16) |
      ((bytes[place + 2] ?? 0) << 8) |
      (bytes[place + 3] ?? 0);
}

/** The 32 bytes of the key that stands in `keys` from `at`. */
export function keyBytes(keys: Int32Array, at: number): Uint8Array {
  const bytes = new Uint8Array(4 * KEY_WORDS);
  const view = new DataView(bytes.buffer);
  for (let word = 0; word < KEY_WORDS; word += 1) view.setInt32(4 * word, keys[at + word] ?? 0);
  return bytes;
}

function placesFor(expected: number): number {
  let places = SMALLEST;
  while (places * FULL < expected) places *= 2;
  return places;
}
