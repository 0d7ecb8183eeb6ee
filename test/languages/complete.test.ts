import { describe, expect, it } from 'vitest';
import { languages } from '../support/languages.ts';
import { codes, formOf, holesOf, tagsOf, textsOf } from './files.ts';
import { SAME_AS_ENGLISH } from './same-as-english.ts';

const english = textsOf('en');
/** Keys that English says in a singular and a plural, without the form. */
const counted = new Set([...english.keys()].flatMap((key) => formOf(key)?.base ?? []));
const plain = [...english.keys()].filter((key) => formOf(key) === null);

/** How English says a key that another language has, whatever the forms. */
function inEnglish(key: string): string | undefined {
  const base = formOf(key)?.base;
  return english.get(key) ?? (base === undefined ? undefined : english.get(`${base}_other`));
}

/** Another case of a length of time is a language's own affair. */
const OWN_FORM = /^words\/units\.json: \w+\./;
/** A refusal may leave out what the reader can see anyway; a singular and a dual need no figure. */
const MAY_LEAVE_OUT = /^words\/problems\.json: /;
const SAYS_ITS_NUMBER = new Set(['zero', 'one', 'two']);

it('knows every folder as a language', () => {
  expect(languages.all.map(({ code }) => code).sort()).toEqual(codes);
});

it('says in English every number in one and in many', () => {
  for (const key of counted)
    for (const form of ['one', 'other']) expect(english.has(`${key}_${form}`), `${key}_${form}`).toBe(true);
});

describe.each(languages.all.filter(({ code }) => code !== 'en'))('$english', ({ code, locale }) => {
  const texts = textsOf(code);
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;

  it('has every text of English', () => {
    expect(plain.filter((key) => !texts.has(key))).toEqual([]);
  });

  it('has every number in all the forms it needs', () => {
    // Nothing at all may have words of its own, whatever the language's plurals.
    const none = [...english.keys()].filter((key) => formOf(key)?.form === 'zero');
    const wanted = [...counted].flatMap((key) => forms.map((form) => `${key}_${form}`)).concat(none);
    expect(wanted.filter((key) => !texts.has(key))).toEqual([]);
  });

  it('has no text that English does not have', () => {
    const stray = [...texts.keys()].filter((key) => {
      const form = formOf(key);
      if (OWN_FORM.test(key)) return false;
      if (english.has(key) && (form === null || form.form === 'zero')) return false;
      return form === null || !counted.has(form.base) || !forms.includes(form.form);
    });
    expect(stray).toEqual([]);
  });

  it('fills in the same things', () => {
    const wrong = [...texts].filter(([key, text]) => {
      const original = inEnglish(key);
      if (original === undefined) return false;
      const holes = holesOf(text);
      const wanted = holesOf(original);
      const form = formOf(key)?.form;
      const mayLack = (name: string) =>
        MAY_LEAVE_OUT.test(key) || (name === 'count' && form !== undefined && SAYS_ITS_NUMBER.has(form));
      return (
        holes.some((name) => !wanted.includes(name)) || wanted.some((name) => !holes.includes(name) && !mayLack(name))
      );
    });
    expect(wrong.map(([key, text]) => `${key} = ${text}`)).toEqual([]);
  });

  it('marks up the same things', () => {
    const wrong = [...texts].filter(([key, text]) => String(tagsOf(text)) !== String(tagsOf(inEnglish(key) ?? text)));
    expect(wrong.map(([key, text]) => `${key} = ${text}`)).toEqual([]);
  });

  it('repeats no English', () => {
    const same = new Set([...(SAME_AS_ENGLISH['*'] ?? []), ...(SAME_AS_ENGLISH[code] ?? [])]);
    const LETTERS = /\p{L}{2,}/u;
    const repeated = [...texts].filter(
      ([key, text]) =>
        LETTERS.test(text.replaceAll(/\{\{.*?\}\}|<.*?>/g, '')) && text === inEnglish(key) && !same.has(key),
    );
    expect(repeated.map(([key, text]) => `${key} = ${text}`)).toEqual([]);
  });

  it('has no empty text, and none with a space too many at its ends', () => {
    const odd = [...texts].filter(([, text]) => text === '' || (text !== text.trim() && text.trim() !== ''));
    expect(odd).toEqual([]);
  });
});

describe('the list of texts that are the same as in English', () => {
  it.each(Object.entries(SAME_AS_ENGLISH))('names only what there is (%s)', (code, keys) => {
    const known = code === '*' ? english : textsOf(code);
    expect(keys.filter((key) => !known.has(key))).toEqual([]);
  });
});
