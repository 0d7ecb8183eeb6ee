import { instant, parseInstant } from '../shared/time.ts';
import { type Language, say, sayDate, sayList } from '../shared/words.ts';
import { readDay } from './calendar.ts';
import { sourceInWords } from './law.ts';
import type { Jurisdiction, LawBook, LegalSource } from './types.ts';
import { sayBody, sayEntry } from './words.ts';

/** The page about everything in the book, in one language, ready to be set. */
export interface LawPage {
  readonly title: string;
  readonly intro: string;
  /** That it is no legal advice. */
  readonly notAdvice: string;
  readonly bodiesHeading: string;
  readonly places: readonly LawPagePlace[];
}

export interface LawPagePlace {
  /** Its file's name: for anchors. */
  readonly code: string;
  readonly name: string;
  readonly notes: readonly string[];
  readonly entries: readonly {
    readonly topic: string;
    readonly sentence: string;
    readonly source: { readonly words: string; readonly url: string };
    readonly facts: readonly string[];
  }[];
  readonly bodies: readonly { readonly name: string; readonly url: string; readonly sentence: string }[];
}

/** Says the whole book in a language: wider jurisdictions before those within them, then by name. */
export function lawPage(book: LawBook, language: Language): LawPage {
  const words = (key: string, values: Readonly<Record<string, string>> = {}) =>
    say(language, `law.page.${key}`, values);
  const ordered = [...book].sort((a, b) => familyOf(a).localeCompare(familyOf(b)));
  return {
    title: words('title'),
    intro: words('intro'),
    notAdvice: say(language, 'law.notAdvice'),
    bodiesHeading: words('bodies'),
    places: ordered.map((jurisdiction) => placeOf(jurisdiction, book, language)),
  };
}

const familyOf = ({ code, within }: Jurisdiction): string => (within === undefined ? code : `${within} ${code}`);

function placeOf(jurisdiction: Jurisdiction, book: LawBook, language: Language): LawPagePlace {
  const words = (key: string, values: Readonly<Record<string, string>>) => say(language, `law.page.${key}`, values);
  const { code, within, members, calendar } = jurisdiction;
  const wider = book.find((each) => each.code === within);
  const alone = members.filter((region) => !book.some((each) => each.regions.includes(region)));
  const notes = [
    ...(wider === undefined ? [] : [words('within', { wider: nameOf(wider, language) })]),
    ...(alone.length === 0
      ? []
      : [
          words('members', {
            places: sayList(
              language,
              alone.map((region) => regionName(region, language)),
            ),
          }),
        ]),
    ...(calendar === undefined
      ? []
      : [words('week', { days: sayWeek(calendar.week, language), source: sourceInWords(calendar.source) })]),
    ...(calendar?.completeUntil == null ? [] : [words('until', { year: String(calendar.completeUntil) })]),
  ];
  return {
    code,
    name: nameOf(jurisdiction, language),
    notes,
    entries: jurisdiction.entries.map((entry) => ({
      topic: say(language, `law.topics.${entry.topic}`),
      sentence: sayEntry(language, entry),
      source: sourceOf(entry.source),
      facts: [
        ...(entry.applies === 'online_platform' ? [words('platform', {})] : []),
        ...(entry.keeps.length === 0 ? [] : [words('rights', {})]),
        ...(entry.from === null ? [] : [words('from', { date: sayDay(entry.from, language) })]),
        words('checked', { date: sayDay(entry.checked, language) }),
      ],
    })),
    bodies: jurisdiction.bodies.map((body) => ({
      name: body.name,
      url: body.url,
      sentence: sayBody(language, body),
    })),
  };
}

const sourceOf = (source: LegalSource) => ({ words: sourceInWords(source), url: source.url });

const nameOf = ({ regions, code }: Jurisdiction, language: Language): string =>
  regionName(regions[0] ?? code.toUpperCase(), language);

function regionName(region: string, { locale }: Language): string {
  return new Intl.DisplayNames([locale], { type: 'region' }).of(region) ?? region;
}

function sayDay(day: string, language: Language): string {
  const at = parseInstant(day);
  if (at === null) throw new Error(`Not a day: ${day}`);
  return sayDate(language, at, 'UTC');
}

function sayWeek(week: readonly number[], language: Language): string {
  const weekday = new Intl.DateTimeFormat(language.locale, { weekday: 'long', timeZone: 'UTC' });
  const monday = readDay('2026-11-23');
  return sayList(
    language,
    week.map((day) => weekday.format(instant((monday + day - 1) * 86_400_000))),
  );
}
