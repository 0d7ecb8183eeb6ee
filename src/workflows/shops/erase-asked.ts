import type { CustomerReference } from '../../core/events/incoming.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { instant } from '../../core/shared/time.ts';
import type { ReceivedEnd } from '../../ports/connections.ts';
import type { Blobs } from '../../ports/hearing.ts';
import type { Shop } from '../../ports.ts';
import { eraseCustomer } from '../privacy/erase-customer.ts';
import type { ShopsDeps } from './deps.ts';
import { identify } from './identify.ts';

/** A platform asks that a customer be forgotten; the webhook waits until that is done. */
export interface Erasure {
  readonly received: string;
  readonly customer: CustomerReference;
  readonly attempts: number;
}

const DAY = 86_400_000;

/**
 * Forgets whom a platform asks to forget. While an appeal or a dispute is open it is tried again each day, because the customer could not
 * be told how it ends; staff see the webhook wait, and why.
 */
export async function eraseAsked(
  deps: ShopsDeps & { readonly blobs: Pick<Blobs, 'remove'> },
  shop: Shop,
  { received, customer: reference }: Erasure,
): Promise<void> {
  const customer = await identify(deps, shop, reference);
  const erased = customer === null ? null : await eraseCustomer(deps, shop, customer);
  const now = deps.clock.now();
  const done: ReceivedEnd = { id: received, state: 'done', added: 0, customers: customer === null ? [] : [customer] };
  const later = (fault: string): ReceivedEnd => ({
    id: received,
    state: 'waiting',
    nextAt: instant(now + DAY),
    fault,
  });
  const end = ((): ReceivedEnd => {
    if (erased === null || erased.ok) return done;
    switch (erased.error) {
      case 'unknown':
        return done;
      case 'appeal':
      case 'dispute':
        return later(`erase:${erased.error}`);
      default:
        return assertNever(erased.error);
    }
  })();
  await deps.store.transaction(async (store) => {
    await store.received.finish(shop.id, [end], now);
    // What asked for it names the customer too.
    if (end.state === 'done') await store.received.forget(shop.id, received);
  });
}
