import type { Line } from '../../../core/events/values.ts';
import type { Money } from '../../../core/shared/money.ts';
import type { Instant } from '../../../core/shared/time.ts';
import { instantAt } from '../drift.ts';
import { moneyAt } from './money.ts';
import {
  exact,
  type MedusaChange,
  type MedusaItem,
  type MedusaOrder,
  type MedusaPayment,
  type OrderData,
} from './shapes.ts';

/** What is made with an order is made within this time of it; what comes later was added. */
const WITH_THE_ORDER_MS = 60_000;

type Payment = 'prepaid' | 'card' | 'invoice' | 'cash_on_delivery' | 'other';

/** Providers by the name that Medusa gives them: "pp_<module>_<id>". */
const BY_PROVIDER: readonly (readonly [RegExp, Payment])[] = [
  [/invoice|klarna|afterpay|riverty|pay.?later|net.?terms/, 'invoice'],
  [/cash|cod\b|on.?delivery/, 'cash_on_delivery'],
  [/ideal|bancontact|giropay|przelewy|blik|promptpay|paypal|transfer|oxxo|wechat|alipay|mollie/, 'prepaid'],
  [/stripe|adyen|braintree|card|checkout/, 'card'],
];

export interface Placed {
  readonly at: Instant;
  readonly total: Money;
  readonly lines: readonly Line[];
  /** Items as they were ordered at first. */
  readonly ordered: readonly { readonly item: MedusaItem; readonly quantity: number }[];
  readonly payment: Payment | null;
}

/** What was ordered, as it was then: the same from whichever later moment it is read. */
export function placedOf({ order, changes }: OrderData): Placed {
  const at = instantAt(order.created_at, 'data.order.created_at');
  const first = firstPayment(order, at);
  const ordered = order.items.map((item) => ({ item, quantity: quantityThen(item, at, changes) }));
  return {
    at,
    total: totalOf(order, first),
    ordered,
    lines: ordered.flatMap(({ item, quantity }) => lineOf(item, quantity)),
    payment: first === null ? null : (BY_PROVIDER.find(([name]) => name.test(first.provider_id ?? ''))?.[1] ?? 'other'),
  };
}

/** Every payment of an order, oldest first. */
export const paymentsOf = (order: MedusaOrder): readonly MedusaPayment[] =>
  (order.payment_collections ?? [])
    .flatMap((collection) => collection?.payments ?? [])
    .toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));

function firstPayment(order: MedusaOrder, placedAt: Instant): MedusaPayment | null {
  const first = paymentsOf(order)[0];
  if (first === undefined) return null;
  return instantAt(first.created_at, 'data.order.payment_collections.payments.created_at') - placedAt <
    WITH_THE_ORDER_MS
    ? first
    : null;
}

/** The order's total moves with every edit and return; what was to be paid at the checkout does not. */
function totalOf(order: MedusaOrder, first: MedusaPayment | null): Money {
  const { currency_code: currency, summary } = order;
  if (first !== null) return moneyAt(exact(first.raw_amount, first.amount), currency, 'data.order.payment_collections');
  const original = summary?.original_order_total ?? order.total;
  return moneyAt(exact(summary?.raw_original_order_total, original), currency, 'data.order.summary');
}

/** How many of an item were ordered at first: what was edited since is taken back. Zero for what was added later. */
function quantityThen(item: MedusaItem, placedAt: Instant, changes: readonly MedusaChange[]): number {
  if (item.created_at && instantAt(item.created_at, 'data.order.items.created_at') - placedAt > WITH_THE_ORDER_MS)
    return 0;
  let quantity = item.quantity;
  for (const { change_type, status, actions } of changes)
    if (change_type === 'edit' && status === 'confirmed')
      for (const { action, details } of actions)
        if (details?.reference_id === item.id) quantity -= addedBy(action, details);
  return quantity;
}

function addedBy(action: string, details: Readonly<Record<string, unknown>>): number {
  if (action === 'ITEM_UPDATE') return Number(details.quantity_diff) || 0;
  if (action === 'ITEM_ADD') return Number(details.quantity) || 0;
  return action === 'ITEM_REMOVE' ? -(Number(details.quantity) || 0) : 0;
}

/** So many of an item as a line of an event; nothing of what has no product or no whole number of pieces. */
export function lineOf(item: MedusaItem, quantity: number): readonly Line[] {
  const article = item.product_id ?? item.variant_sku ?? item.id;
  if (!Number.isInteger(quantity) || quantity < 1) return [];
  const variant = item.variant_id ?? item.variant_sku;
  const title = (item.product_title ?? item.title ?? '').trim().slice(0, 200);
  return [
    {
      article,
      ...(variant ? { variant } : {}),
      ...(title === '' ? {} : { title }),
      quantity,
      unitPrice: priceOf(item),
    },
  ];
}

/** With two decimals at least, as prices are written. */
export function priceOf(item: MedusaItem): string {
  const [whole = '0', fraction = ''] = exact(item.raw_unit_price, item.unit_price).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}
