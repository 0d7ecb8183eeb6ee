import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Random } from '../../src/sample/random.ts';

/** An account as a shop would export it. `person` says who it truly is; no linker may look at it. */
export interface Account {
  readonly person: number;
  readonly given: string;
  readonly surname: string;
  readonly email: string;
  readonly phone: string;
  readonly birthDate: string;
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly city: string;
}

export const COLUMNS = [
  'id',
  'person',
  'given_name',
  'surname',
  'email',
  'phone',
  'birth_date',
  'street',
  'house_number',
  'postcode',
  'city',
] as const;

const SHARES = { duplicate: 0.13, second: 0.3, housemate: 0.35, sameSurname: 0.75 };
const SIZES = { given: 4_000, surnames: 60_000, streets: 15_000, cities: 1_500, providers: 12 };
const WAITING = 20_000;
const DAY = 86_400_000;

/**
 * Accounts of people who never were: names, streets and cities as unevenly spread as real ones (Zipf), households that share an address and
 * mostly a surname, and about one account in eight the second or third of somebody, with slips of the pen, another e-mail address, a new
 * phone or a move. In normal form already (lower case, E.164, dates as digits), so that every linker reads the same. The same seed and
 * count give the same accounts; memory does not grow with the count.
 */
export function* accounts(count: number, seed = 'accounts'): Generator<Account> {
  const random = new Random(seed);
  const draw = {
    given: zipf(words(new Random(`${seed}/given`), SIZES.given, 2, 3), 0.85),
    surname: zipf(words(new Random(`${seed}/surname`), SIZES.surnames, 2, 4), 0.75),
    street: zipf(words(new Random(`${seed}/street`), SIZES.streets, 2, 4), 0.7),
    city: zipf(words(new Random(`${seed}/city`), SIZES.cities, 2, 4), 0.9),
    provider: zipf(
      words(new Random(`${seed}/provider`), SIZES.providers, 2, 3).map((word) => `${word}.example`),
      1,
    ),
  };
  const waiting: Account[] = [];
  let made = 0;
  let person = 0;
  let last: Account | null = null;
  while (made < count) {
    person += 1;
    const fresh: Account = newPerson(random, draw, person, last);
    last = fresh;
    yield fresh;
    made += 1;
    if (random.chance(SHARES.duplicate)) waiting.push(again(random, draw, fresh));
    if (random.chance(SHARES.duplicate * SHARES.second)) waiting.push(again(random, draw, fresh));
    // Copies come out long after what they are copies of, so that no neighbourhood in the file gives them away.
    while (made < count && waiting.length > Math.min(WAITING, count / 10)) {
      const at = random.int(0, waiting.length - 1);
      const copy = waiting[at] as Account;
      waiting[at] = waiting.at(-1) as Account;
      waiting.pop();
      yield copy;
      made += 1;
    }
  }
}

/** Writes accounts as CSV with a header; gives back how many pairs of them are truly of one person. */
export async function writeAccounts(
  path: string,
  count: number,
  seed?: string,
): Promise<{ readonly truePairs: number }> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  const perPerson = new Map<number, number>();
  let truePairs = 0;
  let block = `${COLUMNS.join(',')}\n`;
  let id = 0;
  for (const account of accounts(count, seed)) {
    id += 1;
    const earlier = perPerson.get(account.person) ?? 0;
    truePairs += earlier;
    perPerson.set(account.person, earlier + 1);
    const { person, given, surname, email, phone, birthDate, street, number, postcode, city } = account;
    block += `${id},${person},${given},${surname},${email},${phone},${birthDate},${street},${number},${postcode},${city}\n`;
    if (block.length < 1 << 18) continue;
    if (!file.write(block)) await once(file, 'drain');
    block = '';
  }
  file.end(block);
  await finished(file);
  return { truePairs };
}

type Draw = Readonly<Record<'given' | 'surname' | 'street' | 'city' | 'provider', (random: Random) => string>>;

function newPerson(random: Random, draw: Draw, person: number, last: Account | null): Account {
  const housemate = last !== null && random.chance(SHARES.housemate);
  const given = draw.given(random);
  const surname = housemate && random.chance(SHARES.sameSurname) ? last.surname : draw.surname(random);
  const birthDate = dayOf(random.int(-8_000, 13_000));
  return {
    person,
    given,
    surname,
    email: emailOf(random, draw, given, surname, birthDate),
    phone: random.chance(0.08) ? '' : phoneOf(random),
    birthDate: random.chance(0.1) ? '' : birthDate,
    ...(housemate ? addressOf(last) : newAddress(random, draw)),
  };
}

function again(random: Random, draw: Draw, one: Account): Account {
  const { given, surname, birthDate } = one;
  const slip = (text: string, share: number): string => (random.chance(share) ? mistyped(random, text) : text);
  return {
    person: one.person,
    given: random.chance(0.05) ? given.slice(0, 1) : slip(given, 0.15),
    surname: random.chance(0.04) ? draw.surname(random) : slip(surname, 0.15),
    email: random.chance(0.6) ? emailOf(random, draw, given, surname, birthDate) : slip(one.email, 0.05),
    phone: random.chance(0.35) ? phoneOf(random) : slip(one.phone, 0.05),
    birthDate: random.chance(0.1) ? '' : slip(birthDate, 0.05),
    ...(random.chance(0.2) ? newAddress(random, draw) : { ...addressOf(one), street: slip(one.street, 0.15) }),
  };
}

type Address = Pick<Account, 'street' | 'number' | 'postcode' | 'city'>;

function addressOf({ street, number, postcode, city }: Account): Address {
  return { street, number, postcode, city };
}

function newAddress(random: Random, draw: Draw): Address {
  const city = draw.city(random);
  const area = (hash(city) % 9_000) + 1_000;
  const part = Math.floor(random.next() ** 2 * 60);
  return {
    street: draw.street(random),
    number: String(1 + Math.floor(random.next() ** 2 * 180)),
    postcode: `${area}${String.fromCharCode(97 + (part % 26), 97 + Math.floor(part / 26))}`,
    city,
  };
}

function emailOf(random: Random, draw: Draw, given: string, surname: string, birthDate: string): string {
  const year = birthDate.slice(2, 4);
  const name = random.weighted([
    [`${given}.${surname}`, 3],
    [`${given}${year}`, 2],
    [`${given.slice(0, 1)}${surname}`, 3],
    [`${surname}${random.int(1, 999)}`, 2],
    [word(random, 2, 3) + random.int(1, 99), 2],
  ] as const);
  return `${name}${random.chance(0.5) ? random.int(1, 9_999) : ''}@${draw.provider(random)}`;
}

function phoneOf(random: Random): string {
  return `+316${random.int(10_000_000, 59_999_999)}`;
}

function dayOf(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10).replaceAll('-', '');
}

/** One slip: a letter left out, doubled, replaced, or swapped with its neighbour. Digits stay digits. */
function mistyped(random: Random, text: string): string {
  if (text.length < 3) return text;
  const at = random.int(1, text.length - 2);
  const letter = text.charAt(at);
  const other = /\d/.test(letter) ? String(random.int(0, 9)) : String.fromCharCode(97 + random.int(0, 25));
  if (/[-@+.\s]/.test(letter)) return text;
  switch (random.int(0, /\d/.test(letter) ? 1 : 3)) {
    case 0:
      return text.slice(0, at) + other + text.slice(at + 1);
    case 1:
      return text.slice(0, at - 1) + letter + text.charAt(at - 1) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text.slice(at + 1);
    default:
      return text.slice(0, at) + letter + text.slice(at);
  }
}

const ONSETS = 'b c d f g h j k l m n p r s t v w z br dr kr st sl sch ph th'.split(' ');
const NUCLEI = 'a e i o u a e i o aa ee ie oo ei ou'.split(' ');
const CODAS = ['', '', '', 'n', 'r', 's', 'l', 'm', 't', 'k', 'nd', 'rs'];

function word(random: Random, fewest: number, most: number): string {
  let text = '';
  for (let syllables = random.int(fewest, most); syllables > 0; syllables -= 1)
    text += random.pick(ONSETS) + random.pick(NUCLEI) + random.pick(CODAS);
  return text;
}

function words(random: Random, count: number, fewest: number, most: number): readonly string[] {
  const found = new Set<string>();
  while (found.size < count) found.add(word(random, fewest, most));
  return [...found];
}

/** Draws with a weight of 1 ÷ rank^exponent. */
function zipf(items: readonly string[], exponent: number): (random: Random) => string {
  const sums = new Float64Array(items.length);
  let sum = 0;
  for (let rank = 1; rank <= items.length; rank += 1) {
    sum += rank ** -exponent;
    sums[rank - 1] = sum;
  }
  return (random) => {
    const wanted = random.next() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] as number) > wanted) high = middle;
      else low = middle + 1;
    }
    return items[low] as string;
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
