import { type Instant, instant } from '../../core/shared/time.ts';
import type { Sighting } from '../../ports/connections.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { recordEvents } from '../intake/record-events.ts';
import { addressChanges } from './address-changes.ts';

/** How long a webhook may come late: platforms try for a day, and clocks disagree. */
const LATE_MS = 26 * 3_600_000;
const ORDERS = 500;

/** Up to which version sightings can be put in order at this moment. */
export const settledUpTo = (now: Instant): Instant => instant(now - LATE_MS);

/** Compares where orders were seen to go, once nothing earlier can come any more. True when there may be more. */
export async function settleAddresses(deps: Deps, shop: Shop): Promise<boolean> {
  return deps.store.transaction(async (store) => {
    const seen = await store.platformOrders.unsettled(shop.id, settledUpTo(deps.clock.now()), ORDERS);
    if (seen.length === 0) return false;
    const changes = addressChanges(seen);
    if (changes.length > 0) await recordEvents({ ...deps, store }, shop, changes);
    const last = lastOfEach(seen);
    await store.platformOrders.settle(shop.id, last);
    return last.length === ORDERS;
  });
}

function lastOfEach(seen: readonly Sighting[]): readonly Sighting[] {
  const last = new Map<string, Sighting>();
  for (const sighting of seen) {
    const key = `${sighting.connection} ${sighting.order}`;
    const other = last.get(key);
    if (other === undefined || other.version < sighting.version) last.set(key, sighting);
  }
  return [...last.values()];
}
