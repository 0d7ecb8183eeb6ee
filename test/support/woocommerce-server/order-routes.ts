import { type Answer, type Asked, gmt, no, yes } from './routes.ts';
import type { Stored, WooShop } from './shop.ts';

/** Refunds of one order. One that pays back everything makes the order "refunded", as in WooCommerce. */
export function refundsOfOrder(shop: WooShop, { method, body }: Asked, order: Stored): Answer {
  const id = Number(order.id);
  const refunds = shop.refunds.get(id) ?? [];
  if (method === 'GET') return yes(refunds);
  if (body.api_refund === true && shop.refundFails !== null)
    return no(500, 'woocommerce_rest_cannot_create_order_refund', shop.refundFails);
  const paidBack = refunds.reduce((sum, refund) => sum + Number(refund.amount), 0) + Number(body.amount);
  if (paidBack > Number(order.total) + 0.001)
    return no(500, 'woocommerce_rest_cannot_create_order_refund', 'Invalid refund amount.');
  const made: Stored = {
    id: 9000 + [...shop.refunds.values()].flat().length,
    date_created_gmt: gmt(shop.now),
    amount: body.amount,
    reason: body.reason ?? '',
    refunded_payment: body.api_refund === true,
    line_items: [],
  };
  shop.refunds.set(id, [...refunds, made]);
  order.refunds = [...refunds, made].map((refund) => ({ id: refund.id, reason: '', total: `-${refund.amount}` }));
  order.date_modified_gmt = gmt(shop.now);
  if (paidBack >= Number(order.total) - 0.001) order.status = 'refunded';
  return yes(made, 201);
}

/** Notes of one order, by kind. */
export function notes(shop: WooShop, { method, query, body }: Asked, id: number): Answer {
  const kept = shop.notes.get(id) ?? [];
  if (method === 'GET') {
    const type = query.get('type');
    return yes(kept.filter((note) => type === null || type === 'any' || (type === 'customer') === note.customer_note));
  }
  const made: Stored = { id: kept.length + 1, author: 'WooCommerce', customer_note: false, ...body };
  shop.notes.set(id, [...kept, made]);
  return yes(made, 201);
}

/** Coupons. A code is there once. */
export function coupons(shop: WooShop, { method, body }: Asked): Answer {
  if (method === 'GET') return yes(shop.coupons);
  if (shop.coupons.some((coupon) => coupon.code === body.code))
    return no(400, 'woocommerce_rest_coupon_code_already_exists', 'The coupon code already exists');
  const made: Stored = { id: shop.coupons.length + 1, ...body };
  shop.coupons.push(made);
  return yes(made, 201);
}
