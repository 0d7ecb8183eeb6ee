import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsoleReads } from '../../src/adapters/postgres/console/reads.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { SAMPLE_COLLEAGUE } from '../../src/ports/sample-colleague.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { pastAnswers } from '../../src/sample/past-answers.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { type LoadedSample, loadSample } from '../../src/workflows/load-sample.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { staffId } from '../support/events.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';

const fairPlay = readFileSync(new URL('../../policies/fair-play.yaml', import.meta.url), 'utf8');

describe('the sample shop, loaded', () => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  let shop: Shop;
  let loaded: LoadedSample;
  const counted = async (table: string, column: string, only = sql`true`) => {
    const { rows } = await sql<{ value: string; count: number }>`
      select ${sql.ref(column)} as value, count(*) as count from ${sql.table(table)}
      where shop_id = ${shop.id} and ${only} group by 1`.execute(database.db);
    return Object.fromEntries(rows.map((row) => [row.value, Number(row.count)]));
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
    shop = await makeTestShop(database, clock, { policy: fairPlay });
    const begin = performance.now();
    loaded = unwrap(await loadSample(deps, shop, { startedBy: staffId(7) }));
    const loadedAt = performance.now();
    const judged = await assessAllDue({ ...deps, policies: new PolicyShelf(deps.store.policies) }, shop);
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
    console.info(
      `Sample shop: ${loaded.events} events in ${seconds(begin, loadedAt)} s, ${judged} assessments in ${seconds(loadedAt, performance.now())} s`,
    );
  });
  afterAll(() => database.drop());

  it('is whole, and the chain holds', async () => {
    expect(loaded).toMatchObject({ status: 'done', known: 0, conflicts: 0, lastDay: '2026-05-31' });
    expect(loaded.added).toBe(loaded.events);
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ damage: [] });
  });

  it('shows as an import that ran to its end', async () => {
    const runs = await database.db.selectFrom('import_run').selectAll().where('shop_id', '=', shop.id).execute();
    expect(runs).toMatchObject([
      { id: loaded.run, format: 'sample', status: 'done', added: loaded.added, started_by: staffId(7), error: null },
    ]);
  });

  it('has 2,000 customers of every standing and a queue with every kind of measure', async () => {
    const standings = await counted('customer', 'standing');
    expect(Object.values(standings).reduce((sum, count) => sum + count, 0)).toBe(2_000);
    expect(Object.keys(standings).sort()).toEqual(['blocked', 'good', 'restricted', 'warned', 'watched']);
    const open = await counted('proposal', 'type', sql`status = 'open'`);
    expect(Object.keys(open).sort()).toEqual(['block', 'restriction', 'warning']);
    const total = Object.values(open).reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThanOrEqual(25);
    expect(total).toBeLessThanOrEqual(35);
  });

  it('remembers what staff decided, each with the proposal it answered', async () => {
    const answered = await counted('proposal', 'status');
    expect(answered).toMatchObject({
      approved: pastAnswers.filter((answer) => answer.said === 'yes').length,
      declined: pastAnswers.filter((answer) => answer.said === 'no').length,
    });
    const measures = await database.db
      .selectFrom('measure')
      .leftJoin('proposal', (join) =>
        join.onRef('proposal.measure_id', '=', 'measure.id').onRef('proposal.shop_id', '=', 'measure.shop_id'),
      )
      .select(['measure.id', 'measure.state', 'measure.ended_because', 'proposal.decided_by', 'proposal.status'])
      .where('measure.shop_id', '=', shop.id)
      .execute();
    expect(measures).toHaveLength(pastAnswers.filter((answer) => answer.said === 'yes').length);
    for (const measure of measures)
      expect(measure).toMatchObject({ status: 'approved', decided_by: SAMPLE_COLLEAGUE.id });
    expect(new Set(measures.map((measure) => measure.ended_because))).toEqual(
      new Set([null, 'time', 'earned', 'staff']),
    );
  });

  it('proposed each a moment before it was answered, in the ledger, so that a rebuild knows it', async () => {
    const rows = () =>
      database.db.selectFrom('proposal').selectAll().where('shop_id', '=', shop.id).orderBy('id').execute();
    const before = await rows();
    const answered = before.filter(({ status }) => status === 'approved' || status === 'declined');
    expect(answered).toHaveLength(pastAnswers.length);
    for (const { opened_at, decided_at, evidence, trace } of answered) {
      expect(decided_at).toBe(opened_at + 1);
      expect(evidence.length).toBeGreaterThan(0);
      expect(trace).not.toEqual([]);
    }
    await deps.store.transaction((store) => store.ledger.rebuild(shop));
    expect(await rows()).toEqual(before);
  });

  it('names an invented colleague for what staff decided before anybody was here', async () => {
    const reads = createConsoleReads(database.db, deps.vault, clock);
    const wanted = { gravity: null, waitingFor: null, customer: null, after: null, limit: 100 };
    for (const status of ['approved', 'declined'] as const) {
      const answered = await reads.proposals(shop.id, { ...wanted, status });
      expect(answered.length).toBeGreaterThan(1);
      for (const { decidedBy } of answered) expect(decidedBy).toEqual(SAMPLE_COLLEAGUE);
    }
    const changes = await reads.changes(shop.id, 100);
    const decided = changes.filter(({ what }) => what !== 'ended');
    expect(new Set(decided.map(({ by }) => by))).toEqual(new Set([SAMPLE_COLLEAGUE.name]));
    const declined = changes.find(({ what }) => what === 'declined');
    const wholeStory = { kinds: null, before: null, around: null, limit: 500 };
    const story = await reads.timeline(shop.id, declined?.face.id as CustomerId, wholeStory);
    expect(story.find(({ kind }) => kind === 'proposal.declined')?.by).toBe(SAMPLE_COLLEAGUE.name);
  });

  it('adds nothing a second time, not even on another day and for somebody else', async () => {
    clock.later('3 days');
    const again = unwrap(await loadSample(deps, shop, { startedBy: staffId(8) }));
    expect(again).toMatchObject({ status: 'done', added: 0, conflicts: 0, lastDay: loaded.lastDay });
    expect(again.known).toBe(loaded.events);
  });

  it('goes on where it was interrupted, in a shop with another currency and a policy of its own', async () => {
    const other = await makeTestShop(database, clock, { currency: 'JPY' });
    const stop = new AbortController();
    const begun = unwrap(
      await loadSample(deps, other, {
        startedBy: null,
        signal: stop.signal,
        onProgress: (done) => {
          if (done >= 3_000) stop.abort();
        },
      }),
    );
    expect(begun).toMatchObject({ status: 'interrupted', added: 3_000 });
    const rest = unwrap(await loadSample(deps, other, { startedBy: null }));
    expect(rest).toMatchObject({ status: 'done', known: 3_000, conflicts: 0 });
    expect(await deps.store.ledger.verify(other.id)).toMatchObject({ damage: [] });
  });

  it('refuses to mix with another edition', async () => {
    const other = await makeTestShop(database, clock);
    await deps.store.transaction((store) =>
      store.ledger.append(other, [
        {
          kind: 'account.created',
          body: {},
          subject: { identifiers: [{ type: 'external', value: 'A' }], shown: { externalId: 'A' } },
          occurredAt: clock.now(),
          source: 'sample',
          sourceId: '0/2020-01-01/1',
        },
      ]),
    );
    const refused = await loadSample(deps, other, { startedBy: null });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'another_edition' } });
  });
});
