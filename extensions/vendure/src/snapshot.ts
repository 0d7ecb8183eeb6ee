import type { Customer, Order, OrderLine, Payment, Refund } from '@vendure/core';
import type { OrderHistoryEntry } from '@vendure/core/dist/entity/history-entry/order-history-entry.entity';
import type {
  CustomerData,
  HomeData,
  LineData,
  OrderData,
  PaymentData,
  PaymentKind,
  ReasonCode,
  RefundData,
  TakenBackData,
} from './payload';
import { reasonOf } from './reasons';

/** What is needed to tell an order: with its lines, payments, refunds and modifications loaded, and its history from the first entry on. */
export interface Told {
  readonly order: Order;
  readonly history: readonly OrderHistoryEntry[];
  /** In which titles are given. */
  readonly languageCode: string;
  readonly precision: number;
  readonly paymentKinds: Readonly<Record<string, PaymentKind>>;
  readonly reasons: Readonly<Record<string, ReasonCode>>;
  readonly language: string | null;
  readonly asked: boolean;
}

/** Everything that happened to an order. The same whenever it is taken, but for what happened since. */
export function orderData(told: Told): OrderData {
  const { order, reasons } = told;
  const placedAt = order.orderPlacedAt ?? null;
  const cancelledAt = placedAt === null ? null : firstState(told, 'Cancelled');
  const takenBack = cancellations(told);
  return {
    id: String(order.id),
    code: order.code,
    state: order.state,
    currency: order.currencyCode,
    precision: told.precision,
    placedAt: iso(placedAt),
    customer: order.customer === undefined || order.customer === null ? null : customerData(order.customer),
    home: homeData(order),
    language: told.language,
    asked: told.asked,
    total: totalAsPlaced(order),
    lines: order.lines.filter((line) => line.orderPlacedQuantity > 0).map((line) => lineData(line, told.languageCode)),
    payments: order.payments.map((payment) => paymentData(payment, told)),
    dispatchedAt: iso(firstState(told, 'Shipped', 'PartiallyShipped', 'PartiallyDelivered', 'Delivered')),
    allSentAt: iso(firstState(told, 'Shipped', 'Delivered')),
    deliveredAt: iso(firstState(told, 'Delivered')),
    cancelled:
      cancelledAt === null
        ? null
        : { at: cancelledAt.toISOString(), reason: takenBack.at(-1)?.reason ?? 'unspecified' },
    takenBack,
    refunds: order.payments
      .flatMap(({ refunds }) => refunds ?? [])
      .toSorted(byTime)
      .map((refund) => refundData(refund, told.history, reasons)),
    moved: (order.modifications ?? [])
      .filter(({ shippingAddressChange }) => changesPlace(shippingAddressChange))
      .toSorted(byTime)
      .map(({ id, createdAt }) => ({ id: String(id), at: createdAt.toISOString() })),
  };
}

/** Presents go to others, whose addresses are nobody's business here: without a bill's, only one that bears the customer's own name. */
export function homeData({
  billingAddress: bill,
  shippingAddress: parcel,
  customer,
}: Pick<Order, 'billingAddress' | 'shippingAddress' | 'customer'>): HomeData | null {
  const own = customer === undefined || customer === null ? '' : plain(nameOf(customer));
  return addressData(bill) ?? (own !== '' && own === plain(parcel?.fullName) ? addressData(parcel) : null);
}

function addressData(address: Order['billingAddress'] | null | undefined): HomeData | null {
  const line1 = address?.streetLine1?.trim() ?? '';
  if (line1 === '') return null;
  return {
    line1,
    line2: address?.streetLine2 ?? null,
    postcode: address?.postalCode ?? null,
    city: address?.city ?? null,
    country: address?.countryCode ?? null,
  };
}

const plain = (name: string | null | undefined): string =>
  (name ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const nameOf = ({ firstName, lastName }: Customer): string => `${firstName ?? ''} ${lastName ?? ''}`.trim();

export function customerData(customer: Customer): CustomerData {
  const name = nameOf(customer);
  return {
    id: String(customer.id),
    email: customer.emailAddress,
    phone: customer.phoneNumber === null || customer.phoneNumber === '' ? null : (customer.phoneNumber ?? null),
    name: name === '' ? null : name,
    registeredAt: iso(customer.user?.createdAt ?? null),
    deletedAt: iso(customer.deletedAt ?? null),
  };
}

/**
 * What was to be paid when the order was placed. An order is placed when its payments cover it to the cent, and payments do not
 * change; its lines and totals do. Shops that take orders without a payment are told by what the lines and the postage come to.
 */
function totalAsPlaced(order: Order): number {
  const later = new Set((order.modifications ?? []).map(({ payment }) => payment?.id));
  const placed = order.orderPlacedAt?.getTime();
  const paid =
    placed === undefined
      ? []
      : order.payments.filter(
          (payment) =>
            payment.createdAt.getTime() <= placed &&
            !later.has(payment.id) &&
            !['Declined', 'Error', 'Created'].includes(payment.state),
        );
  if (paid.length > 0) return paid.reduce((sum, { amount }) => sum + amount, 0);
  const goods = order.lines.reduce((sum, line) => sum + Math.round(paidPerUnit(line) * line.orderPlacedQuantity), 0);
  return placed === undefined ? order.totalWithTax : goods + order.shippingWithTax;
}

function lineData(line: OrderLine, languageCode: string): LineData {
  const { productVariant: variant } = line;
  const translations = variant.translations ?? [];
  const title =
    translations.find((each) => each.languageCode === languageCode)?.name ?? translations[0]?.name ?? variant.sku;
  return {
    id: String(line.id),
    product: String(variant.productId),
    variant: String(variant.id),
    title: title.slice(0, 200),
    quantity: line.orderPlacedQuantity,
    unitPrice: line.unitPriceWithTax,
    paid: Math.round(paidPerUnit(line)),
  };
}

/** With tax, less discounts, spread over what was ordered: Vendure's own figure forgets the discounts of a line that was cancelled. */
function paidPerUnit(line: OrderLine): number {
  const ordered = Math.max(line.orderPlacedQuantity, line.quantity, 1);
  const listed = line.listPrice + (line.adjustments ?? []).reduce((sum, { amount }) => sum + amount, 0) / ordered;
  return line.listPriceIncludesTax ? listed : listed * (1 + line.taxRate / 100);
}

function paymentData(payment: Payment, { history, paymentKinds }: Told): PaymentData {
  const when = (...states: string[]): string | null =>
    iso(
      history.find(
        ({ type, data }) =>
          type === 'ORDER_PAYMENT_TRANSITION' &&
          String(data.paymentId) === String(payment.id) &&
          states.includes(data.to),
      )?.createdAt ?? (states.includes(payment.state) ? payment.createdAt : null),
    );
  return {
    id: String(payment.id),
    amount: payment.amount,
    kind: paymentKinds[payment.method] ?? 'other',
    settledAt: when('Settled'),
    failedAt: when('Declined', 'Error'),
    technical: payment.state === 'Error',
  };
}

function refundData(
  refund: Refund,
  history: readonly OrderHistoryEntry[],
  reasons: Readonly<Record<string, ReasonCode>>,
): RefundData {
  const settled = history.find(
    ({ type, data }) =>
      type === 'ORDER_REFUND_TRANSITION' && String(data.refundId) === String(refund.id) && data.to === 'Settled',
  );
  return {
    id: String(refund.id),
    at: refund.createdAt.toISOString(),
    settledAt: iso(settled?.createdAt ?? (refund.state === 'Settled' ? refund.createdAt : null)),
    amount: refund.total,
    reason: reasonOf(refund.reason, reasons),
    lines: (refund.lines ?? []).map(({ orderLineId, quantity }) => ({ line: String(orderLineId), quantity })),
  };
}

function cancellations({ history, reasons }: Told): readonly TakenBackData[] {
  return history
    .filter(({ type }) => type === 'ORDER_CANCELLATION')
    .map(({ id, createdAt, data }) => ({
      id: String(id),
      at: createdAt.toISOString(),
      reason: reasonOf(data.reason, reasons),
      lines: (data.lines as { orderLineId: string | number; quantity: number }[])
        .filter(({ quantity }) => quantity > 0)
        .map(({ orderLineId, quantity }) => ({ line: String(orderLineId), quantity })),
    }))
    .filter(({ lines }) => lines.length > 0);
}

function firstState({ history }: Told, ...states: string[]): Date | null {
  const entry = history.find(({ type, data }) => type === 'ORDER_STATE_TRANSITION' && states.includes(data.to));
  return entry?.createdAt ?? null;
}

/** A new name or telephone number on the parcel is no new place. */
function changesPlace(change: object | null | undefined): boolean {
  const place = ['streetLine1', 'streetLine2', 'city', 'postalCode', 'province', 'countryCode'];
  return Object.entries(change ?? {}).some(
    ([field, value]) => place.includes(field) && value !== null && value !== undefined,
  );
}

const byTime = (a: { createdAt: Date }, b: { createdAt: Date }): number =>
  a.createdAt.getTime() - b.createdAt.getTime();
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
