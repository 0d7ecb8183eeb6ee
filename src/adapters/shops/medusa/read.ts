import type { CustomerReference, IncomingEnvelope } from '../../../core/events/incoming.ts';
import type { Result } from '../../../core/shared/result.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type {
  PlatformEffect,
  PlatformReading,
  PlatformRecord,
  ReadingContext,
  ReadingFault,
} from '../../../ports/platforms.ts';
import { instantAt, shaped, withoutDrift } from '../drift.ts';
import { addressChanges, delivery, stageAt, type Told } from './journey.ts';
import { moneyAt } from './money.ts';
import { moneyBack, reasonOfReturn } from './money-back.ts';
import { buyerOf, holderOf } from './person.ts';
import { paymentsOf, placedOf } from './placed.ts';
import { kindOf } from './reasons.ts';
import { customerRecord, exact, type MedusaOrder, type OrderData, orderRecord } from './shapes.ts';

const NOTHING: PlatformReading = { events: [], names: [], addresses: [], effects: [] };

/**
 * Reads a record. Every topic carries the whole thing as it is now (an order with its returns and changes, or a customer), so what a record
 * says depends on nothing that was told before.
 */
export function read(record: PlatformRecord, context: ReadingContext): Result<PlatformReading, ReadingFault> {
  return withoutDrift(() =>
    record.topic.split('.')[0] === 'customer' ? readCustomer(record, context) : readOrder(record, context),
  );
}

function readCustomer({ payload }: PlatformRecord, context: ReadingContext): PlatformReading {
  const { customer } = shaped(customerRecord, payload).data;
  const holder = holderOf(customer, context);
  // A guest has no account: Medusa makes them a customer for their address.
  if (!customer.has_account || holder === null) return NOTHING;
  const created = formatInstant(instantAt(customer.created_at, 'data.customer.created_at'));
  const events: Told[] = [
    { id: `customer:${customer.id}:created`, kind: 'account.created', occurredAt: created, body: { channel: 'web' } },
  ];
  if (customer.deleted_at) {
    const at = formatInstant(instantAt(customer.deleted_at, 'data.customer.deleted_at'));
    events.push({ id: `customer:${customer.id}:closed`, kind: 'account.closed', occurredAt: at, body: { by: 'shop' } });
  }
  return { ...NOTHING, events: events.map(told(context, holder)) };
}

function readOrder({ topic, payload }: PlatformRecord, context: ReadingContext): PlatformReading {
  const { data } = shaped(orderRecord, payload);
  const { order } = data;
  const customer = buyerOf(data, context);
  if (order.is_draft_order === true || order.status === 'draft' || customer === null) return NOTHING;
  const name = nameOf(order);
  const events = [
    placed(data, name),
    ...captured(order, name),
    ...cancelled(data, name),
    ...delivery(order, name),
    ...addressChanges(data, name),
    ...moneyBack(data, name),
  ];
  return {
    events: events.map(told(context, customer)),
    names: [{ id: order.id, name }],
    addresses: [],
    effects: effectsOf(topic, data, name, customer),
  };
}

/** What people know an order by. */
const nameOf = (order: MedusaOrder): string => order.custom_display_id?.trim() || String(order.display_id);

const told =
  ({ source }: ReadingContext, customer: CustomerReference) =>
  (event: Told): IncomingEnvelope => ({ ...event, source, customer });

function placed(data: OrderData, name: string): Told {
  const { at, total, lines, payment } = placedOf(data);
  return {
    id: `order:${data.order.id}:placed`,
    kind: 'order.placed',
    occurredAt: formatInstant(at),
    body: { order: name, total, lines, ...(payment === null ? {} : { payment }) },
  };
}

const captured = (order: MedusaOrder, name: string): readonly Told[] =>
  paymentsOf(order).flatMap((payment) =>
    (payment.captures ?? []).map((capture) => ({
      id: `capture:${capture.id}`,
      kind: 'payment.captured' as const,
      occurredAt: formatInstant(instantAt(capture.created_at, 'data.order.payment_collections.payments.captures')),
      body: {
        order: name,
        amount: moneyAt(
          exact(capture.raw_amount, capture.amount),
          order.currency_code,
          'data.order.payment_collections',
        ),
      },
    })),
  );

/** Only the shop can cancel in Medusa: its Store API has no way to. */
function cancelled(data: OrderData, name: string): readonly Told[] {
  const { order } = data;
  if (!order.canceled_at) return [];
  const at = instantAt(order.canceled_at, 'data.order.canceled_at');
  return [
    {
      id: `order:${order.id}:cancelled`,
      kind: 'order.cancelled',
      occurredAt: formatInstant(at),
      body: { order: name, by: 'shop', stage: stageAt(order, at), value: placedOf(data).total },
    },
  ];
}

function effectsOf(
  topic: string,
  { order, returns, return: asked, asked: wasAsked }: OrderData,
  name: string,
  customer: CustomerReference,
): readonly PlatformEffect[] {
  if (topic === 'order.placed') {
    const language = customer.language ?? null;
    return [{ kind: 'order_placed', order: order.id, name, customer, language, asked: wasAsked === true }];
  }
  const found = topic === 'order.return_requested' ? returns.find(({ id }) => id === asked) : undefined;
  if (found === undefined) return [];
  const returnKind = kindOf(reasonOfReturn(found));
  return [{ kind: 'return_asked', return: found.id, order: order.id, customer, returnKind }];
}
