import { houseNumber, postcode, streetLine } from './normal/address.ts';
import { birthOf, type DateOrder } from './normal/birth.ts';
import { mailboxOf } from './normal/mailbox.ts';
import { fullName, namePart } from './normal/name.ts';
import { PhoneReader } from './normal/phone.ts';
import { plainCode, plainWords } from './normal/plain.ts';
import type { FeatureName, Field, Reading } from './types.ts';

/** How the values of one field become values of features: `read` gives one text, or null, for each of them. */
export interface PartReader {
  readonly features: readonly FeatureName[];
  read(text: string): readonly (string | null)[];
}

/** Longer texts than any name or address are cut: comparing them would cost time and say nothing more. */
const LONGEST = 96;
const YES = /^(1|t|true|y|yes)$/i;

/** The readers of all roles. Made once for many texts: phone numbers of a kind are remembered. */
export function normalisers(reading: Reading, order: DateOrder): { parts(field: Field): PartReader } {
  const phones = new PhoneReader(reading.region);
  const one = (name: FeatureName, read: (text: string) => string | null): PartReader => ({
    features: [name],
    read: (text) => [cut(read(text))],
  });
  return {
    parts(field) {
      switch (field.role) {
        case 'given':
        case 'surname':
          return one(field.role, namePart);
        case 'name':
          return {
            features: ['given', 'surname'],
            read: (text) => {
              const name = fullName(text.slice(0, LONGEST * 2));
              return [cut(name.given), cut(name.surname)];
            },
          };
        case 'birth':
          return one('birth', (text) => birthOf(text.slice(0, LONGEST), order));
        case 'email':
          return {
            features: ['email', 'mailname'],
            read: (text) => {
              const mailbox = text.length > 320 ? null : mailboxOf(text);
              return [mailbox?.address ?? null, cut(mailbox?.name ?? null)];
            },
          };
        case 'email_verified':
          return one('verified', (text) => (YES.test(text.trim()) ? 'yes' : null));
        case 'phone':
          return one('phone', (text) => phones.read(text.slice(0, LONGEST)));
        case 'address':
          return {
            features: ['street', 'number'],
            read: (text) => {
              const line = streetLine(text.slice(0, LONGEST * 2));
              return [cut(line.street), cut(line.number)];
            },
          };
        case 'house_number':
          return one('number', houseNumber);
        case 'postcode':
          return one('postcode', postcode);
        case 'city':
        case 'state':
        case 'country':
          return one(field.role, (text) => plainWords(text.slice(0, LONGEST * 2)));
        case 'national':
          return one('national', (text) => plainCode(text.slice(0, LONGEST * 2)));
        case 'card':
        case 'device':
        case 'customer':
          return one(field.role, (text) => text.normalize('NFC').trim());
        case 'other':
          return one(`other:${field.name}`, (text) => plainWords(text.slice(0, LONGEST * 2)));
      }
    },
  };
}

function cut(text: string | null): string | null {
  return text === null || text === '' ? null : text.slice(0, LONGEST);
}
