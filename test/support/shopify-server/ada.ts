import type { MemoryShop, ShopOrder, Thing } from './shop.ts';

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } });
const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;

export const ADA = gid('Customer', 7_012_345_678_901);
export const COAT_ORDER = gid('Order', 5_501_000_000_001);
export const HAT_ORDER = gid('Order', 5_501_000_000_002);

const line = (id: number, product: number, variant: number, title: string, quantity: number, price: string): Thing => ({
  id: gid('LineItem', id),
  title,
  sku: `SKU-${product}`,
  quantity,
  product: { id: gid('Product', product) },
  variant: { id: gid('ProductVariant', variant) },
  originalUnitPriceSet: money(price),
});

const home = {
  firstName: 'Ada',
  lastName: 'Story',
  address1: 'Keizersgracht 1',
  address2: null,
  city: 'Amsterdam',
  zip: '1015 CJ',
  provinceCode: null,
  countryCodeV2: 'NL',
};

const order = (id: string, name: string, at: string, updatedAt: string, total: string) => ({
  id,
  name,
  currencyCode: 'EUR',
  createdAt: at,
  processedAt: at,
  updatedAt,
  edited: false,
  cancelledAt: null,
  cancelReason: null,
  email: 'ada.story@example.com',
  phone: null,
  customerLocale: 'nl',
  displayFulfillmentStatus: 'UNFULFILLED',
  customerId: ADA,
  paymentGatewayNames: ['shopify_payments'],
  originalTotalPriceSet: money(total),
  clientIp: '81.2.69.160',
  billingAddress: home,
  shippingAddress: home,
});

const paid = (id: number, amount: string, at: string): Thing => ({
  id: gid('OrderTransaction', id),
  kind: 'SALE',
  status: 'SUCCESS',
  createdAt: at,
  processedAt: at,
  errorCode: null,
  amountSet: money(amount),
});
const reason = { returnReason: 'UNWANTED', returnReasonDefinition: { handle: 'unwanted' } };

/** Ada and her two orders as Shopify keeps them when her story is over. */
export function putAda(shop: MemoryShop): void {
  shop.customers.set(ADA, {
    id: ADA,
    createdAt: '2026-03-01T09:00:00Z',
    updatedAt: '2026-03-12T18:00:00Z',
    firstName: 'Ada',
    lastName: 'Story',
    defaultEmailAddress: { emailAddress: 'ada.story@example.com' },
    defaultPhoneNumber: { phoneNumber: '+31612345678' },
    defaultAddress: home,
    tags: ['vip'],
    note: 'Likes blue.',
  });
  const coat: ShopOrder = {
    ...order(COAT_ORDER, '#1001', '2026-03-02T10:00:00Z', '2026-03-10T15:00:00Z', '120.0'),
    lines: [line(14_001, 8_001, 44_001, 'Coat', 1, '80.0'), line(14_002, 8_002, 44_002, 'Scarf', 2, '20.0')],
    payments: [paid(6_001, '120.0', '2026-03-02T10:00:05Z')],
    parcels: [
      {
        id: gid('Fulfillment', 4_701),
        status: 'SUCCESS',
        createdAt: '2026-03-03T09:00:00Z',
        deliveredAt: '2026-03-05T12:00:00Z',
      },
    ],
    returned: [
      {
        id: gid('Return', 3_201),
        status: 'CLOSED',
        createdAt: '2026-03-07T09:00:00Z',
        closedAt: '2026-03-10T15:00:00Z',
        lines: [
          {
            id: gid('ReturnLineItem', 3_301),
            ...reason,
            quantity: 1,
            processedQuantity: 1,
            withCodeDiscountedTotalPriceSet: money('20.0'),
            lineItemId: gid('LineItem', 14_002),
          },
        ],
      },
    ],
    refunded: [
      {
        id: gid('Refund', 9_501),
        createdAt: '2026-03-10T15:00:00Z',
        processedAt: '2026-03-10T15:00:00Z',
        totalRefundedSet: money('20.0'),
        returnId: gid('Return', 3_201),
        lines: [
          {
            id: gid('RefundLineItem', 9_601),
            quantity: 1,
            restockType: 'RETURN',
            subtotalSet: money('20.0'),
            lineItemId: gid('LineItem', 14_002),
          },
        ],
      },
    ],
  };
  const hat: ShopOrder = {
    ...order(HAT_ORDER, '#1002', '2026-03-12T11:00:00Z', '2026-03-12T18:00:00Z', '50.0'),
    lines: [line(14_003, 8_003, 44_003, 'Hat', 1, '50.0')],
    payments: [paid(6_002, '50.0', '2026-03-12T11:00:05Z')],
    parcels: [],
    returned: [],
    refunded: [],
  };
  shop.orders.set(coat.id, coat);
  shop.orders.set(hat.id, hat);
  shop.disputes.push({
    id: gid('ShopifyPaymentsDispute', 9_301),
    status: 'LOST',
    initiatedAt: '2026-03-20T08:00:00Z',
    finalizedOn: '2026-04-02T08:00:00Z',
    amount: { amount: '50.0', currencyCode: 'EUR' },
    reasonDetails: { reason: 'FRAUDULENT' },
    orderId: HAT_ORDER,
  });
}
