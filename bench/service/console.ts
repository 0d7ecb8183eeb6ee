import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, median } from '../harness.ts';
import type { BenchShop } from './shop.ts';

const DAY = 86_400_000;
const shop = 'bench';

/** The customer page of somebody with 10,000 events, and how long an event takes to become a visible proposal. */
export async function benchConsole(bench: BenchShop): Promise<readonly Figure[]> {
  return [...(await bigCustomer(bench)), ...(await eventToProposal(bench))];
}

async function bigCustomer(bench: BenchShop): Promise<readonly Figure[]> {
  const customer = { externalId: 'big', email: 'big@example.org', name: 'Big Customer' };
  const now = Date.now();
  for (let batch = 0; batch < 10; batch++) {
    const events = Array.from({ length: 500 }, (_, index) => {
      const n = batch * 500 + index;
      const at = (days: number) => new Date(now - 700 * DAY + n * 2 * 3_600_000 + days * DAY).toISOString();
      const total = { amount: 5_000, currency: 'EUR' };
      const lines = [{ article: `A${n % 50}`, quantity: 1, unitPrice: '50.00' }];
      return [
        { kind: 'order.placed', id: `o${n}`, occurredAt: at(0), customer, body: { order: `O${n}`, total, lines } },
        n % 4 === 0
          ? {
              kind: 'return.received',
              id: `r${n}`,
              occurredAt: at(9),
              customer,
              body: { return: `R${n}`, order: `O${n}`, value: total, lines, reason: 'did_not_fit' },
            }
          : { kind: 'order.delivered', id: `d${n}`, occurredAt: at(2), customer, body: { order: `O${n}` } },
      ];
    }).flat();
    await bench.send(events);
  }
  const { items } = await bench.call('POST /api/shops/:shop/customers/search', {
    params: { shop },
    body: { q: 'big@example.org' },
  });
  const id = items[0]?.id;
  if (id === undefined) throw new Error('The big customer was not found');
  const page: number[] = [];
  const timeline: number[] = [];
  for (let round = 0; round < 15; round++) {
    const detail = await bench.timed('GET /api/shops/:shop/customers/:id', { params: { shop, id } });
    if (detail.answer.eventCount < 10_000) throw new Error(`The big customer has ${detail.answer.eventCount} events`);
    page.push(detail.milliseconds);
    timeline.push(
      (await bench.timed('GET /api/shops/:shop/customers/:id/timeline', { params: { shop, id } })).milliseconds,
    );
  }
  const group = 'Customer with 10,000 events';
  return [
    {
      group,
      name: 'page, median with the network of this machine',
      value: median(page),
      unit: 'ms',
      goal: { atMost: 300 },
    },
    { group, name: 'first 200 rows of the timeline', value: median(timeline), unit: 'ms', goal: { atMost: 300 } },
  ];
}

async function eventToProposal(bench: BenchShop): Promise<readonly Figure[]> {
  const took: number[] = [];
  for (let round = 0; round < 7; round++) {
    const customer = { externalId: `threat-${round}`, name: `Somebody ${round}` };
    const at = new Date(Date.now() - 3 * DAY).toISOString();
    const before = (await bench.call('GET /api/shops/:shop/review', { params: { shop } })).open;
    const begin = performance.now();
    await bench.send([
      {
        kind: 'message.received',
        id: `m${round}`,
        occurredAt: at,
        customer,
        body: { message: `M${round}`, channel: 'email', labels: ['threat_of_violence'] },
      },
    ]);
    while ((await bench.call('GET /api/shops/:shop/review', { params: { shop } })).open === before) {
      if (performance.now() - begin > 30_000) throw new Error('No proposal within 30 s');
      await pause(20);
    }
    took.push(performance.now() - begin);
  }
  const group = 'Event in to proposal visible';
  return [
    { group, name: 'median', value: median(took), unit: 'ms', goal: { atMost: 2_000 } },
    { group, name: 'slowest of 7', value: Math.max(...took), unit: 'ms', goal: { atMost: 2_000 } },
  ];
}
