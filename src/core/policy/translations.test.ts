import { describe, expect, it } from 'vitest';
import { languages } from '../../../test/support/languages.ts';
import { readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import { diffPolicies } from './diff.ts';
import { policyIn } from './own-texts.ts';
import { parsePolicy } from './parse.ts';
import { renderPolicy } from './render.ts';
import { sayIn, sayProse } from './say.ts';
import { ownLanguage } from './sentence.ts';

const DUTCH = `translations:
  nl:
    name: Klein
    rules:
      sends-most-back: {title: Bijna alles terug, because: Je stuurt het meeste terug.}
    ladders:
      returns: {title: Retouren}
`;
const translated = readPolicy(smallPolicy + DUTCH);

describe('policyIn', () => {
  it('gives what is translated, and the rest as it was written', () => {
    const dutch = policyIn(translated, 'nl');
    expect(dutch.name).toBe('Klein');
    expect(dutch.introduction).toBe('What we ask of everybody who shops with us.');
    expect(dutch.rules[0]).toMatchObject({
      id: 'sends-most-back',
      title: 'Bijna alles terug',
      because: 'Je stuurt het meeste terug.',
      advice: 'Order what you mean to keep.',
    });
    expect(dutch.rules[1]?.title).toBe('Threatens our staff');
    expect(dutch.ladders.map(({ title }) => title)).toEqual(['Retouren', 'Respect']);
    expect(dutch.procedure).toEqual(translated.procedure);
  });

  it('is the policy itself in its own language and in one it does not have', () => {
    expect(policyIn(translated, 'en')).toBe(translated);
    expect(policyIn(translated, 'pl')).toBe(translated);
  });
});

describe('a translated policy', () => {
  it('says whose words are in which language', () => {
    const [rule] = renderPolicy(translated, 'customer', 'nl').sections;
    expect(rule && ownLanguage(rule.title)).toBe('nl');
    expect(rule?.sentences.map(ownLanguage)).toEqual(['nl', null, null, null, 'en', null]);
  });

  it('sets words of another language apart inside a sentence', () => {
    const hebrew = sayProse(languages.of('he'), renderPolicy(translated, 'customer', 'he'));
    expect(hebrew.sections[0]?.sentences.join(' ')).toContain('\u2068Returns\u2069');
  });

  it('can be in another language itself', () => {
    const dutch = readPolicy(`${smallPolicy}language: nl\ntranslations:\n  en: {name: In English}\n`);
    expect(policyIn(dutch, 'en').name).toBe('In English');
    expect(ownLanguage(renderPolicy(dutch, 'customer', 'nl').title)).toBe('nl');
  });

  it.each(languages.all)('is told whole in $english', (language) => {
    for (const audience of ['customer', 'staff'] as const) {
      const { sections } = sayProse(language, renderPolicy(translated, audience, language.code));
      for (const { sentences } of sections) for (const each of sentences) expect(each).toMatch(/^[^{}]{2,}$/);
    }
  });
});

describe('reading translations', () => {
  const problems = (text: string) => {
    const parsed = parsePolicy(`${smallPolicy}${text}\n`);
    return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path}: ${message}`);
  };

  it.each([
    ['language: dutch', 'language: "dutch" is not a language; write its tag, for example nl or pt-BR.'],
    ['translations: nl', 'translations: "translations" must be a group of names and values, but here stands "nl".'],
    [
      'translations:\n  NL: {name: x}',
      'translations.NL: "NL" is not a language; write its tag, for example nl or pt-BR.',
    ],
    [
      'translations:\n  en: {name: x}',
      'translations.en: The policy itself is in "en": a translation is into another language, or "language" is wrong.',
    ],
    ['translations:\n  nl: {nam: x}', 'translations.nl.nam: "nam" is not known here. Did you mean "name"?'],
    [
      'translations:\n  nl: {rules: {threatens: {becuse: x}}}',
      'translations.nl.rules.threatens.becuse: "becuse" is not known here. Did you mean "because"?',
    ],
    [
      'translations:\n  nl: {rules: {threaten: {title: x}}}',
      'translations.nl.rules.threaten: There is no rule "threaten" in this policy. Did you mean "threatens"?',
    ],
    [
      'translations:\n  nl: {ladders: {return: {title: x}}}',
      'translations.nl.ladders.return: There is no ladder "return" in this policy. Did you mean "returns"?',
    ],
    [
      'translations:\n  nl: {rules: {threatens: {advice: x}}}',
      'translations.nl.rules.threatens.advice: The rule "threatens" has no advice to translate.',
    ],
  ])('refuses %j', (text, message) => {
    expect(problems(text)).toEqual([message]);
  });
});

describe('comparing translated policies', () => {
  const said = (before: string, after: string, code = 'en') =>
    diffPolicies(readPolicy(before), readPolicy(after), code).map((each) => sayIn(languages.of('en'), each));

  it('tells of translations that came, went and changed', () => {
    expect(said(smallPolicy, smallPolicy + DUTCH)).toEqual(['The policy is now also in Dutch.']);
    expect(said(smallPolicy + DUTCH, smallPolicy)).toEqual(['The policy is no longer in Dutch.']);
    expect(said(smallPolicy + DUTCH, smallPolicy + DUTCH.replace('Klein', 'Kort'))).toEqual([
      'The translation into Dutch changes.',
    ]);
    expect(said(smallPolicy, `${smallPolicy}language: nl\n`)).toEqual([
      'The policy is now written in Dutch instead of English.',
    ]);
  });

  it('tells of words that changed only as they were written, which their translation may now miss', () => {
    const changed = smallPolicy.replace('title: Sends most of it back', 'title: Returns nearly all');
    expect(said(smallPolicy + DUTCH, changed + DUTCH, 'nl')).toEqual([
      'The rule “Sends most of it back” is now called “Returns nearly all”.',
    ]);
  });

  it('quotes a language that both have, and otherwise what was written', () => {
    const changed = smallPolicy.replace('90 days, orders_kept', '60 days, orders_kept');
    expect(said(smallPolicy + DUTCH, changed + DUTCH, 'nl').join()).toContain('“Retouren”');
    expect(said(smallPolicy, changed + DUTCH, 'nl').join()).toContain('“Returns”');
  });
});
