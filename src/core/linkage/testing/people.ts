import { startTable } from '../table.ts';
import type { Field, Links, Table } from '../types.ts';

/** A row of a made-up shop, and who it truly is; `home` tells who lives together. */
export interface Row {
  readonly person: number;
  readonly home: number;
  readonly given: string;
  readonly surname: string;
  readonly birth: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
}

const GIVEN =
  'Anna Piotr Zofia Jan Katarzyna Tomasz Małgorzata Paweł Agnieszka Krzysztof Joanna Marek Ewa Łukasz Barbara Grzegorz Magdalena Wojciech Sanne Daan Femke Sem Lotte Bram Fleur Thijs Iris Ruben Maud Joost Lieke Sjoerd Noor Pim Hanneke Wouter'.split(
    ' ',
  );
const SURNAMES =
  'Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Krawczyk Piotrowski Grabowski|de Jong|Jansen|de Vries|van den Berg|Bakker|van Dijk|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer'
    .split('|')
    .flatMap((names, place) => (place === 0 ? names.split(' ') : [names]));
const STREETS =
  'ul. Długa|ul. Polna|ul. Leśna|ul. Słoneczna|ul. Krótka|aleja Róż|Kerkstraat|Dorpsstraat|Schoolstraat|Molenweg|Julianastraat|Parallelweg|Nieuwstraat|Wilhelminastraat|Stationsweg|Beukenlaan'.split(
    '|',
  );
const CITIES = 'Kraków|Gdańsk|Poznań|Łódź|Utrecht|Zwolle|Breda|Leiden|Delft|Arnhem'.split('|');
const MAIL = ['gmail.com', 'wp.example', 'onet.example', 'ziggo.example', 'outlook.com'];

/** Pseudo-random numbers that are the same each time (mulberry32). */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/**
 * Dutch and Polish households with families that share a surname and often a phone, fathers and sons of one name, an office where a
 * hundred people have things sent, and people who come back with another address, phone, or a slip of the pen. Few names for
 * many people, so that strangers share them.
 */
export function people(homes: number, seed = 1): readonly Row[] {
  const roll = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
  const rows: Row[] = [];
  let person = 0;
  const birth = (from: number): string => `${from + roll(20)}-${two(1 + roll(12))}-${two(1 + roll(28))}`;
  const phone = (): string => `+3161${String(1_000_000 + roll(9_000_000))}`;
  for (let home = 0; home < homes; home += 1) {
    const surname = pick(SURNAMES);
    const place = newPlace(pick, roll);
    const shared = phone();
    const father = pick(GIVEN);
    const members = 1 + roll(4);
    const called = new Set<string>();
    for (let member = 0; member < members; member += 1) {
      person += 1;
      const namesake = member === 2 && roll(20) === 0;
      const given = member === 0 || namesake ? father : newName(pick, called);
      called.add(given);
      const first: Row = {
        person,
        home,
        given,
        surname: member === 1 && roll(3) === 0 ? pick(SURNAMES) : surname,
        birth: birth(member < 2 ? 1955 : 1990),
        email: `${given}.${surname}${person}@${pick(MAIL)}`.toLowerCase().replace(/ /g, ''),
        phone: roll(2) === 0 ? shared : phone(),
        ...place,
      };
      rows.push(first);
      for (let again = roll(6) === 0 ? 1 + roll(2) : 0; again > 0; again -= 1)
        rows.push(comesBack(first, pick, roll, phone));
    }
  }
  const office = newPlace(pick, roll);
  for (let worker = 0; worker < 100; worker += 1) {
    person += 1;
    const [given, surname] = [pick(GIVEN), pick(SURNAMES)];
    const email = `${given}.${surname}${person}@office.example`.toLowerCase().replace(/ /g, '');
    rows.push({ person, home: -1, given, surname, birth: birth(1970), email, phone: '+31205550100', ...office });
  }
  return rows;
}

function comesBack(
  row: Row,
  pick: <T>(list: readonly T[]) => T,
  roll: (sides: number) => number,
  phone: () => string,
): Row {
  return {
    ...row,
    given: roll(4) === 0 ? slip(row.given, roll) : row.given,
    surname: roll(4) === 0 ? slip(row.surname, roll) : row.surname,
    birth: roll(6) === 0 ? slip(row.birth, roll) : row.birth,
    email: roll(3) === 0 ? row.email : `${slip(row.given, roll)}${roll(100_000)}@${pick(MAIL)}`.toLowerCase(),
    phone: roll(2) === 0 ? row.phone : phone(),
    ...(roll(4) === 0 ? newPlace(pick, roll) : {}),
  };
}

function newPlace(
  pick: <T>(list: readonly T[]) => T,
  roll: (sides: number) => number,
): Pick<Row, 'address' | 'postcode' | 'city'> {
  const city = pick(CITIES);
  const area = String(1000 + CITIES.indexOf(city) * 900 + roll(800));
  return { address: `${pick(STREETS)} ${1 + roll(150)}`, postcode: `${area} ${pick(['AB', 'CD', 'EX', 'KL'])}`, city };
}

function newName(pick: <T>(list: readonly T[]) => T, called: ReadonlySet<string>): string {
  let given = pick(GIVEN);
  while (called.has(given)) given = pick(GIVEN);
  return given;
}

function slip(text: string, roll: (sides: number) => number): string {
  if (text.length < 4) return text;
  const at = 1 + roll(text.length - 2);
  const rest = text.slice(at + 1);
  switch (roll(3)) {
    case 0:
      return text.slice(0, at) + rest;
    case 1:
      return text.slice(0, at) + (/\d/.test(text[at] ?? '') ? String(roll(10)) : 'e') + rest;
    default:
      return text.slice(0, at) + (rest[0] ?? '') + (text[at] ?? '') + rest.slice(1);
  }
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

export const FIELDS: readonly Field[] = (
  ['given', 'surname', 'birth', 'email', 'phone', 'address', 'postcode', 'city'] as const
).map((role) => ({ role, name: role }));

export function tableOf(rows: readonly Partial<Row>[]): Table {
  const builder = startTable(FIELDS, { region: 'NL', dates: null });
  for (const row of rows)
    builder.add([row.given, row.surname, row.birth, row.email, row.phone, row.address, row.postcode, row.city]);
  return builder.finish();
}

export interface Quality {
  readonly truth: number;
  readonly right: number;
  readonly wrong: readonly (readonly [number, number])[];
  readonly precision: number;
  readonly recall: number;
}

/** How well the links up to `probably_same` find the pairs of one person. */
export function qualityOf(persons: readonly (number | string)[], links: Links): Quality {
  const pairs: (readonly [number, number])[] = [];
  for (let place = 0; place < links.count; place += 1)
    if ((links.kind[place] ?? 9) < 2) pairs.push([links.left[place] as number, links.right[place] as number]);
  return judged(persons, pairs);
}

/** The same for clusters: every pair in one counts. */
export function clusterQuality(persons: readonly (number | string)[], cluster: Int32Array): Quality {
  const groups = new Map<number, number[]>();
  cluster.forEach((of, row) => {
    groups.set(of, [...(groups.get(of) ?? []), row]);
  });
  return judged(persons, [...groups.values()].flatMap(pairsOf));
}

function pairsOf(rows: readonly number[]): (readonly [number, number])[] {
  return rows.flatMap((left, place) => rows.slice(place + 1).map((right) => [left, right] as const));
}

function judged(persons: readonly (number | string)[], pairs: readonly (readonly [number, number])[]): Quality {
  const sizes = new Map<number | string, number>();
  for (const person of persons) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  const truth = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const wrong = pairs.filter(([left, right]) => persons[left] !== persons[right]);
  const right = pairs.length - wrong.length;
  return { truth, right, wrong, precision: right / Math.max(1, pairs.length), recall: right / Math.max(1, truth) };
}
