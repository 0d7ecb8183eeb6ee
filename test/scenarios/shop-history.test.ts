import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { Run, RunKind } from '../../src/ports/connections.ts';
import type { AssessDeps } from '../../src/workflows/assess/assess-due.ts';
import { checkConnection } from '../../src/workflows/shops/connect.ts';
import { lastNight } from '../../src/workflows/shops/last-night.ts';
import { beginNightly, beginRun, resumeRun, stopRun } from '../../src/workflows/shops/runs.ts';
import { type Connected, connectedShop } from '../support/connected.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { staffId } from '../support/events.ts';
import { longPast } from '../support/long-past.ts';
import { append, known } from '../support/offers.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';
import { about, iso, order, refund } from '../support/test-shop-system.ts';

let database: TestDatabase;
let clock: TestClock;
let deps: AssessDeps;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = testClock('2026-06-01T12:00:00Z');
  deps = testJudgingDeps(database, clock);
});
afterAll(() => database.drop());

const connected = async (): Promise<Connected> => connectedShop(deps, await makeTestShop(database, clock));
const begin = async (own: Connected, kind: RunKind = 'history'): Promise<Run> =>
  unwrap(await beginRun(own.deps, own.connection, kind, { since: null, by: null }));
const now = async (own: Connected, run: Run): Promise<Run> => {
  const found = await deps.store.runs.one(own.shop.id, run.id);
  if (found === null) throw new Error('The run is gone');
  return found;
};
const state = async (own: Connected) => (await deps.store.connections.one(own.shop.id, own.connection.id))?.state;
const agoOf = (hours: number): string => iso(instant(clock.now() - hours * 3_600_000));

it('fetches the past page by page, and again changes nothing', async () => {
  const own = await connected();
  own.system.past = longPast(120);
  const run = await begin(own);
  expect((await beginRun(own.deps, own.connection, 'history', { since: null, by: null })).ok).toBe(false);
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({ state: 'done', read: 120, total: 120, added: 240, known: 0, refused: 0 });
  expect(own.system.asked.filter((each) => each === 'history')).toHaveLength(3);
  expect((await deps.store.connections.one(own.shop.id, own.connection.id))?.reconciledTo).toBe(run.startedAt);
  const again = await begin(own);
  await own.fetchAll();
  expect(await now(own, again)).toMatchObject({ state: 'done', added: 0, known: 240 });
  expect(await own.ledger()).toHaveLength(240);
});

it('stops where it is and goes on from there', async () => {
  const own = await connected();
  own.system.past = longPast(150);
  const run = await begin(own);
  own.system.onPage = (cursor) => {
    if (cursor === 50) void stopRun(deps, own.connection, run.id);
  };
  await own.fetchAll();
  const stopped = await now(own, run);
  expect(stopped.state).toBe('stopped');
  expect(stopped.read).toBeLessThan(150);
  own.system.onPage = () => undefined;
  expect((await resumeRun(deps, own.connection, run.id)).ok).toBe(true);
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({ state: 'done', read: 150, added: 300 });
  expect(await own.ledger()).toHaveLength(300);
  expect((await resumeRun(deps, own.connection, run.id)).ok).toBe(false);
});

it('waits when the platform fails, tries again, and gives up to a person in the end', async () => {
  const own = await connected();
  own.system.past = longPast(60);
  const run = await begin(own);
  own.system.faults = [
    { kind: 'unavailable', detail: 'secret words' },
    { kind: 'limited', retryAfterMs: 60_000 },
  ];
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({ state: 'running', error: 'unavailable', attempts: 1, read: 0 });
  clock.later('1 day');
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({ state: 'running', error: 'limited', attempts: 1 });
  clock.later('1 day');
  own.system.faults = Array.from({ length: 20 }, () => ({ kind: 'refused' as const, detail: 'no' }));
  for (let tries = 0; tries < 5; tries += 1) {
    await own.fetchAll();
    clock.later('2 days');
  }
  expect(await now(own, run)).toMatchObject({ state: 'failed', error: 'refused', read: 0 });
  own.system.faults = [];
  await resumeRun(deps, own.connection, run.id);
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({ state: 'done', error: null, added: 120 });
});

it('gives up to a person when a page cannot be recorded, and has nothing of that page', async () => {
  const own = await connected();
  const placed = { customer: { id: '1' }, placed_at: agoOf(5), updated_at: agoOf(5), total: 500 };
  own.system.past = [
    order({ id: 'i1', name: '1001', ...placed }),
    order({ id: 'i2', name: 'never\u0000stored', ...placed }),
  ];
  const run = await begin(own);
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({ state: 'running', error: 'fault', attempts: 1, read: 0 });
  for (let tries = 0; tries < 12; tries += 1) {
    clock.later('2 days');
    await own.fetchAll();
  }
  expect(await now(own, run)).toMatchObject({ state: 'failed', error: 'fault', read: 0 });
  expect(await own.ledger()).toHaveLength(0);
});

it('asks to connect again when the platform no longer takes the credentials, and then goes on', async () => {
  const own = await connected();
  own.system.past = longPast(120);
  const run = await begin(own);
  own.system.onPage = (cursor) => {
    if (cursor === 50 && own.system.asked.filter((each) => each === 'history').length === 2)
      own.system.faults = [{ kind: 'unauthorised' }];
  };
  await own.fetchAll();
  expect(await state(own)).toBe('reconnect');
  expect(await now(own, run)).toMatchObject({ state: 'running', read: 50, error: 'unauthorised' });
  clock.later('1 day');
  await own.fetchAll();
  expect((await now(own, run)).read).toBe(50);
  const lost = await deps.store.connections.one(own.shop.id, own.connection.id);
  if (lost === null) throw new Error('The connection is gone');
  await checkConnection(own.deps, lost);
  expect(await state(own)).toBe('active');
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({ state: 'done', read: 120, added: 240 });
});

it('says what of the past it could not read, and reads the rest', async () => {
  const own = await connected();
  const customer = { id: '1' };
  own.system.past = [
    about('order', { name: 'x', updated_at: agoOf(5) }),
    refund({ id: 'f1', order_id: 'i2', amount: 100, at: agoOf(4), customer }),
    refund({ id: 'f2', order_id: 'never', amount: 100, at: agoOf(4), customer }),
    about('order', { id: 'i3', updated_at: agoOf(3) }),
    order({ id: 'i2', name: '1002', customer, placed_at: agoOf(6), updated_at: agoOf(2), total: 500 }),
  ];
  own.system.pageSize = 2;
  const run = await begin(own);
  await own.fetchAll();
  expect(await now(own, run)).toMatchObject({
    state: 'done',
    read: 5,
    refused: 2,
    faults: [
      { fault: 'drift:id', count: 1, examples: ['order'] },
      { fault: 'drift:customer', count: 1, examples: ['order'] },
    ],
  });
  // What named an order that was not there yet was set aside, and is read now; the other waits.
  await own.readAll();
  expect((await own.ledger()).map((row) => JSON.parse(row)[0]).sort()).toEqual(['order:i2:placed', 'refund:f1']);
  const rows = await deps.store.received.list(own.shop.id, own.connection.id, {
    state: 'waiting',
    after: null,
    limit: 9,
  });
  expect(rows).toMatchObject([{ topic: 'refund', fault: 'needs' }]);
});

it('finds each night what webhooks missed, and acts on an order that is still fresh', async () => {
  clock.set('2026-06-01T12:00:00Z');
  const own = await connected();
  const buys = (n: number, hours: number) =>
    order({
      id: `i${n}`,
      name: String(n),
      customer: { id: String(n) },
      placed_at: agoOf(hours),
      updated_at: agoOf(hours),
      total: 500,
      created: true,
    });
  const heard = [buys(1, 10), buys(2, 9)];
  await own.send(heard);
  await own.readAll();
  for (const customer of ['3', '4']) await block(own, customer);
  await beginNightly(own.deps);
  // It was connected after the last night.
  expect(await deps.store.runs.list(own.shop.id, own.connection.id, 5)).toEqual([]);
  clock.set('2026-06-02T04:30:00Z');
  own.system.past = [...heard, buys(3, 8), buys(4, 7), buys(5, 0)];
  await beginNightly(own.deps);
  await beginNightly(own.deps);
  const [run, ...others] = await deps.store.runs.list(own.shop.id, own.connection.id, 5);
  expect(others).toEqual([]);
  await own.fetchAll();
  // The order of this minute may be on its way by webhook.
  expect(run === undefined ? null : await now(own, run)).toMatchObject({ kind: 'reconcile', state: 'done', added: 2 });
  expect((await own.ledger()).filter((row) => row.includes('order.placed'))).toHaveLength(5);
  expect(await deps.store.runs.lastReconciled(own.shop.id, own.connection.id)).toMatchObject({ added: 2 });
  const held = (
    await database.db.selectFrom('shop_act').select(['kind', 'key']).where('shop_id', '=', own.shop.id).execute()
  )
    .filter(({ kind }) => kind === 'hold_order')
    .map(({ key }) => key);
  expect(held.sort()).toEqual(['order:i3:hold_order', 'order:i4:hold_order']);
  // Its webhook after all: nothing is done twice.
  await own.send([buys(3, 8)]);
  await own.readAll();
  await beginNightly(own.deps);
  expect(await deps.store.runs.list(own.shop.id, own.connection.id, 5)).toHaveLength(1);
  const acts = await database.db.selectFrom('shop_act').select('id').where('shop_id', '=', own.shop.id).execute();
  expect(acts).toHaveLength(4);
});

/** A purchase block that a person took. */
const block = (own: Connected, customer: string) =>
  append(deps, own.shop, [
    {
      kind: 'measure.started',
      body: {
        measure: deps.ids.next<string>(),
        proposal: null,
        type: 'block',
        obligations: [],
        surfaces: ['purchase'],
        ladder: null,
        step: null,
        rules: [],
        policyVersion: null,
        evidence: [],
        until: '2026-12-01T00:00:00.000Z',
        skipped: null,
        proposedBy: 'staff',
        approvedBy: [staffId(1)],
        softened: false,
      },
      subject: known({ externalId: customer }),
      occurredAt: clock.now(),
      source: 'evenhand',
      sourceId: `block:${customer}:${own.shop.id}`,
    },
  ]);

it('knows when it was last night, in every zone', () => {
  const at = (text: string) => instant(Date.parse(text));
  expect(iso(lastNight(at('2026-06-02T04:30:00Z'), 'Europe/Amsterdam', 15))).toBe('2026-06-02T01:15:00.000Z');
  expect(iso(lastNight(at('2026-06-02T00:30:00Z'), 'Europe/Amsterdam', 15))).toBe('2026-06-01T01:15:00.000Z');
  expect(iso(lastNight(at('2026-06-02T04:30:10Z'), 'Asia/Kolkata', 0))).toBe('2026-06-01T21:30:00.000Z');
});

it('goes on with neither gap nor double after its process was killed', async () => {
  const live = testJudgingDeps(database, systemClock);
  const shop = await makeTestShop(database, systemClock);
  const own = await connectedShop(live, shop);
  const run = unwrap(await beginRun(own.deps, own.connection, 'history', { since: null, by: null }));
  const start = () =>
    spawn(
      process.execPath,
      [join(import.meta.dirname, '..', 'support', 'fetching-process.ts'), database.serviceUrl, shop.slug, '2000'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
  for (const pages of [3, 9]) {
    const child = start();
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('page')) continue;
      seen += 1;
      if (seen === pages) child.kill('SIGKILL');
    }
    const half = await live.store.runs.one(shop.id, run.id);
    expect(half?.state).toBe('running');
    expect(half?.read).toBeLessThan(2_000);
    expect(await own.ledger()).toHaveLength((half?.read ?? 0) * 2);
    // Who was killed still has it for a while: here that is cut short.
    await live.store.runs.wake(shop.id, own.connection.id, systemClock.now());
  }
  const last = start();
  last.stdout.resume();
  await once(last, 'close');
  expect(await live.store.runs.one(shop.id, run.id)).toMatchObject({
    state: 'done',
    read: 2_000,
    added: 4_000,
    known: 0,
  });
  expect(await own.ledger()).toHaveLength(4_000);
  expect((await live.store.ledger.verify(shop.id)).damage).toEqual([]);
}, 60_000);
