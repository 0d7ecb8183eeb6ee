import { addressText } from '../../src/core/network/address.ts';
import { type Cidr, cidrText } from '../../src/core/network/cidr.ts';

/** Lengths as lists have them: mostly single addresses and the sizes that are given out. */
const LENGTHS = {
  4: [16, 18, 20, 22, 24, 24, 24, 26, 28, 32, 32, 32],
  6: [29, 32, 40, 48, 48, 56, 64, 64, 128],
} as const;

/** Repeatable pseudo-random whole numbers of 32 bits (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** `count` different networks, three in ten IPv6, some within others. */
export function networks(count: number, seed = 1): readonly Cidr[] {
  const next = numbers(seed);
  const found = new Map<string, Cidr>();
  while (found.size < count) {
    const family = next() % 10 < 3 ? 6 : 4;
    const length = LENGTHS[family][next() % LENGTHS[family].length] ?? 32;
    const cidr = { family, length, words: masked(anywhere(family, next), length) } as const;
    found.set(cidrText(cidr), cidr);
  }
  return [...found.values()];
}

/** Addresses to look up: every second one in one of the networks, the others anywhere. */
export function addresses(count: number, within: readonly Cidr[], seed = 2): readonly string[] {
  const next = numbers(seed);
  return Array.from({ length: count }, (_, at) => {
    const cidr = within[next() % within.length];
    const random = anywhere(cidr?.family ?? 4, next);
    if (at % 2 === 0 || cidr === undefined) return addressText({ family: cidr?.family ?? 4, words: random });
    const kept = masked(random, cidr.length);
    const words = random.map((word, n) => ((word ^ (kept[n] ?? 0)) | (cidr.words[n] ?? 0)) >>> 0);
    return addressText({ family: cidr.family, words });
  });
}

/** IPv6 as it is routed: within the regions' blocks, where most are. */
function anywhere(family: 4 | 6, next: () => number): number[] {
  if (family === 4) return [next()];
  const region = [0x2001, 0x2400, 0x2600, 0x2800, 0x2a00, 0x2a02, 0x2c00][next() % 7] ?? 0x2a00;
  return [((region << 16) | (next() & 0xf_ffff)) >>> 0, next(), next(), next()];
}

function masked(words: readonly number[], length: number): number[] {
  return words.map((word, at) => {
    const bits = length - 32 * at;
    return bits <= 0 ? 0 : bits >= 32 ? word : (word & (-1 << (32 - bits))) >>> 0;
  });
}
