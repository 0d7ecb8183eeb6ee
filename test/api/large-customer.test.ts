import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CustomerDetail } from '../../src/contracts/customers.ts';
import { instant } from '../../src/core/shared/time.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { startApi, type TestApi, type Visitor } from '../support/api.ts';

const LONGEST_MS = 300;
const ORDERS = 2_500;
const START = Date.UTC(2023, 0, 1);
const HOUR = 3_600_000;

let api: TestApi;
let owner: Visitor;
let customer: string;

beforeAll(async () => {
  api = await startApi();
  api.time.now = instant(Date.UTC(2026, 2, 1));
  owner = await api.owner();
  const shop = await api.deps.shops.bySlug('tulip');
  if (shop === null) throw new Error('No shop');
  const events = Array.from({ length: ORDERS }, (_, n) => lifeOf(n)).flat();
  for (let from = 0; from < events.length; from += 1_000) {
    const { results } = await recordEvents(api.deps, shop, events.slice(from, from + 1_000));
    customer = results[0]?.customer ?? '';
  }
}, 120_000);
afterAll(() => api.close());

/** Ordered, delivered, half of it sent back, refunded. */
function lifeOf(n: number) {
  const order = `o${n}`;
  const money = (amount: number) => ({ amount, currency: 'EUR' });
  const event = (kind: string, hours: number, body: object) => ({
    kind,
    id: `${kind} ${n}`,
    occurredAt: new Date(START + (n * 10 + hours) * HOUR).toISOString(),
    customer: { externalId: 'C-1', name: 'Bea Buyer' },
    body,
  });
  const lines = [{ article: 'A1', variant: 'M', quantity: 2, unitPrice: '25.00' }];
  return [
    event('order.placed', 0, { order, total: money(5_000), lines }),
    event('order.delivered', 2, { order }),
    event('return.received', 5, { return: `r${n}`, order, value: money(2_500), reason: 'did_not_fit' }),
    event('refund.issued', 6, { refund: `f${n}`, order, return: `r${n}`, amount: money(2_500), goodsBack: true }),
  ];
}

it(`opens the page of a customer with 10,000 events in less than ${LONGEST_MS} ms`, async () => {
  const times: number[] = [];
  let detail: CustomerDetail | null = null;
  for (let round = 0; round < 5; round += 1) {
    const begin = performance.now();
    const response = await owner.get(`/api/shops/tulip/customers/${customer}`);
    times.push(performance.now() - begin);
    expect(response.statusCode).toBe(200);
    detail = response.json() as CustomerDetail;
  }
  expect(detail?.eventCount).toBe(ORDERS * 4);
  expect(detail?.orders).toBe(ORDERS);
  // The best of five: what else the machine does meanwhile is not measured.
  expect(Math.min(...times)).toBeLessThan(LONGEST_MS);
});

it('reads a thousand rows of its timeline at once, and the last ones as fast as the first', async () => {
  const first = (await owner.get(`/api/shops/tulip/customers/${customer}/timeline?limit=1000`)).json();
  expect(first.items).toHaveLength(1_000);
  const times: number[] = [];
  let read = first.items.length;
  for (let next = first.next; next !== null; ) {
    const begin = performance.now();
    const page = (await owner.get(`/api/shops/tulip/customers/${customer}/timeline?limit=1000&cursor=${next}`)).json();
    times.push(performance.now() - begin);
    read += page.items.length;
    next = page.next;
  }
  // One more than was reported: how the customer was recognised.
  expect(read).toBe(ORDERS * 4 + 1);
  expect(Math.min(...times)).toBeLessThan(LONGEST_MS);
});
