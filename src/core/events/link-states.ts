import { type CustomerId, id } from '../shared/brand.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { EventOf, LedgerEvent } from './event.ts';

/** found: a question. confirmed, split: the word of staff, which binds until they take it back. */
export const linkStates = ['found', 'confirmed', 'split'] as const;
export type LinkState = (typeof linkStates)[number];
export type LinkMove = 'found' | 'confirmed' | 'split' | 'reopened';

interface Transition {
  readonly from: LinkState | 'none';
  readonly on: LinkMove;
  readonly to: LinkState;
}

/** Every way a link can go. What staff answered, no comparison changes. */
export const linkTransitions: readonly Transition[] = [
  { from: 'none', on: 'found', to: 'found' },
  { from: 'found', on: 'found', to: 'found' },
  { from: 'none', on: 'confirmed', to: 'confirmed' },
  { from: 'found', on: 'confirmed', to: 'confirmed' },
  { from: 'none', on: 'split', to: 'split' },
  { from: 'found', on: 'split', to: 'split' },
  { from: 'confirmed', on: 'reopened', to: 'found' },
  { from: 'split', on: 'reopened', to: 'found' },
];

const SAID: Readonly<Record<LinkState | 'none', string>> = {
  none: 'Nobody has answered whether these two are the same person.',
  found: 'Nobody has answered whether these two are the same person.',
  confirmed: 'These two were confirmed to be the same person. Take that back first.',
  split: 'These two were found not to be the same person. Take that back first.',
};

/** The state after a move, or why it cannot be made, in a sentence for the person who tried. */
export function linkTransition(from: LinkState | 'none', on: LinkMove): Result<LinkState, string> {
  const found = linkTransitions.find((row) => row.from === from && row.on === on);
  return found === undefined ? err(SAID[from]) : ok(found.to);
}

export type LinkEvent = EventOf<'link.found' | 'link.confirmed' | 'link.split' | 'link.reopened'>;

const MOVES: Readonly<Record<LinkEvent['kind'], LinkMove>> = {
  'link.found': 'found',
  'link.confirmed': 'confirmed',
  'link.split': 'split',
  'link.reopened': 'reopened',
};

export const isLinkEvent = (event: LedgerEvent): event is LinkEvent => Object.hasOwn(MOVES, event.kind);
export const linkMoveOf = (event: LinkEvent): LinkMove => MOVES[event.kind];

/** Both customers of a link that staff answered or took back: from then on it counts otherwise what binds them. Nobody for anything else. */
export const boundAnew = (event: LedgerEvent): readonly CustomerId[] =>
  isLinkEvent(event) && event.kind !== 'link.found' && event.customer !== null
    ? [event.customer, id<CustomerId>(event.body.other)]
    : [];

/** What is known of a pair: the smaller id first, so that it is one pair whichever is named first. */
export interface FoldedLink {
  readonly a: string;
  readonly b: string;
  /** In whose part of the ledger the question stands. */
  readonly about: string;
  readonly state: LinkState;
  readonly finding: Pick<LinkEvent & { kind: 'link.found' }, 'body'>['body'] | null;
  readonly foundAt: LedgerEvent['occurredAt'] | null;
  readonly answeredAt: LedgerEvent['occurredAt'] | null;
  readonly answeredBy: string | null;
  readonly seq: number;
}

export const pairOf = <T extends string>(one: T, other: T): readonly [T, T] =>
  one < other ? [one, other] : [other, one];
export const keyOfPair = (a: string, b: string): string => pairOf(a, b).join(' ');

/**
 * Links as these events leave them, by `keyOfPair`, folded on from what was known. In the order of the ledger; an event that the
 * table does not allow changes nothing (a comparison that was under way while staff answered).
 */
export function foldLinks(
  events: readonly LinkEvent[],
  known: Iterable<FoldedLink> = [],
): ReadonlyMap<string, FoldedLink> {
  const links = new Map([...known].map((link) => [keyOfPair(link.a, link.b), link]));
  const touched = new Map<string, FoldedLink>();
  for (const event of events) {
    if (event.customer === null || event.customer === event.body.other) continue;
    const key = keyOfPair(event.customer, event.body.other);
    const before = links.get(key);
    const next = linkTransition(before?.state ?? 'none', linkMoveOf(event));
    if (!next.ok) continue;
    const link = folded(event, event.customer, before, next.value);
    links.set(key, link);
    touched.set(key, link);
  }
  return touched;
}

function folded(event: LinkEvent, customer: string, before: FoldedLink | undefined, state: LinkState): FoldedLink {
  const [a, b] = pairOf<string>(customer, event.body.other);
  const about = before?.about ?? customer;
  const base = { a, b, about, state, seq: event.seq };
  const kept = { finding: before?.finding ?? null, foundAt: before?.foundAt ?? null };
  switch (event.kind) {
    case 'link.found': {
      const { answeredAt = null, answeredBy = null } = before ?? {};
      return {
        ...base,
        finding: event.body,
        foundAt: before?.foundAt ?? event.occurredAt,
        answeredAt,
        answeredBy,
      };
    }
    case 'link.confirmed':
    case 'link.split':
      return { ...base, ...kept, answeredAt: event.occurredAt, answeredBy: event.body.by };
    case 'link.reopened':
      return { ...base, ...kept, foundAt: kept.foundAt ?? event.occurredAt, answeredAt: null, answeredBy: null };
  }
}

/** Checks the table and throws what is wrong with it: no two rows for one case, and every answer can be taken back. */
export function checkLinkTransitions(table: readonly Transition[] = linkTransitions): void {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { from, on, to } of table) {
    const name = `${from} + ${on}`;
    if (seen.has(name)) faults.push(`${name} stands in the table twice`);
    seen.add(name);
    if (on === 'found' && (from === 'confirmed' || from === 'split')) faults.push(`${name}: the word of staff binds`);
    if ((on === 'confirmed' || on === 'split') && to !== on) faults.push(`${name} must lead to ${on}`);
  }
  for (const state of ['confirmed', 'split'] as const)
    if (!table.some((row) => row.from === state && row.on === 'reopened')) faults.push(`${state} cannot be taken back`);
  if (faults.length > 0) throw new Error(`The transitions of links are wrong: ${faults.join('; ')}`);
}
