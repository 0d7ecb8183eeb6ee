import { dueAt } from '../../core/appeals/deadline.ts';
import { MOST_OBJECTIONS, objectionRefusal, roundsOf } from '../../core/appeals/objections.ts';
import type { CustomerId, ObjectionId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { Shop } from '../../ports.ts';
import { countingOf } from '../appeals/about.ts';
import { customerEvent } from '../appeals/customer-event.ts';
import { customerRefusal } from '../appeals/refusal.ts';
import type { AppealRefused } from '../appeals/types.ts';
import { readText } from '../appeals/written.ts';
import { record } from '../measures/staff-event.ts';
import { tellCustomer } from '../notices/tell.ts';
import type { ObjectionDeps, ObjectionFiled, ObjectionWish } from './types.ts';

/**
 * Files that a customer is not whom staff took them for: acknowledged at once, with the deadline of an appeal, and told to the team.
 * For as long as something of the other account binds them, because a mistake about who somebody is does not become right with time.
 */
export async function fileObjection(
  deps: ObjectionDeps,
  shop: Shop,
  customer: CustomerId,
  wish: ObjectionWish,
): Promise<Result<ObjectionFiled, AppealRefused>> {
  const text = readText(wish.text);
  if (!text.ok) return text;
  return deps.store.transaction(async (store): Promise<Result<ObjectionFiled, AppealRefused>> => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const bindings = await store.objections.bindings(shop.id, [customer], now);
    const other = bindings.find(({ measure }) => measure === wish.measure)?.holder;
    if (other === undefined) return err(customerRefusal('unknown-measure'));
    const earlier = (await store.objections.ofCustomer(shop.id, customer)).filter((each) => each.other === other);
    const refused = objectionRefusal(earlier);
    if (refused !== null)
      return err(customerRefusal(refused === 'open' ? 'appeal-open' : 'no-rounds-left', { count: MOST_OBJECTIONS }));
    const { procedure } = (await deps.policies.inForce(shop.id, store.policies)).compiled.policy;
    const due = dueAt(procedure, now, countingOf(deps, shop));
    const objection = deps.ids.next<ObjectionId>();
    await record(
      store,
      shop,
      customerEvent({
        kind: 'objection.filed',
        customer,
        at: now,
        act: objection,
        text: text.value,
        body: {
          objection,
          other,
          round: roundsOf(earlier) + 1,
          language: wish.language,
          dueAt: formatInstant(due),
        },
      }),
    );
    await tellCustomer(store, shop, customer, { kind: 'objection.acknowledged', objection }, now);
    await store.outbox.tell(shop.id, {
      cause: { kind: 'team.objection_filed', objection },
      audience: 'team',
      customer,
      at: now,
    });
    return ok({ objection, dueAt: due });
  });
}

/** Takes an objection back before it is answered. */
export async function withdrawObjection(
  deps: Pick<ObjectionDeps, 'store' | 'clock'>,
  shop: Shop,
  customer: CustomerId,
  id: ObjectionId,
): Promise<Result<true, AppealRefused>> {
  return deps.store.transaction(async (store): Promise<Result<true, AppealRefused>> => {
    await store.ledger.lock(shop.id);
    const objection = await store.objections.one(shop.id, id);
    if (objection === null || objection.customer !== customer) return err(customerRefusal('unknown-appeal'));
    if (objection.state !== 'filed') return err(customerRefusal('already-decided'));
    await record(
      store,
      shop,
      customerEvent({
        kind: 'objection.withdrawn',
        customer,
        at: deps.clock.now(),
        act: id,
        body: { objection: id },
      }),
    );
    return ok(true);
  });
}
