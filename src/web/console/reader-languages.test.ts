import { expect, it } from 'vitest';
import { mendLanguage, readerLanguages } from './reader-languages.ts';

it.each([
  [
    ['nl-NL', 'en'],
    ['nl-NL', 'en'],
  ],
  [['en-US@posix'], ['en-US']],
  [['@', 'not a tag', 'he'], ['he']],
  [[], []],
])('%j', (named, understood) => {
  expect(readerLanguages(named)).toEqual(understood);
});

it('gives a browser under a C locale a language that libraries can use', () => {
  const odd = { language: 'en-US@posix' } as Navigator;
  mendLanguage(odd);
  expect(() => new Intl.NumberFormat(odd.language)).not.toThrow();
  const plain = { language: 'nl-NL' } as Navigator;
  mendLanguage(plain);
  expect(plain.language).toBe('nl-NL');
});
