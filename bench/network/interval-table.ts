import { readAddress } from '../../src/core/network/address.ts';
import type { Cidr } from '../../src/core/network/cidr.ts';

export interface Entry {
  readonly cidr: Cidr;
  readonly entry: number;
}

/**
 * The limit: what somebody would write by hand for a list that never changes. Networks are cut into intervals that do not overlap, each with the
 * entry that answers in it, and a look-up is a binary search over typed arrays. A single change means building it all again.
 */
export class IntervalTable {
  readonly #four: { readonly starts: Uint32Array; readonly answers: Int32Array };
  readonly #six: { readonly starts: Uint32Array; readonly answers: Int32Array };
  readonly #words = new Int32Array(4);

  constructor(entries: readonly Entry[]) {
    this.#four = cut(
      entries.filter(({ cidr }) => cidr.family === 4),
      1,
    );
    this.#six = cut(
      entries.filter(({ cidr }) => cidr.family === 6),
      4,
    );
  }

  find(text: string): number {
    const family = readAddress(text, this.#words);
    if (family === 4) return this.#find4((this.#words[0] as number) >>> 0);
    return family === 6 ? this.#find6() : -2;
  }

  #find4(address: number): number {
    const { starts, answers } = this.#four;
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) <= address) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? -1 : (answers[low - 1] as number);
  }

  #find6(): number {
    const { starts, answers } = this.#six;
    let [low, high] = [0, answers.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      let word = 0;
      while (word < 3 && starts[4 * middle + word] === (this.#words[word] as number) >>> 0) word++;
      if ((starts[4 * middle + word] as number) <= (this.#words[word] as number) >>> 0) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? -1 : (answers[low - 1] as number);
  }
}

/** Sweeps over the sorted networks with a stack of those that are open: networks hold each other or are apart, and never cross. */
function cut(entries: readonly Entry[], words: 1 | 4): { starts: Uint32Array; answers: Int32Array } {
  const spans = entries
    .map(({ cidr, entry }) => {
      const start = cidr.words.reduce((number, word) => (number << 32n) | BigInt(word), 0n);
      return { start, end: start + (1n << BigInt(32 * words - cidr.length)), entry };
    })
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.end > b.end ? -1 : 1));
  const cuts: { at: bigint; answer: number }[] = [];
  const put = (at: bigint, answer: number): void => {
    if (cuts.at(-1)?.at === at) cuts.pop();
    if (cuts.at(-1)?.answer !== answer) cuts.push({ at, answer });
  };
  const open: typeof spans = [];
  const close = (until: bigint | null): void => {
    for (let last = open.at(-1); last !== undefined && (until === null || last.end <= until); last = open.at(-1)) {
      open.pop();
      put(last.end, open.at(-1)?.entry ?? -1);
    }
  };
  for (const span of spans) {
    close(span.start);
    put(span.start, span.entry);
    open.push(span);
  }
  close(null);
  const within = cuts.filter(({ at }) => at < 1n << BigInt(32 * words));
  return {
    starts: Uint32Array.from(
      within.flatMap(({ at }) =>
        Array.from({ length: words }, (_, word) => Number((at >> BigInt(32 * (words - 1 - word))) & 0xffff_ffffn)),
      ),
    ),
    answers: Int32Array.from(within, ({ answer }) => answer),
  };
}
