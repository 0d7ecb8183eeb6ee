import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES_FOLDER } from '../../src/adapters/languages.ts';

/** Codes of all languages there are folders for. */
export const codes = readdirSync(LANGUAGES_FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Every text of a language: "console/common.json: nav.home" → "Home". */
export function textsOf(code: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const part of ['console', 'words']) {
    const folder = join(LANGUAGES_FOLDER, code, part);
    for (const file of filesIn(folder))
      collect(JSON.parse(readFileSync(join(folder, file), 'utf8')), `${part}/${file}: `, texts);
  }
  return texts;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function collect(from: object, before: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(from)) {
    if (typeof value === 'string') into.set(before + key, value);
    else collect(value as object, `${before}${key}.`, into);
  }
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** A key without its plural form, and the form; null where the key has none. */
export function formOf(key: string): { readonly base: string; readonly form: Intl.LDMLPluralRule } | null {
  const form = PLURAL.exec(key)?.[1];
  return form === undefined ? null : { base: key.replace(PLURAL, ''), form: form as Intl.LDMLPluralRule };
}

/** Names of what goes into a text, without the form a language wants it in. */
export function holesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{\s*-?\s*(\w+)/g)].map(([, name]) => name ?? ''))].sort();
}

/** Names of the elements a text is marked up with. */
export function tagsOf(text: string): readonly string[] {
  return [...text.matchAll(/<(\/?[\w-]+)\s*\/?>/g)].map(([, name]) => name ?? '').sort();
}
