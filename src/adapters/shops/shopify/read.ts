import { SHOP_FAULT_REASONS } from '../../../core/events/values.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { parseInstant } from '../../../core/shared/time.ts';
import type { PlatformReading, PlatformRecord, ReadingContext, ReadingFault } from '../../../ports/platforms.ts';
import { instantAt, shaped, withoutDrift } from '../drift.ts';
import { orderFromGraph, personOf } from './from-graph.ts';
import { orderFromRest, restPerson } from './from-rest.ts';
import { numberOf, type Thing, thingName } from './ids.ts';
import type { InnerOrder } from './inner.ts';
import { referenceOf } from './person.ts';
import { oneReason } from './reasons.ts';
import {
  graphCustomer,
  restCustomerBody,
  restDispute,
  restEditedOrder,
  restFulfillment,
  restFulfillmentEvent,
  restMerge,
  restPrivacy,
  restRefund,
  restReturn,
  restShopRedact,
  restTransaction,
  restUninstalled,
} from './shapes.ts';
import { eventsOf, teller } from './tell.ts';

type Read = Result<PlatformReading, ReadingFault>;

/** Topics under which fetched records are read. Webhooks have topics of their own: "orders/create". */
export const GRAPH_ORDER = 'graphql/order';
export const GRAPH_CUSTOMER = 'graphql/customer';

const NOTHING: PlatformReading = { events: [], names: [], addresses: [], effects: [] };

/** What a record says. Pure. */
export function readRecord(record: PlatformRecord, context: ReadingContext): Read {
  const read = withoutDrift(() => readTopic(record, context));
  return read.ok ? read.value : read;
}

function readTopic({ topic, payload }: PlatformRecord, context: ReadingContext): Read {
  switch (topic) {
    case GRAPH_ORDER:
      return ok(readingOf(orderFromGraph(payload, context), context));
    case GRAPH_CUSTOMER: {
      const customer = shaped(graphCustomer, payload);
      const person = personOf(customer, null, context);
      return ok(openedAt(numberOf(customer.id), customer.createdAt ?? '', 'createdAt', person, context));
    }
    case 'customers/create':
    case 'customers/update': {
      const customer = shaped(restCustomerBody, payload);
      const person = restPerson(customer, null, context);
      return ok(openedAt(customer.id, customer.created_at, 'created_at', person, context));
    }
    case 'orders/create':
      return ok(readingOf(orderFromRest(payload, true, context), context));
    case 'orders/updated':
    case 'orders/paid':
    case 'orders/cancelled':
    case 'orders/fulfilled':
    case 'orders/partially_fulfilled': {
      const order = orderFromRest(payload, false, context);
      // Its creation was missed: only the API still tells what it was then.
      return context.orderName(order.id) === null ? needs(order.id) : ok(readingOf(order, context));
    }
    case 'orders/edited': {
      const { order_id } = shaped(restEditedOrder, payload).order_edit;
      return context.orderName(order_id) === null ? needs(order_id) : ok(NOTHING);
    }
    case 'refunds/create': {
      const { id, order_id } = shaped(restRefund, payload);
      return ring({ order: order_id, kind: 'refund', id, state: 'made' }, context);
    }
    case 'order_transactions/create': {
      const { id, order_id, status, kind } = shaped(restTransaction, payload);
      return tellsSomething(kind, status)
        ? ring({ order: order_id, kind: 'transaction', id, state: status }, context)
        : ok(NOTHING);
    }
    case 'fulfillments/create':
    case 'fulfillments/update': {
      const { id, order_id, shipment_status } = shaped(restFulfillment, payload);
      return shipment_status === 'delivered' ? delivered(order_id, id, context) : ok(NOTHING);
    }
    case 'fulfillment_events/create': {
      const { fulfillment_id, order_id, status } = shaped(restFulfillmentEvent, payload);
      return status === 'delivered' ? delivered(order_id, fulfillment_id, context) : ok(NOTHING);
    }
    case 'returns/request':
    case 'returns/approve':
    case 'returns/decline':
    case 'returns/cancel':
    case 'returns/close':
    case 'returns/reopen': {
      const { id, order, status } = shaped(restReturn, payload);
      return ring({ order, kind: 'return', id, state: status ?? topic.slice('returns/'.length) }, context);
    }
    case 'disputes/create':
    case 'disputes/update': {
      const { id, order_id, status } = shaped(restDispute, payload);
      return order_id === null ? ok(NOTHING) : ring({ order: order_id, kind: 'dispute', id, state: status }, context);
    }
    case 'customers/merge': {
      const merge = shaped(restMerge, payload);
      if (merge.status !== null && merge.status !== 'completed') return ok(NOTHING);
      const [kept, gone] = [merge.admin_graphql_api_customer_kept_id, merge.admin_graphql_api_customer_deleted_id].map(
        (id) => ({ externalId: context.customerNumber(numberOf(id)) }),
      );
      return kept === undefined || gone === undefined
        ? ok(NOTHING)
        : ok(effect({ kind: 'customers_merged', kept, gone }));
    }
    case 'customers/data_request':
    case 'customers/redact': {
      const { customer } = shaped(restPrivacy, payload);
      const whose = referenceOf(
        { id: customer.id, email: customer.email, phone: customer.phone, ...NO_DETAILS },
        context,
      );
      if (whose === null) return ok(NOTHING);
      return ok(effect({ kind: topic === 'customers/redact' ? 'erase_customer' : 'data_asked', customer: whose }));
    }
    case 'shop/redact':
      shaped(restShopRedact, payload);
      return ok(effect({ kind: 'erase_shop' }));
    case 'app/uninstalled':
      shaped(restUninstalled, payload);
      return ok(effect({ kind: 'uninstalled' }));
    default:
      return ok(NOTHING);
  }
}

const NO_DETAILS = { name: null, language: null, home: {} } as const;

const needs = (order: string): Read => err({ kind: 'needs', order });
const effect = (one: PlatformReading['effects'][number]): PlatformReading => ({ ...NOTHING, effects: [one] });

/** A webhook that names a thing and not whose it is: the thing is fetched, and then this has nothing to add. */
const ring = (thing: Thing, context: ReadingContext): Read =>
  context.orderName(thingName(thing)) === null ? needs(thingName(thing)) : ok(NOTHING);

const delivered = (order: string, id: string, context: ReadingContext): Read =>
  ring({ order, kind: 'fulfillment', id, state: 'delivered' }, context);

const tellsSomething = (kind: string, status: string): boolean =>
  (status === 'success' && (kind === 'sale' || kind === 'capture')) ||
  (status === 'failure' && (kind === 'sale' || kind === 'capture' || kind === 'authorization'));

function openedAt(
  id: string,
  at: string,
  path: string,
  customer: InnerOrder['customer'],
  context: ReadingContext,
): PlatformReading {
  const opened = instantAt(at, path);
  if (customer === null) return NOTHING;
  return {
    ...NOTHING,
    events: [teller(customer, context.source)('account.created', `customer:${id}:created`, opened, {})],
  };
}

function readingOf(order: InnerOrder, context: ReadingContext): PlatformReading {
  const { id, name, customer, asked } = order;
  return {
    events: eventsOf(order, context.source, context.orderName(id) !== null),
    names: [{ id, name }, ...(asked === null || asked === id ? [] : [{ id: asked, name }])],
    addresses:
      order.address === null || customer === null
        ? []
        : [{ order: name, customer, version: order.address.version, address: order.address.form, stage: order.stage }],
    effects: [...placedEffect(order), ...askedEffect(order)],
  };
}

/** An order that has just been placed, or that was fetched because its placing was missed. */
function placedEffect({
  id,
  name,
  customer,
  language,
  placed,
  cancelled,
  asked,
}: InnerOrder): PlatformReading['effects'] {
  if (placed === null || customer === null || cancelled !== null || (asked !== null && asked !== id)) return [];
  return [{ kind: 'order_placed', order: id, name, customer, language, asked: false }];
}

function askedEffect({ id, customer, returns }: InnerOrder): PlatformReading['effects'] {
  if (customer === null) return [];
  return returns
    .filter(({ status }) => status === 'requested')
    .map((each) => ({
      kind: 'return_asked',
      return: each.id,
      order: id,
      customer,
      returnKind: SHOP_FAULT_REASONS.has(oneReason(each.reasons)) ? 'faulty' : null,
    }));
}

/** When a webhook was sent, by its header. */
export const triggeredAt = (header: string | undefined) => (header === undefined ? null : parseInstant(header));
