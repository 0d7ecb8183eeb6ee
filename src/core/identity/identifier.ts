import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { isPlainlyDialled } from './dialled.ts';
import { normaliseEmail } from './email.ts';
import type { CountryCode } from './region.ts';

export const identifierTypes = ['external', 'email', 'phone'] as const;
export type IdentifierType = (typeof identifierTypes)[number];

/** A way to recognise a customer, in the one form in which equal means the same. */
export interface Identifier {
  readonly type: IdentifierType;
  readonly value: string;
}

/**
 * The normal form of an identifier as a person or system wrote it, or null when it cannot be one.
 * `region` is the country a phone number without a country code belongs to; without it only numbers with + are understood.
 */
export function normaliseIdentifier(type: IdentifierType, text: string, region: CountryCode | null): string | null {
  switch (type) {
    case 'external':
      return normaliseExternalId(text);
    case 'email':
      return normaliseEmail(text);
    case 'phone':
      return normalisePhone(text, region);
  }
}

/** Printable ASCII without space around it: its own normal form. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** The shop's own customer number: compared exactly, save for the space around it. */
export function normaliseExternalId(text: string): string | null {
  if (PLAIN.test(text)) return text;
  const trimmed = text.normalize('NFC').trim();
  return trimmed === '' || /\p{Cc}/u.test(trimmed) ? null : trimmed;
}

/** Digits after a plus, in groups perhaps. */
const DIALLED = /^\+[0-9]{1,15}(?:[ -][0-9]{1,15}){0,6}$/;

/** E.164 ("+31612345678"), or null for what cannot be dialled. An extension is dropped. */
export function normalisePhone(text: string, region: CountryCode | null): string | null {
  if (DIALLED.test(text)) {
    const plain = text.replace(/[ -]/g, '');
    if (isPlainlyDialled(plain.slice(1))) return plain;
  }
  const digits = text
    .normalize('NFKC')
    .trim()
    .replace(/^00(?=[1-9])/, '+');
  const number =
    region === null
      ? parsePhoneNumberFromString(digits, { extract: false })
      : parsePhoneNumberFromString(digits, { defaultCountry: region, extract: false });
  return number?.isPossible() === true ? number.number : null;
}
