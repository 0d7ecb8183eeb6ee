import { normaliseEmail } from '../identity/email.ts';
import { normalisePhone } from '../identity/identifier.ts';
import type { CountryCode } from '../identity/region.ts';
import { parseNetworks } from '../network/cidr.ts';
import { normaliseDomain } from './domain.ts';
import { readNameAddress } from './name-address.ts';
import type { EntryType } from './types.ts';

/**
 * What a pasted line most likely is; null when it could be anything. Customer numbers and devices look like anything, so they are never
 * guessed. An address too wide to be taken is still one: it is refused later, in words.
 */
export function guessType(text: string, region: CountryCode | null): EntryType | null {
  const line = text.trim();
  if (line === '') return null;
  if (/^\*?@/.test(line)) return normaliseDomain(line) === null ? null : 'email_domain';
  if (line.includes('@')) return normaliseEmail(line) === null ? null : 'email';
  if (/^[0-9a-f.:/\s–-]+$/i.test(line) && /[.:]/.test(line) && parseNetworks(line, { allowWide: true }).ok) return 'ip';
  if (/^[+()\d\s./-]{6,}$/.test(line) && normalisePhone(line, region) !== null) return 'phone';
  if (readNameAddress(line) !== null) return 'name_address';
  return /\s/.test(line) || normaliseDomain(line) === null ? null : 'email_domain';
}
