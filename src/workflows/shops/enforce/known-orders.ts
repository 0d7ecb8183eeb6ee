import type { EventOf, LedgerEvent } from '../../../core/events/event.ts';
import type { ReturnReason } from '../../../core/events/values.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Connection } from '../../../ports/platforms.ts';

/** What a connection told of a customer. */
export const ownEventsIn = (
  events: readonly LedgerEvent[],
  { source }: Pick<Connection, 'source'>,
): readonly LedgerEvent[] => events.filter((event) => event.source === source);

/** A return that a customer asked for, and that has not come back yet. */
export interface AskedReturn {
  /** The platform's own reference, as acts take it. */
  readonly reference: string;
  /** The name of its order. */
  readonly order: string | null;
  readonly reason: ReturnReason;
  readonly askedAt: Instant;
  /** When the last parcel of its order that was told of arrived. */
  readonly deliveredAt: Instant | null;
}

/** The returns asked for that are still open, the newest first. */
export function returnsIn(events: readonly LedgerEvent[]): readonly AskedReturn[] {
  const received = new Set(events.flatMap((event) => (event.kind === 'return.received' ? [event.body.return] : [])));
  const delivered = new Map<string, Instant>();
  // The days to withdraw run from the last parcel of an order, whichever was told of first.
  for (const event of events)
    if (event.kind === 'order.delivered' && event.occurredAt > (delivered.get(event.body.order) ?? -Infinity))
      delivered.set(event.body.order, event.occurredAt);
  return events
    .filter((event): event is EventOf<'return.requested'> => event.kind === 'return.requested')
    .filter((event) => !received.has(event.body.return))
    .map((event) => ({
      reference: referenceOf(event),
      order: event.body.order ?? null,
      reason: event.body.reason,
      askedAt: event.occurredAt,
      deliveredAt: event.body.order === undefined ? null : (delivered.get(event.body.order) ?? null),
    }))
    .toReversed();
}

/** Adapters name the event of a return by the platform's reference of it: "return:<reference>:requested". */
function referenceOf({ sourceId, body }: EventOf<'return.requested'>): string {
  return /^return:(.+):requested$/.exec(sourceId)?.[1] ?? body.return;
}
