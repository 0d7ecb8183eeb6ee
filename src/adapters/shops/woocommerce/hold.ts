import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { PlatformFault } from '../../../ports/platforms.ts';
import type { Done } from './acts.ts';
import { type Client, shapedAs } from './client.ts';
import { noteOnce, orderPath } from './notes.ts';
import { orderShape, type WooOrder } from './shapes.ts';

/** Where an order that we hold goes back to. */
const HELD_FROM = '_evenhand_held_from';
const MAY_BE_HELD: readonly string[] = ['processing', 'pending'];

/** Puts an order on hold. One that is on hold already is left so, and stays the shop's own to release. */
export async function holdOrder(client: Client, id: string, key: string): Done {
  const order = await orderNow(client, id);
  if (!order.ok) return order;
  const { status } = order.value;
  if (status !== 'on-hold') {
    if (!MAY_BE_HELD.includes(status)) return refused(`The order is ${status}: it can no longer be held.`);
    const held = await change(client, id, { status: 'on-hold', meta_data: [{ key: HELD_FROM, value: status }] });
    if (!held.ok) return held;
  }
  return noteOnce(client, id, 'Evenhand holds this order until a colleague has looked at it.', `${key}:held`);
}

/** Lets an order go on that we held; one that goes on already is left so. */
export async function releaseOrder(client: Client, id: string, key: string): Done {
  const order = await orderNow(client, id);
  if (!order.ok) return order;
  const from = order.value.meta_data.find((meta) => meta.key === HELD_FROM)?.value;
  if (order.value.status !== 'on-hold') return ok({ reference: null });
  // An order that waits for money is not ours to let go.
  if (typeof from !== 'string' || !MAY_BE_HELD.includes(from))
    return refused('The order is on hold for another reason: look at it in WooCommerce.');
  const released = await change(client, id, { status: from, meta_data: [{ key: HELD_FROM, value: null }] });
  if (!released.ok) return released;
  return noteOnce(client, id, 'A colleague let this order go on.', `${key}:released`);
}

/** An order as it is at this moment. */
export async function orderNow(client: Client, id: string): Promise<Result<WooOrder, PlatformFault>> {
  const path = orderPath(id);
  return path === null ? err({ kind: 'gone' }) : shapedAs(orderShape, 'order', await client.get(path));
}

interface OrderChange {
  readonly status: string;
  readonly meta_data?: readonly { readonly key: string; readonly value: string | null }[];
}

/** Changes an order; gives what became of it. */
export async function change(
  client: Client,
  id: string,
  { status, meta_data = [] }: OrderChange,
): Promise<Result<null, PlatformFault>> {
  const path = orderPath(id);
  if (path === null) return err({ kind: 'gone' });
  const changed = await client.send('PUT', path, { status, meta_data: [...meta_data] });
  return changed.ok ? ok(null) : changed;
}

const refused = (detail: string): Awaited<Done> => err({ kind: 'refused', detail });
