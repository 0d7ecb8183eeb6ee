import type { CustomerReference, IncomingEnvelope } from '../../../core/events/incoming.ts';
import { moneyOf } from './amounts.ts';
import { linesOf, worthOf } from './lines.ts';
import { instantOf, utc } from './orders.ts';
import { returnReasonOf } from './reasons.ts';
import type { WooOrder, WooRefund } from './shapes.ts';

/**
 * What a refund says. Pieces refunded after the order was completed came back: that is a return. Money without pieces is money only. And what
 * was refunded before the order was completed never left: so much of the order was cancelled, and by the shop, as nothing says otherwise.
 */
export function refundEvents(
  order: WooOrder,
  refund: WooRefund,
  rate: string | null,
  customer: CustomerReference,
): readonly IncomingEnvelope[] {
  const amount = moneyOf(refund.amount, order.currency, rate);
  if (amount === null || amount.amount === 0) return [];
  const about = { occurredAt: utc(refund.date_created_gmt), customer };
  const id = `refund:${refund.id}`;
  const issued = { refund: String(refund.id), order: order.number, amount, reason: returnReasonOf(refund.reason) };
  const paid = (rest: Record<string, unknown>): IncomingEnvelope => ({
    kind: 'refund.issued',
    id,
    ...about,
    body: { ...issued, ...rest },
  });
  if (!wasSent(order, refund))
    return [
      {
        kind: 'order.cancelled',
        id: `${id}:cancelled`,
        ...about,
        body: { order: order.number, by: 'shop', stage: 'before_dispatch', value: amount },
      },
      paid({ goodsBack: false }),
    ];
  const lines = linesOf(refund.line_items);
  const value = moneyOf(worthOf(refund.line_items), order.currency, rate);
  if (lines.length === 0 || value === null) return [paid({ goodsBack: false })];
  const returned = `refund-${refund.id}`;
  return [
    {
      kind: 'return.received',
      id: `${id}:goods`,
      ...about,
      body: { return: returned, order: order.number, lines, value, reason: issued.reason, by: 'credit_note' },
    },
    paid({ return: returned, goodsBack: true }),
  ];
}

/** By when the order was completed, which is the same whenever one looks. */
function wasSent(order: WooOrder, refund: WooRefund): boolean {
  const completed = instantOf(order.date_completed_gmt);
  const refunded = instantOf(refund.date_created_gmt);
  return completed !== null && refunded !== null && completed <= refunded;
}
