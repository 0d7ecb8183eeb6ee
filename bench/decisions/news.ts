import { setTimeout as pause } from 'node:timers/promises';
import type { Shop } from '../../src/ports.ts';
import type { Decisions } from '../../src/workflows/decide/decisions.ts';
import { type Figure, median, percentile } from '../harness.ts';
import type { BenchShop } from '../service/shop.ts';

const CHANGES = 100;
const PATIENCE_MS = 10_000;

/** How long it takes from the answer to somebody who put a customer on the list until each of two processes stops that customer. */
export async function benchNews(bench: BenchShop, here: Decisions, shop: Shop): Promise<readonly Figure[]> {
  const took: number[] = [];
  // This process was busy for long: it hears now of connections that were closed meanwhile.
  await pause(500);
  for (let change = 0; change < CHANGES; change += 1) {
    const email = `listed-${change}@strangers.example`;
    const wish = { surface: 'login', customer: { email } } as const;
    const { results } = await bench.call('POST /api/shops/:shop/lists/entries', {
      params: { shop: 'bench' },
      body: {
        entries: [
          { list: 'deny', type: 'email', value: email, answer: 'review', reason: 'Measured here.', meant: false },
        ],
      },
    });
    if (results[0]?.status !== 'added') throw new Error(`Not put on the list: ${JSON.stringify(results)}`);
    const began = performance.now();
    const both = [
      until(async () => (await here.decide(shop, wish)) as { ok: boolean; value?: { outcome: string } }),
      until(async () => ({ ok: true, value: await overHttp(bench, wish) })),
    ];
    await Promise.all(both);
    took.push(performance.now() - began);
  }
  const group = 'A change of the lists, seen by two processes';
  return [
    { group, name: 'median', value: median(took), unit: 'ms' },
    { group, name: '99th percentile', value: percentile(took, 0.99), unit: 'ms', goal: { atMost: 1_000 } },
  ];
}

async function until(ask: () => Promise<{ ok: boolean; value?: { outcome: string } }>): Promise<void> {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; await pause(2)) {
    const made = await ask();
    if (made.ok && made.value?.outcome === 'review') return;
  }
  throw new Error('A change was not heard of');
}

async function overHttp({ url, key }: BenchShop, wish: object): Promise<{ outcome: string }> {
  const response = await fetch(`${url}/v1/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  return (await response.json()) as { outcome: string };
}
