const BYTES = 16;
const FORM = 1;

/** Counts one after another, as bytes. */
export class CountPacker {
  #bytes = new Uint8Array(64 * BYTES);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get size(): number {
    return this.#length / BYTES;
  }

  add(first: number, second: number, at: number): void {
    if (this.#length + BYTES > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#view.setUint32(this.#length, FORM);
    this.#view.setInt32(this.#length + 4, first);
    this.#view.setInt32(this.#length + 8, second);
    this.#view.setUint32(this.#length + 12, Math.floor(at / 1_000));
    this.#length += BYTES;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Visits what was packed. What another release packed in a form that is not known here is passed over. */
export function unpackCounts(bytes: Uint8Array, visit: (first: number, second: number, at: number) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let place = 0; place + BYTES <= bytes.byteLength; place += BYTES) {
    if (view.getUint32(place) !== FORM) continue;
    visit(view.getInt32(place + 4), view.getInt32(place + 8), view.getUint32(place + 12) * 1_000);
  }
}
