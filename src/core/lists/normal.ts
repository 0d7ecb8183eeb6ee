import { normaliseIdentifier } from '../identity/identifier.ts';
import type { CountryCode } from '../identity/region.ts';
import { cidrText, type NetworkRefusal, parseNetworks, refusedBecause } from '../network/cidr.ts';
import { assertNever } from '../shared/assert-never.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { isEverybodys, normaliseDomain } from './domain.ts';
import { normaliseNameAddress, readNameAddress } from './name-address.ts';
import type { EntryType } from './types.ts';

/** A value in the form in which equal means the same. `value` is what is shown: as written, or the network it stands for. */
export interface NormalValue {
  readonly normal: string;
  readonly value: string;
  /** The network in its one text, for type `ip`. */
  readonly network: string | null;
}

/** Why a value cannot be on a list. `too_wide` and `everybodys` may be overridden by somebody who means it. */
export type EntryRefusal =
  | 'not_email'
  | 'not_external'
  | 'not_phone'
  | 'not_domain'
  | 'everybodys'
  | 'not_name_address'
  | 'not_device'
  | NetworkRefusal;

const LONGEST_DEVICE = 120;

/**
 * A value of a type as somebody wrote it; several where a range of addresses becomes several networks. `allowWide` lets through networks
 * and domains that hit nearly everybody. `region` is the country a phone number without a country code belongs to.
 */
export function normaliseEntry(
  type: EntryType,
  text: string,
  { region, allowWide = false }: { readonly region: CountryCode | null; readonly allowWide?: boolean },
): Result<readonly NormalValue[], EntryRefusal> {
  const value = text.trim();
  const one = (normal: string | null, otherwise: EntryRefusal): Result<readonly NormalValue[], EntryRefusal> =>
    normal === null ? err(otherwise) : ok([{ normal, value, network: null }]);
  switch (type) {
    case 'email':
      return one(normaliseIdentifier('email', value, region), 'not_email');
    case 'external':
      return one(normaliseIdentifier('external', value, region), 'not_external');
    case 'phone':
      return one(normaliseIdentifier('phone', value, region), 'not_phone');
    case 'email_domain': {
      const domain = normaliseDomain(value);
      return domain !== null && isEverybodys(domain) && !allowWide ? err('everybodys') : one(domain, 'not_domain');
    }
    case 'name_address': {
      const read = readNameAddress(value);
      return one(read === null ? null : normaliseNameAddress(read), 'not_name_address');
    }
    case 'device':
      return one(normaliseDevice(value), 'not_device');
    case 'ip': {
      const read = parseNetworks(value, { allowWide });
      if (!read.ok) return read;
      return ok(
        read.value.cidrs.map((cidr) => {
          const network = cidrText(cidr);
          return { normal: network, value: network, network };
        }),
      );
    }
    default:
      return assertNever(type);
  }
}

/** What a shop recognises a device by: compared exactly, save for the space around it. */
export function normaliseDevice(text: string): string | null {
  const trimmed = text.normalize('NFC').trim();
  return trimmed.length < 4 || trimmed.length > LONGEST_DEVICE || /\p{Cc}/u.test(trimmed) ? null : trimmed;
}

/** One sentence for whoever wrote it: what is wrong and what to do. Repeats nothing of the value, which may be a person's. */
export function whyNoEntry(refusal: EntryRefusal): string {
  switch (refusal) {
    case 'not_email':
      return 'This is not an e-mail address.';
    case 'not_external':
      return 'This is not a customer number.';
    case 'not_phone':
      return 'This is not a phone number: write it with its country code, for example +31 6 12345678.';
    case 'not_domain':
      return 'This is not a domain. Write what stands after the @, for example example.com.';
    case 'everybodys':
      return 'Very many people have their mail at this domain, and the entry would hit all of them. Name single addresses, or say explicitly that you mean it.';
    case 'not_name_address':
      return 'Write the name, the street with its number and the postcode with semicolons between, for example: Ada Jansen; Dorpsstraat 12; 1234 AB.';
    case 'not_device':
      return 'What a device is recognised by has 4 to 120 characters.';
    default:
      return refusedBecause(refusal);
  }
}
