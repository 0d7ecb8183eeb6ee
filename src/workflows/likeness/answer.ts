import type { LedgerEvent } from '../../core/events/event.ts';
import { type LinkMove, linkTransition } from '../../core/events/link-states.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { LinkRecord } from '../../ports/links.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notAllowed, notFound, type Refused } from '../desk/refused.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import type { Actor } from '../measures/types.ts';
import { afterAnswer } from '../objections/after-answer.ts';
import type { ObjectionDeps } from '../objections/types.ts';
import { tellCleared, withoutEvasions } from '../objections/without-evasions.ts';
import { answerFault } from './confirmable.ts';
import { evadedMeasures, voidedEvasions } from './evasion.ts';

type AnswerDeps = Pick<ObjectionDeps, 'store' | 'clock' | 'ids' | 'policies'>;

/** What became of a link. */
export interface LinkAnswered {
  readonly state: LinkRecord['state'];
  /** How many measures were found to have been evaded. */
  readonly evasions: number;
}

export interface LinkPair {
  readonly one: CustomerId;
  readonly other: CustomerId;
}

type Answer = Promise<Result<LinkAnswered, Refused>>;

/**
 * Says that two customers are one person. What binds one then binds both in every decision, and a measure that was evaded by the
 * other name is recorded as conduct of that account. Only of two whom comparing found alike; where something binds one of them,
 * it takes whoever may take a measure.
 */
export function confirmLink(deps: AnswerDeps, shop: Shop, by: Actor, pair: LinkPair): Answer {
  return answering(deps, shop, by, pair, 'confirmed', async (held) => {
    const { store, link, about, now, act } = held;
    await record(store, shop, said('link.confirmed', held, by));
    let evasions = 0;
    const fields = [...(link?.finding?.fields ?? [])];
    for (const [customer, of] of [
      [about.one, about.other],
      [about.other, about.one],
    ] as const)
      for (const measure of evadedMeasures(held.events(of), held.events(customer), now)) {
        await record(
          store,
          shop,
          staffEvent({
            kind: 'evasion.found',
            customer,
            by: by.id,
            at: now,
            act: `${act}:${measure}`,
            body: { of, measure, by: by.id, fields },
          }),
        );
        evasions += 1;
      }
    return { state: 'confirmed', evasions };
  });
}

/** Says that two customers are two people. They are never compared again. */
export function splitLink(deps: AnswerDeps, shop: Shop, by: Actor, pair: LinkPair): Answer {
  return answering(deps, shop, by, pair, 'split', async (held) => {
    await record(held.store, shop, said('link.split', held, by));
    return { state: 'split', evasions: 0 };
  });
}

/**
 * Takes an answer back: the question is open again, nothing binds both, and an evasion it showed counts no more. What was confirmed
 * while something binds takes whoever may lift a measure: it frees one of the two. Where one of them says that they are not the other, they
 * are right by it, and what rested on the evasion falls as if the objection had been upheld.
 */
export function reopenLink(deps: AnswerDeps, shop: Shop, by: Actor, pair: LinkPair): Answer {
  return answering(deps, shop, by, pair, 'reopened', async (held) => {
    const { store, about, now, events } = held;
    const { one, other } = about;
    await record(store, shop, said('link.reopened', held, by));
    const open = await store.objections.openOf(shop.id, [one, other]);
    if (open.some((each) => each.other === one || each.other === other)) {
      const cleared = await withoutEvasions(deps, store, shop, by, { one, other, events }, now);
      for (const event of cleared.events) await record(store, shop, event);
      await tellCleared(store, shop, cleared, now);
    } else
      for (const [customer, of] of [
        [one, other],
        [other, one],
      ] as const)
        for (const event of voidedEvasions(deps.ids, by.id, { customer, of, events: events(customer) }, now))
          await record(store, shop, event);
    return { state: 'found', evasions: 0 };
  });
}

interface Held {
  readonly store: Store;
  readonly link: LinkRecord | null;
  /** The pair, with first whose part of the ledger the question stands in. */
  readonly about: LinkPair;
  readonly now: ReturnType<Deps['clock']['now']>;
  readonly act: string;
  readonly events: (customer: CustomerId) => readonly LedgerEvent[];
}

/** Runs `work` alone with a pair, when the move may be made. */
async function answering(
  deps: AnswerDeps,
  shop: Shop,
  by: Actor,
  { one, other }: LinkPair,
  move: LinkMove,
  work: (held: Held) => Promise<LinkAnswered>,
): Answer {
  if (by.role === 'auditor') return err(notAllowed('Auditors read, and answer nothing.'));
  if (one === other) return err(conflict('A customer cannot be linked to themselves.'));
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const people = await store.links.people(shop.id, [one, other]);
    if (people.length < 2) return err(notFound('The shop knows no such pair of customers.'));
    const link = await store.links.link(shop.id, one, other);
    const next = linkTransition(link?.state ?? 'none', move);
    if (!next.ok) return err(conflict(next.error));
    const fault = await answerFault(store, shop, by, { one, other, link }, move);
    if (fault !== null) return err(fault);
    const ledgers = new Map(
      (await store.ledger.eventsOf(shop.id, [one, other])).map(({ customer, events }) => [customer, events] as const),
    );
    const about = link !== null && link.about === other ? { one: other, other: one } : { one, other };
    const now = deps.clock.now();
    const before = await store.links.sameAs(shop.id, [one, other]);
    const answered = await work({
      store,
      link,
      about,
      now,
      act: deps.ids.next<string>(),
      events: (customer) => ledgers.get(customer) ?? [],
    });
    const after = await store.links.sameAs(shop.id, [one, other]);
    const concerned = [one, other, ...[...before.values(), ...after.values()].flat()];
    await afterAnswer(store, shop, by, concerned, now);
    return ok(answered);
  });
}

const said = (kind: 'link.confirmed' | 'link.split' | 'link.reopened', { about, now, act }: Held, by: Actor) =>
  staffEvent({ kind, customer: about.one, by: by.id, at: now, act, body: { other: about.other, by: by.id } });
