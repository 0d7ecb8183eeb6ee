import type { ReportedEventKind } from '../../../core/events/event.ts';
import type { CustomerReference, IncomingEnvelope } from '../../../core/events/incoming.ts';
import { type ReturnReason, returnReason } from '../../../core/events/values.ts';
import { decimalToUnits } from '../../../core/shared/decimal.ts';
import { currencyExponent, isCurrency, type Money } from '../../../core/shared/money.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type {
  PlatformEffect,
  PlatformReading,
  PlatformRecord,
  ReadingContext,
  ReadingFault,
} from '../../../ports/platforms.ts';
import { homeOfBuyer } from '../home.ts';
import { type CustomerData, customerMessage, type OrderData, orderMessage } from './payloads.ts';
import { goodsOf, type TakenBack } from './taken-back.ts';

const NOTHING: PlatformReading = { events: [], names: [], addresses: [], effects: [] };

/** What a message of the plug-in says. Every message about an order tells the whole of it, so that no other is needed. */
export function read(record: PlatformRecord, context: ReadingContext): Result<PlatformReading, ReadingFault> {
  switch (record.topic) {
    case 'order.placed':
    case 'order.changed': {
      const message = orderMessage.safeParse(record.payload);
      if (!message.success) return err(drift(message.error.issues));
      const { data } = message.data;
      return isCurrency(data.currency)
        ? ok(orderReading(data, context, record.topic === 'order.placed'))
        : err({ kind: 'drift', path: 'data.currency', message: 'is not an ISO 4217 currency code' });
    }
    case 'customer.changed':
    case 'customer.deleted': {
      const message = customerMessage.safeParse(record.payload);
      return message.success ? ok(customerReading(message.data.data, context)) : err(drift(message.error.issues));
    }
    default:
      return ok(NOTHING);
  }
}

function drift(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): ReadingFault {
  const [first] = issues;
  return { kind: 'drift', path: first?.path.join('.') || 'type', message: first?.message ?? 'is not as expected' };
}

function customerReading(customer: CustomerData, context: ReadingContext): PlatformReading {
  const about = referenceTo(customer, context);
  const { id, registeredAt, deletedAt } = customer;
  const opened =
    registeredAt === null
      ? []
      : [event('account.created', `customer:${id}:created`, registeredAt, about, { channel: 'web' })];
  // Who deleted it does not show. It is no request to be erased: those come from the customer.
  const closed =
    deletedAt === null ? [] : [event('account.closed', `customer:${id}:closed`, deletedAt, about, { by: 'shop' })];
  return { ...NOTHING, events: [...opened, ...closed] };
}

function orderReading(order: OrderData, context: ReadingContext, isNew: boolean): PlatformReading {
  const names = [{ id: order.id, name: order.code }];
  if (order.customer === null) return { ...NOTHING, names };
  const customer = { ...referenceTo(order.customer, context), ...homeIn(order) };
  const events = [
    ...paymentEvents(order, customer),
    ...(order.placedAt === null ? [] : placedEvents(order, order.placedAt, customer)),
  ];
  const effects: readonly PlatformEffect[] =
    isNew && order.placedAt !== null
      ? [
          {
            kind: 'order_placed',
            order: order.id,
            name: order.code,
            customer,
            language: order.language,
            asked: order.asked,
          },
        ]
      : [];
  return { events, names, addresses: [], effects };
}

/** A payment that was declined says so even where no order came of it. What went wrong in the shop is nothing a customer did. */
function paymentEvents(order: OrderData, customer: CustomerReference): readonly IncomingEnvelope[] {
  return order.payments.flatMap(({ id, amount, settledAt, failedAt, technical }) => [
    ...(settledAt === null || order.placedAt === null
      ? []
      : [
          event('payment.captured', `payment:${id}:captured`, settledAt, customer, {
            order: order.code,
            amount: money(amount, order),
          }),
        ]),
    ...(failedAt === null || technical
      ? []
      : [
          event('payment.failed', `payment:${id}:failed`, failedAt, customer, {
            order: order.code,
            reason: 'declined',
          }),
        ]),
  ]);
}

function placedEvents(order: OrderData, placedAt: string, customer: CustomerReference): readonly IncomingEnvelope[] {
  const { id, code, deliveredAt } = order;
  const kind = order.payments.find(({ failedAt }) => failedAt === null)?.kind;
  const { takenBack, refunds } = goodsOf(order);
  return [
    event('order.placed', `order:${id}:placed`, placedAt, customer, {
      order: code,
      total: money(Math.max(order.total, 0), order),
      ...(kind === undefined ? {} : { payment: kind }),
      lines: order.lines.map((line) => lineOf(line, line.quantity, order)),
    }),
    ...(deliveredAt === null
      ? []
      : [event('order.delivered', `order:${id}:delivered`, deliveredAt, customer, { order: code })]),
    ...order.moved.map((moved) =>
      event('order.address_changed', `modification:${moved.id}:address`, moved.at, customer, {
        order: code,
        stage: stageAt(moved.at, order),
      }),
    ),
    ...takenBack.map((back) => takenBackEvent(back, order, customer)),
    ...(order.cancelled !== null && takenBack.length === 0
      ? [
          event('order.cancelled', `order:${id}:cancelled`, order.cancelled.at, customer, {
            order: code,
            by: order.cancelled.reason === 'customer' ? 'customer' : 'shop',
            stage: stageAt(order.cancelled.at, order),
          }),
        ]
      : []),
    ...refunds.flatMap((refund) =>
      refund.settledAt === null
        ? []
        : [
            event('refund.issued', `refund:${refund.id}`, refund.settledAt, customer, {
              refund: refund.id,
              order: code,
              ...(refund.cameBack === null ? {} : { return: refund.cameBack }),
              amount: money(refund.amount, order),
              // Before anything left, the shop has the goods.
              goodsBack: refund.cameBack !== null || stageAt(refund.at, order) === 'before_dispatch',
              reason: reasonOf(refund.reason),
            }),
          ],
    ),
  ];
}

/** Taken off before it was sent: part of the order was cancelled. Afterwards: it came back, and the shop booked it in. */
function takenBackEvent(back: TakenBack, order: OrderData, customer: CustomerReference): IncomingEnvelope {
  const value = money(back.value, order);
  if (!back.wasSent)
    return event('order.cancelled', `cancellation:${back.id}`, back.at, customer, {
      order: order.code,
      by: back.reason === 'customer' ? 'customer' : 'shop',
      stage: 'before_dispatch',
      value,
    });
  return event('return.received', `cancellation:${back.id}:received`, back.at, customer, {
    return: back.id,
    order: order.code,
    reason: reasonOf(back.reason),
    value,
    by: 'credit_note',
    lines: back.lines.map(({ line, quantity }) => lineOf(line, quantity, order)),
  });
}

function lineOf(line: OrderData['lines'][number], quantity: number, order: OrderData) {
  const title = line.title.trim().slice(0, 200);
  return {
    article: line.product,
    variant: line.variant,
    ...(title === '' ? {} : { title }),
    quantity,
    unitPrice: decimal(Math.max(line.unitPrice, 0), order.precision),
  };
}

function referenceTo(customer: CustomerData, context: ReadingContext): CustomerReference {
  const { id, email, phone, name } = customer;
  return {
    externalId: context.customerNumber(id),
    ...(email.length >= 3 && email.length <= 254 ? { email } : {}),
    ...(phone !== null && phone.length >= 3 && phone.length <= 40 ? { phone } : {}),
    ...(name !== null && name.trim() !== '' ? { name: name.trim().slice(0, 200) } : {}),
  };
}

function homeIn({ home }: OrderData): Pick<CustomerReference, 'address'> {
  if (home === null || home === undefined) return {};
  const { line1, line2, postcode, city, country } = home;
  return homeOfBuyer(null, { first: null, last: null, line1, line2, postcode, city, country }, null);
}

function event(
  kind: ReportedEventKind,
  id: string,
  occurredAt: string,
  customer: CustomerReference,
  body: Record<string, unknown>,
): IncomingEnvelope {
  return { kind, id, occurredAt, customer, body };
}

const stageAt = (at: string, { dispatchedAt, deliveredAt }: OrderData) =>
  deliveredAt !== null && Date.parse(deliveredAt) <= Date.parse(at)
    ? 'after_delivery'
    : dispatchedAt !== null && Date.parse(dispatchedAt) <= Date.parse(at)
      ? 'after_dispatch'
      : 'before_dispatch';

/** Vendure keeps every currency with the same number of decimals, by default two: a yen is a hundred units. */
const money = (units: number, { currency, precision }: OrderData): Money => ({
  amount: decimalToUnits({ units: BigInt(units), scale: precision }, currencyExponent(currency)),
  currency,
});

function decimal(units: number, precision: number): string {
  if (precision === 0) return String(units);
  const digits = String(units).padStart(precision + 1, '0');
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** "customer": they asked for it and did not say why. */
function reasonOf(code: string): ReturnReason {
  const known = returnReason.safeParse(code);
  return known.success ? known.data : 'unspecified';
}
