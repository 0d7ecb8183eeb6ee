import { instant } from '../../../core/shared/time.ts';
import type { Connection } from '../../../ports/platforms.ts';
import type { Shop } from '../../../ports.ts';
import type { EnforceDeps } from './deps.ts';
import { tellTeamOfHold } from './tell-team.ts';

const BATCH = 50;
const HOUR_MS = 3_600_000;

/** Tells the team, once each, of orders that are held for longer than the shop has set: automation holds for a bounded time (fairness rule 5). */
export async function remindOfHolds(deps: EnforceDeps, shop: Shop, connection: Connection): Promise<boolean> {
  const before = instant(deps.clock.now() - connection.settings.holdHours * HOUR_MS);
  return deps.store.transaction(async (store) => {
    const at = deps.clock.now();
    const held = await store.acts.heldTooLong(shop.id, connection.id, before, BATCH);
    for (const hold of held) await tellTeamOfHold(store, shop, hold, at);
    await store.acts.reminded(
      shop.id,
      held.map(({ id }) => id),
      at,
    );
    return held.length === BATCH;
  });
}
