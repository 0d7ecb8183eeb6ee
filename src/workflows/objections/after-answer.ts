import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import type { Actor } from '../measures/types.ts';
import { tellCustomer } from '../notices/tell.ts';
import { stopped, tellBindings } from './tell-bindings.ts';

/**
 * What follows from an answer of staff about a link, in its transaction: objections of those who are no longer taken for the other
 * are upheld by it, and whoever is bound or freed now is told. `concerned`: everybody who was or is one person with either of the two.
 */
export async function afterAnswer(
  store: Store,
  shop: Shop,
  by: Actor,
  concerned: readonly CustomerId[],
  now: Instant,
): Promise<void> {
  const customers = [...new Set(concerned)];
  const open = await store.objections.openOf(shop.id, customers);
  if (open.length > 0) {
    const same = await store.links.sameAs(shop.id, customers);
    for (const { id, customer, other } of open) {
      if (same.get(customer)?.includes(other) === true) continue;
      await record(
        store,
        shop,
        staffEvent({
          kind: 'objection.decided',
          customer,
          by: by.id,
          at: now,
          act: id,
          body: { objection: id, outcome: 'upheld', by: by.id, alone: false },
        }),
      );
      await forgetTold(store, shop, customer, other, now);
      await tellCustomer(store, shop, customer, { kind: 'objection.decided', objection: id }, now);
    }
  }
  await tellBindings(store, shop, customers, now);
}

/** Whoever hears the answer to an objection hears in it that they are free: no other letter about it, nor one that says they are bound. */
export async function forgetTold(
  store: Pick<Store, 'objections' | 'outbox'>,
  shop: Shop,
  customer: CustomerId,
  holder: CustomerId,
  at: Instant,
): Promise<void> {
  for (const told of await store.objections.told(shop.id, [customer])) {
    if (told.holder !== holder) continue;
    await store.objections.forgetTold(shop.id, told);
    await stopped(store, shop, told, at);
  }
}
