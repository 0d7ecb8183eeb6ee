import type { EventBody, EventKind } from '../../core/events/event.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';

/** Who reports what customers do in their portal. */
export const PORTAL = 'portal';

interface Done<K extends EventKind> {
  readonly kind: K;
  readonly body: EventBody<K>;
  readonly customer: CustomerId;
  readonly at: Instant;
  /** What makes this act one of a kind: the same act is recorded once. */
  readonly act: string;
  /** What the customer wrote, kept sealed. */
  readonly text?: string | undefined;
}

/** An event that a customer causes. */
export function customerEvent<K extends EventKind>(done: Done<K>): OfferedEvent {
  return {
    kind: done.kind,
    body: done.body,
    subject: { id: done.customer, identifiers: [], shown: {} },
    private: done.text === undefined || done.text === '' ? undefined : { text: done.text },
    occurredAt: done.at,
    source: PORTAL,
    sourceId: `${done.kind}:${done.act}`,
    // The kind and its body were matched by the signature; the union cannot see that.
  } as unknown as OfferedEvent;
}
