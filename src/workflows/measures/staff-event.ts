import type { EventBody, EventKind, PrivatePart } from '../../core/events/event.ts';
import type { CustomerId, StaffId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

interface Done<K extends EventKind> {
  readonly kind: K;
  readonly body: EventBody<K>;
  readonly customer: CustomerId;
  readonly by: StaffId;
  readonly at: Instant;
  /** What makes this act one of a kind: the same act is recorded once. */
  readonly act: string;
  /** What the person wrote, kept sealed. */
  readonly private?: Pick<PrivatePart, 'text' | 'reason'> | undefined;
}

/** An event that a member of staff causes: its source says who. */
export function staffEvent<K extends EventKind>(done: Done<K>): OfferedEvent {
  return {
    kind: done.kind,
    body: done.body,
    subject: { id: done.customer, identifiers: [], shown: {} },
    private: done.private,
    occurredAt: done.at,
    source: `staff:${done.by}`,
    sourceId: `${done.kind}:${done.act}`,
    // The kind and its body were matched by the signature; the union cannot see that.
  } as unknown as OfferedEvent;
}

/** Records something that cannot be known already or be about a stranger: anything but `added` is a bug and throws. */
export async function record(store: Store, shop: Shop, event: OfferedEvent): Promise<void> {
  const [outcome] = await store.ledger.append(shop, [event]);
  if (outcome?.status !== 'added') throw new Error(`The ledger answered ${outcome?.status} to ${event.kind}`);
}
