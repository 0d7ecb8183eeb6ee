/** A group: how it is written, the second it is of, how many counts follow; then each count's two words. All words big-endian. */
const FORM = 2;
const HEAD = 12;
const COUNT = 8;

/** Counts one after another, as bytes: those that follow each other within a second stand together. Packed parts may be put behind one another. */
export class CountPacker {
  #bytes = new Uint8Array(64 * COUNT);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #size = 0;
  /** Where the last group begins, the second it is of, and how many are in it. */
  #group = 0;
  #second = -1;
  #inGroup = 0;

  get size(): number {
    return this.#size;
  }

  add(first: number, second: number, at: number): void {
    if (this.#length + HEAD + COUNT > this.#bytes.length) this.#grow();
    const moment = Math.floor(at / 1_000);
    if (moment !== this.#second) this.#begin(moment);
    this.#view.setInt32(this.#length, first);
    this.#view.setInt32(this.#length + 4, second);
    this.#length += COUNT;
    this.#size += 1;
    this.#inGroup += 1;
    this.#view.setUint32(this.#group + 8, this.#inGroup);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #begin(moment: number): void {
    this.#group = this.#length;
    this.#second = moment;
    this.#inGroup = 0;
    this.#view.setUint32(this.#group, FORM);
    this.#view.setUint32(this.#group + 4, moment);
    this.#length += HEAD;
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Visits what was packed. From where it is in a form that is not known here, or cut off, the rest is passed over. */
export function unpackCounts(bytes: Uint8Array, visit: (first: number, second: number, at: number) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let place = 0; place + HEAD <= bytes.byteLength && view.getUint32(place) === FORM; ) {
    const at = view.getUint32(place + 4) * 1_000;
    const end = place + HEAD + view.getUint32(place + 8) * COUNT;
    if (end > bytes.byteLength) return;
    for (place += HEAD; place < end; place += COUNT) visit(view.getInt32(place), view.getInt32(place + 4), at);
  }
}
