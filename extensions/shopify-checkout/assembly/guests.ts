import { fromBase64 } from './base64';
import { sha256 } from './sha256';

const HASH_BYTES: i32 = 6;
const ENTRY_BYTES: i32 = 8;
/** 1 January 2025, in days after 1 January 1970. */
const FIRST_DAY: i32 = 20_089;

/**
 * Whether a guest's address is on the list, for this day of the store or a later one. The list is `1.<salt>.<entries>`, as
 * Evenhand writes it; what is not understood refuses nobody.
 */
export function isListed(list: string, email: string, today: string): bool {
  const parts = list.split('.');
  const day = dayNumber(today);
  if (parts.length !== 3 || parts[0] !== '1' || day < 0) return false;
  const salt = fromBase64(parts[1]);
  const entries = fromBase64(parts[2]);
  if (salt === null || entries === null || entries.length % ENTRY_BYTES !== 0) return false;
  const hash = sha256(joined(salt, Uint8Array.wrap(String.UTF8.encode(email.trim().toLowerCase()))));
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    if (memory.compare(entries.dataStart + at, hash.dataStart, HASH_BYTES) !== 0) continue;
    return day <= (((<i32>entries[at + HASH_BYTES]) << 8) | <i32>entries[at + HASH_BYTES + 1]);
  }
  return false;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Days after 1 January 2025 of a date such as 2026-05-01; -1 for anything else. */
function dayNumber(date: string): i32 {
  if (date.length !== 10) return -1;
  const year = <i32>parseInt(date.substring(0, 4), 10);
  const month = <i32>parseInt(date.substring(5, 7), 10);
  const day = <i32>parseInt(date.substring(8, 10), 10);
  if (year < 2025 || month < 1 || month > 12 || day < 1 || day > 31) return -1;
  return daysFromCivil(year, month, day) - FIRST_DAY;
}

/** Days after 1 January 1970 of the Gregorian calendar, counted in years that begin in March. */
function daysFromCivil(year: i32, month: i32, day: i32): i32 {
  const shifted = month <= 2 ? year - 1 : year;
  const era = shifted / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
}
