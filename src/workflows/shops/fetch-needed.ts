import type { Connection, PlatformRecord } from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import type { ShopsDeps } from './deps.ts';
import { actOn, placedAtIn } from './effects.ts';
import { connectionLost, reachOf } from './reach.ts';
import { readRecords } from './read-records.ts';
import { missedEffects } from './record-page.ts';
import { recordReadings } from './record-readings.ts';

/** How many orders are fetched at one go, and how many of them at once. */
const MOST = 200;
const AT_ONCE = 6;

const NONE: ReadonlySet<string> = new Set();

/**
 * Fetches orders that a webhook named before they were seen, and has what waits for them read again. What cannot be fetched now is tried
 * again when the webhook is. What is fresh is acted on as if the webhook had told it.
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
  const wanted = orders.slice(0, MOST);
  for (let from = 0, goOn = true; goOn && from < wanted.length; from += AT_ONCE) {
    const { order: fetchOrder } = platform;
    const found = await Promise.all(wanted.slice(from, from + AT_ONCE).map((order) => fetchOrder(reach, order)));
    for (const one of found) {
      if (one.ok) records.push(...one.value);
      else if (one.error.kind === 'unauthorised' || one.error.kind === 'limited' || one.error.kind === 'unavailable')
        goOn = false;
    }
    if (found.some((one) => !one.ok && one.error.kind === 'unauthorised')) await connectionLost(deps, connection);
  }
  if (records.length === 0) return;
  await deps.store.transaction(async (store) => {
    const { readings, names } = await readRecords(store, platform, connection, shop, records);
    const good = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
    const recorded = await recordReadings({ ...deps, store }, shop, connection, good, names);
    for (const [index, reading] of good.entries()) {
      const added = recorded[index]?.addedIds ?? NONE;
      for (const effect of missedEffects(reading, added, deps.clock.now()))
        await actOn(deps, store, shop, connection, effect, placedAtIn(reading));
    }
    await store.received.wake(shop.id, connection.id, ['needs'], deps.clock.now());
  });
}
