import { plainWords, undisguised } from './plain.ts';

export interface PersonName {
  readonly given: string | null;
  readonly surname: string | null;
}

/** Words that begin a surname of several words, in plain letters. */
const PARTICLES = new Set(
  'van von de der den del della di da do dos das du la le el al bin ibn ben bar ter ten te zu zum zur af av mac mc st'.split(
    ' ',
  ),
);
const TITLES = new Set('mr mrs ms miss mx dr prof sir dhr mevr mw heer herr frau pan pani mme mlle sr sra'.split(' '));
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hangul}]+$/u;
/** Chinese surnames of two characters that are common today. */
const DOUBLE = new Set([
  '欧阳',
  '歐陽',
  '司马',
  '司馬',
  '上官',
  '诸葛',
  '諸葛',
  '司徒',
  '夏侯',
  '皇甫',
  '东方',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '宇文',
  '长孙',
]);

/** A given name or a surname in plain words; null when nothing is left of it. */
export function namePart(text: string): string | null {
  const plain = plainWords(text);
  return plain === '' ? null : plain;
}

/** A full name taken apart: "Given … Surname", "Surname, Given", and names in Chinese or Korean, where the surname comes first. */
export function fullName(text: string): PersonName {
  const written = undisguised(text).trim();
  const comma = written.indexOf(',');
  if (comma > 0) return { given: withoutTitles(written.slice(comma + 1)), surname: namePart(written.slice(0, comma)) };
  const letters = Array.from(written.replace(/[\s·]/g, ''));
  if (letters.length >= 2 && letters.length <= 4 && EAST_ASIAN.test(letters.join(''))) {
    const length = letters.length > 2 && DOUBLE.has(letters.slice(0, 2).join('')) ? 2 : 1;
    return { given: namePart(letters.slice(length).join('')), surname: namePart(letters.slice(0, length).join('')) };
  }
  const words = (withoutTitles(written) ?? '').split(' ').filter((word) => word !== '');
  if (words.length < 2) return { given: null, surname: words[0] ?? null };
  const particle = words.findIndex((word, place) => place > 0 && PARTICLES.has(word));
  const from = particle > 0 && particle < words.length - 1 ? particle : words.length - 1;
  return { given: words.slice(0, from).join(' '), surname: words.slice(from).join(' ') };
}

function withoutTitles(text: string): string | null {
  const words = plainWords(text).split(' ');
  const from = words.findIndex((word) => !TITLES.has(word));
  const rest = from < 0 ? '' : words.slice(from).join(' ');
  return rest === '' ? null : rest;
}
