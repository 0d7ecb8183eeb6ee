import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Jurisdiction, jurisdictionDocument } from '../core/law/document.ts';
import { bookProblems, lawOf } from '../core/law/law.ts';
import type { LawBook } from '../core/law/types.ts';
import type { Laws } from '../ports/law.ts';
import { Refusal } from './refusal.ts';

/** Where the jurisdictions are that come with Evenhand. */
export const JURISDICTIONS_FOLDER = join(import.meta.dirname, '..', '..', 'jurisdictions');

/** Reads every jurisdiction: a file each. Throws a `Refusal` that names the file, the place and what to do. */
export function readLaws(folder: string = JURISDICTIONS_FOLDER): Laws {
  const book: LawBook = readdirSync(folder)
    .filter((name) => /^[a-z]{2,8}\.json$/.test(name))
    .sort()
    .map((name) => readJurisdiction(folder, name));
  const [problem] = bookProblems(book);
  if (problem !== undefined) throw new Refusal(`${folder}: ${problem}`);
  return {
    book,
    of: ({ jurisdictions, settings }) =>
      lawOf(jurisdictions, book, {
        onlinePlatform: settings.onlinePlatform,
        withdrawalWithoutSignIn: settings.withdrawalWithoutSignIn,
      }),
  };
}

function readJurisdiction(folder: string, name: string): Jurisdiction {
  const file = join(folder, name);
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : 'it is not JSON'}.`);
  }
  const read = jurisdictionDocument.safeParse(data);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Refusal(
      `${file}, at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'is not as it should be'}.`,
    );
  }
  if (`${read.data.code}.json` !== name)
    throw new Refusal(`${file}: its code is "${read.data.code}", so it must be called ${read.data.code}.json.`);
  return read.data;
}
