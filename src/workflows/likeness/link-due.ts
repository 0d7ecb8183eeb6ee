import { keyOfPair } from '../../core/events/link-states.ts';
import { prepareMeasured } from '../../core/linkage/measured.ts';
import type { Match, Model, Reading } from '../../core/linkage/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { KnownPerson, LinkRecord } from '../../ports/links.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { comparedFields, isComparable, millibits, profileOf, readingOf } from './profile.ts';

export type LinkDeps = Pick<Deps, 'store' | 'clock'>;

const CUSTOMERS_AT_ONCE = 50;
/** With so many at most is each compared: who shares something with more has it in common with half a town. */
const MOST_CANDIDATES = 100;
/** So many questions at most come of one customer at once, the likeliest. */
const MOST_FOUND = 5;
/** A change of the weight by less than a bit is no news. */
const NEWS_MILLIBITS = 1_000;

/**
 * Compares customers who are new or have changed with those whom a restriction or block binds, and records whom they resemble as
 * questions for staff. Nothing follows from a question. True when others may still be due. Safe to run at any time and at once:
 * what is found twice is recorded once.
 */
export async function linkDue({ store, clock }: LinkDeps, shop: Shop): Promise<boolean> {
  if (!(await store.links.anyMeasured(shop.id))) {
    await store.links.dropDue(shop.id);
    return false;
  }
  const due = await store.links.due(shop.id, CUSTOMERS_AT_ONCE);
  if (due.length === 0) return false;
  const found = await compareSome({ store, clock }, shop, [...new Set(due.map(({ customer }) => customer))]);
  if (found.length > 0) await store.transaction((inside) => inside.ledger.append(shop, found));
  await store.links.compared(shop.id, due);
  return due.length === CUSTOMERS_AT_ONCE;
}

interface Found {
  /** Whoever is not bound, or the newer of two who are: about them the question is. */
  readonly about: CustomerId;
  readonly other: CustomerId;
  readonly match: Match;
}

async function compareSome(
  { store, clock }: LinkDeps,
  shop: Shop,
  customers: readonly CustomerId[],
): Promise<readonly OfferedEvent[]> {
  const candidates = await store.links.candidates(shop.id, customers, MOST_CANDIDATES);
  if (candidates.length === 0) return [];
  const pairs = candidates.map(([customer, other]) => [customer, other.customer] as const);
  const [people, known, kept] = await Promise.all([
    store.links.people(shop.id, [...new Set(pairs.flat())]),
    store.links.linksBetween(shop.id, pairs),
    store.links.model(shop.id),
  ]);
  const byId = new Map(people.map((person) => [person.customer, person]));
  const links = new Map(known.map((link) => [keyOfPair(link.a, link.b), link]));
  const compare = comparing(kept?.model ?? null, readingOf(shop));
  const found = new Map<string, Found>();
  for (const [customer, own] of Map.groupBy(candidates, ([customer]) => customer)) {
    const person = byId.get(customer);
    if (person === undefined) continue;
    const matches = compare(
      person,
      own.flatMap(([, other]) => byId.get(other.customer) ?? []),
    );
    const measured = new Map(own.map(([, other]) => [other.customer, other.measured]));
    for (const match of matches.slice(0, MOST_FOUND)) {
      const other = match.id as CustomerId;
      const [about, bound] = measured.get(other) === true ? [customer, other] : [other, customer];
      if (isNews(links.get(keyOfPair(customer, other)), match))
        found.set(keyOfPair(customer, other), { about, other: bound, match });
    }
  }
  return [...found.values()].map((one) => foundEvent(one, kept?.version ?? 0, clock.now()));
}

/** Compares one person with some others: those who may be the same person, the likeliest first. */
export function comparing(
  model: Model | null,
  reading: Reading,
): (person: KnownPerson, others: readonly KnownPerson[]) => readonly Match[] {
  return (person, others) => {
    const index = prepareMeasured([], model, reading);
    const own = profileOf(person.customer, person.shown);
    if (!isComparable(own)) return [];
    index.add(own);
    return others
      .flatMap((other) => {
        const profile = profileOf(other.customer, other.shown);
        const match = isComparable(profile) ? index.match(profile) : null;
        const kind = match?.explanation.kind;
        return match !== null && (kind === 'same' || kind === 'probably_same')
          ? [{ ...match, id: other.customer }]
          : [];
      })
      .sort((a, b) => b.explanation.bits - a.explanation.bits);
  };
}

/** What staff answered is no question any more, and what they were asked is asked again only when it weighs otherwise. */
function isNews(link: LinkRecord | undefined, { explanation }: Match): boolean {
  if (link === undefined) return true;
  if (link.state !== 'found' || link.finding === null) return link.state === 'found';
  return (
    link.finding.klass !== explanation.kind ||
    Math.abs(link.finding.millibits - millibits(explanation.bits)) >= NEWS_MILLIBITS
  );
}

function foundEvent(
  { about, other, match }: Found,
  model: number,
  now: ReturnType<Deps['clock']['now']>,
): OfferedEvent {
  const weight = millibits(match.explanation.bits);
  return {
    kind: 'link.found',
    body: {
      other,
      class: match.explanation.kind === 'same' ? 'same' : 'probably_same',
      millibits: weight,
      fields: [...comparedFields(match.explanation)],
      model,
    },
    subject: { id: about, identifiers: [], shown: {} },
    occurredAt: now,
    source: 'evenhand',
    sourceId: `link:${keyOfPair(about, other)}:${model}:${weight}`,
  };
}
