import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import { from } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePolicy } from '../../src/core/policy/compile.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { evaluate } from '../../src/workflows/evaluate/evaluate.ts';
import { importFile } from '../../src/workflows/import/import-file.ts';
import { fileSource } from '../../src/workflows/import/source.ts';
import { createTestDatabase, onDatabase, type TestDatabase } from '../support/database.ts';
import { changed, readPolicy, smallPolicy } from '../support/policy.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';

const FILE = join(import.meta.dirname, '../../../shared/data/online-retail.csv.gz');
const isThere = existsSync(FILE);
if (!isThere) console.warn('Skipped: the Online Retail data set is not beside the project (../shared/data).');

/** Figures counted from the file by other means, or published with it. */
describe.skipIf(!isThere)('the Online Retail data set', () => {
  let database: TestDatabase;
  let deps: Deps;
  let shop: Shop;
  let took = 0;
  const clock = testClock('2011-12-10T00:00:00Z');

  const importInto = async (into: Shop) =>
    importFile(deps, { shop: into, format: 'online-retail', source: await fileSource(FILE) });

  beforeAll(async () => {
    database = await createTestDatabase();
    deps = testDeps(database, clock);
    shop = await makeTestShop(database, clock, { currency: 'GBP', timeZone: 'Europe/London' });
    const begin = performance.now();
    const report = await importInto(shop);
    took = performance.now() - begin;
    expect(report).toMatchObject({ status: 'done', rowsRead: 541_909, added: 18_532 + 3_654, known: 0, conflicts: 0 });
    expect(Object.fromEntries(report.skipped.map(({ reason, count }) => [reason.split(':')[0], count]))).toEqual({
      'Lines without a customer': 133_741,
      'Returned lines without an earlier purchase in the file': 1_389,
      'Negative quantity without a credit note': 1_336,
      'Lines without a price': 40,
      'Invoices that begin with A': 3,
    });
  }, 300_000);
  afterAll(() => database.drop());

  it('adds up to what is known of it', async () => {
    const { rows } = await sql`
      select count(*) as customers, count(*) filter (where orders > 0) as buyers, sum(orders)::bigint as orders,
        sum(ordered_value)::bigint as ordered, count(*) filter (where returns > 0) as returners,
        count(*) filter (where returns > 0 and orders = 0) as returns_only, sum(returns)::bigint as returns,
        sum(returned_value)::bigint as returned
      from customer where shop_id = ${shop.id}`.execute(database.db);
    expect(rows).toEqual([
      {
        customers: 4_371,
        buyers: 4_338,
        orders: 18_532,
        ordered: 8_911_407_90,
        returners: 1_589,
        returns_only: 33,
        returns: 3_654,
        returned: 611_342_09,
      },
    ]);
    const { rows: lines } = await sql`
      select kind, sum(json_array_length(body -> 'lines'))::bigint as lines from ledger_event
      where shop_id = ${shop.id} and kind in ('order.placed', 'return.received') group by kind order by kind`.execute(
      database.db,
    );
    expect(lines).toEqual([
      { kind: 'order.placed', lines: 397_884 },
      { kind: 'return.received', lines: 8_905 },
    ]);
  });

  it('knows customer 16446, who bought 168,472.50 and returned 168,469.60', async () => {
    const hash = deps.vault.identifierHash(shop.id, 'external', '16446');
    const { rows } = await sql`
      select c.orders, c.ordered_value, c.returned_value, e.body ->> 'matchedOrders' as matched
      from customer_identifier i join customer c on c.shop_id = i.shop_id and c.id = i.customer_id
      join ledger_event e on e.shop_id = c.shop_id and e.customer_id = c.id and e.kind = 'return.received'
      where i.shop_id = ${shop.id} and i.hash = ${hash}`.execute(database.db);
    expect(rows).toEqual([{ orders: 2, ordered_value: 168_472_50, returned_value: 168_469_60, matched: '["581483"]' }]);
  });

  it('verifies, and a second import adds nothing', async () => {
    const rows = 18_532 + 3_654 + 4_371;
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ rows, damage: [] });
    expect(await importInto(shop)).toMatchObject({ status: 'done', added: 0, known: 22_186, conflicts: 0 });
    expect((await deps.store.ledger.verify(shop.id)).head.seq).toBe(rows);
  });

  it('is judged as the file itself tells: 37 customers sent back 30 % or more in the year', async () => {
    const policy = changed(
      smallPolicy,
      ['at_least: 50 %', 'at_least: 30 %'],
      ['metric: returns, over: 12 months, at_least: 3', 'metric: orders, over: 12 months, at_least: 2'],
    );
    const evaluation = await evaluate(deps, shop, compilePolicy(readPolicy(policy), null), clock.now());
    expect(evaluation).toMatchObject({ asOf: '2011-12-10T00:00:00.000Z', evaluated: 4_371 });
    expect(evaluation.proposals).toHaveLength(37);
    expect(evaluation.proposals.map((proposal) => proposal.customer.externalId)).not.toContain('16446');
  });

  it('is imported at a quarter of the speed of a bare COPY, or faster', async () => {
    const copy = await onDatabase(database.adminUrl, async (client) => {
      await client.query(`create table bare (invoice text, stock text, description text, quantity int, at timestamp,
                          price numeric, customer text, country text); create index on bare (invoice)`);
      const begin = performance.now();
      await pipeline(
        createReadStream(FILE),
        createGunzip(),
        client.query(from('copy bare from stdin with (format csv, header true)')),
      );
      return performance.now() - begin;
    });
    console.info(`COPY ${copy.toFixed(0)} ms, import ${took.toFixed(0)} ms: ${((100 * copy) / took).toFixed(0)} %`);
    // The figure of 25 % is measured alone on a machine, alternating, by the benchmark; beside other tests this only catches a collapse.
    expect(copy / took).toBeGreaterThan(0.05);
  }, 120_000);
});
