import { assertNever } from '../../core/shared/assert-never.ts';
import { type Instant, parseInstant } from '../../core/shared/time.ts';
import type { Connection, PlatformEffect, PlatformReading } from '../../ports/platforms.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { ShopsDeps } from './deps.ts';
import { actOnEffect } from './enforce/on-effect.ts';
import { noteDataAsked, noteMerge } from './privacy-notes.ts';
import { connectionLost } from './reach.ts';

/**
 * What a live record asks of us besides recording, in the transaction that records it. Doing it twice does it once. To forget a customer
 * takes a transaction of its own: see `eraseAsked`. `placedAt`: when the order that the record shows was placed; null: it does not say.
 */
export async function actOn(
  deps: ShopsDeps,
  store: Store,
  shop: Shop,
  connection: Connection,
  effect: PlatformEffect,
  placedAt: Instant | null,
): Promise<void> {
  switch (effect.kind) {
    case 'order_placed':
    case 'return_asked':
      return actOnEffect(deps, store, shop, connection, effect, placedAt);
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

/** When the order that a reading shows was placed; null: it does not say. */
export function placedAtIn({ events }: Pick<PlatformReading, 'events'>): Instant | null {
  const placed = events.find(({ kind }) => kind === 'order.placed');
  return placed === undefined ? null : parseInstant(placed.occurredAt);
}

/** An order is acted on when it is found this soon: it may not have left yet. */
export const STILL_FRESH_MS = 48 * 3_600_000;

/**
 * What a webhook asks for, less what comes too late: platforms tell of an order again each time that anything about it changes, and one of last
 * month was accepted last month.
 */
export function timelyEffects(reading: PlatformReading, now: Instant): readonly PlatformEffect[] {
  const placedAt = placedAtIn(reading);
  const isStale = placedAt !== null && placedAt <= now - STILL_FRESH_MS;
  return isStale ? reading.effects.filter(({ kind }) => kind !== 'order_placed') : reading.effects;
}
