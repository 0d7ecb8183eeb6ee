import { expect, it } from 'vitest';
import { readerLanguages } from './reader-languages.ts';

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
