import { expect, it } from 'vitest';
import { at } from '../../../test/support/events.ts';
import { laws } from '../../../test/support/laws.ts';
import type { Obligation, Surface } from '../events/measures.ts';
import { lawOf, noLaw } from './law.ts';
import { rightsTaken, sourcesInWords } from './rights.ts';
import { type Law, ordinaryShop } from './types.ts';

const now = at('2026-11-22T12:00:00Z');
const under = (...codes: string[]) => lawOf(codes, laws.book);
const block = (law: Law, surfaces: readonly Surface[], obligations: readonly Obligation[] = [], instant = now) =>
  rightsTaken(law, { type: 'block', surfaces, obligations }, instant);

it('names the law that gives what a block of returns takes', () => {
  expect(sourcesInWords(block(under('NL'), ['return']))).toBe(
    'Directive 2011/83/EU, art. 9; Directive 2011/83/EU as amended by Directive (EU) 2023/2673, art. 11a; Burgerlijk Wetboek, arts 7:17, 7:18a and 7:23',
  );
});

it.each(['NL', 'PL', 'DE', 'GB', 'CN', 'IL'])('names a law in %s, and not the house', (code) => {
  expect(block(under(code), ['return']).every(({ entry }) => entry !== null)).toBe(true);
});

it.each([
  ['the United States', under('US')],
  ['a place nobody knows', under('BR')],
  ['nowhere', noLaw],
])('falls back on fairness rule 6 in %s', (_, law) => {
  expect(block(law, ['return'])).toEqual([{ what: 'faulty_goods', by: 'return', entry: null }]);
  expect(sourcesInWords(block(law, ['return']))).toBe('fairness rule 6');
  expect(block(law, ['contact'])).toEqual([{ what: 'hearing', by: 'contact', entry: null }]);
});

it('leaves contact to be blocked where official channels stay open', () => {
  expect(block(under('NL'), ['contact'], ['official_channels_only'])).toEqual([]);
  expect(block(under('NL'), ['contact']).map(({ entry }) => entry?.id)).toEqual([
    'eu_contact',
    'eu_access',
    'eu_erasure',
  ]);
});

it('keeps sign-in open for the withdrawal function, from the day it is due and unless it works without', () => {
  expect(block(under('PL'), ['login']).map(({ entry }) => entry?.source.article)).toEqual(['art. 11a']);
  expect(block(under('PL'), ['login'], [], at('2026-06-18'))).toEqual([]);
  expect(block(lawOf(['PL'], laws.book, { ...ordinaryShop, withdrawalWithoutSignIn: true }), ['login'])).toEqual([]);
  expect(block(under('GB'), ['login'])).toEqual([]);
});

it('takes nothing with a block of purchases or reviews, nor with anything but a block', () => {
  expect(block(under('NL'), ['purchase', 'review'])).toEqual([]);
  expect(
    rightsTaken(under('NL'), { type: 'restriction', surfaces: ['return'], obligations: ['manual_review'] }, now),
  ).toEqual([]);
});
