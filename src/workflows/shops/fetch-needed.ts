import type { Connection, PlatformRecord } from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import type { ShopsDeps } from './deps.ts';
import { connectionLost, reachOf } from './reach.ts';
import { readRecords } from './read-records.ts';
import { recordReadings } from './record-readings.ts';

/** How many orders are fetched at one go. */
const MOST = 20;

/**
 * Fetches orders that a webhook named before they were seen, and has what waits for them read again. What cannot be fetched now is tried
 * again when the webhook is.
 */
export async function fetchNeeded(
  deps: ShopsDeps,
  shop: Shop,
  connection: Connection,
  orders: readonly string[],
): Promise<void> {
  const platform = deps.platforms.of(connection.platform);
  if (platform.order === null || connection.state !== 'active') return;
  const reach = await reachOf(deps, connection);
  const records: PlatformRecord[] = [];
  for (const order of orders.slice(0, MOST)) {
    const found = await platform.order(reach, order);
    if (found.ok) records.push(...found.value);
    else if (found.error.kind === 'unauthorised') {
      await connectionLost(deps, connection);
      break;
    } else if (found.error.kind === 'limited' || found.error.kind === 'unavailable') break;
  }
  if (records.length === 0) return;
  await deps.store.transaction(async (store) => {
    const { readings, names } = await readRecords(store, platform, connection, shop, records);
    const good = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
    await recordReadings({ ...deps, store }, shop, connection, good, names);
    await store.received.wake(shop.id, connection.id, ['needs'], deps.clock.now());
  });
}
