import type { LedgerEvent } from '../../core/events/event.ts';
import type { Measure } from '../../core/measures/types.ts';
import { type Happened, happenings, subjectOf } from '../../core/notices/happened.ts';
import type { CustomerId, EventId } from '../../core/shared/brand.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/** Something behind a measure that a customer can say is wrong. `event` stands for all events about it. */
export interface DisputableThing {
  readonly event: EventId;
  readonly thing: Happened;
}

/** As many as a person can look through; the others can be named in words. */
const MOST = 40;

/** What a measure rests on, once each, the newest first. */
export async function disputable(
  { store }: Pick<Deps, 'store'>,
  shop: Shop,
  customer: CustomerId,
  measure: Pick<Measure, 'evidence'>,
): Promise<readonly DisputableThing[]> {
  const [own] = await store.ledger.eventsOf(shop.id, [customer]);
  return thingsBehind(measure.evidence, own?.events ?? []);
}

function thingsBehind(evidence: readonly EventId[], events: readonly LedgerEvent[]): readonly DisputableThing[] {
  const wanted = new Set<string>(evidence);
  const named = new Map<string, EventId>();
  for (const event of events) {
    const subject = wanted.has(event.id) ? subjectOf(event) : null;
    if (subject !== null) named.set(subject, event.id);
  }
  return happenings(evidence, events)
    .slice(0, MOST)
    .flatMap((thing) => {
      const event = named.get(thing.subject);
      return event === undefined ? [] : [{ event, thing }];
    });
}
