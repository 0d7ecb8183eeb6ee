import { describe, expect, it } from 'vitest';
import { languages } from '../../test/support/languages.ts';
import { permission, rolesInWords } from './access.ts';
import { problem } from './problem.ts';
import { ProblemWords, REMARKS } from './problem-words.ts';

const words = new ProblemWords(languages);
const { english } = languages;
/** Marks everything that is said from the file, so that what stays English shows. */
const loud = {
  ...english,
  code: 'xx',
  words: Object.fromEntries(Object.entries(english.words).map(([key, text]) => [key, `«${text}»`])),
};

describe('ProblemWords', () => {
  it('finds a sentence with what stands in it', () => {
    expect(words.say(loud, 'Ada Lovelace approved this already.')).toBe('«Ada Lovelace approved this already.»');
    expect(words.say(loud, 'must be at most 5')).toBe('«must be at most 5»');
    expect(words.say(loud, 'There is no version 12 of the policy.')).toBe('«There is no version 12 of the policy.»');
  });

  it('takes the sentence that says most where several fit', () => {
    const key = (text: string) => words.say({ ...loud, words: keysAsWords }, text);
    expect(key('must be in the future')).toBe('problems.field.future');
    expect(key('must be at least 3')).toBe('problems.field.atLeast');
    expect(key('must be nl or pl')).toBe('problems.field.oneOf');
  });

  it('says what stands inside a sentence too', () => {
    expect(
      words.say(
        loud,
        'Nothing in the file could be used as "events": Lines that are not JSON (line 3). Is it of another format? The formats are described with an example file each.',
      ),
    ).toMatch(/«Lines that are not JSON» \(«line 3»\)/);
  });

  it('says numbers and lengths of time as the language does', () => {
    const remarks = new ProblemWords(languages, REMARKS);
    const polish = languages.of('pl');
    const spoken = {
      ...polish,
      words: {
        ...polish.words,
        'remarks.both_one': '{{period}} | {{count}} zamówienie',
        'remarks.both_few': '{{period}} | {{count}} zamówienia',
        'remarks.both_many': '{{period}} | {{count}} zamówień',
      },
    };
    const said = (count: number, noun: string) =>
      remarks.say(spoken, `nothing new for 3 months, and ${count} ${noun} placed and kept since it began`);
    expect([said(1, 'order'), said(2, 'orders'), said(5, 'orders')]).toEqual([
      '3 miesiące | 1 zamówienie',
      '3 miesiące | 2 zamówienia',
      '3 miesiące | 5 zamówień',
    ]);
  });

  it('leaves a sentence that it does not know, and English, as they are', () => {
    expect(words.say(loud, 'Something new.')).toBe('Something new.');
    expect(words.say(english, 'must be in the future')).toBe('must be in the future');
  });

  it('knows what the guard says, in every role', () => {
    const nobody = permission('signed-in', { session: null, membership: null });
    if (nobody.permitted) throw new Error('Nobody is permitted');
    expect(words.say(loud, nobody.why)).toMatch(/^«/);
    expect(words.say(loud, `As an agent you may not do this. ${rolesInWords(['owner', 'manager'])} may.`)).toMatch(
      /^«/,
    );
  });

  it('says a whole problem, and of a field what is wrong with it', () => {
    const { problem: said } = problem(422, '"until" must be in the future.', {
      errors: [{ field: 'until', message: 'must be in the future' }],
    });
    expect(words.problem(loud, said)).toMatchObject({
      status: 422,
      title: '«Not acceptable as it is»',
      detail: '«must be in the future»',
      errors: [{ field: 'until', message: '«must be in the future»' }],
    });
  });
});

const keysAsWords = Object.fromEntries(Object.keys(english.words).map((key) => [key, key]));
