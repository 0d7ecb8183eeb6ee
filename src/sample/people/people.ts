import type { PostalAddress } from '../../core/events/person.ts';
import type { Random } from '../random.ts';
import { type Language, type Origin, origins } from './origins.ts';

export interface Person {
  readonly number: number;
  readonly origin: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | undefined;
  /** The customer's number in the shop's own system. */
  readonly externalId: string;
  readonly language: Language;
  /** Only of those whose home is told of. */
  readonly address?: PostalAddress;
}

/** Reserved for documentation and tests (RFC 2606): mail to them reaches nobody. */
const DOMAINS = ['example.org', 'example.com', 'example.net', 'mail.test', 'post.test'];

/**
 * So many invented people; the first `storied` of them are those whose lives are told in the cast.
 * Both groups have the shop's own mixture of origins, so origin says nothing about conduct.
 */
export function makePeople(random: Random, total: number, storied: number): readonly Person[] {
  const deck = [
    ...spread(random.fork('storied'), dealOrigins(random.fork('storied-deck'), storied)),
    ...dealOrigins(random.fork('ordinary'), total - storied),
  ];
  const phones = random.fork('phones').shuffle(DRAMA_NUMBERS);
  const numbers = random.fork('numbers').shuffle(Array.from({ length: total }, (_, i) => 10_003 + i * 7));
  const taken = { names: new Set<string>(), emails: new Set<string>() };
  return deck.map((origin, index) => {
    const own = random.fork(`person-${index}`);
    const { name, latin } = nameFrom(own, origin, taken.names);
    return {
      number: index,
      origin: origin.name,
      name,
      email: emailFrom(own, latin, taken.emails),
      phone: own.chance(0.35) ? phones.pop() : undefined,
      externalId: `LL-${numbers[index]}`,
      language: own.weighted(origin.writes),
    };
  });
}

/** Numbers that Ofcom sets aside for drama: no caller can ever be reached on them. */
export const DRAMA_NUMBERS = Array.from({ length: 1_000 }, (_, i) => `+447700900${String(i).padStart(3, '0')}`);

/** A shuffled deck in which every origin has its share, to the nearest card (largest remainders). */
function dealOrigins(random: Random, count: number): readonly Origin[] {
  const whole = origins.reduce((sum, origin) => sum + origin.share, 0);
  const quotas = origins.map((origin) => ({ origin, exact: (count * origin.share) / whole }));
  const deck = quotas.flatMap(({ origin, exact }) => Array.from({ length: Math.floor(exact) }, () => origin));
  const byRemainder = [...quotas].sort((a, b) => (b.exact % 1) - (a.exact % 1));
  for (const { origin } of byRemainder) if (deck.length < count) deck.push(origin);
  return random.shuffle(deck);
}

/** Spaces the cards of each origin evenly over the deck, so that neighbours (who play the same profile) differ in origin. */
function spread(random: Random, deck: readonly Origin[]): readonly Origin[] {
  const placed: { readonly origin: Origin; readonly place: number }[] = [];
  for (const origin of origins) {
    const own = deck.filter((card) => card === origin);
    const start = random.next();
    for (const [index] of own.entries()) placed.push({ origin, place: (index + start) / own.length });
  }
  return placed.sort((a, b) => a.place - b.place).map((card) => card.origin);
}

interface Named {
  readonly name: string;
  readonly latin: readonly [string, string];
}

/** A name nobody else in the shop has, as long as the lists allow. */
function nameFrom(random: Random, origin: Origin, taken: Set<string>): Named {
  let named = drawName(random, origin);
  for (let attempt = 0; attempt < 12 && taken.has(named.name); attempt++) named = drawName(random, origin);
  taken.add(named.name);
  return named;
}

function drawName(random: Random, origin: Origin): Named {
  const [given = '', givenLatin = given] = random.pick(origin.given).split(':');
  const [family = '', familyLatin = family] = random.pick(origin.family).split(':');
  return {
    name: origin.familyFirst ? family + given : `${given} ${family}`,
    latin: [latinLetters(givenLatin), latinLetters(familyLatin)],
  };
}

function emailFrom(random: Random, [given, family]: readonly [string, string], taken: Set<string>): string {
  const domain = random.pick(DOMAINS);
  const style = random.weighted([
    [`${given}.${family}`, 5],
    [`${given.slice(0, 1)}.${family}`, 2],
    [`${given}${random.int(60, 99)}`, 1],
    [`${family}.${given}`, 1],
  ]);
  for (let suffix = 0; ; suffix++) {
    const address = `${style}${suffix === 0 ? '' : suffix + 1}@${domain}`;
    if (taken.has(address)) continue;
    taken.add(address);
    return address;
  }
}

const LETTERS: Readonly<Record<string, string>> = { ł: 'l', ß: 'ss', ı: 'i', ø: 'o', æ: 'ae' };

function latinLetters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[łßıøæ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}
