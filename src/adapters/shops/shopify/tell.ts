import type { CustomerReference, IncomingEnvelope } from '../../../core/events/incoming.ts';
import type { Line } from '../../../core/events/values.ts';
import {
  addDecimals,
  type Decimal,
  decimalToUnits,
  parseDecimal,
  timesInteger,
  ZERO,
} from '../../../core/shared/decimal.ts';
import { currencyExponent, LARGEST_AMOUNT, type Money } from '../../../core/shared/money.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import { Drift } from '../drift.ts';
import { seenAt } from '../seen-ip.ts';
import type {
  InnerDispute,
  InnerLine,
  InnerMoney,
  InnerOrder,
  InnerRefund,
  InnerReturn,
  InnerTransaction,
} from './inner.ts';
import { oneReason } from './reasons.ts';

type Tell = (
  kind: IncomingEnvelope['kind'],
  id: string,
  at: Instant,
  body: IncomingEnvelope['body'],
) => IncomingEnvelope;

const MOST_LINES = 2_000;

/** Everything that an order's record tells, each under an id that depends on the thing alone. `known`: its placing was told before. */
export function eventsOf(order: InnerOrder, source: string, known: boolean): readonly IncomingEnvelope[] {
  const { customer } = order;
  if (customer === null) return [];
  const tell = teller(customer, source);
  return [
    ...placing(order, known, tell),
    ...order.transactions.flatMap((each) => payment(order, each, tell)),
    ...order.deliveries.map(({ id, at }) =>
      tell('order.delivered', `fulfillment:${id}:delivered`, at, { order: order.name }),
    ),
    ...cancelling(order, tell),
    ...order.returns.flatMap((each) => returning(order, each, tell)),
    ...order.refunds.flatMap((each) => refunding(order, each, tell)),
    ...order.disputes.flatMap((each) => disputing(order, each, tell)),
  ];
}

/** Makes envelopes about one customer. */
export const teller =
  (customer: CustomerReference, source: string): Tell =>
  (kind, id, at, body) => ({ kind, id, source, occurredAt: formatInstant(at), customer, body });

function placing(order: InnerOrder, known: boolean, tell: Tell): readonly IncomingEnvelope[] {
  const { placed } = order;
  if (placed === null || (known && order.changed)) return [];
  return [
    tell('order.placed', `order:${order.id}:placed`, order.placedAt, {
      order: order.name,
      total: moneyOf(placed.total),
      lines: linesOf(placed.lines, placed.total.currency),
      ...paymentBy(placed.gateways),
    }),
  ];
}

/** What a gateway takes, as far as its name tells. Unknown ones are "other": a new one must not look like an invoice. */
const GATEWAYS: readonly (readonly [RegExp, string])[] = [
  [/cash[ _-]on[ _-]delivery|\bcod\b/i, 'cash_on_delivery'],
  [/klarna|afterpay|clearpay|affirm|billie|invoice|pay[ _-]?later|rechnung|net[ _-]?terms/i, 'invoice'],
  [/paypal|bank|transfer|ideal|sofort|bancontact|gift_card|store_credit|money[ _-]?order|amazon|prepay/i, 'prepaid'],
  [/shopify_payments|stripe|card|authorize|braintree|adyen|bogus|worldpay|checkout/i, 'card'],
];

function paymentBy(gateways: readonly string[]): { payment?: string } {
  const [first] = gateways;
  if (first === undefined || first === '') return {};
  return { payment: GATEWAYS.find(([name]) => name.test(first))?.[1] ?? 'other' };
}

function payment(order: InnerOrder, each: InnerTransaction, tell: Tell): readonly IncomingEnvelope[] {
  const taking = each.kind === 'sale' || each.kind === 'capture';
  if (taking && each.status === 'success')
    return [
      tell('payment.captured', `transaction:${each.id}:captured`, each.at, {
        order: order.name,
        amount: moneyOf(each.amount),
      }),
    ];
  if ((taking || each.kind === 'authorization') && each.status === 'failure' && !isShopsOwn(each.error)) {
    const failed = tell('payment.failed', `transaction:${each.id}:failed`, each.at, {
      order: order.name,
      reason: failure(each.error),
    });
    // What was authorised is captured by the shop, from wherever it is.
    return [each.kind === 'capture' ? failed : { ...failed, ...seenAt(order.ip) }];
  }
  return [];
}

/** Attempts that failed for what the shop, its settings or its payment provider did, or for no reason that anybody gives. */
const SHOPS_OWN: readonly string[] = [
  'AMOUNT_TOO_LARGE',
  'AMOUNT_TOO_SMALL',
  'AUTHORIZATION_EXPIRED',
  'CONFIG_ERROR',
  'GENERIC_ERROR',
  'INVALID_AMOUNT',
  'INVALID_COUNTRY',
  'INVALID_CURRENCY',
  'INVALID_PURCHASE_TYPE',
  'MERCHANT_ACCOUNT_ERROR',
  'MERCHANT_RULE',
  'PAYMENT_METHOD_UNAVAILABLE',
  'PAYMENT_METHOD_UNSUPPORTED',
  'PAYMENT_PROVIDER_ERROR',
  'PROCESSING_ERROR',
  'TEST_MODE_LIVE_CARD',
  'UNSUPPORTED_FEATURE',
];

function isShopsOwn(error: string | null): boolean {
  const code = error?.toUpperCase() ?? '';
  return (
    SHOPS_OWN.includes(code) ||
    code.startsWith('AMAZON_PAYMENTS_MAX_') ||
    code === 'AMAZON_PAYMENTS_ORDER_REFERENCE_CANCELED'
  );
}

function failure(error: string | null): string {
  switch (error?.toUpperCase()) {
    case 'INSUFFICIENT_FUNDS':
      return 'insufficient_funds';
    case 'FRAUD_SUSPECTED':
    case 'CARD_TESTING':
      return 'suspected_fraud';
    case 'AUTHENTICATION_FAILED':
    case 'AUTHENTICATION_REQUIRED':
      return 'authentication_failed';
    case 'CARD_DECLINED':
    case 'DO_NOT_HONOR':
    case 'INSTRUMENT_DECLINED':
    case 'CALL_ISSUER':
    case 'PICK_UP_CARD':
    case 'EXPIRED_CARD':
      return 'declined';
    default:
      return 'other';
  }
}

function cancelling({ id, name, cancelled, stage }: InnerOrder, tell: Tell): readonly IncomingEnvelope[] {
  if (cancelled === null) return [];
  return [tell('order.cancelled', `order:${id}:cancelled`, cancelled.at, { order: name, by: cancelled.by, stage })];
}

/** A declined or withdrawn request was made all the same. One that was closed without a refund is an exchange: its goods came back. */
function returning(order: InnerOrder, each: InnerReturn, tell: Tell): readonly IncomingEnvelope[] {
  const reason = oneReason(each.reasons);
  const body = (quantity: (line: InnerReturn['lines'][number]) => number) => {
    const lines = each.lines.map((line) => ({ ...line, quantity: quantity(line), of: line.quantity }));
    return {
      return: each.id,
      order: order.name,
      reason,
      value: sumOf(lines, order),
      lines: linesOf(lines, order.currency),
    };
  };
  const came = each.lines.filter(({ processed }) => processed > 0);
  const exchanged =
    each.closedAt !== null &&
    came.length > 0 &&
    !order.refunds.some((refund) => refund.return === each.id) &&
    order.asked === null;
  return [
    tell(
      'return.requested',
      `return:${each.id}:requested`,
      each.at,
      body(({ quantity }) => quantity),
    ),
    ...(exchanged && each.status === 'closed' && each.closedAt !== null
      ? [
          tell(
            'return.received',
            `return:${each.id}:closed`,
            each.closedAt,
            body(({ processed }) => processed),
          ),
        ]
      : []),
  ];
}

/** Goods that had not left, or of which an old refund does not say whether they had. */
const NEVER_AWAY: readonly string[] = ['cancel', 'legacy_restock'];

/**
 * Goods are back where the refund belongs to a return or puts them into stock again as returned; goods that had not left (restock "cancel")
 * were never away, nor are those of an order of which nothing had been sent. All are `goodsBack`; only the first is something that was received.
 */
function refunding(order: InnerOrder, refund: InnerRefund, tell: Tell): readonly IncomingEnvelope[] {
  const back = refund.lines.filter(
    ({ restock }) => restock === 'return' || (refund.return !== null && !NEVER_AWAY.includes(restock)),
  );
  const reason = oneReason(refund.reasons);
  const returned = back.length === 0 ? null : (refund.return ?? `refund-${refund.id}`);
  const unsent =
    refund.beforeDispatch ||
    (refund.lines.length > 0 && refund.lines.every(({ restock }) => NEVER_AWAY.includes(restock)));
  const amount = moneyOf(refund.amount);
  return [
    ...(returned === null
      ? []
      : [
          tell('return.received', `refund:${refund.id}:received`, refund.at, {
            return: returned,
            order: order.name,
            reason,
            value: sumOf(
              back.map((line) => ({ ...line, worth: line.subtotal })),
              order,
            ),
            lines: linesOf(back, refund.amount.currency),
          }),
        ]),
    // An exchange, or goods taken back without money, is no refund.
    ...(amount.amount === 0
      ? []
      : [
          tell('refund.issued', `refund:${refund.id}:issued`, refund.at, {
            refund: refund.id,
            order: order.name,
            ...(returned === null ? {} : { return: returned }),
            amount,
            goodsBack: returned !== null || unsent,
            reason,
          }),
        ]),
  ];
}

const REASONS: Readonly<Record<string, string>> = {
  fraudulent: 'fraudulent',
  unrecognized: 'unrecognized',
  product_not_received: 'product_not_received',
  product_unacceptable: 'product_unacceptable',
  credit_not_processed: 'credit_not_processed',
  duplicate: 'duplicate',
  subscription_cancelled: 'subscription_cancelled',
  subscription_canceled: 'subscription_cancelled',
  general: 'general',
};

/** A dispute the shop accepted is one it lost. One that was prevented never became one. */
function disputing(order: InnerOrder, each: InnerDispute, tell: Tell): readonly IncomingEnvelope[] {
  if (each.status === 'prevented') return [];
  const lost = each.status === 'lost' || each.status === 'accepted' || each.status === 'charge_refunded';
  const body = { dispute: each.id };
  return [
    tell('payment.disputed', `dispute:${each.id}:opened`, each.at, {
      ...body,
      order: order.name,
      amount: moneyOf(each.amount),
      reason: REASONS[each.reason] ?? 'other',
    }),
    ...(each.finalAt !== null && (lost || each.status === 'won')
      ? [
          tell(
            lost ? 'payment.dispute_lost' : 'payment.dispute_won',
            `dispute:${each.id}:${lost ? 'lost' : 'won'}`,
            each.finalAt,
            body,
          ),
        ]
      : []),
  ];
}

/** Exact minor units. Throws `Drift` for what is no amount. */
export function moneyOf({ amount, currency }: InnerMoney): Money {
  const decimal = parseDecimal(amount);
  const units = decimal === null ? null : decimalToUnits(decimal, currencyExponent(currency));
  if (units === null || Math.abs(units) > LARGEST_AMOUNT) throw new Drift('amount', 'is not an amount of money');
  return { amount: Math.max(units, 0), currency };
}

/** `of`: for how many pieces `worth` is, where it is not for these alone. */
type Worth = InnerLine & { readonly worth: InnerMoney | null; readonly of?: number };

/** What goods are worth: what was paid for them, or else their price. */
function sumOf(lines: readonly Worth[], order: InnerOrder): Money {
  const { currency } = order;
  const sum = lines.reduce((total, { worth, unitPrice, quantity, of = quantity }) => {
    const whole = parseDecimal(worth?.amount ?? '');
    const paid =
      whole === null ? timesInteger(parseDecimal(unitPrice ?? '') ?? ZERO, quantity) : part(whole, quantity, of);
    return addDecimals(total, paid);
  }, ZERO);
  return { amount: Math.max(decimalToUnits(sum, currencyExponent(currency)), 0), currency };
}

/** So many pieces' part of what `of` pieces are worth, with decimals to spare. */
const part = (whole: Decimal, pieces: number, of: number): Decimal =>
  pieces === of || of < 1
    ? whole
    : { units: (timesInteger(whole, pieces).units * 1_000_000n) / BigInt(of), scale: whole.scale + 6 };

function linesOf(lines: readonly InnerLine[], currency: string): readonly Line[] {
  return lines
    .filter(({ quantity }) => quantity > 0)
    .slice(0, MOST_LINES)
    .map((line) => {
      const price = line.unitPrice === null ? null : plainPrice(line.unitPrice, currency);
      const title = line.title?.trim().slice(0, 200) ?? '';
      const variant = line.variant ?? line.sku?.trim() ?? '';
      return {
        // An item that was typed in by hand has no product.
        article: line.article ?? (line.sku?.trim() || `line-${line.id}`),
        ...(variant === '' ? {} : { variant: variant.slice(0, 120) }),
        ...(title === '' ? {} : { title }),
        quantity: line.quantity,
        ...(price === null ? {} : { unitPrice: price }),
      };
    });
}

/** A price in one form: "80.0" and "80.00" are the same price. With at least the currency's decimals. */
function plainPrice(text: string, currency: string): string | null {
  const parts = /^(\d{1,15})(?:\.(\d{1,12}))?$/.exec(text);
  if (parts === null) return null;
  const decimals = (parts[2] ?? '').replace(/0+$/, '').padEnd(currencyExponent(currency), '0');
  return decimals === '' ? (parts[1] ?? null) : `${parts[1]}.${decimals}`;
}
