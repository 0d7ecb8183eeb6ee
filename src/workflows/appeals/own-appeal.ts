import { foldAppeals } from '../../core/appeals/fold.ts';
import { type Appeal, isOpen } from '../../core/appeals/types.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import type { AppealId, CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { customerRefusal } from './refusal.ts';
import type { AppealDeps, AppealRefused } from './types.ts';

/** A customer's own appeal that is still open, while nobody else can write. */
export interface OpenAppeal {
  readonly store: Store;
  readonly appeal: Appeal;
  readonly events: readonly LedgerEvent[];
  readonly now: Instant;
}

/** Runs `work` on an open appeal of the customer, in one transaction. Somebody else's appeal is not told apart from none. */
export async function withOwnAppeal<T>(
  deps: AppealDeps,
  shop: Shop,
  customer: CustomerId,
  id: AppealId,
  work: (open: OpenAppeal) => Promise<Result<T, AppealRefused>>,
): Promise<Result<T, AppealRefused>> {
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const found = await ownOpenAppeal(store, shop, customer, id);
    return found.ok ? work({ store, now: deps.clock.now(), ...found.value }) : found;
  });
}

export async function ownOpenAppeal(
  store: Store,
  shop: Shop,
  customer: CustomerId,
  id: AppealId,
): Promise<Result<Pick<OpenAppeal, 'appeal' | 'events'>, AppealRefused>> {
  const [own] = await store.ledger.eventsOf(shop.id, [customer]);
  const events = own?.events ?? [];
  const appeal = foldAppeals(events).find((each) => each.id === id);
  if (appeal === undefined) return err(customerRefusal('unknown-appeal'));
  return isOpen(appeal.state) ? ok({ appeal, events }) : err(customerRefusal('already-decided'));
}
