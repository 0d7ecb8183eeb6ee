import { z } from 'zod';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import { assertNever } from '../../../core/shared/assert-never.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Json, MarkedCustomer, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { type Api, apiOf, idOf } from './api.ts';
import { giveDiscount } from './promotions.ts';

export type Done = Promise<Result<{ readonly reference: string | null }, PlatformFault>>;

/** Read by our plug-in, which then refuses to fulfil the order. */
export const HOLD = 'evenhand_hold';

const orderShape = z.object({
  order: z.looseObject({
    status: z.string(),
    metadata: z.record(z.string(), z.unknown()).nullish(),
    payment_status: z.string().nullish(),
  }),
});
const returnShape = z.object({ return: z.looseObject({ status: z.string(), order_id: z.string() }) });
const anything = z.looseObject({});

/** Does one thing in the shop. What was done already is found done, and left as it is. */
export async function act(reach: Reach, wish: ShopAct, customer: MarkedCustomer | null, key: string): Done {
  const api = apiOf(reach);
  switch (wish.kind) {
    case 'hold_order':
      return holdOrder(api, wish.order);
    case 'release_order':
      return writeTo(api, wish.order, { [HOLD]: '' });
    case 'cancel_order':
      return cancelOrder(api, wish);
    case 'assess_order':
      return writeTo(api, wish.order, { evenhand_risk: { level: wish.risk, facts: wish.facts } });
    case 'approve_return':
      return approveReturn(api, wish.return);
    case 'decline_return':
      return declineReturn(api, wish.return, wish.words);
    case 'give_discount':
      return giveDiscount(api, wish, customer, key);
    case 'give_store_credit':
    case 'give_gift_card':
      return err({ kind: 'cannot' });
    default:
      return assertNever(wish);
  }
}

async function holdOrder(api: Api, reference: string): Done {
  // Without our plug-in nobody reads the mark, and a hold that holds nothing is worse than none.
  const plugin = await api.get('evenhand/state', {}, anything);
  if (!plugin.ok) return plugin.error.kind === 'refused' ? err({ kind: 'cannot' }) : plugin;
  const order = await orderNow(api, reference);
  if (!order.ok) return order;
  const { status, metadata } = order.value;
  if (metadata?.[HOLD] === true) return ok({ reference: null });
  if (status !== 'pending') return refused(`The order is ${status}: it can no longer be held.`);
  return writeTo(api, reference, { [HOLD]: true });
}

async function cancelOrder(api: Api, wish: Extract<ShopAct, { kind: 'cancel_order' }>): Done {
  const id = idOf(wish.order);
  const order = await orderNow(api, wish.order);
  if (!order.ok) return order;
  const { status, payment_status } = order.value;
  if (status === 'canceled') return ok({ reference: null });
  if (!wish.refund && payment_status !== 'not_paid' && payment_status !== 'authorized' && payment_status !== 'awaiting')
    return refused('Medusa always gives back what was paid when it cancels an order.');
  if (!wish.restock) return refused('Medusa always frees the goods when it cancels an order.');
  const words =
    wish.words === null ? ok({ reference: null }) : await writeTo(api, wish.order, { evenhand_words: wish.words });
  if (!words.ok) return words;
  const done = await api.post(`orders/${id}/cancel`, {}, anything);
  return done.ok ? ok({ reference: null }) : done;
}

async function approveReturn(api: Api, reference: string): Done {
  const returned = await returnNow(api, reference);
  if (!returned.ok) return returned;
  const { status } = returned.value;
  switch (status) {
    case 'requested':
    case 'partially_received':
    case 'received':
      return ok({ reference: null });
    case 'open': {
      const done = await api.post(`returns/${reference}/request`, {}, anything);
      return done.ok ? ok({ reference: null }) : done;
    }
    default:
      return refused(`The return is ${status}: it can no longer be approved.`);
  }
}

async function declineReturn(api: Api, reference: string, words: string): Done {
  const returned = await returnNow(api, reference);
  if (!returned.ok) return returned;
  const { status, order_id } = returned.value;
  if (status === 'canceled') return ok({ reference: null });
  if (status !== 'requested') return refused(`The return is ${status}: it can no longer be declined.`);
  // A return that was asked for takes no metadata any more; its order does.
  const said = await writeTo(api, order_id, { evenhand_words: words });
  if (!said.ok) return said;
  const done = await api.post(`returns/${reference}/cancel`, {}, anything);
  return done.ok ? ok({ reference: null }) : done;
}

async function orderNow(
  api: Api,
  reference: string,
): Promise<Result<z.infer<typeof orderShape>['order'], PlatformFault>> {
  const id = idOf(reference);
  if (id === null) return err({ kind: 'gone' });
  const read = await api.get(`orders/${id}`, {}, orderShape);
  return read.ok ? ok(read.value.order) : read;
}

async function returnNow(
  api: Api,
  reference: string,
): Promise<Result<z.infer<typeof returnShape>['return'], PlatformFault>> {
  if (idOf(reference) === null) return err({ kind: 'gone' });
  const read = await api.get(`returns/${reference}`, { fields: 'id,status,order_id' }, returnShape);
  return read.ok ? ok(read.value.return) : read;
}

/** Medusa joins metadata key by key, and takes away what is set to "". */
async function writeTo(api: Api, reference: string, metadata: Json): Done {
  const id = idOf(reference);
  if (id === null) return err({ kind: 'gone' });
  const written = await api.post(`orders/${id}`, { metadata }, anything);
  return written.ok ? ok({ reference: null }) : written;
}

const refused = (detail: string): Awaited<Done> => err({ kind: 'refused', detail: `none: ${detail}` });
