import { createHash } from 'node:crypto';
import { normaliseEmail } from '../../../core/identity/email.ts';
import type { ListedGuest } from '../../../ports/platforms.ts';
import { dayNumber, lastWholeDay } from './last-day.ts';

/** What a checkout function may read of one metafield, in bytes. */
export const LARGEST_METAFIELD = 10_000;

const SALT_BYTES = 16;
const HASH_BYTES = 6;
const DAY_BYTES = 2;
const ENTRY_BYTES = HASH_BYTES + DAY_BYTES;
const VERSION = '1';
const HEAD_LENGTH = `${VERSION}..`.length + Math.ceil((SALT_BYTES * 4) / 3);
const LAST_DAY_NUMBER = 65_535;

/**
 * How many guests fit: 934. An address that is not on a full list is taken for one that is with a probability of 934 / 2^48, once in
 * three hundred thousand million checkouts.
 */
export const MOST_GUESTS = Math.floor((Math.floor((LARGEST_METAFIELD - HEAD_LENGTH) / 4) * 3) / ENTRY_BYTES);

/**
 * The list that the checkout function compares a guest's e-mail address with: `1.<salt>.<entries>`, both in base64url without padding,
 * where the entries are 8 bytes each, in ascending order: the first 6 bytes of SHA-256(salt + normalised address), and the last day on
 * which they are refused as a big-endian number of days after 1 January 2025. Takes guests whose purchases are refused, in the order
 * given, as far as they fit. A telephone alone makes a person look and never refuses (decision 11), so none is on it.
 */
export function encodeGuestList(
  guests: readonly ListedGuest[],
  { salt, timeZone, today }: { readonly salt: Uint8Array; readonly timeZone: string; readonly today: string },
): { readonly value: string; readonly fitted: number } {
  const days = new Map<string, number>();
  for (const { email, marks } of guests) {
    const address = email === null ? null : normaliseEmail(email);
    if (address === null || marks.until === null || !marks.refused.includes('purchase')) continue;
    const lastDay = Math.min(dayNumber(lastWholeDay(marks.until, timeZone)), LAST_DAY_NUMBER);
    if (lastDay < dayNumber(today)) continue;
    const hash = guestHash(salt, address).toString('hex');
    const known = days.get(hash);
    if (known === undefined && days.size === MOST_GUESTS) continue;
    days.set(hash, Math.max(known ?? 0, lastDay));
  }
  const entries = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = Buffer.alloc(entries.length * ENTRY_BYTES);
  for (const [index, [hash, day]] of entries.entries()) {
    bytes.write(hash, index * ENTRY_BYTES, 'hex');
    bytes.writeUInt16BE(day, index * ENTRY_BYTES + HASH_BYTES);
  }
  const value = `${VERSION}.${Buffer.from(salt).toString('base64url')}.${bytes.toString('base64url')}`;
  return { value, fitted: entries.length };
}

/** The first bytes of SHA-256(salt + address). */
export const guestHash = (salt: Uint8Array, address: string): Buffer =>
  createHash('sha256').update(salt).update(address).digest().subarray(0, HASH_BYTES);
