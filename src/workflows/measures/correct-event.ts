import { type EventKind, type LedgerEvent, reportedEvents } from '../../core/events/event.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, invalid, notAllowed, notFound, type Refused } from '../desk/refused.ts';
import { record, staffEvent } from './staff-event.ts';
import type { Actor, CorrectionWish } from './types.ts';

/**
 * Says how an event counts from now on: not at all, as the shop's own fault, or as it stands again. The event stays readable;
 * the correction is a new one. Putting evidence back is for owners and managers. What Evenhand recorded itself (measures,
 * answers, decisions) is not corrected but reversed; but for an evasion that staff found, which owners and managers correct here: the
 * answer it rests on cannot be taken back any more once the other account is erased.
 */
export async function correctEvent(
  deps: Deps,
  shop: Shop,
  by: Actor,
  customer: CustomerId,
  { event: id, as, reason }: CorrectionWish,
): Promise<Result<true, Refused>> {
  if (by.role === 'auditor') return err(notAllowed('Auditors read, and change nothing.'));
  if (as === 'counts' && by.role === 'agent')
    return err(notAllowed('Only an owner or a manager may let an event count again.'));
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const [own] = await store.ledger.eventsOf(shop.id, [customer]);
    const events = own?.events ?? [];
    const event = events.find((each) => each.id === id);
    if (event === undefined) return err(notFound('This customer has no such event.'));
    if (event.kind === 'evasion.found') {
      if (by.role === 'agent')
        return err(notAllowed('Only an owner or a manager may correct an evasion that was found.'));
    } else if (!isReported(event.kind))
      return err(invalid('event', 'cannot be corrected: only what was reported from outside can'));
    if (countsAs(events, id) === as) return err(conflict('The event counts that way already.'));
    await record(
      store,
      shop,
      staffEvent({
        kind: 'event.corrected',
        customer,
        by: by.id,
        at: deps.clock.now(),
        act: deps.ids.next<string>(),
        body: { event: id, as, by: by.id },
        private: { reason },
      }),
    );
    return ok(true);
  });
}

const isReported = (kind: EventKind): boolean => Object.hasOwn(reportedEvents, kind);

/** What the last correction said; an event that nobody corrected counts. */
function countsAs(events: readonly LedgerEvent[], id: string): CorrectionWish['as'] {
  const last = events.findLast((event) => event.kind === 'event.corrected' && event.body.event === id);
  return last?.kind === 'event.corrected' ? last.body.as : 'counts';
}
