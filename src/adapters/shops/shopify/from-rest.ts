import type { Json, ReadingContext } from '../../../ports/platforms.ts';
import { instantAt, shaped } from '../drift.ts';
import { fullName, homeOfBuyer, homeOfHolder, type PlatformAddress } from '../home.ts';
import { addressForm } from './address.ts';
import type { InnerOrder } from './inner.ts';
import { orderName } from './order-name.ts';
import { languageTag, referenceOf } from './person.ts';
import { type RestAddress, type RestCustomer, type RestOrder, restOrder } from './shapes.ts';

/** An order that was cancelled and put back into stock is "restocked": that it was sent before does not follow. */
const SENT: readonly string[] = ['fulfilled', 'partial'];

/**
 * An order as a webhook tells it. Only the body of its creation shows what was bought as it was then (`placed`): later bodies carry the
 * totals of today. Money that moved, deliveries, refunds and returns are not read from it: their own webhooks ring for them, and they are
 * fetched, so that they are always told from the same form.
 */
export function orderFromRest(payload: Json, created: boolean, context: ReadingContext): InnerOrder {
  const order = shaped(restOrder, payload);
  const fulfillments = order.fulfillments ?? [];
  return {
    id: order.id,
    name: orderName(order.name),
    currency: order.currency,
    customer: restPerson(order.customer, order, context),
    language: languageTag(order.customer_locale),
    // What live rules count is fetched, and says it then.
    ip: null,
    placedAt: instantAt(order.processed_at ?? order.created_at, 'processed_at'),
    placed: created ? placedOf(order) : null,
    changed: false,
    cancelled:
      order.cancelled_at === null
        ? null
        : {
            at: instantAt(order.cancelled_at, 'cancelled_at'),
            by: order.cancel_reason === 'customer' ? 'customer' : 'shop',
          },
    stage: fulfillments.some(({ shipment_status }) => shipment_status === 'delivered')
      ? 'after_delivery'
      : SENT.includes(order.fulfillment_status ?? '') || fulfillments.some(({ status }) => status === 'success')
        ? 'after_dispatch'
        : 'before_dispatch',
    address: addressOf(order),
    transactions: [],
    deliveries: [],
    refunds: [],
    returns: [],
    disputes: [],
    asked: null,
  };
}

function placedOf(order: RestOrder): InnerOrder['placed'] {
  return {
    total: { amount: order.total_price, currency: order.currency },
    gateways: order.payment_gateway_names ?? (order.gateway === null ? [] : [order.gateway]),
    lines: order.line_items.map((line) => ({
      id: line.id,
      article: line.product_id,
      variant: line.variant_id,
      sku: line.sku,
      title: line.title,
      quantity: line.quantity,
      unitPrice: line.price,
    })),
  };
}

function addressOf(order: RestOrder): InnerOrder['address'] {
  const to = order.shipping_address;
  if (to === null || order.updated_at === null) return null;
  return {
    version: instantAt(order.updated_at, 'updated_at'),
    form: addressForm([to.address1, to.address2, to.zip, to.city, to.province_code, to.country_code]),
  };
}

/** Who an order is of, or (`order` null) an account. */
export function restPerson(
  customer: RestCustomer | null,
  order: RestOrder | null,
  context: ReadingContext,
): InnerOrder['customer'] {
  const bill = placeOf(order?.billing_address);
  const name = fullName(customer?.first_name, customer?.last_name) ?? fullName(bill?.first, bill?.last);
  return referenceOf(
    {
      id: customer?.id ?? null,
      email: customer?.email ?? order?.email ?? null,
      phone: customer?.phone ?? order?.phone ?? null,
      name,
      language: order?.customer_locale ?? null,
      home:
        order === null
          ? homeOfHolder(name, placeOf(customer?.default_address))
          : homeOfBuyer(name, bill, placeOf(order.shipping_address)),
    },
    context,
  );
}

const placeOf = (address: RestAddress | null | undefined): PlatformAddress | null =>
  address === null || address === undefined
    ? null
    : {
        first: address.first_name,
        last: address.last_name,
        line1: address.address1,
        line2: address.address2,
        postcode: address.zip,
        city: address.city,
        country: address.country_code,
      };
