import { plainCode, plainWords } from './plain.ts';

export interface StreetLine {
  readonly street: string | null;
  /** House number with its letter and flat: "12a", "12 4"; null when none is written. */
  readonly number: string | null;
}

/** Words for kinds of streets, each as its short form; several countries, as long as they do not contradict each other. */
const KINDS = new Map(
  Object.entries({
    street: 'st',
    str: 'st',
    strasse: 'st',
    straat: 'st',
    st: 'st',
    road: 'rd',
    rd: 'rd',
    avenue: 'av',
    ave: 'av',
    av: 'av',
    avenida: 'av',
    avda: 'av',
    drive: 'dr',
    drv: 'dr',
    dr: 'dr',
    lane: 'ln',
    ln: 'ln',
    court: 'ct',
    crt: 'ct',
    ct: 'ct',
    place: 'pl',
    plaza: 'pl',
    plac: 'pl',
    plein: 'pl',
    platz: 'pl',
    pl: 'pl',
    crescent: 'cr',
    cres: 'cr',
    close: 'cl',
    circuit: 'cct',
    cct: 'cct',
    circle: 'cir',
    cir: 'cir',
    terrace: 'tce',
    terr: 'tce',
    tce: 'tce',
    parade: 'pde',
    pde: 'pde',
    boulevard: 'bd',
    blvd: 'bd',
    bvd: 'bd',
    bd: 'bd',
    highway: 'hwy',
    hwy: 'hwy',
    square: 'sq',
    sq: 'sq',
    way: 'wy',
    parkway: 'pky',
    pkwy: 'pky',
    pky: 'pky',
    aleja: 'al',
    aleje: 'al',
    al: 'al',
    osiedle: 'os',
    os: 'os',
    calle: 'c',
    rue: 'r',
    piazza: 'pza',
    rehov: 'rh',
    rechov: 'rh',
    sderot: 'sd',
    sd: 'sd',
    north: 'n',
    south: 's',
    east: 'e',
    west: 'w',
    saint: 'st',
    sankt: 'st',
    mount: 'mt',
  }),
);
/** Words that name a street's kind without telling one street from another where they are used. */
const EMPTY = new Set(['ul', 'ulica', 'the']);
const UNIT = new Set(
  'apt apartment flat unit suite ste room rm lok lokal m mieszkanie app appt bus whg wohnung top dira floor no nr number'.split(
    ' ',
  ),
);
const GLUED = /^(.{3,}?)(strasse|straat|str)$/;
/** A house number's letter, written apart; an m before a number is a flat. */
const LETTER = /(\d) ([a-z])(?=$| )(?<!m(?= \d))/g;
const NUMBER = /^\d+[a-z]?$/;

/**
 * A street line taken apart: the street in plain words with its kind shortened, and the house number wherever it stands
 * ("12 High Street", "Hauptstraße 12a", "ul. Długa 7 m. 4"). What names a flat follows the number.
 */
export function streetLine(text: string): StreetLine {
  const words = plainWords(text.replace(/[#]/g, ' unit '))
    .replace(LETTER, '$1$2')
    .split(' ')
    .filter((word) => word !== '');
  const street: string[] = [];
  const house: string[] = [];
  const flat: string[] = [];
  words.forEach((word, place) => {
    if (UNIT.has(word) && (/^\d/.test(words[place + 1] ?? '') || house.length > 0)) return;
    if (!NUMBER.test(word)) street.push(word);
    else if (UNIT.has(words[place - 1] ?? '') && !/^n(o|r|umber)$/.test(words[place - 1] ?? '')) flat.push(word);
    else house.push(word);
  });
  return { street: streetName(street.join(' ')), number: [...house, ...flat].join(' ') || null };
}

/** A street without its house number in plain words, its kind shortened; null when nothing is left. */
export function streetName(plain: string): string | null {
  const words = plain.split(' ').filter((word) => word !== '' && !EMPTY.has(word));
  const short = words.map((word) => {
    const glued = GLUED.exec(word);
    return glued === null ? (KINDS.get(word) ?? word) : `${glued[1]}st`;
  });
  return short.length === 0 ? null : short.join(' ');
}

/** A house number as `streetLine` writes it. */
export function houseNumber(text: string): string | null {
  const plain = plainWords(text).replace(LETTER, '$1$2');
  const words = plain.split(' ').filter((word) => word !== '' && !UNIT.has(word));
  return words.length === 0 ? null : words.join(' ');
}

/** Letters and digits of a postcode; null when there are none. */
export function postcode(text: string): string | null {
  return plainCode(text) || null;
}
