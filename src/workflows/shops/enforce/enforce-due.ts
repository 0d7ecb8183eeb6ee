import type { Shop } from '../../../ports.ts';
import { reachOf } from '../reach.ts';
import type { EnforceDeps, Turn } from './deps.ts';
import { doActs } from './do-acts.ts';
import { remindOfHolds } from './remind-holds.ts';
import { tellGuests } from './tell-guests.ts';
import { tellMarks } from './tell-marks.ts';

/**
 * Carries what stands in Evenhand to the shop's system: acts first, because somebody waits for them, then marks, then the list of guests. True
 * when there may be more at once. While the connection must be made again, all of it waits and nothing is lost. Safe to run anywhere, any number
 * of times, at once.
 */
export async function enforceDue(deps: EnforceDeps, shop: Shop): Promise<boolean> {
  const connection = await deps.store.connections.live(shop.id);
  if (connection === null || connection.state !== 'active') return false;
  if ((await deps.store.guestList.of(shop.id, connection.id)) === null) {
    // A connection that was never told anything: whoever has a measure is to be marked there.
    await deps.store.guestList.begin(shop.id, connection.id, deps.clock.now());
    await deps.store.marks.allDue(shop.id, connection.id, deps.clock.now());
  }
  const more = await remindOfHolds(deps, shop, connection);
  const reach = await reachOf(deps, connection);
  const turns: Turn[] = [];
  for (const work of [doActs, tellMarks, tellGuests]) {
    const turn = await work(deps, shop, connection, reach);
    if (turn === 'stop') return false;
    turns.push(turn);
  }
  return more || turns.includes('more');
}
