import { err, ok, type Result } from '../shared/result.ts';

/** An IP address as numbers: one word of 32 bits for IPv4, four for IPv6, each unsigned, the most significant first. */
export interface Address {
  readonly family: 4 | 6;
  readonly words: readonly number[];
}

/**
 * Why a text is no address. `leading_zero`: "010" is 8 to some programs and 10 to others. `zone`: "%eth0" means something on one machine
 * only. `foreign_digits`: digits or punctuation of other scripts that look like those of an address.
 */
export type AddressRefusal = 'empty' | 'leading_zero' | 'zone' | 'foreign_digits' | 'not_an_address';

/** The longest text that can be an address: eight groups, the last two as a dotted IPv4 address. */
const LONGEST = 45;

/**
 * An address from its text. Only the plain forms are read: four decimal numbers without leading zeros, or RFC 4291. What stands for an
 * IPv4 address (::ffff:a.b.c.d, in whichever spelling) is that IPv4 address. Spaces around it are left out.
 */
export function parseAddress(text: string): Result<Address, AddressRefusal> {
  const trimmed = text.trim();
  const words = new Int32Array(4);
  const family = readAddress(trimmed, words);
  if (family === 0) return err(refusal(trimmed));
  return ok({ family, words: Array.from(words.subarray(0, family === 4 ? 1 : 4), (word) => word >>> 0) });
}

/** The one text of an address: dotted decimal, or RFC 5952 (lower case, the first longest run of two zero groups or more as "::"). */
export function addressText({ family, words }: Address): string {
  const [first = 0] = words;
  if (family === 4) return [24, 16, 8, 0].map((shift) => (first >>> shift) & 0xff).join('.');
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  const { start, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The canonical text of an address in any spelling that is read; null: it is none. */
export function canonicalAddress(text: string): string | null {
  const parsed = parseAddress(text);
  return parsed.ok ? addressText(parsed.value) : null;
}

/**
 * Reads an address into `words` without making anything: for look-ups, a few million a second. Gives its family, or 0 when the text is no
 * address; the words are signed, and only the first counts for IPv4. Nothing around the address is forgiven.
 */
export function readAddress(text: string, words: Int32Array): 0 | 4 | 6 {
  const length = text.length;
  if (length < 2 || length > LONGEST) return 0;
  const four = readDotted(text, 0, length);
  if (four >= 0) {
    words[0] = four;
    return 4;
  }
  return readGroups(text, length, words);
}

/** The 32 bits of "a.b.c.d" between two places as an unsigned number; -1: it is none. */
function readDotted(text: string, from: number, to: number): number {
  let number = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      if (digits > 0 && part === 0) return -1;
      part = part * 10 + digit;
      digits++;
      if (part > 255) return -1;
    } else if (digit === -2) {
      if (digits === 0 || ++dots > 3) return -1;
      number = (number << 8) | part;
      part = 0;
      digits = 0;
    } else return -1;
  }
  return dots === 3 && digits > 0 ? ((number << 8) | part) >>> 0 : -1;
}

/** Values of the hexadecimal digits by their code, -1 for everything else. */
const HEX = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code | 0x20)));
for (let code = 0; code < 0x20; code++) HEX[code] = -1;

const groups = new Int32Array(8);

function readGroups(text: string, length: number, words: Int32Array): 0 | 4 | 6 {
  let at = 0;
  let count = 0;
  let gap = -1;
  if (text.charCodeAt(0) === 58) {
    if (text.charCodeAt(1) !== 58) return 0;
    gap = 0;
    at = 2;
  }
  while (at < length) {
    if (count === 8) return 0;
    const start = at;
    let value = 0;
    let code = 0;
    for (; at < length; at++) {
      code = text.charCodeAt(at);
      const digit = code < 128 ? (HEX[code] as number) : -1;
      if (digit < 0) break;
      value = (value << 4) | digit;
    }
    if (at === start || at - start > 4) return 0;
    if (at < length && code === 46) {
      const four = readDotted(text, start, length);
      if (four < 0 || count > 6) return 0;
      groups[count++] = four >>> 16;
      groups[count++] = four & 0xffff;
      break;
    }
    groups[count++] = value;
    if (at === length) break;
    if (code !== 58 || ++at === length) return 0;
    if (text.charCodeAt(at) === 58) {
      if (gap >= 0) return 0;
      gap = count;
      at++;
    }
  }
  if (gap < 0 ? count !== 8 : count > 7) return 0;
  if (gap >= 0) spread(gap, count);
  for (let word = 0; word < 4; word++) {
    words[word] = ((groups[2 * word] as number) << 16) | (groups[2 * word + 1] as number);
  }
  if (words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff) return 6;
  words[0] = words[3] as number;
  return 4;
}

/** Moves the groups after the gap to the end, with zeros between. */
function spread(gap: number, count: number): void {
  const zeros = 8 - count;
  for (let at = 7; at >= gap + zeros; at--) groups[at] = groups[at - zeros] as number;
  groups.fill(0, gap, gap + zeros);
}

function longestZeros(numbers: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [at, number] of numbers.entries()) {
    if (number !== 0) start = at + 1;
    else if (at + 1 - start > best.length) best = { start, length: at + 1 - start };
  }
  return best;
}

function refusal(text: string): AddressRefusal {
  if (text === '') return 'empty';
  if (text.includes('%')) return 'zone';
  if (/[^\x20-\x7e]/.test(text)) return 'foreign_digits';
  return /^0*\d{1,3}(\.0*\d{1,3}){3}$/.test(text) && /(^|\.)0\d/.test(text) ? 'leading_zero' : 'not_an_address';
}
