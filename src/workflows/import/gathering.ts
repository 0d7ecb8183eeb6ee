/** How many things may be incomplete at a time, and how many rows they may have together. */
const MOST_OPEN = 2_000;
const MOST_ROWS = 100_000;

/**
 * Gathers rows that belong together (the lines of an order) though others stand between them, in bounded memory: a thing is
 * finished when 2,000 others, or 100,000 rows, have begun since. Things are handed on in the order in which they began.
 */
export class Gathering<T> {
  readonly #open = new Map<string, T>();
  readonly #finish: (thing: T) => void;
  readonly #rowsOf: (thing: T) => number;
  #rows = 0;
  #lastKey = '';
  #last: T | undefined;

  constructor(rowsOf: (thing: T) => number, finish: (thing: T) => void) {
    this.#rowsOf = rowsOf;
    this.#finish = finish;
  }

  /** The thing a row belongs to: the open one, or a new one. */
  of(key: string, begin: () => T): T {
    this.#rows += 1;
    if (this.#last !== undefined && key === this.#lastKey) return this.#last;
    let thing = this.#open.get(key);
    if (thing === undefined) {
      thing = begin();
      this.#open.set(key, thing);
      this.#makeRoom();
    }
    this.#lastKey = key;
    this.#last = thing;
    return thing;
  }

  /** Finishes everything that is still open. */
  end(): void {
    for (const thing of this.#open.values()) this.#finish(thing);
    this.#open.clear();
    this.#last = undefined;
    this.#rows = 0;
  }

  #makeRoom(): void {
    for (const [key, thing] of this.#open) {
      if (this.#open.size === 1 || (this.#open.size <= MOST_OPEN && this.#rows <= MOST_ROWS)) return;
      this.#open.delete(key);
      this.#rows -= this.#rowsOf(thing);
      this.#finish(thing);
    }
  }
}
