import { stateAt } from '../../core/appeals/fold.ts';
import { isOpen } from '../../core/appeals/types.ts';
import type { EventOf } from '../../core/events/event.ts';
import { type CustomerId, id, type MeasureId } from '../../core/shared/brand.ts';
import type { Shop } from '../../ports.ts';
import { exchangesOf } from './exchange.ts';
import type { AppealDeps, CustomerAppeal } from './types.ts';

/** A customer's appeals with what was said, newest first. */
export async function appealsOf(
  deps: AppealDeps,
  shop: Shop,
  customer: CustomerId,
): Promise<readonly CustomerAppeal[]> {
  const now = deps.clock.now();
  const [records, [own]] = await Promise.all([
    deps.store.appeals.ofCustomer(shop.id, customer),
    deps.store.ledger.eventsOf(shop.id, [customer]),
  ]);
  const events = own?.events ?? [];
  const wanted = records.map((each) => each.id);
  const exchanges = await exchangesOf(deps.store, shop, customer, events, wanted);
  const decided = new Map(
    events.flatMap((event): [string, EventOf<'appeal.decided'>][] =>
      event.kind === 'appeal.decided' ? [[event.body.appeal, event]] : [],
    ),
  );
  return records.map((kept) => {
    const appeal = { ...kept, state: stateAt(kept, now) };
    return {
      appeal,
      exchange: exchanges.get(appeal.id) ?? [],
      mayWithdraw: isOpen(appeal.state),
      mayAnswer: isOpen(appeal.state) && appeal.informationUntil !== null,
      results: (decided.get(appeal.id)?.body.measures ?? []).map(({ measure, result }) => ({
        measure: id<MeasureId>(measure),
        result,
      })),
    };
  });
}
