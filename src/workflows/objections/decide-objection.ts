import type { LedgerEvent } from '../../core/events/event.ts';
import { type CustomerId, id, type ObjectionId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { ObjectionRecord } from '../../ports/objections.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { MayHear } from '../appeals/may-hear.ts';
import type { Hearer } from '../appeals/types.ts';
import { conflict, invalid, notAllowed, notFound, type Refused } from '../desk/refused.ts';
import { staffEvent } from '../measures/staff-event.ts';
import { wordingFault } from '../notices/may-say.ts';
import { tellCustomer } from '../notices/tell.ts';
import { forgetTold } from './after-answer.ts';
import { confirmersOf, mayAnswer } from './may-answer.ts';
import { tellBindings } from './tell-bindings.ts';
import type { ObjectionDeps } from './types.ts';
import { type Cleared, tellCleared, withoutEvasions } from './without-evasions.ts';

export interface ObjectionRuling {
  readonly outcome: 'upheld' | 'rejected';
  /** Goes to the customer. */
  readonly reason: string;
}

/**
 * Answers an objection, all in one transaction. Upheld: the two are told apart, so that nothing of the one binds the other from
 * then on; evasions that the link showed count no more, nor any measure that does not stand without them. Rejected: the link stays, with the reason. Whoever confirmed the link
 * does not answer while somebody else can.
 */
export async function decideObjection(
  deps: ObjectionDeps,
  shop: Shop,
  by: Hearer,
  wanted: string,
  { outcome, reason }: ObjectionRuling,
): Promise<Result<true, Refused>> {
  const wording = wordingFault(deps, 'reason', reason);
  if (wording !== null) return err(wording);
  if (reason.trim() === '') return err(invalid('reason', 'Write why: the customer reads it.'));
  return deps.store.transaction(async (store): Promise<Result<true, Refused>> => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const objection = await store.objections.one(shop.id, id<ObjectionId>(wanted));
    if (objection === null) return err(notFound('There is no such objection.'));
    if (objection.state === 'withdrawn') return err(conflict('The customer has withdrawn this objection.'));
    if (objection.state !== 'filed') return err(conflict('Somebody has answered this objection already.'));
    const [colleagues, confirmers] = await Promise.all([
      store.team.colleagues(shop.id),
      confirmersOf(store, shop, objection),
    ]);
    const may = mayAnswer(objection, confirmers, colleagues, by, now);
    if (!may.decide) return err(whyNot(may));
    const { customer, other } = objection;
    const together = (await store.links.sameAs(shop.id, [customer])).get(customer)?.includes(other) === true;
    if (outcome === 'rejected' && !together)
      return err(conflict('Nothing links these two any more, so the customer is right.'));
    const apart =
      outcome === 'upheld' ? await tellingApart(deps, store, shop, by, objection, now) : { events: [], news: [] };
    const answers = await store.ledger.append(shop, [
      ...apart.events,
      staffEvent({
        kind: 'objection.decided',
        customer,
        by: by.id,
        at: now,
        act: objection.id,
        body: { objection: objection.id, outcome, by: by.id, alone: may.alone },
        private: { reason: reason.trim() },
      }),
    ]);
    if (answers.some(({ status }) => status !== 'added')) throw new Error('An answer was in the ledger already');
    await tellCustomer(store, shop, customer, { kind: 'objection.decided', objection: objection.id }, now);
    if (outcome === 'upheld') {
      await tellCleared(store, shop, apart, now);
      await forgetTold(store, shop, customer, other, now);
      const same = await store.links.sameAs(shop.id, [customer, other]);
      await tellBindings(store, shop, [...new Set([customer, other, ...[...same.values()].flat()])], now);
    }
    return ok(true);
  });
}

function whyNot({ why }: MayHear): Refused {
  switch (why) {
    case 'auditor':
      return notAllowed('Auditors read, and decide nothing.');
    case 'agent':
      return notAllowed('Only an owner or a manager may answer objections.');
    case 'alone':
      return conflict(
        'You confirmed this link, and nobody else here may decide. You can answer once a day has passed since the objection.',
      );
    default:
      return notAllowed('You confirmed this link, so somebody else must answer the objection.');
  }
}

/** What makes two people of an objector and the other account, whatever stands between them now, and what falls with it. */
async function tellingApart(
  deps: Pick<ObjectionDeps, 'ids' | 'policies'>,
  store: Store,
  shop: Shop,
  by: Hearer,
  { customer, other }: Pick<ObjectionRecord, 'customer' | 'other'>,
  now: Instant,
): Promise<Cleared> {
  const [link, ledgers] = await Promise.all([
    store.links.link(shop.id, customer, other),
    store.ledger.eventsOf(shop.id, [customer, other]),
  ]);
  const eventsOf = (of: CustomerId): readonly LedgerEvent[] =>
    ledgers.find((ledger) => ledger.customer === of)?.events ?? [];
  const act = deps.ids.next<string>();
  const about = link?.about ?? customer;
  const said = (kind: 'link.reopened' | 'link.split'): OfferedEvent =>
    staffEvent({
      kind,
      customer: about,
      by: by.id,
      at: now,
      act,
      body: { other: about === customer ? other : customer, by: by.id },
    });
  const cleared = await withoutEvasions(deps, store, shop, by, { one: customer, other, events: eventsOf }, now);
  return {
    events: [
      ...(link?.state === 'confirmed' ? [said('link.reopened')] : []),
      ...(link?.state === 'split' ? [] : [said('link.split')]),
      ...cleared.events,
    ],
    news: cleared.news,
  };
}
