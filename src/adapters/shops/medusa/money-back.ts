import type { ReturnReason } from '../../../core/events/values.ts';
import { addUnits } from '../../../core/shared/money.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import { instantAt } from '../drift.ts';
import { stageAt, type Told } from './journey.ts';
import { moneyAt } from './money.ts';
import { lineOf, paymentsOf, placedOf, priceOf } from './placed.ts';
import { oneReason, reasonOf } from './reasons.ts';
import { exact, type MedusaItem, type MedusaRefund, type MedusaReturn, type OrderData } from './shapes.ts';

interface ReadReturn {
  readonly id: string;
  readonly reason: ReturnReason;
  readonly value: number;
  readonly receivedAt: Instant | null;
  readonly told: readonly Told[];
}

/** Returns of an order as they were asked for and as they came back, and each refund with the return it is for. */
export function moneyBack(data: OrderData, name: string): readonly Told[] {
  const returns = data.returns.map((each) => readReturn(data, each, name));
  return [...returns.flatMap(({ told }) => told), ...refunds(data, returns, name)];
}

/**
 * What was paid for some pieces, in minor units: their share of what the order cost when it was placed, by list price, and never more than
 * the list price itself. So a code for half the price halves what came back, and nothing is put on a customer that they were never asked for.
 */
function paidFor(data: OrderData, pieces: readonly { readonly item: MedusaItem; readonly quantity: number }[]): number {
  const listed = (item: MedusaItem, quantity: number): number =>
    moneyAt(priceOf(item), data.order.currency_code, 'data.order.items.unit_price').amount * quantity;
  const ofPieces = pieces.reduce((sum, { item, quantity }) => addUnits(sum, listed(item, quantity)), 0);
  const { total, ordered } = placedOf(data);
  const ofAll = ordered.reduce((sum, { item, quantity }) => addUnits(sum, listed(item, quantity)), 0);
  if (total.amount >= ofAll) return ofPieces;
  return Number((BigInt(ofPieces) * BigInt(total.amount)) / BigInt(ofAll));
}

/** Why a return was asked for: in doubt for the customer. Goods of a claim are the shop's fault by their nature. */
export const reasonOfReturn = ({ items, claim, claim_id }: MedusaReturn): ReturnReason => {
  const reason = oneReason(items.map((item) => reasonOf(item.reason?.value, item.reason?.label)));
  return reason === 'unspecified' && (claim || claim_id) ? 'defect' : reason;
};

function readReturn(data: OrderData, returned: MedusaReturn, name: string): ReadReturn {
  const { order } = data;
  const { id, status, requested_at, received_at } = returned;
  const items = new Map(order.items.map((item) => [item.id, item]));
  const pieces = returned.items.flatMap(({ item_id, quantity }) => {
    const item = items.get(item_id);
    return item === undefined ? [] : [{ item, quantity }];
  });
  const currency = order.currency_code;
  const value = paidFor(data, pieces);
  const reason = reasonOfReturn(returned);
  const body = {
    return: id,
    order: name,
    lines: pieces.flatMap(({ item, quantity }) => lineOf(item, quantity)),
    value: { ...moneyAt('0', currency, 'data.order.currency_code'), amount: value },
    reason,
  };
  const tell = (kind: 'return.requested' | 'return.received', at: Instant): Told => ({
    id: `return:${id}:${kind.split('.')[1]}`,
    kind,
    occurredAt: formatInstant(at),
    body: kind === 'return.received' ? { ...body, by: 'parcel' } : body,
  });
  const requestedAt = requested_at ? instantAt(requested_at, 'data.returns.requested_at') : null;
  const receivedAt = received_at ? instantAt(received_at, 'data.returns.received_at') : null;
  // Goods that came back in part are told of when the rest did: Medusa keeps no time for each part.
  const isWhole = status === 'received' && receivedAt !== null;
  return {
    id,
    reason,
    value,
    receivedAt,
    told: [
      ...(requestedAt === null ? [] : [tell('return.requested', requestedAt)]),
      ...(isWhole ? [tell('return.received', receivedAt)] : []),
    ],
  };
}

/**
 * Medusa does not keep which return a refund is for. It is taken to be for the last one that came back before it and has value left: so two
 * refunds for one return are never taken for a gift. Money for goods that had not left the shop is for goods that the shop has.
 */
function refunds({ order }: OrderData, returns: readonly ReadReturn[], name: string): readonly Told[] {
  const left = new Map(returns.map(({ id, value }) => [id, value]));
  const all = paymentsOf(order)
    .flatMap((payment) => payment.refunds ?? [])
    .map((refund) => ({ refund, at: instantAt(refund.created_at, 'data.order.payment_collections.payments.refunds') }))
    .toSorted((a, b) => a.at - b.at || (a.refund.id < b.refund.id ? -1 : 1));
  return all.map(({ refund, at }) => {
    const amount = moneyAt(
      exact(refund.raw_amount, refund.amount),
      order.currency_code,
      'data.order.payment_collections',
    );
    const fits = returns
      .filter(({ id, receivedAt }) => receivedAt !== null && receivedAt <= at && (left.get(id) ?? 0) > 0)
      .toSorted((a, b) => (b.receivedAt ?? 0) - (a.receivedAt ?? 0))[0];
    if (fits !== undefined) left.set(fits.id, (left.get(fits.id) ?? 0) - amount.amount);
    return {
      id: `refund:${refund.id}`,
      kind: 'refund.issued' as const,
      occurredAt: formatInstant(at),
      body: {
        refund: refund.id,
        order: name,
        ...(fits === undefined ? {} : { return: fits.id }),
        amount,
        goodsBack: fits !== undefined || stageAt(order, at) === 'before_dispatch',
        reason: fits?.reason ?? reasonOfRefund(refund),
      },
    };
  });
}

const reasonOfRefund = ({ refund_reason }: MedusaRefund): ReturnReason =>
  reasonOf(refund_reason?.code, refund_reason?.label);
