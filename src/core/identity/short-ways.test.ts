import fc from 'fast-check';
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import { isPlainlyDialled } from './dialled.ts';
import { normaliseEmail } from './email.ts';
import { normaliseExternalId, normalisePhone } from './identifier.ts';
import type { CountryCode } from './region.ts';

const codes = [
  ...new Set(getCountries().map((country) => getCountryCallingCode(country) as string)),
  '800',
  '870',
  '999',
];
const digits = (least: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most }).map((each) => each.join(''));
const region = fc.option(fc.constantFrom<CountryCode>('NL', 'US', 'RU', 'IL', 'CN', 'IT', 'AG'), { nil: null });

/** What the library makes of a number, asked directly. */
function asked(text: string, defaultCountry: CountryCode | null): string | null {
  const number = parsePhoneNumberFromString(text, {
    ...(defaultCountry === null ? {} : { defaultCountry }),
    extract: false,
  });
  return number?.isPossible() === true ? number.number : null;
}

describe('phone numbers that need no asking', () => {
  it('are what the library makes of them, under every calling code', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), digits(1, 14), region, (code, rest, where) => {
        expect(normalisePhone(`+${code}${rest}`, where)).toBe(asked(`+${code}${rest}`, where));
      }),
      { numRuns: 20_000 },
    );
  });

  it('also where somebody dials a prefix of the country too, and in groups', () => {
    const prefix = fc.constantFrom('0', '1', '8', '80', '06', '01', '009', '011', '0 ', '-0-');
    const groups = fc.array(digits(1, 5), { minLength: 1, maxLength: 5 });
    const separator = fc.constantFrom(' ', '-', '', '  ', ' - ', '.', '/', ' ext ');
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        prefix,
        groups,
        separator,
        region,
        (code, before, rest, between, where) => {
          const text = `+${code}${between}${before}${rest.join(between)}`;
          expect(normalisePhone(text, where)).toBe(asked(text, where));
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('are nearly all that are dialled', () => {
    for (const number of ['31612345678', '31201234567', '48601234567', '972521234567', '8613812345678', '14155552671'])
      expect(isPlainlyDialled(number)).toBe(true);
    for (const number of ['310612345678', '999123456', '', '1', '3']) expect(isPlainlyDialled(number)).toBe(false);
  });
});

it('reads plain addresses as it reads any', () => {
  const anyAddress = fc.oneof(fc.emailAddress(), fc.stringMatching(/^[a-z.@+"<-]{0,12}@[a-z.@-]{0,12}$/));
  const slowly = (text: string): string | null => {
    // Space around it changes nothing, and takes the long way.
    return normaliseEmail(` ${text}`);
  };
  fc.assert(
    fc.property(fc.oneof(anyAddress, fc.string({ unit: 'grapheme' })), (text) => {
      expect(normaliseEmail(text)).toBe(slowly(text));
    }),
    { numRuns: 5_000 },
  );
  expect(normaliseEmail(`${'a'.repeat(250)}@b.cd`)).toBeNull();
});

it('reads plain customer numbers as it reads any', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'grapheme' })), (text) => {
      expect(normaliseExternalId(text)).toBe(normaliseExternalId(`\u00a0${text}`));
    }),
    { numRuns: 2_000 },
  );
});
