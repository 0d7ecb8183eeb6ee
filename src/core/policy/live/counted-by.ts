import { postcode, streetLine } from '../../linkage/normal/address.ts';
import { plainWords } from '../../linkage/normal/plain.ts';
import { readAddress } from '../../network/address.ts';

/** An address as a request says it. */
export interface WrittenAddress {
  readonly street: string;
  readonly postcode?: string | undefined;
  readonly city?: string | undefined;
  readonly country?: string | undefined;
}

/**
 * A network address as it is counted: an IPv4 address by itself, an IPv6 address by its /64, because one connection has all of that and may change
 * within it with every request (RFC 6177, RFC 8981). Null: it is none. `words` is room for four words.
 */
export function ipCountedBy(text: string, words: Int32Array): string | null {
  const family = readAddress(text, words);
  const hex = (word: number | undefined): string => ((word ?? 0) >>> 0).toString(16);
  if (family === 4) return hex(words[0]);
  return family === 6 ? `${hex(words[0])}:${hex(words[1])}` : null;
}

/**
 * An address as it is counted: street, number and postcode, or the town where there is no postcode, in a form that spelling does not change.
 * Null: too little of it was said to be one place.
 */
export function addressCountedBy(address: WrittenAddress): string | null {
  const { street, number } = streetLine(address.street);
  const place = address.postcode === undefined ? null : postcode(address.postcode);
  const town = place ?? (address.city === undefined ? null : plainWords(address.city));
  if (street === null || town === null || town === '') return null;
  return [street, number ?? '', town, address.country ?? ''].join('|');
}

/** A device or a card as it is counted: as the shop says it, without what cannot be seen. Null: nothing is left. */
export function tokenCountedBy(text: string): string | null {
  const token = text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  return token === '' ? null : token;
}
