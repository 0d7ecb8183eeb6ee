import { expect, it } from 'vitest';
import { english, languages } from '../../../test/support/languages.ts';
import { laws } from '../../../test/support/laws.ts';
import { renderLawPage } from './docs.ts';
import { lawPage } from './page.ts';

it('the page in docs is what the files say (after a change: npx vitest run src/core/law/docs.test.ts -u)', async () => {
  await expect(renderLawPage(laws.book, english)).toMatchFileSnapshot('../../../docs/law.md');
});

it('says that it is no legal advice, and names every source', () => {
  const page = renderLawPage(laws.book, english);
  expect(page).toContain('not legal advice');
  for (const { entries } of laws.book)
    for (const { source } of entries) expect(page).toContain(`[${source.act}, ${source.article}](${source.url})`);
});

it('puts the wider law before what lies within it, in every language', () => {
  for (const language of languages.all)
    expect(lawPage(laws.book, language).places.map(({ code }) => code)).toEqual([
      'cn',
      'eu',
      'nl',
      'pl',
      'il',
      'uk',
      'us',
    ]);
});

it('names days and places as the reader does', () => {
  const dutch = lawPage(laws.book, languages.of('nl'));
  const israel = dutch.places.find(({ code }) => code === 'il');
  expect(israel?.name).toBe('Israël');
  expect(israel?.notes[0]).toMatch(/^Werkdagen zijn zondag, maandag, dinsdag, woensdag en donderdag/);
});
