import { CompiledQuery, type KyselyPlugin, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConsoleReads } from '../../src/adapters/postgres/console/reads.ts';
import type { ProposalListing, ProposalsWanted } from '../../src/ports/console.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { describeOnEveryDatabase, onDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';

const OPEN = 3_000;
const ANSWERED = 300;
const HEAVIEST = ['grave', 'serious', 'minor'] as const;

/** A long queue: every gravity, many opened at the same moment. */
describeOnEveryDatabase('the order of the queue', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  let shop: Shop;

  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
    shop = await makeTestShop(database, clock);
    await sql`
      with person as (
        insert into customer (shop_id, id, first_at, last_at)
        select ${shop.id}, gen_random_uuid(), now(), now() from generate_series(1, ${OPEN + ANSWERED}::int)
        returning id)
      insert into proposal (shop_id, id, customer_id, key, status, type, ladder, step, rules, gravity, obligations, surfaces,
                            until_at, trace, evidence, opened_at, updated_at, decided_at, seq)
      select ${shop.id}, gen_random_uuid(), id, 'key', case when n > ${OPEN}::int then 'declined' else 'open' end, 'warning',
             'returns', 1, '{}', (array['minor', 'grave', 'serious'])[1 + n % 3], '{}', '{}', now(), '[]', '{}',
             timestamptz '2026-05-01' + n * 7919 % 40 * interval '1 day', now(),
             case when n > ${OPEN}::int then timestamptz '2026-05-01' + n % 50 * interval '1 minute' end, n
        from (select id, row_number() over () as n from person) numbered`.execute(database.db);
    await onDatabase(database.adminUrl, (client) => client.query('analyze proposal, customer'));
  });
  afterAll(() => database.drop());

  const wanted: ProposalsWanted = {
    status: 'open',
    gravity: null,
    waitingFor: null,
    customer: null,
    after: null,
    limit: 130,
  };

  async function everyPage(what: Partial<ProposalsWanted>): Promise<ProposalListing[]> {
    const reads = createConsoleReads(database.db, deps.vault, clock);
    const all: ProposalListing[] = [];
    for (let after: ProposalsWanted['after'] = null; ; ) {
      const page = await reads.proposals(shop.id, { ...wanted, ...what, after });
      all.push(...page);
      const last = page.at(-1);
      if (last === undefined) return all;
      after = { gravity: last.gravity, value: last.decidedAt ?? last.openedAt, id: last.id };
    }
  }
  const place = (row: ProposalListing) => `${HEAVIEST.indexOf(row.gravity)} ${row.openedAt} ${row.id}`;

  it('is the gravest first and then what waits longest, page by page without gaps or repeats', async () => {
    const all = await everyPage({});
    expect(new Set(all.map((row) => row.id)).size).toBe(OPEN);
    expect(all.map(place)).toEqual(all.map(place).sort());
    expect([all[0]?.gravity, all.at(-1)?.gravity]).toEqual(['grave', 'minor']);
    const serious = await everyPage({ gravity: 'serious' });
    expect(serious.map((row) => row.id)).toEqual(all.filter((row) => row.gravity === 'serious').map((row) => row.id));
  });

  it('is what was answered last first, whatever its gravity', async () => {
    const all = await everyPage({ status: 'declined' });
    expect(all).toHaveLength(ANSWERED);
    const when = all.map((row) => `${row.decidedAt} ${row.id}`);
    expect(when).toEqual([...when].sort().reverse());
  });

  it('is read from its index: a page anywhere costs no sorting of the whole queue', async () => {
    const sent: CompiledQuery[] = [];
    const listening: KyselyPlugin = {
      transformQuery: ({ node }) => {
        sent.push(database.db.getExecutor().compileQuery(node, { queryId: 'plan' }));
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const reads = createConsoleReads(database.db.withPlugin(listening), deps.vault, clock);
    const [middle] = (await everyPage({ gravity: 'serious' })).slice(500);
    if (middle === undefined) throw new Error('The queue is shorter than it should be');
    const after = { gravity: middle.gravity, value: middle.openedAt, id: middle.id };
    for (const what of [{}, { after }, { gravity: 'minor' as const }])
      await reads.proposals(shop.id, { ...wanted, ...what });
    expect(sent).toHaveLength(3);
    for (const query of sent) {
      const { rows } = await database.db.executeQuery<{ 'QUERY PLAN': string }>(
        CompiledQuery.raw(`explain ${query.sql}`, [...query.parameters]),
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('proposal_waiting');
      expect(plan).not.toContain('Sort');
    }
  });
});
