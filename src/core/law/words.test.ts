import { expect, it } from 'vitest';
import { languages } from '../../../test/support/languages.ts';
import { laws } from '../../../test/support/laws.ts';
import { hasWords } from '../shared/words.ts';
import { right } from './document.ts';
import { sayBody, sayEntry } from './words.ts';

const entries = laws.book.flatMap((jurisdiction) => jurisdiction.entries);
const bodies = laws.book.flatMap((jurisdiction) => jurisdiction.bodies);

it.each(languages.all.map((language) => [language.english, language] as const))(
  'everything is said in %s',
  (_, language) => {
    expect(languages.missing(language.code).filter((key) => key.startsWith('law.'))).toEqual([]);
    for (const entry of entries) {
      expect(sayEntry(language, entry), entry.id).not.toMatch(/[{}]/);
      expect(hasWords(language, `law.topics.${entry.topic}`), entry.topic).toBe(true);
    }
    for (const body of bodies) expect(sayBody(language, body), body.id).not.toMatch(/[{}]/);
    for (const what of right.options) expect(hasWords(language, `law.rights.${what}`), what).toBe(true);
  },
);

it('the number a sentence says is the one in the data', () => {
  const say = (id: string) => {
    const entry = entries.find((each) => each.id === id);
    if (entry === undefined) throw new Error(`No entry ${id}`);
    return sayEntry(languages.english, entry);
  };
  expect(say('cn_withdrawal')).toContain('within 7 days');
  expect(say('pl_claims')).toContain('after 6 years');
  expect(say('eu_platform_complaints')).toContain('at least 6 months');
});
