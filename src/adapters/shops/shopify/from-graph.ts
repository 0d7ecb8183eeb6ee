import type { Instant } from '../../../core/shared/time.ts';
import type { Json, ReadingContext } from '../../../ports/platforms.ts';
import { instantAt, shaped } from '../drift.ts';
import { fullName, homeOfBuyer, homeOfHolder, type PlatformAddress } from '../home.ts';
import { addressForm } from './address.ts';
import { numberOf } from './ids.ts';
import type { InnerDispute, InnerLine, InnerMoney, InnerOrder, InnerRefund, InnerReturn } from './inner.ts';
import { orderName } from './order-name.ts';
import { languageTag, referenceOf } from './person.ts';
import {
  type GraphAddress,
  type GraphCustomer,
  type GraphLine,
  type GraphOrder,
  type GraphReason,
  graphOrder,
} from './shapes.ts';

/** An order as the Admin API tells it, with as much around it as was asked for. */
export function orderFromGraph(payload: Json, context: ReadingContext): InnerOrder {
  const order = shaped(graphOrder, payload);
  const fulfillments = order.fulfillments ?? [];
  const lines = new Map((order.lineItems?.nodes ?? []).map((line) => [line.id, line] as const));
  return {
    id: numberOf(order.id),
    name: orderName(order.name),
    currency: order.currencyCode,
    customer: personOf(order.customer, order, context),
    language: languageTag(order.customerLocale),
    ip: order.clientIp,
    placedAt: instantAt(order.processedAt ?? order.createdAt, 'processedAt'),
    placed: placedOf(order),
    changed: order.edited === true || [...lines.values()].some(({ product }) => product === null),
    cancelled:
      order.cancelledAt === null
        ? null
        : {
            at: instantAt(order.cancelledAt, 'cancelledAt'),
            by: order.cancelReason === 'CUSTOMER' ? 'customer' : 'shop',
          },
    stage: fulfillments.some(({ deliveredAt }) => deliveredAt !== null)
      ? 'after_delivery'
      : shipped(order, fulfillments)
        ? 'after_dispatch'
        : 'before_dispatch',
    address: addressOf(order),
    transactions: (order.transactions ?? []).map((each) => ({
      id: numberOf(each.id),
      kind: each.kind.toLowerCase(),
      status: each.status.toLowerCase(),
      at: instantAt(each.processedAt ?? each.createdAt, 'transactions.processedAt'),
      amount: shopMoney(each.amountSet),
      error: each.errorCode,
    })),
    deliveries: fulfillments.flatMap(({ id, deliveredAt }) =>
      deliveredAt === null ? [] : [{ id: numberOf(id), at: instantAt(deliveredAt, 'fulfillments.deliveredAt') }],
    ),
    refunds: refundsOf(order, lines),
    returns: (order.returns?.nodes ?? []).map((each) => returnOf(each, lines)),
    disputes: (order.disputes ?? []).map(disputeOf),
    asked: order.asked,
  };
}

const shipped = (order: GraphOrder, fulfillments: readonly { readonly status: string | null }[]): boolean =>
  fulfillments.some(({ status }) => status === 'SUCCESS') ||
  // "In progress" says that somebody packs it.
  ['FULFILLED', 'PARTIALLY_FULFILLED'].includes(order.displayFulfillmentStatus ?? '');

function placedOf(order: GraphOrder): InnerOrder['placed'] {
  if (order.lineItems === null || order.originalTotalPriceSet === null) return null;
  return {
    total: shopMoney(order.originalTotalPriceSet),
    gateways: order.paymentGatewayNames ?? [],
    lines: order.lineItems.nodes.map((line) => ({ ...lineOf(line), quantity: line.quantity })),
  };
}

type Lines = ReadonlyMap<string, GraphLine>;

/** What a line is of. In lists it is told once, with the order. */
function lineOf(line: GraphLine, lines?: Lines): Omit<InnerLine, 'quantity'> {
  const full = lines?.get(line.id) ?? line;
  return {
    id: numberOf(line.id),
    article: full.product === null ? null : numberOf(full.product.id),
    variant: full.variant === null ? null : numberOf(full.variant.id),
    sku: full.sku,
    title: full.title,
    unitPrice: full.originalUnitPriceSet?.shopMoney.amount ?? null,
  };
}

function refundsOf(order: GraphOrder, lines: Lines): readonly InnerRefund[] {
  const returns = new Map((order.returns?.nodes ?? []).map((each) => [each.id, each.returnLineItems.nodes] as const));
  return (order.refunds ?? []).flatMap((refund) => {
    if (refund.refundLineItems === null) return [];
    const of = refund.return;
    const at = instantAt(refund.createdAt ?? refund.processedAt ?? '', 'refunds.createdAt');
    const reasons = of === null ? [] : (of.returnLineItems?.nodes ?? returns.get(of.id) ?? []);
    return {
      id: numberOf(refund.id),
      at,
      amount: shopMoney(refund.totalRefundedSet),
      return: of === null ? null : numberOf(of.id),
      reasons: reasons.map(handleOf),
      beforeDispatch: nothingSentBy(at, order.sent ?? order.fulfillments),
      lines: refund.refundLineItems.nodes.map(({ quantity, restockType, subtotalSet, lineItem }) => ({
        ...lineOf(lineItem, lines),
        quantity,
        restock: restockType.toLowerCase(),
        subtotal: shopMoney(subtotalSet),
      })),
    };
  });
}

const NEVER_SENT: readonly (string | null)[] = ['CANCELLED', 'ERROR', 'FAILURE'];

/** Whether no parcel of an order had been made by then: the same whenever one looks. */
function nothingSentBy(at: Instant, parcels: GraphOrder['fulfillments']): boolean {
  const sent = parcels?.filter(({ status }) => !NEVER_SENT.includes(status));
  if (sent === undefined) return false;
  return sent.every(({ createdAt }) => createdAt !== null && instantAt(createdAt, 'fulfillments.createdAt') > at);
}

function returnOf(each: NonNullable<GraphOrder['returns']>['nodes'][number], lines: Lines): InnerReturn {
  return {
    id: numberOf(each.id),
    status: each.status.toLowerCase(),
    at: instantAt(each.createdAt, 'returns.createdAt'),
    closedAt: each.closedAt === null ? null : instantAt(each.closedAt, 'returns.closedAt'),
    reasons: each.returnLineItems.nodes.map(handleOf),
    lines: each.returnLineItems.nodes.flatMap((line) => {
      const item = line.fulfillmentLineItem?.lineItem;
      if (item === undefined) return [];
      const worth = line.withCodeDiscountedTotalPriceSet;
      return {
        ...lineOf(item, lines),
        quantity: line.quantity,
        processed: line.processedQuantity ?? 0,
        worth: worth === null ? null : shopMoney(worth),
      };
    }),
  };
}

const handleOf = ({ returnReason, returnReasonDefinition }: GraphReason): string =>
  returnReasonDefinition?.handle ?? returnReason ?? 'unknown';

const disputeOf = (dispute: NonNullable<GraphOrder['disputes']>[number]): InnerDispute => ({
  id: numberOf(dispute.id),
  status: dispute.status.toLowerCase(),
  at: instantAt(dispute.initiatedAt, 'disputes.initiatedAt'),
  finalAt: dispute.finalizedOn === null ? null : instantAt(dispute.finalizedOn, 'disputes.finalizedOn'),
  amount: { amount: dispute.amount.amount, currency: dispute.amount.currencyCode },
  reason: (dispute.reasonDetails?.reason ?? 'general').toLowerCase(),
});

export const shopMoney = (bag: {
  readonly shopMoney: { readonly amount: string; readonly currencyCode: string };
}): InnerMoney => ({
  amount: bag.shopMoney.amount,
  currency: bag.shopMoney.currencyCode,
});

function addressOf(order: GraphOrder): { version: Instant; form: string } | null {
  const to = order.shippingAddress;
  if (to === null || order.updatedAt === null) return null;
  return {
    version: instantAt(order.updatedAt, 'updatedAt'),
    form: addressForm([to.address1, to.address2, to.zip, to.city, to.provinceCode, to.countryCodeV2]),
  };
}

/** Who an order is of, or (`order` null) an account. */
export function personOf(
  customer: GraphCustomer | null,
  order: GraphOrder | null,
  context: ReadingContext,
): InnerOrder['customer'] {
  const bill = placeOf(order?.billingAddress);
  const name = fullName(customer?.firstName, customer?.lastName) ?? fullName(bill?.first, bill?.last);
  return referenceOf(
    {
      id: customer === null ? null : numberOf(customer.id),
      email: customer?.defaultEmailAddress?.emailAddress ?? order?.email ?? null,
      phone: customer?.defaultPhoneNumber?.phoneNumber ?? order?.phone ?? null,
      name,
      language: order?.customerLocale ?? null,
      home:
        order === null
          ? homeOfHolder(name, placeOf(customer?.defaultAddress))
          : homeOfBuyer(name, bill, placeOf(order.shippingAddress)),
    },
    context,
  );
}

const placeOf = (address: GraphAddress | null | undefined): PlatformAddress | null =>
  address === null || address === undefined
    ? null
    : {
        first: address.firstName,
        last: address.lastName,
        line1: address.address1,
        line2: address.address2,
        postcode: address.zip,
        city: address.city,
        country: address.countryCodeV2,
      };
