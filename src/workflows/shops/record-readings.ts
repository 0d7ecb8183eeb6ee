import type { CustomerId } from '../../core/shared/brand.ts';
import type { Connection, PlatformReading } from '../../ports/platforms.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { type RecordedEvent, recordEvents } from '../intake/record-events.ts';

/** What became of one reading. */
export interface RecordedReading {
  readonly added: number;
  /** The ids of events that were new. */
  readonly addedIds: ReadonlySet<string>;
  readonly known: number;
  readonly customers: readonly CustomerId[];
  /** "event:<field>" of the first event that the ledger did not take; null: it took all. */
  readonly fault: string | null;
}

/**
 * Records what some readings of a connection say, in the transaction of `deps.store`: events in one append, names of orders and where they
 * go. One answer for each reading.
 */
export async function recordReadings(
  deps: Deps,
  shop: Shop,
  connection: Connection,
  readings: readonly PlatformReading[],
  names: readonly { readonly id: string; readonly name: string }[],
): Promise<readonly RecordedReading[]> {
  const { store } = deps;
  await store.platformOrders.name(shop.id, connection.id, names);
  const addresses = readings.flatMap((reading) => reading.addresses);
  await store.platformOrders.saw(shop.id, connection.id, addresses, deps.clock.now());
  const events = readings.flatMap((reading) =>
    reading.events.map((event) => ({ ...event, source: connection.source })),
  );
  const recorded = events.length === 0 ? [] : (await recordEvents(deps, shop, events)).results;
  let from = 0;
  return readings.map((reading) => {
    const own = recorded.slice(from, from + reading.events.length);
    const ids = reading.events.map(({ id }) => id);
    from += reading.events.length;
    return summary(own, ids);
  });
}

function summary(own: readonly RecordedEvent[], ids: readonly string[]): RecordedReading {
  const addedIds = new Set<string>();
  const customers = new Set<CustomerId>();
  let known = 0;
  let fault: string | null = null;
  for (const [index, { status, customer, error }] of own.entries()) {
    if (customer !== undefined && customer !== null) customers.add(customer);
    if (status === 'added') addedIds.add(ids[index] ?? '');
    else if (status === 'refused') fault ??= `event:${error?.field ?? ''}`;
    else known += 1;
  }
  return { added: addedIds.size, addedIds, known, customers: [...customers], fault };
}
