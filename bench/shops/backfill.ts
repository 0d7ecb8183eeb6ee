import { shopify } from '../../src/adapters/shops/shopify/platform.ts';
import { SCOPES } from '../../src/adapters/shops/shopify/scopes.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { Json } from '../../src/ports/platforms.ts';
import { reachTo } from '../../test/support/shopify-server/reach.ts';
import { publishedSchema, WITHOUT_SCHEMA } from '../../test/support/shopify-server/schema.ts';
import { ShopifyServer } from '../../test/support/shopify-server/server.ts';
import type { MemoryShop } from '../../test/support/shopify-server/shop.ts';
import type { Figure } from '../harness.ts';

const ORDERS = 100_000;
/** One order in twenty has a refund, whose lines a bulk operation cannot give: each of those is paid for in points. */
const REFUNDED_EVERY = 20;
const CUSTOMERS = 20_000;
/** Of Shopify Plus, as stated: 1,000 points a second, and twenty seconds of them at the beginning. */
const PLUS = { maximum: 20_000, restoreRate: 1_000 };
/** Shopify states no pace of bulk operations: this one is set high, so that waiting for it hides little of what we take. */
const PACE = { objectsPerSecond: 10_000 };

/**
 * The past of 100,000 orders, read from a server on this machine that keeps to Shopify's stated limits. The least time is what those limits
 * leave: the pace of the bulk operation, and after it the points that refunds cost beyond what the bucket holds.
 */
export async function benchBackfill(): Promise<readonly Figure[]> {
  const published = publishedSchema();
  if (published === null) {
    console.error(`  back-fill is left out. ${WITHOUT_SCHEMA}`);
    return [];
  }
  const server = await new ShopifyServer({
    published,
    scopes: SCOPES.map(({ name }) => name),
    bucket: PLUS,
    pace: PACE,
  }).start();
  try {
    fill(server.shop);
    const began = performance.now();
    const { orders, events, made, work } = await readAll(server);
    const took = (performance.now() - began - made) / 1_000;
    if (orders !== ORDERS || events !== expected()) throw new Error(`${orders} orders and ${events} events were read`);
    const objects = [...server.bulk.all.values()].map((one) => one.objects);
    // Both operations run at once, so the longer of them counts.
    const files = Math.max(...objects) / PACE.objectsPerSecond;
    const points = Math.max(server.throttle.spent - PLUS.maximum, 0) / PLUS.restoreRate;
    const least = files + points;
    return [
      { group: 'Shopify', name: `back-fill of ${ORDERS} orders`, value: took, unit: 's' },
      {
        group: 'Shopify',
        name: 'against its stated limits',
        value: least,
        unit: 's',
        ratio: took / least,
        goal: { atMost: 1.1 },
      },
      { group: 'Shopify', name: 'of it at work, with the server’s own work', value: work, unit: 's of one core' },
      { group: 'Shopify', name: 'points paid', value: server.throttle.spent, unit: 'points' },
    ];
  } finally {
    await server.stop();
  }
}

const expected = (): number => CUSTOMERS + ORDERS * 2 + (ORDERS / REFUNDED_EVERY) * 2;

async function readAll(server: ShopifyServer) {
  if (shopify.history === null) throw new Error('Shopify has a history');
  let cursor: Json | null = null;
  let [orders, events, made] = [0, 0, 0];
  const known = new Map<string, string>();
  let worked = process.cpuUsage();
  do {
    const began = performance.now();
    const page = await shopify.history(reachTo(server, { now: instant(Date.now()) }), cursor, null);
    if (cursor === null) {
      // The server writes the whole file at once, which Shopify does while time goes by.
      made = performance.now() - began;
      worked = process.cpuUsage();
      for (const operation of server.bulk.all.values()) Object.assign(operation, { createdAt: Date.now() });
    }
    if (!page.ok) {
      if (page.error.kind !== 'limited') throw new Error(JSON.stringify(page.error));
      await sleep(page.error.retryAfterMs);
      continue;
    }
    for (const record of page.value.records) {
      const read = shopify.read(record, {
        source: 'shopify',
        customerNumber: (id) => id,
        orderName: (id) => known.get(id) ?? null,
        currency: 'EUR',
        timeZone: 'Europe/Amsterdam',
      });
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      if (record.topic === 'graphql/order') orders += 1;
      events += read.value.events.length;
    }
    cursor = page.value.next;
    if (page.value.waitMs > 0) await sleep(page.value.waitMs);
  } while (cursor !== null);
  return { orders, events, made, work: process.cpuUsage(worked).user / 1_000_000 };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } });

function fill(shop: MemoryShop): void {
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const id = `gid://shopify/Customer/${n}`;
    shop.customers.set(id, {
      id,
      createdAt: '2026-01-01T09:00:00Z',
      updatedAt: '2026-01-01T09:00:00Z',
      firstName: 'Customer',
      lastName: String(n),
      defaultEmailAddress: { emailAddress: `customer-${n}@example.com` },
      defaultPhoneNumber: null,
    });
  }
  for (let n = 0; n < ORDERS; n += 1) {
    const id = `gid://shopify/Order/${n}`;
    const at = new Date(Date.UTC(2026, 0, 2) + n * 60_000).toISOString();
    const lines = [0, 1].map((part) => ({
      id: `gid://shopify/LineItem/${n * 2 + part}`,
      title: `Article ${(n + part) % 997}`,
      sku: `SKU-${(n + part) % 997}`,
      quantity: 1,
      product: { id: `gid://shopify/Product/${(n + part) % 997}` },
      variant: { id: `gid://shopify/ProductVariant/${(n + part) % 997}` },
      originalUnitPriceSet: money('25.0'),
    }));
    const refunded =
      n % REFUNDED_EVERY === 0
        ? [
            {
              id: `gid://shopify/Refund/${n}`,
              createdAt: at,
              processedAt: at,
              totalRefundedSet: money('25.0'),
              lines: [
                {
                  id: `gid://shopify/RefundLineItem/${n}`,
                  quantity: 1,
                  restockType: 'RETURN',
                  subtotalSet: money('25.0'),
                  lineItemId: `gid://shopify/LineItem/${n * 2}`,
                },
              ],
            },
          ]
        : [];
    shop.orders.set(id, {
      id,
      name: `#${1_001 + n}`,
      currencyCode: 'EUR',
      createdAt: at,
      processedAt: at,
      updatedAt: at,
      edited: false,
      cancelledAt: null,
      cancelReason: null,
      email: `customer-${n % CUSTOMERS}@example.com`,
      phone: null,
      customerLocale: 'nl',
      displayFulfillmentStatus: 'UNFULFILLED',
      customerId: `gid://shopify/Customer/${n % CUSTOMERS}`,
      paymentGatewayNames: ['shopify_payments'],
      originalTotalPriceSet: money('50.0'),
      shippingAddress: null,
      lines,
      payments: [
        {
          id: `gid://shopify/OrderTransaction/${n}`,
          kind: 'SALE',
          status: 'SUCCESS',
          createdAt: at,
          processedAt: at,
          errorCode: null,
          amountSet: money('50.0'),
        },
      ],
      parcels: [],
      refunded,
      returned: [],
    });
  }
}
