import { transition } from '../../core/measures/transitions.ts';
import type { MeasureId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notAllowed, notFound, type Refused } from '../desk/refused.ts';
import { tellCustomer } from '../notices/tell.ts';
import { record, staffEvent } from './staff-event.ts';
import type { Actor } from './types.ts';

/** Ends a measure before its time, with a reason. Of two people at once the second is told that it has been lifted. */
export async function liftMeasure(
  deps: Deps,
  shop: Shop,
  by: Actor,
  id: MeasureId,
  reason: string,
): Promise<Result<true, Refused>> {
  if (by.role !== 'owner' && by.role !== 'manager')
    return err(notAllowed('Only an owner or a manager may lift a measure.'));
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const measure = await store.standing.measure(shop.id, id);
    if (measure === null) return err(notFound('There is no such measure.'));
    const state = measure.state === 'active' && measure.until <= now ? 'expired' : measure.state;
    const next = transition(state, 'measure.lifted');
    if (!next.ok) return err(conflict(next.error.message));
    await record(
      store,
      shop,
      staffEvent({
        kind: 'measure.lifted',
        customer: measure.customer,
        by: by.id,
        at: now,
        act: deps.ids.next<string>(),
        body: { measure: id, because: 'staff', by: by.id },
        private: { reason },
      }),
    );
    await tellCustomer(store, shop, measure.customer, { kind: 'measure.lifted', measure: id, because: 'staff' }, now);
    return ok(true);
  });
}
