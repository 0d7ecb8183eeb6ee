import type { Cause } from '../../core/notices/types.ts';
import { id, type MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { AppendOutcome, OfferedEvent } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { tellCustomer } from './tell.ts';

/**
 * Tells customers of the measures that time or merit has just ended, in the transaction of these ends. Whom we never told that a
 * measure began (it came with an import, or with the sample shop) is not told that it ended.
 */
export async function tellEndings(
  store: Pick<Store, 'outbox' | 'notices'>,
  shop: Shop,
  offered: readonly OfferedEvent[],
  outcomes: readonly AppendOutcome[],
  at: Instant,
): Promise<void> {
  const ended = offered.flatMap((event, index) => {
    const outcome = outcomes[index];
    const cause = causeOf(event);
    return cause === null || outcome?.status !== 'added' || outcome.customer === null
      ? []
      : [{ cause, customer: outcome.customer }];
  });
  if (ended.length === 0) return;
  const told = await store.notices.toldOf(
    shop.id,
    ended.map(({ cause }) => cause.measure),
  );
  for (const { cause, customer } of ended)
    if (told.has(cause.measure)) await tellCustomer(store, shop, customer, cause, at);
}

function causeOf(event: OfferedEvent): Extract<Cause, { measure: MeasureId }> | null {
  switch (event.kind) {
    case 'measure.expired':
      return { kind: 'measure.expired', measure: id<MeasureId>(event.body.measure) };
    case 'measure.lifted':
      return event.body.because === 'earned'
        ? { kind: 'measure.lifted', measure: id<MeasureId>(event.body.measure), because: 'earned' }
        : null;
    default:
      return null;
  }
}
