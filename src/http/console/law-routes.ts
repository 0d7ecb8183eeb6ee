import type { LawPlace } from '../../contracts/law.ts';
import type { Jurisdiction, Law, LawEntry } from '../../core/law/types.ts';
import { sayBody, sayEntry } from '../../core/law/words.ts';
import { type Language, say } from '../../core/shared/words.ts';
import type { Laws } from '../../ports/law.ts';
import type { RegisterRoute } from './route.ts';

/** What binds a shop by law, in the reader's words, and which places the law is known of. */
export function lawRoutes(route: RegisterRoute, { laws }: { readonly laws: Laws }): void {
  const codes = [...new Set(laws.book.flatMap(({ regions, members }) => [...regions.slice(0, 1), ...members]))].sort();

  route('GET /api/jurisdictions', async () => ({ codes }));

  route('GET /api/shops/:shop/law', async ({ shop, language }) => {
    const law = laws.of(shop);
    return {
      places: law.jurisdictions.map((jurisdiction) => placeOf(jurisdiction, law, language)),
      partly: law.partly.map(({ code, as }) => ({ code, as: codeOf(as) })),
      unknown: [...law.unknown],
      notAdvice: say(language, 'law.notAdvice'),
    };
  });
}

const codeOf = (jurisdiction: Jurisdiction): string => jurisdiction.regions[0] ?? jurisdiction.code.toUpperCase();

function placeOf(jurisdiction: Jurisdiction, law: Law, language: Language): LawPlace {
  const here = (entry: LawEntry) => jurisdiction.entries.includes(entry);
  return {
    code: codeOf(jurisdiction),
    entries: law.entries.filter(here).map((entry) => entryOf(entry, language)),
    onlyForPlatforms: law.onlyForPlatforms.filter(here).map((entry) => entryOf(entry, language)),
    bodies: law.bodies
      .filter((body) => jurisdiction.bodies.includes(body))
      .map((body) => ({
        id: body.id,
        kind: body.kind,
        name: body.name,
        url: body.url,
        sentence: sayBody(language, body),
      })),
  };
}

function entryOf(entry: LawEntry, language: Language) {
  return {
    id: entry.id,
    topic: say(language, `law.topics.${entry.topic}`),
    sentence: sayEntry(language, entry),
    source: { ...entry.source },
    from: entry.from,
    checked: entry.checked,
  };
}
