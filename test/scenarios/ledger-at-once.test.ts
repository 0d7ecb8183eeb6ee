import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';

const PROGRAM = join(import.meta.dirname, '../support/writing-process.ts');
const ROUNDS = 40;

describeOnEveryDatabase('two processes that write to one shop', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  it('leave one chain without gaps, and each customer once', async () => {
    const clock = testClock();
    const deps = testDeps(database, clock);
    const shop = await makeTestShop(database, clock);
    const run = (name: string) =>
      spawn(process.execPath, [PROGRAM, 'append', database.serviceUrl, shop.slug, name, String(ROUNDS)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    const codes = await Promise.all(['left', 'right'].map(async (name) => (await once(run(name), 'exit'))[0]));
    expect(codes).toEqual([0, 0]);
    // Own and shared orders of both, the ones that both offered once; 7 own customers each and 5 shared, met once each.
    const rows = 2 * 2 * ROUNDS + ROUNDS + 2 * 7 + 5;
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ rows, head: { seq: rows }, damage: [] });
    const { rows: totals } = await sql<{ customers: number; orders: number }>`
      select count(*) as customers, sum(orders)::bigint as orders from customer where shop_id = ${shop.id}`.execute(
      database.db,
    );
    expect(totals).toEqual([{ customers: 19, orders: 5 * ROUNDS }]);
  });
});
