import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPeriod, parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { createTestDatabase, onDatabase, type TestDatabase } from '../support/database.ts';
import type { Asked, Told } from '../support/deciding-process.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

/** Two processes that decide, on one database that a third changes. */
let database: TestDatabase;
let deps: Deps;
let shop: Shop;
let mia: Awaited<ReturnType<typeof hire>>;
const clock = testClock(new Date().toISOString());
const processes: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  deps = testDeps(database, clock);
  shop = await makeTestShop(database, clock);
  mia = await hire(testStaff(database, deps.vault), clock, shop, 'Mia', 'manager');
  for (const name of ['one', 'two']) {
    const child = fork(join(import.meta.dirname, '..', 'support', 'deciding-process.ts'), [
      database.serviceUrl,
      shop.slug,
      name,
    ]);
    child.setMaxListeners(0);
    processes.push(child);
    await once(child, 'message');
  }
}, 120_000);
afterAll(async () => {
  for (const child of processes) {
    child.send({ stop: true } satisfies Asked);
    await once(child, 'exit');
  }
  await database.drop();
});

let asked = 0;
/** What a process answers. */
async function ask(child: ChildProcess, externalId: string): Promise<string> {
  asked += 1;
  const number = asked;
  const answer = new Promise<string>((resolve) => {
    const hear = (told: Told): void => {
      if (told.number !== number) return;
      child.off('message', hear);
      resolve(told.outcome);
    };
    child.on('message', hear);
  });
  child.send({ number, externalId } satisfies Asked);
  return answer;
}
const askBoth = (externalId: string) => Promise.all(processes.map((child) => ask(child, externalId)));

async function customer(externalId: string) {
  const recorded = await recordEvents(deps, shop, [
    {
      kind: 'account.created',
      id: `account:${externalId}`,
      occurredAt: '2026-01-01T10:00:00Z',
      customer: { externalId },
    },
  ]);
  return recorded.results[0]?.customer ?? '';
}
const block = async (externalId: string) =>
  unwrap(
    await takeMeasure(
      { ...deps, policies: new PolicyShelf(deps.store.policies) },
      shop,
      mia,
      (await customer(externalId)) as never,
      {
        type: 'block',
        obligations: [],
        surfaces: ['purchase'],
        until: addPeriod(clock.now(), unwrap(parsePeriod('30 days'))),
        reason: 'Threatened the courier.',
        evidence: [],
        rule: undefined,
      },
    ),
  );
const both = (outcome: string) => ({ timeout: 30_000, interval: 20, outcome: [outcome, outcome] });

it('lets both know what changes', async () => {
  expect(await askBoth('ada')).toEqual(['allow', 'allow']);
  const { outcome, ...patience } = both('deny');
  const measure = await block('ada');
  await expect.poll(() => askBoth('ada'), patience).toEqual(outcome);
  unwrap(await liftMeasure(deps, shop, mia, measure, 'Sorry.'));
  await expect.poll(() => askBoth('ada'), patience).toEqual(both('allow').outcome);
}, 120_000);

it.each(['told', 'polls'])(
  'lets one know that only %s',
  async (only) => {
    const child = fork(join(import.meta.dirname, '..', 'support', 'deciding-process.ts'), [
      database.serviceUrl,
      shop.slug,
      only,
      only,
    ]);
    child.setMaxListeners(0);
    await once(child, 'message');
    try {
      expect(await ask(child, only)).toBe('allow');
      const measure = await block(only);
      await expect.poll(() => ask(child, only), { timeout: 30_000, interval: 20 }).toBe('deny');
      unwrap(await liftMeasure(deps, shop, mia, measure, 'Sorry.'));
      await expect.poll(() => ask(child, only), { timeout: 30_000, interval: 20 }).toBe('allow');
    } finally {
      child.send({ stop: true } satisfies Asked);
      await once(child, 'exit');
    }
  },
  120_000,
);

it('lets one know whose connection was killed, and all that happened meanwhile', async () => {
  const { outcome, ...patience } = both('deny');
  const listening = () =>
    onDatabase(database.adminUrl, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name = 'evenhand changes' order by backend_start`,
      );
      return rows.map(({ pid }) => pid);
    });
  const before = await listening();
  expect(before).toHaveLength(2);
  await onDatabase(database.adminUrl, (client) => client.query('select pg_terminate_backend($1)', [before[0]]));
  for (const name of ['b-1', 'b-2', 'b-3']) await block(name);
  for (const name of ['b-1', 'b-2', 'b-3']) await expect.poll(() => askBoth(name), patience).toEqual(outcome);
  await expect.poll(async () => (await listening()).length, { timeout: 30_000 }).toBe(2);
  await block('b-4');
  await expect.poll(() => askBoth('b-4'), patience).toEqual(outcome);
}, 120_000);

it('records what both answer at once, each once', async () => {
  await block('c-1');
  const { outcome, ...patience } = both('deny');
  await expect.poll(() => askBoth('c-1'), patience).toEqual(outcome);
  const count = () =>
    onDatabase(database.adminUrl, async (client) => {
      const { rows } = await client.query<{ made: number; ids: number }>(
        `select count(*)::int as made, count(distinct body ->> 'decision')::int as ids from ledger_event where kind = 'decision.made'`,
      );
      return rows[0];
    });
  const before = await count();
  await Promise.all(Array.from({ length: 100 }, () => askBoth('c-1')));
  const after = await count();
  expect(after).toEqual({ made: (before?.made ?? 0) + 200, ids: (before?.ids ?? 0) + 200 });
  expect((await deps.store.ledger.verify(shop.id)).damage).toEqual([]);
}, 120_000);
