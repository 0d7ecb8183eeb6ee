import type { OfferedEvent } from '../../../ports/ledger.ts';
import type { Store } from '../../../ports/store.ts';
import type { Shop } from '../../../ports.ts';

/**
 * Records decisions in one transaction. One about a customer who has been erased meanwhile is recorded without them: it was given all the
 * same. What is there already, from a try whose end nobody heard of, stays as it is.
 */
export async function appendSurely(store: Store, shop: Shop, events: readonly OfferedEvent[]): Promise<void> {
  await store.transaction(async (inside) => {
    const outcomes = await inside.ledger.append(shop, events);
    const nobodys = events.filter((event, index) => outcomes[index]?.status === 'refused' && event.subject !== null);
    if (nobodys.length === 0) return;
    await inside.ledger.append(
      shop,
      nobodys.map((event) => ({ ...event, subject: null, private: undefined })),
    );
  });
}
