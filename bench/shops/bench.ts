import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { signWebhook } from '../../src/adapters/net/standard-webhooks.ts';
import { type Instant, instant } from '../../src/core/shared/time.ts';
import { embeddedUrl, makeHome, startService, stopService } from '../../test/support/service-process.ts';
import type { Figure } from '../harness.ts';
import { median, percentile } from '../harness.ts';
import { openShop } from '../service/shop.ts';

const RATE = 50;
const SECONDS = 15;
const ROUNDS = 3;
const CUSTOMERS = 2_000;
const POLL_MS = 50;
const GROUP = `Webhooks of a connected shop, ${RATE} a second`;

interface Target {
  readonly url: string;
  readonly secret: string;
}

/**
 * Webhooks to the service as it runs, signed as a shop's own system signs them: how long each waits for its answer (it is durable then),
 * and how long until its customer was judged anew. In alternating rounds with a bare server that keeps nothing.
 */
export async function benchShops(): Promise<readonly Figure[]> {
  const home = makeHome();
  const service = await startService({ dataFolder: home.dataFolder });
  const bare = spawn(process.execPath, [join(import.meta.dirname, '..', 'service', 'bare.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const watched = new Client({ connectionString: embeddedUrl(home.dataFolder) });
  try {
    const shop = await openShop(service.url);
    const made = await shop.call('POST /api/shops/:shop/connections', {
      params: { shop: 'bench' },
      body: { platform: 'generic', address: 'https://shop.example', credentials: {} },
    });
    await watched.connect();
    const [port] = (await once(bare.stdout, 'data')) as [Buffer];
    const ours = { url: `${service.url}${new URL(made.hookUrl).pathname}`, secret: made.hookSecret ?? '' };
    const limit = { url: `http://127.0.0.1:${port.toString().trim()}/`, secret: ours.secret };
    await round(ours, null, 3, 'warm');
    await round(limit, null, 3, 'warm');
    const answers: number[] = [];
    const bareAnswers: number[] = [];
    const standings: number[] = [];
    for (let each = 0; each < ROUNDS; each += 1) {
      const measured = await round(ours, watched, SECONDS, `r${each}`);
      answers.push(...measured.answers);
      standings.push(...measured.standings);
      bareAnswers.push(...(await round(limit, null, SECONDS, `r${each}`)).answers);
    }
    return [
      { group: GROUP, name: 'answered, median', value: median(answers), unit: 'ms' },
      {
        group: GROUP,
        name: 'answered, 99th percentile',
        value: percentile(answers, 0.99),
        unit: 'ms',
        goal: { atMost: 50 },
      },
      { group: GROUP, name: 'bare node:http that keeps nothing, median', value: median(bareAnswers), unit: 'ms' },
      { group: GROUP, name: 'the same, 99th percentile', value: percentile(bareAnswers, 0.99), unit: 'ms' },
      { group: GROUP, name: 'to the new standing, median', value: median(standings), unit: 'ms' },
      {
        group: GROUP,
        name: 'to the new standing, 99th percentile',
        value: percentile(standings, 0.99),
        unit: 'ms',
        goal: { atMost: 2_000 },
      },
      {
        group: GROUP,
        name: 'to the new standing, slowest',
        value: Math.max(...standings),
        unit: 'ms',
        goal: { atMost: 2_000 },
      },
    ];
  } finally {
    bare.kill();
    await watched.end();
    await stopService(service);
    await home.remove();
  }
}

interface Round {
  readonly answers: readonly number[];
  readonly standings: readonly number[];
}

/** Sends webhooks at the rate, whether or not the ones before were answered, and waits until every customer was judged. */
async function round(target: Target, watched: Client | null, seconds: number, name: string): Promise<Round> {
  const sent = new Map<string, number>();
  const answers: number[] = [];
  const standings: number[] = [];
  const sending: Promise<void>[] = [];
  const begin = performance.now();
  const count = seconds * RATE;
  let over = false;
  const watching = watched === null ? null : watch(watched, sent, standings, () => over && sent.size === 0);
  for (let n = 0; n < count; n += 1) {
    const due = begin + (n * 1_000) / RATE;
    if (due > performance.now()) await setTimeout(due - performance.now());
    sending.push(
      send(target, `${name}-${n}`, n).then((milliseconds) => {
        answers.push(milliseconds);
      }),
    );
    sent.set(`order:${name}-${n}`, performance.now());
  }
  await Promise.all(sending);
  over = true;
  await watching;
  return { answers, standings };
}

async function send({ url, secret }: Target, order: string, n: number): Promise<number> {
  const now = instant(Date.now());
  const body = bodyOf(order, n, now);
  const begin = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signWebhook([secret], order, now, body) },
    body,
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`A webhook was answered ${response.status}`);
  return performance.now() - begin;
}

const bodyOf = (order: string, n: number, at: Instant): string =>
  JSON.stringify({
    surface: 'purchase',
    events: [
      {
        kind: 'order.placed',
        id: `order:${order}`,
        occurredAt: new Date(at).toISOString(),
        customer: { externalId: `C${(n * 7) % CUSTOMERS}`, email: `c${(n * 7) % CUSTOMERS}@example.org` },
        body: {
          order,
          total: { amount: 80_00, currency: 'EUR' },
          payment: 'card',
          lines: [{ article: 'A1', variant: 'V1', title: 'Coat', quantity: 1, unitPrice: '80.00' }],
        },
      },
    ],
  });

/** Notes when each order's customer was judged after the order was recorded. */
async function watch(
  client: Client,
  sent: Map<string, number>,
  standings: number[],
  isOver: () => boolean,
): Promise<void> {
  for (let quiet = 0; !isOver() && quiet < 2_000; quiet += 1) {
    await setTimeout(POLL_MS);
    const { rows } = await client.query<{ source_id: string }>(
      `select e.source_id from ledger_event e join customer c on c.shop_id = e.shop_id and c.id = e.customer_id
        where e.shop_id = (select id from shop) and e.source = 'generic' and e.source_id = any($1::text[]) and c.assessed_at >= e.recorded_at`,
      [[...sent.keys()]],
    );
    const now = performance.now();
    for (const { source_id } of rows) {
      standings.push(now - (sent.get(source_id) ?? now));
      sent.delete(source_id);
    }
    if (rows.length > 0) quiet = 0;
  }
  if (sent.size > 0) throw new Error(`${sent.size} webhooks never led to a new standing`);
}
