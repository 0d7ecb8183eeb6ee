import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenchShop, openShop } from '../../bench/service/shop.ts';
import { onDatabase } from '../support/database.ts';
import { makeOwnServer, type OwnServer } from '../support/own-server.ts';
import { makeHome, type Service, startService } from '../support/service-process.ts';

/** A service of its own on a server of its own that is stopped, and started, under it. */
let server: OwnServer;
let service: Service;
let shop: BenchShop;
const home = makeHome();
const key = randomBytes(32).toString('base64');

const start = (): Promise<Service> =>
  startService({
    dataFolder: home.dataFolder,
    environment: { DATABASE_URL: server.databaseUrl, EVENHAND_MASTER_KEY: key },
  });
const kill = async (): Promise<void> => {
  service.process.kill('SIGKILL');
  await service.ended;
};

beforeAll(async () => {
  server = await makeOwnServer();
  service = await start();
  shop = await openShop(service.url);
  const { results } = (await (
    await post('/v1/events', {
      events: [
        {
          kind: 'order.placed',
          id: 'o-1',
          occurredAt: '2026-02-01T10:00:00Z',
          customer: { externalId: 'blocked' },
          body: { order: 'o-1', total: { amount: 1995, currency: 'EUR' } },
        },
      ],
    })
  ).json()) as { results: { customer: string }[] };
  await shop.call('POST /api/shops/:shop/customers/:id/measures', {
    params: { shop: 'bench', id: results[0]?.customer ?? '' },
    body: {
      type: 'block',
      surfaces: ['purchase'],
      until: new Date(Date.now() + 86_400_000).toISOString(),
      reason: 'Threatened the courier.',
    },
  });
  const open = { mode: 'open', staleAfterSeconds: 300 } as const;
  await shop.call('PATCH /api/shops/:shop/settings', {
    params: { shop: 'bench' },
    body: {
      surfaces: {
        purchase: open,
        contact: { mode: 'closed', staleAfterSeconds: 5 },
        return: { mode: 'challenge', staleAfterSeconds: 5 },
        review: open,
        login: { mode: 'closed', staleAfterSeconds: 5 },
      },
    },
  });
  await until(
    () => decide('blocked'),
    ({ outcome }) => outcome === 'deny',
  );
  // The key is remembered with the shop's settings for some seconds.
  await pause(3_500);
  await decide('stranger', 'login');
}, 240_000);
afterAll(async () => {
  service?.process.kill('SIGKILL');
  await service?.ended;
  await server?.remove();
  await home.remove();
}, 60_000);

interface Answer {
  readonly status: number;
  readonly decision: string;
  readonly outcome: string;
  readonly stale: boolean;
  readonly message: { readonly text: string } | null;
}

const post = (path: string, body: object) =>
  fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function decide(externalId: string, surface = 'purchase'): Promise<Answer> {
  const response = await post('/v1/decisions', { surface, customer: { externalId } });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

/** Under load everything takes longer than it should; nothing here is true because of its time. */
async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    if (right(answer)) return answer;
    if (tries >= 600) throw new Error(`It never became so: ${JSON.stringify(answer)}`);
    await pause(100);
  }
}

/** What the ledger says was answered: decisions by their ids, and how many plain allows at purchases. */
const recorded = () =>
  onDatabase(server.databaseUrl, async (client) => {
    const made = await client.query<{ id: string }>(
      `select body ->> 'decision' as id from ledger_event where kind = 'decision.made'`,
    );
    const allowed = await client.query<{ count: number }>(
      `select coalesce(sum((body -> 'surfaces' ->> 'purchase')::int), 0)::int as count from ledger_event where kind = 'decisions.allowed'`,
    );
    return { made: made.rows.map(({ id }) => id).sort(), allowed: allowed.rows[0]?.count ?? 0 };
  });
const readiness = async () => {
  const response = await fetch(`${service.url}/readyz`);
  return { code: response.status, ...((await response.json()) as { status: string; staleSeconds?: number }) };
};

describe('when the database goes away', () => {
  it('goes on deciding under load, says that it may be out of date, and loses nothing that was not a plain allow', async () => {
    const before = await until(recorded, ({ allowed }) => allowed >= 0);
    const answers: Answer[] = [];
    let stopping = false;
    const asking = Array.from({ length: 8 }, async (_, index) => {
      for (let n = 0; !stopping; n += 1) {
        answers.push(await decide(index % 2 === 0 ? 'blocked' : `stranger ${n}`));
        await pause(20);
      }
    });
    const more = (count: number) =>
      until(
        async () => answers.length,
        (
          (from) => (length) =>
            length >= from + count
        )(answers.length),
      );
    await more(50);
    await server.stop();
    await more(100);

    const login = await until(
      () => decide('stranger', 'login'),
      ({ stale }) => stale,
    );
    expect(login).toMatchObject({ outcome: 'deny', message: { text: expect.stringContaining('Nobody can sign in') } });
    expect(await decide('stranger', 'contact')).toMatchObject({ outcome: 'review', stale: true });
    expect(await decide('stranger', 'return')).toMatchObject({ outcome: 'challenge', stale: true });
    expect(await decide('stranger', 'review')).toMatchObject({ outcome: 'allow', stale: false });
    expect(await readiness()).toMatchObject({ code: 200, status: 'degraded', staleSeconds: expect.any(Number) });
    await more(50);

    await server.start();
    await until(readiness, ({ status }) => status === 'ready');
    await until(
      () => decide('stranger', 'login'),
      ({ stale }) => !stale,
    );
    await more(50);
    stopping = true;
    await Promise.all(asking);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['deny', 'allow']));
    const denied = answers.filter(({ outcome }) => outcome === 'deny').map(({ decision }) => decision);
    const allowed = answers.length - denied.length;
    const ledger = await until(
      recorded,
      ({ made, allowed: count }) => denied.every((id) => made.includes(id)) && count - before.allowed >= allowed,
    );
    expect(new Set(ledger.made).size).toBe(ledger.made.length);
    expect(ledger.allowed - before.allowed).toBe(allowed);
  }, 240_000);

  it('delivers what it answered when it is killed before the database is back', async () => {
    await server.stop();
    const denied: Answer[] = [];
    for (let n = 0; n < 20; n += 1) denied.push(await decide('blocked'));
    expect(denied.every(({ outcome }) => outcome === 'deny')).toBe(true);
    await kill();
    await server.start();
    service = await start();
    await until(recorded, ({ made }) => denied.every(({ decision }) => made.includes(decision)));
    const { made } = await recorded();
    expect(new Set(made).size).toBe(made.length);
  }, 240_000);
});

it('loses no more than plain allows of a moment when it is killed', async () => {
  const allow = (count: number) => Promise.all(Array.from({ length: count }, (_, index) => decide(`guest ${index}`)));
  const { allowed: before } = await recorded();
  await allow(100);
  await until(recorded, ({ allowed }) => allowed === before + 100);
  const [denied] = await Promise.all([decide('blocked'), allow(50)]);
  await kill();
  const { made, allowed } = await recorded();
  expect(made).toContain(denied.decision);
  expect(allowed).toBeGreaterThanOrEqual(before + 100);
  expect(allowed).toBeLessThanOrEqual(before + 150);
  service = await start();
  expect((await decide('blocked')).outcome).toBe('deny');
}, 120_000);
