import { z } from 'zod';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import { addDecimals, type Decimal, parseDecimal, ZERO } from '../../../core/shared/decimal.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { PlatformFault } from '../../../ports/platforms.ts';
import type { Done } from './acts.ts';
import { decimalText, sumOf } from './amounts.ts';
import { type Client, shapedAs } from './client.ts';
import { change, orderNow } from './hold.ts';
import { noteOnce } from './notes.ts';
import { refundShape, type WooOrder } from './shapes.ts';

/**
 * Cancels an order that was not completed: first the money goes back through its way of paying, then it is cancelled, then the customer is
 * told. Whatever of it was done before is not done again. WooCommerce puts the goods of a cancelled order back in stock by itself; where
 * they are not to be, a refunded order is left as refunded, which does the same for the customer.
 */
export async function cancelOrder(client: Client, wish: Extract<ShopAct, { kind: 'cancel_order' }>, key: string): Done {
  const now = await orderNow(client, wish.order);
  if (!now.ok) return now;
  const order = now.value;
  if (order.status === 'completed' && order.date_completed_gmt)
    return err({ kind: 'refused', detail: 'The order is completed: it can be refunded, not cancelled.' });
  const refund = wish.refund ? await payBack(client, order) : ok(null);
  if (!refund.ok) return refund;
  const stays = order.status === 'cancelled' || (order.status === 'refunded' && !wish.restock);
  if (!stays && (wish.restock || refund.value === null)) {
    const cancelled = await change(client, wish.order, { status: 'cancelled' });
    if (!cancelled.ok) return cancelled;
  }
  if (wish.words !== null) {
    const told = await noteOnce(client, wish.order, wish.words, `${key}:words`, true);
    if (!told.ok) return told;
  }
  return ok({ reference: refund.value });
}

/** Pays back what was paid and not paid back yet. Gives the refund's number; null when there was nothing to pay back. */
async function payBack(client: Client, order: WooOrder): Promise<Result<string | null, PlatformFault>> {
  if (!order.date_paid_gmt) return ok(null);
  const path = `wc/v3/orders/${order.id}/refunds`;
  const before = shapedAs(z.array(refundShape), 'refunds', await client.get(path, { per_page: '100' }));
  if (!before.ok) return before;
  const left = minus(parseDecimal(order.total) ?? ZERO, sumOf(before.value.map(({ amount }) => amount)));
  if (left.units <= 0n) return ok(before.value[0] === undefined ? null : String(before.value[0].id));
  const made = shapedAs(
    z.looseObject({ id: z.int() }),
    'refund',
    // Cancelling restocks by itself: restocking here too would count the goods twice.
    await client.send('POST', path, { amount: decimalText(left), api_refund: true, api_restock: false }),
  );
  return made.ok ? ok(String(made.value.id)) : made;
}

const minus = (a: Decimal, b: Decimal): Decimal => addDecimals(a, { units: -b.units, scale: b.scale });
