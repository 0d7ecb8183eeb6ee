import { type Language, say } from '../shared/words.ts';

/** What can be wrong with what a shop writes to somebody it has decided about. */
export const wordingKinds = ['insult', 'threat', 'discrimination', 'pressure', 'shame'] as const;
export type WordingKind = (typeof wordingKinds)[number];

export interface WordingFinding {
  /** As it was written. */
  readonly quote: string;
  readonly kind: WordingKind;
  /** What is wrong with it and what to write instead, for the person who wrote it. */
  readonly why: string;
  /** It cannot be sent like this. Pressure and shame are advised against. */
  readonly must: boolean;
}

const MUST: ReadonlySet<WordingKind> = new Set(['insult', 'threat', 'discrimination']);
const MOST = 20;

interface Pattern {
  readonly kind: WordingKind;
  readonly expression: RegExp;
}

/**
 * Looks through a paragraph for insults, threats, discrimination, pressure and shaming, by each language's own list: people write
 * to customers in other languages than the notice's, so all lists are read. `reader` is the language of who wrote it.
 *
 * A list catches what is plainly said and no more. It stands between a moment of anger and a customer; it is no judge of tone.
 */
export function checkWording(
  text: string,
  languages: readonly Language[],
  reader: Language,
): readonly WordingFinding[] {
  const { normal, places } = normalised(text);
  const found: { from: number; to: number; kind: WordingKind }[] = [];
  const spellings = [...new Set([normal, undisguised(normal)])];
  for (const language of languages)
    for (const { kind, expression } of patternsOf(language))
      for (const match of spellings.flatMap((spelling) => [...spelling.matchAll(expression)])) {
        const lead = match.groups?.lead?.length ?? 0;
        const from = match.index + lead;
        const to = match.index + match[0].length;
        found.push({ from, to, kind });
      }
  return withoutInner(found)
    .sort((a, b) => a.from - b.from)
    .slice(0, MOST)
    .map(({ from, to, kind }) => ({
      quote: text.slice(places[from] ?? 0, (places[to - 1] ?? text.length - 1) + 1).trim(),
      kind,
      why: say(reader, `wording.why.${kind}`),
      must: MUST.has(kind),
    }));
}

/** Of what lies within another, the longer; the same words count once. */
function withoutInner<T extends { from: number; to: number }>(all: readonly T[]): T[] {
  return all.filter(
    (each, index) =>
      !all.some(
        (other, at) =>
          other.from <= each.from &&
          each.to <= other.to &&
          (other.to - other.from > each.to - each.from ||
            (other.to - other.from === each.to - each.from && at < index)),
      ),
  );
}

const known = new WeakMap<Language, readonly Pattern[]>();

function patternsOf(language: Language): readonly Pattern[] {
  const before = known.get(language);
  if (before !== undefined) return before;
  const patterns = wordingKinds.flatMap((kind) => {
    const phrases = (language.words[`wording.${kind}`] ?? '')
      .split(';')
      .map((phrase) => normalised(phrase).normal.trim())
      .filter((phrase) => phrase !== '')
      .sort((a, b) => b.length - a.length);
    return expressionsOf(phrases, language.code).map((expression): Pattern => ({ kind, expression }));
  });
  known.set(language, patterns);
  return patterns;
}

const HAN = /\p{Script=Han}/u;
/** Hebrew writes "and", "the", "in", "to", "that", "from" and "as" onto the next word. */
const HEBREW_PREFIXES = '[והבלשמכ]{0,3}';
const GAP = '(?:[^\\p{L}\\p{N}]+[\\p{L}\\p{N}]+){0,4}?[^\\p{L}\\p{N}]+';

/**
 * Phrases of a list as patterns: words apart from their neighbours, `stem*` with any ending, `..` for up to four words in between.
 * Chinese has no spaces, so there a phrase is found wherever it stands.
 */
function expressionsOf(phrases: readonly string[], code: string): readonly RegExp[] {
  const [inHan, inWords] = [phrases.filter((each) => HAN.test(each)), phrases.filter((each) => !HAN.test(each))];
  const anywhere = inHan.map((phrase) =>
    phrase
      .split('..')
      .map((part) => escaped(part.trim()))
      .join('.{0,8}?'),
  );
  const apart = inWords.map((phrase) =>
    phrase
      .split(/\s*\.\.\s*/)
      .map((part) => part.split(/\s+/).map(wordPattern).join('[^\\p{L}\\p{N}]+'))
      .join(GAP),
  );
  const prefix = code === 'he' ? HEBREW_PREFIXES : '';
  return [
    ...(anywhere.length === 0 ? [] : [new RegExp(anywhere.join('|'), 'gu')]),
    ...(apart.length === 0
      ? []
      : [new RegExp(`(?<lead>^|[^\\p{L}\\p{N}])${prefix}(?:${apart.join('|')})(?![\\p{L}\\p{N}])`, 'gu')]),
  ];
}

const wordPattern = (word: string): string =>
  word.endsWith('*') ? `${escaped(word.slice(0, -1))}[\\p{L}\\p{M}]*` : escaped(word);

/** Figures and signs that stand for letters inside a word ("1d10t"), as those letters. As long as it was. */
const undisguised = (normal: string): string =>
  normal.replace(/(?<=\p{L})[013457@$]+|[013457@$!]+(?=\p{L})/gu, (signs) =>
    [...signs].map((sign) => DISGUISES[sign] ?? sign).join(''),
  );

const DISGUISES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Lower case, accents and vowel points off, typographic marks plain; and for each character where it stood. */
function normalised(text: string): { readonly normal: string; readonly places: readonly number[] } {
  let normal = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character
      .normalize('NFKD')
      .replace(/\p{M}|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad]/gu, '')
      .toLowerCase()
      .replace(/[’‘`´]/g, "'")
      .replace(/ł/g, 'l');
    for (let i = 0; i < plain.length; i += 1) places.push(at);
    normal += plain;
    at += character.length;
  }
  return { normal, places };
}
