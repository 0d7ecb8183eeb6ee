import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { say } from '../core/shared/words.ts';
import { LANGUAGES_FOLDER, readLanguages } from './languages.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand-languages-'));
  cpSync(join(LANGUAGES_FOLDER, 'en'), join(folder, 'en'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function add(code: string, facts: object | string, words: Record<string, unknown> = {}): void {
  mkdirSync(join(folder, code, 'words'), { recursive: true });
  writeFileSync(join(folder, code, 'language.json'), typeof facts === 'string' ? facts : JSON.stringify(facts));
  for (const [name, content] of Object.entries(words))
    writeFileSync(
      join(folder, code, 'words', `${name}.json`),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
}

const FRENCH = { name: 'Français', english: 'French', locale: 'fr-FR', dir: 'ltr' };

describe('readLanguages', () => {
  it('reads the languages that come with it, English first', () => {
    expect(readLanguages().all.map(({ code, dir }) => `${code} ${dir}`)).toEqual([
      'en ltr',
      'he rtl',
      'nl ltr',
      'pl ltr',
      'zh ltr',
    ]);
  });

  it('takes a language that is one folder, and says in English what it lacks', () => {
    add('fr', FRENCH, { units: { days_one: '{{count}} jour', days_other: '{{count}} jours' } });
    const languages = readLanguages(folder);
    const french = languages.of('fr-CA');
    expect(french.name).toBe('Français');
    expect(say(french, 'units.days', { count: 2 })).toBe('2 jours');
    expect(say(french, 'units.months', { count: 2 })).toBe('2 months');
    expect(languages.missing('fr')).toContain('units.months');
    expect(languages.missing('fr')).not.toContain('units.days');
    expect(languages.missing('en')).toEqual([]);
  });

  it('falls back to English for tags nobody has', () => {
    const languages = readLanguages(folder);
    expect(languages.of('tlh').code).toBe('en');
    expect(languages.firstOf([]).code).toBe('en');
    expect(readLanguages().firstOf(['tlh', 'he-IL', 'nl']).code).toBe('he');
  });

  it.each([
    ['{', {}, /fr.language\.json is not JSON/],
    [{ ...FRENCH, dir: 'up' }, {}, /fr.language\.json, at dir:/],
    [{ ...FRENCH, locale: 'x' }, {}, /at locale: must be a language tag/],
    [FRENCH, { units: '[' }, /fr.words.units\.json is not JSON/],
    [FRENCH, { units: { days: 3 } }, /fr.words.units\.json, at days:/],
  ])('names the file that is wrong: %j', (facts, words, message) => {
    add('fr', facts, words);
    expect(() => readLanguages(folder)).toThrow(message);
  });

  it('wants English, and folders named by tags', () => {
    mkdirSync(join(folder, 'not a tag'));
    expect(() => readLanguages(folder)).toThrow('named by its tag');
    rmSync(folder, { recursive: true });
    add('fr', FRENCH);
    expect(() => readLanguages(folder)).toThrow('no folder "en"');
  });
});
