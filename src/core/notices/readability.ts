import { assertNever } from '../shared/assert-never.ts';
import type { NoticeDocument } from './types.ts';

/** How hard a text is to read. */
export interface Readability {
  /** What the formula is called: "Flesch–Kincaid". */
  readonly formula: string;
  /** In the formula's own unit, with one decimal. */
  readonly score: number;
  /** About the age from which it is read easily, in years. */
  readonly age: number;
  /** Whether somebody of fourteen reads it easily. */
  readonly easy: boolean;
}

/** Notices are for everybody, and so for somebody of this age. */
export const READER_AGE = 14;

interface Counts {
  readonly sentences: number;
  readonly words: number;
  readonly syllables: number;
  /** Words of four syllables and more. */
  readonly hard: number;
}

/**
 * How hard a text is to read, where there is a formula for its language: English, Dutch and Polish. Null for other languages, and
 * for less than a few sentences, about which a formula says nothing.
 */
export function readability(text: string, language: string): Readability | null {
  const counted = count(text, language);
  if (counted === null || counted.words < 30) return null;
  switch (language.split('-')[0]) {
    case 'en':
      return english(counted);
    case 'nl':
      return dutch(counted);
    case 'pl':
      return polish(counted);
    default:
      return null;
  }
}

/**
 * The grade level of US schools. Pupils are about five years older than their grade.
 * Source: Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas (Naval Technical Training Command,
 * Research Branch Report 8-75, 1975): 0.39 words a sentence + 11.8 syllables a word − 15.59.
 */
function english({ sentences, words, syllables }: Counts): Readability {
  const grade = 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
  return judged('Flesch–Kincaid', grade, Math.round(grade + 5));
}

/**
 * Reading ease from 0 (hard) to 100 (easy). Source: W. H. Douma, De leesbaarheid van landbouwbladen (Wageningen 1960), after Flesch:
 * 206.84 − 0.93 words a sentence − 77 syllables a word. From 60 on a text is of an ordinary level, as for somebody of 13 to 15
 * (Flesch, The Art of Readable Writing, 1949).
 */
function dutch({ sentences, words, syllables }: Counts): Readability {
  const ease = 206.84 - 0.93 * (words / sentences) - 77 * (syllables / words);
  const [, age] = EASE.find(([from]) => ease >= from) ?? [0, 22];
  return judged('Flesch–Douma', ease, age);
}

/** Flesch's bands with the US grades he gave them, as ages. */
const EASE: readonly (readonly [from: number, age: number])[] = [
  [90, 10],
  [80, 11],
  [70, 12],
  [60, 14],
  [50, 16],
  [30, 19],
];

/**
 * Years of schooling. Source: W. Pisarek, Jak mierzyć zrozumiałość tekstu?, Zeszyty Prasoznawcze 4 (1969): half the root of the
 * squares of words a sentence and of the percentage of words with four syllables or more, the non-linear form. School begins at seven.
 */
function polish({ sentences, words, hard }: Counts): Readability {
  const years = 0.5 * Math.sqrt((words / sentences) ** 2 + ((100 * hard) / words) ** 2);
  return judged('Pisarek', years, Math.round(years + 6));
}

function judged(formula: string, score: number, age: number): Readability {
  const least = Math.max(age, 6);
  return { formula, score: Math.round(score * 10) / 10, age: least, easy: least <= READER_AGE };
}

/**
 * What of a notice people read as sentences: not rows of facts, addresses and the titles above them. Each list item and each
 * paragraph ends its last sentence.
 */
export function proseOf(document: NoticeDocument): string {
  const parts = document.sections
    .filter(({ id }) => id !== 'elsewhere')
    .flatMap(({ blocks }) => blocks)
    .flatMap((block): readonly string[] => {
      switch (block.kind) {
        case 'paragraph':
        case 'quote':
          return block.words.filter(({ lang }) => lang === undefined).map(({ text }) => text);
        case 'list':
          return block.items.flatMap((item) => item.filter(({ lang }) => lang === undefined).map(({ text }) => text));
        case 'facts':
        case 'link':
          return [];
        default:
          return assertNever(block);
      }
    });
  return [document.lead, ...parts].map((part) => part.trim()).join('\n');
}

const WORD = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|\d+(?:[.,]\d+)*/gu;

function count(text: string, language: string): Counts | null {
  const syllablesIn = SYLLABLES[language.split('-')[0] ?? ''];
  if (syllablesIn === undefined) return null;
  let sentences = 0;
  let words = 0;
  let syllables = 0;
  let hard = 0;
  for (const sentence of sentencesOf(text)) {
    const found = sentence.match(WORD) ?? [];
    if (found.length === 0) continue;
    sentences += 1;
    for (const word of found) {
      words += 1;
      const inWord = /\d/.test(word) ? 1 : Math.max(1, syllablesIn(word.toLowerCase()));
      syllables += inWord;
      if (inWord >= 4) hard += 1;
    }
  }
  return sentences === 0 ? null : { sentences, words, syllables, hard };
}

/** A colon ends no sentence, but what it announces below it is read as one of its own: a new line ends every sentence. */
function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.replace(/\S+@\S+|https?:\/\/\S+/g, '').split(/(?<=[.!?…])["”’)»]*\s+(?=[\p{Lu}\d"“„«(])/u));
}

const SYLLABLES: Readonly<Record<string, (word: string) => number>> = {
  en: englishSyllables,
  nl: dutchSyllables,
  pl: polishSyllables,
};

/** Groups of vowels, without the silent ones at a word's end: right for nine words in ten, and the errors cancel out. */
function englishSyllables(word: string): number {
  const plain = word.replace(/[^a-z]/g, '');
  const groups = plain
    .replace(/(?:[^laeiouy]|[^aeiouyt]l|[aeiouy]l)es$/, '')
    .replace(/([^aeiouytd])ed$/, '$1')
    .replace(/([^laeiouy]|[aeiouy]l|rl)e$/, '$1')
    .match(/[aeiouy]+/g);
  return groups?.length ?? 1;
}

/** Dutch writes its vowels and diphthongs as groups; a trema begins a new syllable, and what cannot be one sound is parted. */
function dutchSyllables(word: string): number {
  const parted = word.replace(/[ëïüöä]/g, (vowel) => `-${vowel.normalize('NFD')[0]}`).replace(/e(?=ij)|i(?=eu)/g, '$&');
  return parted.match(/aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyéèêáóúí]/g)?.length ?? 1;
}

/** Each vowel is a syllable; an i before another vowel only softens, and au and eu are one sound. */
function polishSyllables(word: string): number {
  return (
    word
      .replace(/i(?=[aąeęoóu])/g, '')
      .replace(/[ae]u/g, 'a')
      .match(/[aąeęioóuy]/g)?.length ?? 1
  );
}
