import type { PostalAddress } from '../events/person.ts';
import { normalisePhone } from '../identity/identifier.ts';
import type { CountryCode } from '../identity/region.ts';
import { postcode, streetLine } from './normal/address.ts';
import { mailboxOf } from './normal/mailbox.ts';
import { fullName } from './normal/name.ts';
import { plainWords } from './normal/plain.ts';

/** What customers can have in common, from what tells most to what tells least. */
export const traitKinds = ['card', 'device', 'phone', 'email', 'address', 'mailname', 'name'] as const;
export type TraitKind = (typeof traitKinds)[number];

export interface Trait {
  readonly kind: TraitKind;
  /** In the one form in which equal means the same. */
  readonly value: string;
}

interface Told {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: PostalAddress | undefined;
  readonly device?: string | undefined;
  readonly card?: string | undefined;
}

/**
 * What a customer may have in common with others. Having something in common makes nobody the same person: it says whom it
 * is worth comparing. `region` is where phone numbers without a country code belong.
 */
export function traitsOf(told: Told, region: CountryCode | null): readonly Trait[] {
  const traits: Trait[] = [];
  const add = (kind: TraitKind, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') traits.push({ kind, value });
  };
  add('card', told.card?.normalize('NFC').trim());
  add('device', told.device?.normalize('NFC').trim());
  if (told.phone !== undefined) add('phone', normalisePhone(told.phone, region));
  const mailbox = told.email === undefined ? null : mailboxOf(told.email);
  add('email', mailbox?.address);
  add('mailname', mailbox?.name);
  if (told.address !== undefined) add('address', placeOf(told.address));
  if (told.name !== undefined) add('name', wordsOf(told.name));
  return traits;
}

/** A house: street, number, and the postcode or else the city. Null where one of them is missing: half a town lives in a street. */
function placeOf({ street, postcode: code, city }: PostalAddress): string | null {
  const line = streetLine(street);
  const where = code === undefined ? plainWords(city ?? '') : postcode(code);
  if (line.street === null || line.number === null || where === null || where === '') return null;
  return `${line.street} ${line.number} ${where}`;
}

/** Given name and surname in plain words, in one order whichever was written first. */
function wordsOf(text: string): string | null {
  const { given, surname } = fullName(text);
  return given === null || surname === null ? null : `${given} ${surname}`.split(' ').sort().join(' ');
}
