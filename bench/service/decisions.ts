import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { type Figure, median } from '../harness.ts';
import type { BenchShop } from './shop.ts';

const CONNECTIONS = 32;
const ROUNDS = 3;
const SECONDS = 4;

/** About 600 bytes, as a checkout would send them for somebody the shop has no measure about. */
const body = JSON.stringify({
  surface: 'purchase',
  customer: {
    externalId: 'customer-4711-of-the-web-shop',
    email: 'a.very.ordinary.customer@mail.example.org',
    phone: '+31201234567',
  },
  order: { reference: `2026-11-22-${'0'.repeat(100)}`, total: 12_995, currency: 'EUR', items: 3 },
  ip: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
  language: 'nl',
}).padEnd(600, ' ');

/** Decisions over HTTP for a stranger against a bare node:http server that parses the same body, 32 connections, alternating. */
export async function benchDecisions(shop: BenchShop): Promise<readonly Figure[]> {
  const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(bare.stdout, 'data')) as [Buffer];
    const targets = { ours: `${shop.url}/v1/decisions`, bare: `http://127.0.0.1:${port.toString().trim()}/` };
    await load(targets.ours, shop.key, 1);
    await load(targets.bare, shop.key, 1);
    const rates = { ours: [] as number[], bare: [] as number[] };
    const slowest = { ours: [] as number[], bare: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of ['ours', 'bare'] as const) {
        const result = await load(targets[name], shop.key, SECONDS);
        rates[name].push(result.requests.average);
        slowest[name].push(result.latency.p99);
      }
    }
    const group = 'Decisions over HTTP for a customer without measures, 32 connections';
    const [ours, limit] = [median(rates.ours), median(rates.bare)];
    return [
      { group, name: 'Evenhand', value: ours, unit: 'requests/s' },
      { group, name: '÷ bare node:http that parses the body', value: limit, unit: 'requests/s', ratio: ours / limit },
      { group, name: 'Evenhand, 99th percentile', value: median(slowest.ours), unit: 'ms' },
      { group, name: 'bare node:http, 99th percentile', value: median(slowest.bare), unit: 'ms' },
    ];
  } finally {
    bare.kill();
  }
}

async function load(url: string, key: string, seconds: number): Promise<autocannon.Result> {
  const result = await autocannon({
    url,
    method: 'POST',
    connections: CONNECTIONS,
    duration: seconds,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result;
}
