import type { PostalAddress } from '../core/events/person.ts';
import { DAY } from './calendar.ts';
import type { Life } from './life.ts';
import { DRAMA_NUMBERS, type Person } from './people/people.ts';

/** Blocked from shopping a little more than three months before the end, for a year. */
export const BLOCKED = 'claims-blocked';
/** Whoever comes back was met for the first time after the block began. */
const SINCE_DAYS = 90;
const HOUSEMATES = 2;
/** An invented house. */
const HOME: PostalAddress = { street: 'Weverstraat 41', postcode: '5611 AB', city: 'Eindhoven', country: 'NL' };

/** One home: who is blocked, who lives there too, and under which name the blocked one came back. */
export interface Home {
  readonly blocked: number;
  readonly housemates: readonly number[];
  readonly cameBack: number;
}

/**
 * Lets a family live in one home with one phone. One of them is blocked, two simply shop, and one customer is the blocked one
 * again, under another e-mail address. Only who they are is changed, and nothing of what happens.
 */
export function moveIn(
  people: readonly Person[],
  lives: readonly Life[],
  blocked: Person,
  ordinaryFrom: number,
  end: number,
): { readonly people: readonly Person[]; readonly home: Home } {
  const ordinary = people.slice(ordinaryFrom);
  const cameBack = ordinary.find((person) => firstAt(lives[person.number]) > end - SINCE_DAYS * DAY);
  const housemates = ordinary
    .filter((person) => person.origin === blocked.origin && person !== cameBack && givenOf(person) !== givenOf(blocked))
    .slice(0, HOUSEMATES);
  if (cameBack === undefined || housemates.length < HOUSEMATES) throw new Error('The sample has nobody for its home');
  const names = new Map<number, string>([
    [blocked.number, blocked.name],
    [cameBack.number, blocked.name],
    ...housemates.map((person): [number, string] => [
      person.number,
      blocked.name.replace(givenOf(blocked), givenOf(person)),
    ]),
  ]);
  const taken = new Set(people.map(({ phone }) => phone));
  const phone = DRAMA_NUMBERS.find((number) => !taken.has(number));
  if (phone === undefined) throw new Error('The sample has no phone left for its home');
  return {
    people: people.map((person) => {
      const name = names.get(person.number);
      return name === undefined ? person : { ...person, name, phone, address: HOME };
    }),
    home: {
      blocked: blocked.number,
      housemates: housemates.map(({ number }) => number),
      cameBack: cameBack.number,
    },
  };
}

const firstAt = (life: Life | undefined): number => Math.min(...(life?.events ?? []).map(({ at }) => at));

/** What comes before the family name, or after it in a name written without a space. */
function givenOf({ name }: Person): string {
  const space = name.indexOf(' ');
  return space < 0 ? name.slice(1) : name.slice(0, space);
}
