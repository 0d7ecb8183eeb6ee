import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BenchShop, openShop } from '../../bench/service/shop.ts';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { createEmptyDatabase, dropDatabase } from '../support/database.ts';
import { makeHome, type Service, startService } from '../support/service-process.ts';

/** Two processes of the service on one PostgreSQL, a proxy before them, and the same key: what docs/scaling.md describes. */
let databaseUrl: string;
let balancer: Balancer;
let shop: BenchShop;
const homes = [makeHome(), makeHome()];
const services: Service[] = [];
const key = randomBytes(32).toString('base64');

const start = (at: number): Promise<Service> =>
  startService({
    dataFolder: homes[at]?.dataFolder ?? '',
    environment: { DATABASE_URL: databaseUrl, EVENHAND_MASTER_KEY: key },
  });

beforeAll(async () => {
  databaseUrl = await createEmptyDatabase({ server: 'newest' });
  for (const at of [0, 1]) services.push(await start(at));
  balancer = await startBalancer(services.map(({ url }) => url));
  shop = await openShop(balancer.url);
}, 240_000);
afterAll(async () => {
  await balancer?.close();
  for (const service of services) service.process.kill('SIGKILL');
  await Promise.all(services.map(({ ended }) => ended));
  for (const home of homes) await home.remove();
  if (databaseUrl !== undefined) await dropDatabase(databaseUrl);
});

async function decide(url: string, externalId: string): Promise<string> {
  const response = await fetch(`${url}/v1/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ surface: 'purchase', customer: { externalId } }),
  });
  return response.ok ? ((await response.json()) as { outcome: string }).outcome : `${response.status}`;
}

/** Asks until the answer is right; under load a change may take longer to arrive than it should. */
async function until(right: string, ask: () => Promise<string>): Promise<string> {
  let answer = await ask();
  for (let tries = 0; answer !== right && tries < 600; tries++) {
    await pause(50);
    answer = await ask();
  }
  return answer;
}

async function customerOf(externalId: string): Promise<string> {
  const response = await fetch(`${balancer.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [
        {
          kind: 'order.placed',
          id: `order of ${externalId}`,
          occurredAt: '2026-02-01T10:00:00Z',
          customer: { externalId },
          body: { order: `order of ${externalId}`, total: { amount: 1995, currency: 'EUR' } },
        },
      ],
    }),
  });
  const answer = (await response.json()) as { results: { customer: string }[] };
  return answer.results[0]?.customer ?? '';
}

const restrict = (customer: string) =>
  shop.call('POST /api/shops/:shop/customers/:id/measures', {
    params: { shop: 'bench', id: customer },
    body: {
      type: 'restriction',
      obligations: ['prepayment_only'],
      until: new Date(Date.now() + 86_400_000).toISOString(),
      reason: 'Three parcels refused at the door.',
    },
  });

test('a session, a key and a measure made at one process hold at the other', async () => {
  const customer = await customerOf('C-1');
  expect(await decide(balancer.url, 'C-1')).toBe('allow');
  await restrict(customer);
  for (const { url } of services) expect(await until('challenge', () => decide(url, 'C-1'))).toBe('challenge');
  expect(await decide(balancer.url, 'C-2')).toBe('allow');
  expect([...balancer.answered.keys()].sort()).toEqual(services.map(({ url }) => url).sort());
}, 120_000);

test('when one process is killed the other answers, and it learns what it missed when it is back', async () => {
  const customer = await customerOf('C-3');
  const [first] = services;
  first?.process.kill('SIGKILL');
  await first?.ended;
  for (let ask = 0; ask < 10; ask++) expect(await decide(balancer.url, 'C-1')).toBe('challenge');
  await restrict(customer);
  expect(await until('challenge', () => decide(services[1]?.url ?? '', 'C-3'))).toBe('challenge');

  const back = await start(0);
  services[0] = back;
  balancer.serve(services.map(({ url }) => url));
  expect(await until('challenge', () => decide(back.url, 'C-3'))).toBe('challenge');
}, 120_000);
