import type { IncomingEnvelope } from '../core/events/incoming.ts';
import { formatInstant } from '../core/shared/time.ts';
import { type Calendar, lastDay } from './calendar.ts';
import { type CastMember, cast } from './cast.ts';
import { BLOCKED, type Home, moveIn } from './homes.ts';
import type { Draft, Life } from './life.ts';
import { ordinaryLife } from './ordinary.ts';
import { makePeople, type Person } from './people/people.ts';
import { Random } from './random.ts';
import { toldLife } from './told-life.ts';
import { worldOf } from './world.ts';

/** The source under which the ledger knows these events. */
export const SAMPLE_SOURCE = 'sample';

/** Grows with every change to what the generator tells, so that a shop that holds an earlier edition is never mixed with a later one. */
export const SAMPLE_EDITION = 3;

export const sampleShopFacts = {
  name: 'Linde & Loom',
  slug: 'linde-and-loom',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  languages: ['en', 'nl', 'pl', 'zh', 'he'],
  jurisdictions: ['NL'],
} as const;

const CUSTOMERS = 2_000;

/** An event of the sample, in the order in which things happened. */
export type SampleEvent = Draft & { readonly id: string };

export interface SampleShop {
  readonly calendar: Calendar;
  readonly people: readonly Person[];
  /** Oldest first. */
  readonly events: readonly SampleEvent[];
  /** Who plays whom. */
  readonly played: readonly { readonly member: CastMember; readonly person: Person }[];
  /** A family, one of whom is blocked and has come back. */
  readonly home: Home;
}

/** Eighteen months of a shop that never was. The same calendar, currency and seed give the same shop, to the letter. */
export function makeSampleShop(calendar: Calendar, currency = 'EUR', seed = 'linde-and-loom'): SampleShop {
  const random = new Random(seed);
  const strangers = makePeople(random.fork('people'), CUSTOMERS, cast.length);
  const world = worldOf(calendar, currency);
  const lives = strangers.map((person): Life => {
    const member = cast[person.number];
    return member === undefined
      ? ordinaryLife(person, random.fork(`life-${person.number}`), world)
      : toldLife(member, person, random.fork(`life-of-${member.key}`), world);
  });
  const blocked = strangers.find((person) => cast[person.number]?.key === BLOCKED);
  if (blocked === undefined) throw new Error(`The cast has no ${BLOCKED}`);
  const { people, home } = moveIn(strangers, lives, blocked, cast.length, calendar.end);
  return {
    calendar,
    people,
    home,
    events: numbered(
      lives.flatMap((life) => life.events),
      lastDay(calendar),
    ),
    played: people.flatMap((person) => {
      const member = cast[person.number];
      return member === undefined ? [] : [{ member, person }];
    }),
  };
}

/** The event as a shop's own system would report it. */
export function asIncoming(event: SampleEvent, people: readonly Person[]): IncomingEnvelope {
  const person = people[event.person];
  if (person === undefined) throw new Error(`The sample has no person ${event.person}`);
  return {
    kind: event.kind,
    id: event.id,
    source: SAMPLE_SOURCE,
    occurredAt: formatInstant(event.at),
    customer: {
      externalId: person.externalId,
      email: person.email,
      name: person.name,
      ...(person.phone === undefined ? {} : { phone: person.phone }),
      ...(person.address === undefined ? {} : { address: person.address }),
    },
    body: event.body,
    ...(event.text === undefined ? {} : { text: event.text }),
  };
}

/** What source ids of the sample begin with: the edition and the last day it tells of. */
export function sourceIdPrefix(day: string): string {
  return `${SAMPLE_EDITION}/${day}/`;
}

/** The edition and last day in a source id of the sample; null for anything else. */
export function readSourceId(sourceId: string): { readonly edition: number; readonly day: string } | null {
  const parts = /^(\d+)\/(\d{4}-\d{2}-\d{2})\//.exec(sourceId);
  return parts === null ? null : { edition: Number(parts[1]), day: parts[2] ?? '' };
}

const NUMBERED: Readonly<Record<string, { readonly prefix: string; readonly from: number }>> = {
  order: { prefix: 'O', from: 40_117 },
  return: { prefix: 'R', from: 9_021 },
  refund: { prefix: 'F', from: 7_310 },
  claim: { prefix: 'C', from: 512 },
  complaint: { prefix: 'K', from: 88 },
  message: { prefix: 'M', from: 15_204 },
  review: { prefix: 'V', from: 3_050 },
  dispute: { prefix: 'D', from: 31 },
};

/** Puts the whole shop's events in order, and numbers orders, returns and the rest as they first come up. */
function numbered(drafts: readonly Draft[], day: string): SampleEvent[] {
  const inOrder = drafts
    .map((draft, told) => ({ draft, told }))
    .sort((a, b) => a.draft.at - b.draft.at || a.told - b.told);
  const given = new Map<string, string>();
  const counts = new Map<string, number>();
  const renumber = (field: string, told: string): string => {
    const known = given.get(`${field} ${told}`);
    if (known !== undefined) return known;
    const { prefix, from } = NUMBERED[field] ?? { prefix: '', from: 0 };
    const count = counts.get(field) ?? 0;
    counts.set(field, count + 1);
    const number = `${prefix}${from + count}`;
    given.set(`${field} ${told}`, number);
    return number;
  };
  return inOrder.map(({ draft }, index) => {
    const body = Object.fromEntries(
      Object.entries(draft.body).map(([field, value]) =>
        field in NUMBERED && typeof value === 'string' ? [field, renumber(field, value)] : [field, value],
      ),
    );
    return { ...draft, body, id: `${sourceIdPrefix(day)}${index + 1}` } as SampleEvent;
  });
}
