import type { Values } from './types.ts';

/** Only so many letters are looked at: their flags fit one number, and no name differs only behind them. */
const MOST = 31;
const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;

/**
 * Jaro–Winkler similarity of two values, 0 to 1 (Winkler 1990: 0.1 for each of up to four equal first letters).
 * Symmetric; allocates nothing.
 */
export function jaroWinkler(left: Values, leftId: number, right: Values, rightId: number): number {
  const fromA = left.starts[leftId] as number;
  const fromB = right.starts[rightId] as number;
  const lengthA = Math.min(MOST, (left.starts[leftId + 1] as number) - fromA);
  const lengthB = Math.min(MOST, (right.starts[rightId + 1] as number) - fromB);
  return lengthA < lengthB || (lengthA === lengthB && before(left.units, fromA, right.units, fromB, lengthA))
    ? similarity(left.units, fromA, lengthA, right.units, fromB, lengthB)
    : similarity(right.units, fromB, lengthB, left.units, fromA, lengthA);
}

/** Of two texts of one length the first in the alphabet comes first: a greedy match may else depend on which is which. */
function before(a: Uint16Array, fromA: number, b: Uint16Array, fromB: number, length: number): boolean {
  let place = 0;
  while (place < length && a[fromA + place] === b[fromB + place]) place += 1;
  return place === length || (a[fromA + place] as number) < (b[fromB + place] as number);
}

/** `a` is the shorter. Matching goes through the shorter one, so that the order of the arguments cannot matter. */
function similarity(
  a: Uint16Array,
  fromA: number,
  lengthA: number,
  b: Uint16Array,
  fromB: number,
  lengthB: number,
): number {
  if (lengthA === 0) return lengthB === 0 ? 1 : 0;
  const reach = Math.max(0, (lengthB >> 1) - 1);
  let usedB = 0;
  let usedA = 0;
  let matches = 0;
  for (let place = 0; place < lengthA; place += 1) {
    const unit = a[fromA + place];
    const last = Math.min(lengthB - 1, place + reach);
    for (let other = Math.max(0, place - reach); other <= last; other += 1) {
      if (b[fromB + other] === unit && (usedB & (1 << other)) === 0) {
        usedB |= 1 << other;
        usedA |= 1 << place;
        matches += 1;
        break;
      }
    }
  }
  if (matches === 0) return 0;
  let moved = 0;
  let other = 0;
  for (let place = 0; place < lengthA; place += 1) {
    if ((usedA & (1 << place)) === 0) continue;
    while ((usedB & (1 << other)) === 0) other += 1;
    if (a[fromA + place] !== b[fromB + other]) moved += 1;
    other += 1;
  }
  const jaro = (matches / lengthA + matches / lengthB + (matches - moved / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < PREFIX && prefix < lengthA && a[fromA + prefix] === b[fromB + prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/** Whether Jaro–Winkler could reach `least`, from lengths, letters and first letters alone: most pairs need no closer look. */
export function couldReach(least: number, left: Values, leftId: number, right: Values, rightId: number): boolean {
  const fromA = left.starts[leftId] as number;
  const fromB = right.starts[rightId] as number;
  const lengthA = Math.min(MOST, (left.starts[leftId + 1] as number) - fromA);
  const lengthB = Math.min(MOST, (right.starts[rightId + 1] as number) - fromB);
  const lettersA = left.letters[leftId] as number;
  const lettersB = right.letters[rightId] as number;
  const most = Math.min(lengthA - bits(lettersA & ~lettersB), lengthB - bits(lettersB & ~lettersA), lengthA, lengthB);
  if (most <= 0) return false;
  const jaro = (most / lengthA + most / lengthB + 1) / 3;
  let prefix = 0;
  while (prefix < PREFIX && prefix < most && left.units[fromA + prefix] === right.units[fromB + prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro) >= least;
}

function bits(value: number): number {
  let left = value - ((value >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Whether one letter put in, left out, exchanged, or swapped with its neighbour makes one value the other (Damerau–Levenshtein ≤ 1). */
export function oneEdit(left: Values, leftId: number, right: Values, rightId: number): boolean {
  const lengthA = (left.starts[leftId + 1] as number) - (left.starts[leftId] as number);
  const lengthB = (right.starts[rightId + 1] as number) - (right.starts[rightId] as number);
  return lengthA <= lengthB
    ? edit(left.units, left.starts[leftId] as number, lengthA, right.units, right.starts[rightId] as number, lengthB)
    : edit(right.units, right.starts[rightId] as number, lengthB, left.units, left.starts[leftId] as number, lengthA);
}

function edit(a: Uint16Array, fromA: number, lengthA: number, b: Uint16Array, fromB: number, lengthB: number): boolean {
  if (lengthB - lengthA > 1) return false;
  let start = 0;
  while (start < lengthA && a[fromA + start] === b[fromB + start]) start += 1;
  let endA = lengthA - 1;
  let endB = lengthB - 1;
  while (endA >= start && a[fromA + endA] === b[fromB + endB]) {
    endA -= 1;
    endB -= 1;
  }
  if (endA < start) return endB - start <= 0;
  if (endA === start && endB === start) return true;
  return (
    lengthA === lengthB &&
    endA === start + 1 &&
    a[fromA + start] === b[fromB + endA] &&
    a[fromA + endA] === b[fromB + start]
  );
}

const SPACE = 32;
const SHORTEST_WORD = 3;

/**
 * Whether two names share a whole word, or one is only the initial of the other: "Anna Maria" and "Maria", "J." and "Jan".
 */
export function sharesWord(left: Values, leftId: number, right: Values, rightId: number): boolean {
  const endA = left.starts[leftId + 1] as number;
  const endB = right.starts[rightId + 1] as number;
  const firstA = left.starts[leftId] as number;
  const firstB = right.starts[rightId] as number;
  if (wordEnd(left.units, firstA, endA) === firstA + 1 || wordEnd(right.units, firstB, endB) === firstB + 1)
    return left.units[firstA] === right.units[firstB];
  for (let fromA = firstA; fromA < endA; ) {
    const toA = wordEnd(left.units, fromA, endA);
    for (let fromB = firstB; fromB < endB; ) {
      const toB = wordEnd(right.units, fromB, endB);
      if (
        toA - fromA >= SHORTEST_WORD &&
        toA - fromA === toB - fromB &&
        same(left.units, fromA, right.units, fromB, toA - fromA)
      )
        return true;
      fromB = toB + 1;
    }
    fromA = toA + 1;
  }
  return false;
}

function wordEnd(units: Uint16Array, from: number, end: number): number {
  let place = from;
  while (place < end && units[place] !== SPACE) place += 1;
  return place;
}

function same(a: Uint16Array, fromA: number, b: Uint16Array, fromB: number, length: number): boolean {
  for (let place = 0; place < length; place += 1) if (a[fromA + place] !== b[fromB + place]) return false;
  return true;
}
