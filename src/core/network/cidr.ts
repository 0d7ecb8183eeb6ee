import { assertNever } from '../shared/assert-never.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { type Address, type AddressRefusal, addressText, parseAddress } from './address.ts';

/** A network: the addresses that share their first `length` bits with it. All bits after those are 0. */
export interface Cidr extends Address {
  readonly length: number;
}

/**
 * Why a text is no network that can be taken. `too_wide`: it holds more than `WIDEST` allows, such as everybody. `mapped`: it holds the
 * place where IPv4 addresses stand within IPv6, and more. `mixed`: a range from one family to the other. `reversed`: its end comes before its start.
 */
export type NetworkRefusal = AddressRefusal | 'bad_length' | 'too_wide' | 'mapped' | 'mixed' | 'reversed';

/** What was changed to read it. `host_bits`: 10.0.0.7/8 was read as 10.0.0.0/8. `split`: a range became several networks. */
export type NetworkNote = 'host_bits' | 'split';

export interface Networks {
  readonly cidrs: readonly Cidr[];
  readonly notes: readonly NetworkNote[];
}

/** The shortest length that is taken without `allowWide`: 16.8 million IPv4 addresses, or a whole region's IPv6 space. */
export const WIDEST = { 4: 8, 6: 16 } as const;

/** An IPv6 range splits into at most twice its bits; so does the longest list that `parseNetworks` gives. */
const BITS = { 4: 32, 6: 128 } as const;

/** One address or one network in CIDR form. Refuses ranges; use `parseNetworks` for those. */
export function parseCidr(text: string, options: { readonly allowWide?: boolean } = {}): Result<Cidr, NetworkRefusal> {
  const read = readCidr(text.trim());
  if (!read.ok) return read;
  return tooWide(read.value.cidr, options) ? err('too_wide') : ok(read.value.cidr);
}

/**
 * What people write for a set of addresses: one address, CIDR, or the first and the last address of a range ("a-b"), which becomes the
 * fewest networks that hold exactly the same addresses.
 */
export function parseNetworks(
  text: string,
  options: { readonly allowWide?: boolean } = {},
): Result<Networks, NetworkRefusal> {
  const ends = text.split(/[-–]/);
  if (ends.length === 1) {
    const read = readCidr(text.trim());
    if (!read.ok) return read;
    const { cidr, hostBits } = read.value;
    return tooWide(cidr, options) ? err('too_wide') : ok({ cidrs: [cidr], notes: hostBits ? ['host_bits'] : [] });
  }
  const [first, last, more] = ends;
  if (first === undefined || last === undefined || more !== undefined) return err('not_an_address');
  const [from, to] = [parseAddress(first), parseAddress(last)];
  if (!from.ok) return from;
  if (!to.ok) return to;
  if (from.value.family !== to.value.family) return err('mixed');
  const [low, high] = [numberOf(from.value), numberOf(to.value)];
  if (low > high) return err('reversed');
  const cidrs = split(from.value.family, low, high);
  if (cidrs.some(holdsMapped)) return err('mapped');
  if (cidrs.some((cidr) => tooWide(cidr, options))) return err('too_wide');
  return ok({ cidrs, notes: cidrs.length > 1 ? ['split'] : [] });
}

/** The one text of a network: "10.0.0.0/8"; a single address is written without a length. */
export function cidrText(cidr: Cidr): string {
  return cidr.length === BITS[cidr.family] ? addressText(cidr) : `${addressText(cidr)}/${cidr.length}`;
}

/** One sentence for whoever wrote it: what is wrong and what to do. Does not repeat the address, which may be a person's. */
export function refusedBecause(refusal: NetworkRefusal): string {
  switch (refusal) {
    case 'empty':
      return 'There is no address here. Write one such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.';
    case 'leading_zero':
      return 'A part of the address begins with 0, which some programs read as another number. Write it without, as in 192.0.2.10.';
    case 'zone':
      return 'The part after % names a network card of one machine. Leave it out.';
    case 'foreign_digits':
      return 'It holds characters that only look like those of an address. Type it anew with plain digits, letters, dots and colons.';
    case 'not_an_address':
      return 'This is no IP address, no network and no range. Write one such as 203.0.113.7, 203.0.113.0/24, 203.0.113.5-203.0.113.9 or 2001:db8::/32.';
    case 'bad_length':
      return 'The length after / must be a whole number from 0 to 32 for IPv4 and from 0 to 128 for IPv6.';
    case 'too_wide':
      return `This network is wider than /${WIDEST[4]} (IPv4) or /${WIDEST[6]} (IPv6) and would hit people you know nothing about. Name smaller networks, or say explicitly that you mean it.`;
    case 'mapped':
      return 'This IPv6 network holds all IPv4 addresses (::ffff:0:0/96) and more. Name the IPv4 networks that you mean.';
    case 'mixed':
      return 'The range begins with one kind of address and ends with the other. Write one range for IPv4 and one for IPv6.';
    case 'reversed':
      return 'The range ends before it begins. Write the lower address first.';
    default:
      return assertNever(refusal);
  }
}

const tooWide = (cidr: Cidr, options: { readonly allowWide?: boolean }): boolean =>
  options.allowWide !== true && cidr.length < WIDEST[cidr.family];

/** The length is counted in the family it was written in: ::ffff:10.0.0.0/104 is 10.0.0.0/8. */
function readCidr(text: string): Result<{ readonly cidr: Cidr; readonly hostBits: boolean }, NetworkRefusal> {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address.ok) return address;
  const { family } = address.value;
  const bits = BITS[family];
  if (slash < 0) return ok({ cidr: { ...address.value, length: bits }, hostBits: false });
  const written = text.slice(slash + 1);
  const widest = text.includes(':') ? 128 : 32;
  if (!/^(0|[1-9]\d{0,2})$/.test(written) || Number(written) > widest) return err('bad_length');
  const length = Number(written) - (widest - bits);
  if (length < 0) return err('mapped');
  const words = address.value.words.map((word, at) => (word & maskOf(length - 32 * at)) >>> 0);
  const cidr: Cidr = { family, words, length };
  if (holdsMapped(cidr)) return err('mapped');
  return ok({ cidr, hostBits: words.some((word, at) => word !== address.value.words[at]) });
}

/** The first `bits` of a word set; none at or below 0, all at or above 32. */
const maskOf = (bits: number): number => (bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits));

/** ::/0 is let through to be refused, or allowed, as too wide: everybody is meant there. */
function holdsMapped({ family, words, length }: Cidr): boolean {
  return (
    family === 6 &&
    length > 0 &&
    length <= 96 &&
    MAPPED.every((w, at) => ((w ^ (words[at] ?? 0)) & maskOf(length - 32 * at)) === 0)
  );
}
const MAPPED = [0, 0, 0xffff, 0];

function numberOf({ words }: Address): bigint {
  return words.reduce((number, word) => (number << 32n) | BigInt(word), 0n);
}

/** The fewest networks that hold exactly low … high: each the widest that begins where the last ended. */
function split(family: 4 | 6, low: bigint, high: bigint): Cidr[] {
  const cidrs: Cidr[] = [];
  for (let start = low; start <= high; ) {
    let free = 0;
    while (free < BITS[family] && ((start >> BigInt(free)) & 1n) === 0n && start + (2n << BigInt(free)) - 1n <= high)
      free++;
    cidrs.push({ family, words: wordsOf(family, start), length: BITS[family] - free });
    start += 1n << BigInt(free);
  }
  return cidrs;
}

const wordsOf = (family: 4 | 6, number: bigint): number[] =>
  (family === 4 ? [0n] : [96n, 64n, 32n, 0n]).map((shift) => Number((number >> shift) & 0xffff_ffffn));
