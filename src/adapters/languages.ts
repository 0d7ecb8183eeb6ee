import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Language, languageFor } from '../core/shared/words.ts';
import type { Languages } from '../ports/languages.ts';
import { Refusal } from './refusal.ts';

/** Where the languages are that come with Evenhand. */
export const LANGUAGES_FOLDER = join(import.meta.dirname, '..', '..', 'languages');

const about = z.strictObject({
  name: z.string().trim().min(1),
  english: z.string().trim().min(1),
  locale: z.string().refine((tag) => isLocale(tag), 'must be a language tag such as "nl-NL"'),
  dir: z.enum(['ltr', 'rtl']),
});

interface Words {
  readonly [key: string]: string | Words;
}
const words: z.ZodType<Words> = z.lazy(() => z.record(z.string(), z.union([z.string(), words])));

/**
 * Reads every language: a folder each, with `language.json` and `words/<namespace>.json`. What a language lacks is said in
 * English until it is translated. Throws a `Refusal` that names the file when one cannot be read.
 */
export function readLanguages(folder: string = LANGUAGES_FOLDER): Languages {
  const codes = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort((a, b) => (a === 'en' ? -1 : b === 'en' ? 1 : a < b ? -1 : 1));
  const own = new Map(codes.map((code) => [code, readLanguage(folder, code)]));
  const english = own.get('en');
  if (english === undefined) throw new Refusal(`${folder} has no folder "en": the other languages are filled from it.`);
  const all = [...own.values()].map(
    (language): Language => ({ ...language, words: { ...english.words, ...language.words } }),
  );
  const spokenEnglish = all[0] ?? english;
  return {
    all,
    english: spokenEnglish,
    of: (tag) => languageFor(all, tag) ?? spokenEnglish,
    firstOf: (tags) => {
      for (const tag of tags) {
        const found = languageFor(all, tag);
        if (found !== null) return found;
      }
      return spokenEnglish;
    },
    missing: (code) => missingKeys(english, own.get(code)),
  };
}

/** Keys of English, without their plural forms, that a language has in no form. */
function missingKeys(english: Language, other: Language | undefined): readonly string[] {
  if (other === undefined) return [];
  const base = (key: string) => key.replace(PLURAL, '');
  const has = new Set(Object.keys(other.words).map(base));
  return [...new Set(Object.keys(english.words).map(base))].filter((key) => !has.has(key));
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

function readLanguage(folder: string, code: string): Language {
  if (!isLocale(code))
    throw new Refusal(`${join(folder, code)}: a language's folder is named by its tag, such as "nl".`);
  const facts = readJson(join(folder, code, 'language.json'), about);
  const all: Record<string, string> = {};
  for (const file of readdirSync(join(folder, code, 'words'))
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    flatten(readJson(join(folder, code, 'words', file), words), file.slice(0, -'.json'.length), all);
  }
  return { code, ...facts, words: all };
}

function flatten(from: Words, before: string, into: Record<string, string>): void {
  for (const [key, value] of Object.entries(from)) {
    if (typeof value === 'string') into[`${before}.${key}`] = value;
    else flatten(value, `${before}.${key}`, into);
  }
}

function readJson<T>(file: string, shape: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Refusal(`${file} cannot be read: every language has this file.`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${file} is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
  const read = shape.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(
    `${file}, at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'is not as it should be'}.`,
  );
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
