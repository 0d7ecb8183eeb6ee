import { assertNever } from '../../core/shared/assert-never.ts';
import type { Connection, PlatformEffect } from '../../ports/platforms.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { ShopsDeps } from './deps.ts';
import { actOnEffect } from './enforce/on-effect.ts';
import { noteDataAsked, noteMerge } from './privacy-notes.ts';
import { connectionLost } from './reach.ts';

/**
 * What a live record asks of us besides recording, in the transaction that records it. Doing it twice does it once. To forget a customer
 * takes a transaction of its own: see `eraseAsked`.
 */
export async function actOn(
  deps: ShopsDeps,
  store: Store,
  shop: Shop,
  connection: Connection,
  effect: PlatformEffect,
): Promise<void> {
  switch (effect.kind) {
    case 'order_placed':
    case 'return_asked':
      return actOnEffect(deps, store, shop, connection, effect);
    case 'erase_customer':
      return;
    case 'customers_merged':
      return noteMerge({ ...deps, store }, shop, connection, effect);
    case 'data_asked':
      return noteDataAsked({ ...deps, store }, shop, connection, effect.customer);
    case 'uninstalled':
      return connectionLost({ store }, connection);
    case 'erase_shop':
      // What it sent is emptied and its keys are forgotten at once. The shop's own records are the shop's: people decide about them.
      await store.received.empty(shop.id, connection.id);
      await store.connections.change(shop.id, connection.id, { credentials: {} });
      return connectionLost({ store }, connection);
    default:
      return assertNever(effect);
  }
}
