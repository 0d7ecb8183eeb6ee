import type { Instant } from '../../../core/shared/time.ts';
import type { ActRecord } from '../../../ports/enforcing.ts';
import type { Store } from '../../../ports/store.ts';
import type { Shop } from '../../../ports.ts';

/** Tells the team of an order that waits for one of them: it is held for long, or should be held and could not be. */
export async function tellTeamOfHold(
  { outbox }: Pick<Store, 'outbox'>,
  shop: Shop,
  { id, customer }: Pick<ActRecord, 'id' | 'customer'>,
  at: Instant,
): Promise<void> {
  if (customer === null) return;
  await outbox.tell(shop.id, { cause: { kind: 'team.order_held', act: id }, audience: 'team', customer, at });
}
