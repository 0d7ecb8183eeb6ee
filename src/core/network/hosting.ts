import { parseAddress } from './address.ts';
import { isHostingProvider } from './hosting-providers.ts';
import type { AddressRange } from './range-set.ts';

/**
 * The range of a row "first,last,asn,name" when it is a hosting provider's, else null; rows that cannot be read are nobody's. Addresses as text
 * or, for IPv4, as numbers; the name may stand in double quotes. `known` remembers the answer for each number: a provider has many rows.
 */
export function hostingRange(row: string, known: Map<string, boolean>): AddressRange | null {
  const [one, two] = [row.indexOf(','), row.indexOf(',', row.indexOf(',') + 1)];
  const three = row.indexOf(',', two + 1);
  if (one < 1 || two < 0 || three < 0) return null;
  const asn = row.slice(two + 1, three);
  let hosting = known.get(asn);
  if (hosting === undefined) {
    hosting = isHostingProvider(Number(asn), row.slice(three + 1).replaceAll('"', ''));
    known.set(asn, hosting);
  }
  if (!hosting) return null;
  const [first, last] = [numberOf(row.slice(0, one)), numberOf(row.slice(one + 1, two))];
  if (first === null || last === null || first.family !== last.family || first.number > last.number) return null;
  return { family: first.family, first: first.number, last: last.number };
}

function numberOf(text: string): { readonly family: 4 | 6; readonly number: bigint } | null {
  if (/^\d{1,10}$/.test(text)) return Number(text) > 0xffff_ffff ? null : { family: 4, number: BigInt(text) };
  const address = parseAddress(text);
  if (!address.ok) return null;
  const number = address.value.words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return { family: address.value.family, number };
}
