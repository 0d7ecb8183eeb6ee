import type { CustomerReference, IncomingEnvelope } from '../../../core/events/incoming.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { type Instant, parseInstant } from '../../../core/shared/time.ts';
import type { AddressSeen, PlatformReading, ReadingContext, ReadingFault } from '../../../ports/platforms.ts';
import { inverseRate, moneyOf } from './amounts.ts';
import { linesOf } from './lines.ts';
import { languageOf, personOfOrder } from './person.ts';
import { refundEvents } from './refunds.ts';
import type { WooAddress, WooOrder } from './shapes.ts';

/** What an order says as it is now: that it was placed, paid, completed and cancelled, what was refunded, and where it goes. */
export function readOrder(order: WooOrder, context: ReadingContext): Result<PlatformReading, ReadingFault> {
  const refunds = order.evenhand?.refunds ?? [];
  const names = [
    { id: String(order.id), name: order.number },
    ...[...refunds.map(({ id }) => id), ...(order.evenhand?.gone ?? [])].map((id) => ({
      id: refundName(order.id, id),
      name: refundName(order.number, id),
    })),
  ];
  const person = personOfOrder(order, context);
  if (person === null || !wasPlaced(order)) return ok({ events: [], names, addresses: [], effects: [] });

  const told = new Set(refunds.map(({ id }) => id));
  // WooCommerce's own webhooks tell of a refund by its number alone: the rest is fetched once.
  const untold = order.refunds.find(({ id }) => !told.has(id) && context.orderName(refundName(order.id, id)) === null);
  if (untold !== undefined) return err({ kind: 'needs', order: refundName(order.id, untold.id) });

  const rate = rateOf(order, context);
  const total = moneyOf(order.total, order.currency, rate);
  if (total === null) return err({ kind: 'drift', path: 'currency', message: 'is not an ISO 4217 currency code' });
  const tell = teller(order, person);
  return ok({
    events: [
      tell('placed', order.date_created_gmt, 'order.placed', {
        order: order.number,
        total,
        lines: linesOf(order.line_items),
        ...paymentOf(order.payment_method),
      }),
      ...(order.date_paid_gmt
        ? [tell('paid', order.date_paid_gmt, 'payment.captured', { order: order.number, amount: total })]
        : []),
      ...(order.date_completed_gmt
        ? [tell('delivered', order.date_completed_gmt, 'order.delivered', { order: order.number })]
        : []),
      ...cancellation(order, tell),
      ...refunds.flatMap((refund) => refundEvents(order, refund, rate, person)),
    ],
    names,
    addresses: sighting(order, person),
    effects: MAY_BE_STOPPED.includes(order.status)
      ? [
          {
            kind: 'order_placed',
            order: String(order.id),
            name: order.number,
            customer: person,
            language: languageOf(order.meta_data),
            asked: order.meta_data.some(({ key, value }) => key === '_evenhand_decision' && Boolean(value)),
          },
        ]
      : [],
  });
}

/** The key under which a refund that was told of whole is remembered, so that a later mention of it needs nothing more. */
const refundName = (order: number | string, refund: number): string => `${order}:refund:${refund}`;

/** The order's id in what `needs` names: the order itself, or one of its refunds. */
export const orderOfNeed = (need: string): string => need.split(':', 1)[0] ?? need;

const PLACED: readonly string[] = ['processing', 'on-hold', 'completed', 'refunded'];
/** Statuses of baskets and of orders whose payment never came about. */
const NEVER_PLACED: readonly string[] = ['pending', 'failed', 'checkout-draft', 'draft', 'auto-draft', 'new', 'trash'];
const PAID_AFTERWARDS: readonly string[] = ['bacs', 'cheque', 'cod'];
const MAY_BE_STOPPED: readonly string[] = ['processing', 'on-hold'];

/**
 * Whether the customer ordered. An order that waits for its payment, or whose payment failed, is not one yet; a cancelled one was one when it
 * was paid, or when its way of paying takes the money later. Statuses of extensions ("shipped") come after those of a placed order.
 */
function wasPlaced(order: WooOrder): boolean {
  if (order.date_paid_gmt || order.date_completed_gmt || PLACED.includes(order.status)) return true;
  if (order.status === 'cancelled') return PAID_AFTERWARDS.includes(order.payment_method ?? '');
  return !NEVER_PLACED.includes(order.status);
}

type Tell = (
  what: string,
  at: string,
  kind: IncomingEnvelope['kind'],
  body: Record<string, unknown>,
) => IncomingEnvelope;

const teller =
  (order: WooOrder, customer: CustomerReference): Tell =>
  (what, at, kind, body) => ({ kind, id: `order:${order.id}:${what}`, occurredAt: utc(at), customer, body });

/** WooCommerce keeps no time of it: our extension writes it down; without it, the order's last change is taken, and the shop for its author. */
function cancellation(order: WooOrder, tell: Tell): readonly IncomingEnvelope[] {
  if (order.status !== 'cancelled') return [];
  const kept = order.evenhand?.cancelled;
  return [
    tell('cancelled', kept?.at ?? order.date_modified_gmt ?? order.date_created_gmt, 'order.cancelled', {
      order: order.number,
      by: kept?.by ?? 'shop',
      stage: order.date_completed_gmt ? 'after_delivery' : 'before_dispatch',
    }),
  ];
}

function sighting(order: WooOrder, customer: CustomerReference): readonly AddressSeen[] {
  const address = normalAddress(order.shipping) ?? normalAddress(order.billing);
  const version = parseInstant(utc(order.date_modified_gmt ?? order.date_created_gmt));
  if (address === null || version === null) return [];
  const stage = order.date_completed_gmt ? 'after_delivery' : 'before_dispatch';
  return [{ order: order.number, customer, version, address, stage }];
}

const PARTS = ['company', 'address_1', 'address_2', 'postcode', 'city', 'state', 'country'] as const;

/** Null: nothing is sent there (downloads, or collected at the shop). */
function normalAddress(address: WooAddress): string | null {
  const parts = PARTS.map((part) =>
    (address[part] ?? '')
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s.,]+/g, ' ')
      .trim(),
  );
  return parts.every((part) => part === '') ? null : parts.join('|');
}

/** The shop's currency per one of the order's, where WooPayments sold in another currency. */
export function rateOf(order: WooOrder, { currency }: ReadingContext): string | null {
  if (order.currency.toUpperCase() === currency) return null;
  const meta = (key: string): string =>
    String(order.meta_data.find((one) => one.key === key)?.value ?? '').toUpperCase();
  if (meta('_wcpay_multi_currency_order_default_currency') !== currency) return null;
  return inverseRate(meta('_wcpay_multi_currency_order_exchange_rate'));
}

const WAYS: readonly (readonly [RegExp, 'prepaid' | 'card' | 'invoice' | 'cash_on_delivery'])[] = [
  [/^cod$|cash_?on_?delivery/, 'cash_on_delivery'],
  [/invoice|klarna|afterpay|riverty|in3|billie|pay_?later|sezzle|clearpay/, 'invoice'],
  [/ideal|bancontact|sepa|sofort|giropay|eps|przelewy|p24|blik|bacs|cheque|bank_?transfer/, 'prepaid'],
  [/card|^stripe$|^woocommerce_payments$|authorize_?net|^square$/, 'card'],
];

function paymentOf(method: string | null | undefined): { readonly payment?: string } {
  const name = (method ?? '').toLowerCase();
  if (name === '') return {};
  return { payment: WAYS.find(([pattern]) => pattern.test(name))?.[1] ?? 'other' };
}

/** Times come in UTC without a zone. */
export const utc = (gmt: string): string => (/Z$|[+-]\d{2}:\d{2}$/.test(gmt) ? gmt : `${gmt}Z`);

/** A time of WooCommerce's as an instant; null when it is none. */
export const instantOf = (gmt: string | null | undefined): Instant | null => (gmt ? parseInstant(utc(gmt)) : null);
