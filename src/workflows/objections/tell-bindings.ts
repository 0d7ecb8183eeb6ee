import { canMove } from '../../core/notices/outbox.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Binding, ToldBinding } from '../../ports/objections.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/**
 * Tells customers of measures of other accounts that bind them now, each once, and of those that bind them no more: in the
 * transaction of `store`, which must hold the shop's ledger. What has not left yet does not leave any more. Null: all of the
 * shop. Gives how many messages came of it.
 */
export async function tellBindings(
  store: Pick<Store, 'objections' | 'outbox'>,
  shop: Shop,
  customers: readonly CustomerId[] | null,
  now: Instant,
): Promise<number> {
  const [bindings, told] = await Promise.all([
    store.objections.bindings(shop.id, customers, now),
    store.objections.told(shop.id, customers),
  ]);
  const before = new Set(told.map(keyOf));
  const after = new Set(bindings.map(keyOf));
  let messages = 0;
  for (const binding of bindings.filter((each) => !before.has(keyOf(each)))) {
    const { customer, measure, holder } = binding;
    const message = await store.outbox.tell(shop.id, {
      cause: { kind: 'link.bound', bound: measure, of: holder },
      audience: 'customer',
      customer,
      at: now,
    });
    await store.objections.keepTold(shop.id, { ...binding, message });
    messages += 1;
  }
  for (const over of told.filter((each) => !after.has(keyOf(each))))
    if (await tellFreed(store, shop, over, now)) messages += 1;
  return messages;
}

const keyOf = ({ customer, measure }: Binding): string => `${customer} ${measure}`;

async function tellFreed(
  store: Pick<Store, 'objections' | 'outbox'>,
  shop: Shop,
  over: ToldBinding,
  now: Instant,
): Promise<boolean> {
  await store.objections.forgetTold(shop.id, over);
  if (await stopped(store, shop, over, now)) return false;
  await store.outbox.tell(shop.id, {
    cause: { kind: 'link.freed', bound: over.measure, of: over.holder },
    audience: 'customer',
    customer: over.customer,
    at: now,
  });
  return true;
}

/** Whether nobody can have read the message: it is stopped now where it has not left, or was never sent. */
export async function stopped(
  { outbox }: Pick<Store, 'outbox'>,
  shop: Shop,
  { message }: ToldBinding,
  at: Instant,
): Promise<boolean> {
  const row = await outbox.one(shop.id, message);
  if (row === null || row.state === 'cancelled') return true;
  const stoppedNow =
    canMove(row.state, 'cancelled') && (await outbox.move(shop.id, row.id, { state: 'cancelled', at }));
  if (!stoppedNow || (row.state !== 'due' && row.state !== 'waiting')) return false;
  // Asked again: whoever hands it over may have taken it between the look and the stop.
  return (await outbox.one(shop.id, message))?.attempts === 0;
}

/** Whether there is anything to tell, looked up without holding anybody up. */
async function hasNews({ objections }: Pick<Store, 'objections'>, shop: Shop, now: Instant): Promise<boolean> {
  const [bindings, told] = await Promise.all([objections.bindings(shop.id, null, now), objections.told(shop.id, null)]);
  const known = new Set(told.map(keyOf));
  return bindings.length !== told.length || bindings.some((binding) => !known.has(keyOf(binding)));
}

/** Tells everybody of a shop whom measures of other accounts have begun or ceased to bind, whatever changed it. */
export async function tellAllBindings({ store, clock }: Pick<Deps, 'store' | 'clock'>, shop: Shop): Promise<number> {
  if (!(await hasNews(store, shop, clock.now()))) return 0;
  return store.transaction(async (inside) => {
    await inside.ledger.lock(shop.id);
    return tellBindings(inside, shop, null, clock.now());
  });
}
