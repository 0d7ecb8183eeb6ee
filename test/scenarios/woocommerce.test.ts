import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlatforms } from '../../src/adapters/shops/platforms.ts';
import { story } from '../../src/adapters/shops/woocommerce/fixtures/story.ts';
import { woocommerce } from '../../src/adapters/shops/woocommerce/platform.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { PlatformRecord } from '../../src/ports/platforms.ts';
import type { AssessDeps } from '../../src/workflows/assess/assess-due.ts';
import { beginRun } from '../../src/workflows/shops/runs.ts';
import { type Connected, connectedShop } from '../support/connected.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';
import { testShopSystem } from '../support/test-shop-system.ts';
import { startWooServer, type WooServer } from '../support/woocommerce-server/server.ts';
import { emptyShop, type Stored, type WooShop } from '../support/woocommerce-server/shop.ts';

const records = story.told.flatMap((step) => step.records);
/** What WooCommerce sends by itself; refunds and disputes are fetched. */
const webhooks = records.filter(({ topic }) => /^(order|customer)\./.test(topic));

/** The shop as it is when the story is over. */
function shopAfterTheStory(): WooShop {
  const shop = emptyShop();
  const latest = (topic: RegExp): Stored[] => {
    const byId = new Map<unknown, Stored>();
    for (const { topic: told, payload } of records)
      if (topic.test(told)) byId.set((payload as Stored).id, structuredClone(payload) as Stored);
    return [...byId.values()];
  };
  shop.customers = latest(/^customer\./);
  shop.orders = latest(/^order\./);
  shop.disputes = latest(/^dispute$/).map(({ evenhand: _, ...dispute }) => dispute as Stored);
  for (const { payload } of records) {
    const order = payload as Stored & { evenhand?: { refunds?: Stored[] } };
    if (order.evenhand?.refunds !== undefined) shop.refunds.set(Number(order.id), order.evenhand.refunds);
  }
  return shop;
}

describe('A shop on WooCommerce', () => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: AssessDeps;
  let server: WooServer;
  beforeAll(async () => {
    database = await createTestDatabase();
    clock = testClock('2026-04-10T12:00:00Z');
    deps = testJudgingDeps(database, clock);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    server = await startWooServer(shopAfterTheStory());
  });
  afterEach(() => server.close());

  async function connected(): Promise<Connected> {
    const shop = await makeTestShop(database, clock);
    const system = { ...testShopSystem(), platforms: createPlatforms([woocommerce]) };
    const where = { platform: 'woocommerce', source: 'woocommerce', address: server.address } as const;
    const own = await connectedShop(deps, shop, where, system);
    const credentials = { consumerKey: 'ck_test', consumerSecret: 'cs_test' };
    await deps.store.connections.change(shop.id, own.connection.id, { credentials });
    return { ...own, deps: Object.assign(own.deps, { fetch }) };
  }

  const readAll = async (own: Connected): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) {
      await own.readAll();
      clock.later('1 day');
    }
  };
  const fetchAll = async (own: Connected, kind: 'history' | 'reconcile') => {
    const run = unwrap(await beginRun(own.deps, own.connection, kind, { since: null, by: null }));
    await own.fetchAll();
    return deps.store.runs.one(own.shop.id, run.id);
  };
  const waiting = (own: Connected) =>
    deps.store.received.list(own.shop.id, own.connection.id, { state: 'waiting', after: null, limit: 50 });
  /** A new address is seen by comparing: one who only sees the end sees none. */
  const isSeenAfterwards = (row: string): boolean => !row.includes('order.address_changed');

  it('comes to the same ledger by its webhooks as by its history, in whatever order they come', async () => {
    const [live, wild, past] = [await connected(), await connected(), await connected()];
    for (const record of webhooks) {
      await live.send([record]);
      await live.readAll();
    }
    await wild.send([...webhooks.toReversed(), ...webhooks]);
    for (const own of [live, wild]) {
      await readAll(own);
      expect(await waiting(own)).toEqual([]);
      // Disputes come at night.
      expect(await fetchAll(own, 'reconcile')).toMatchObject({ state: 'done', added: 2, refused: 0 });
    }
    expect(await fetchAll(past, 'history')).toMatchObject({ state: 'done', added: 10, refused: 0 });
    const ledger = await past.ledger();
    expect(ledger).toHaveLength(10);
    for (const own of [live, wild]) expect((await own.ledger()).filter(isSeenAfterwards)).toEqual(ledger);
    expect([...live.broke, ...wild.broke, ...past.broke]).toEqual([]);
  }, 60_000);

  it('waits for a refund while the shop is down, and loses nothing', async () => {
    const own = await connected();
    server.troubles.next = [503];
    const named = webhooks.filter(({ payload }) => ((payload as { refunds?: object[] }).refunds ?? []).length > 0);
    expect(named).toHaveLength(1);
    await own.send(named);
    await own.readAll();
    expect(await own.ledger()).toEqual([]);
    expect(await waiting(own)).toHaveLength(1);
    await readAll(own);
    expect(await waiting(own)).toEqual([]);
    expect((await own.ledger()).filter((row) => row.includes('refund.issued'))).toHaveLength(1);
  }, 60_000);

  it('asks to be connected again when its key was taken away, and goes on from there', async () => {
    const own = await connected();
    server.shop.keys.secret = 'another';
    await fetchAll(own, 'history');
    expect((await deps.store.connections.one(own.shop.id, own.connection.id))?.state).toBe('reconnect');
    expect(await own.ledger()).toEqual([]);
    server.shop.keys.secret = 'cs_test';
    await deps.store.connections.change(own.shop.id, own.connection.id, { state: 'active' });
    await deps.store.runs.wake(own.shop.id, own.connection.id, clock.now());
    await own.fetchAll();
    expect(await own.ledger()).toHaveLength(10);
  }, 60_000);

  it('reports an order that lacks what it must have by its path, and takes the rest', async () => {
    const own = await connected();
    const broken: PlatformRecord = { topic: 'order.updated', payload: { id: 5, number: '5', status: 'processing' } };
    await own.send([broken, ...webhooks.slice(0, 1)]);
    await readAll(own);
    const refused = await deps.store.received.list(own.shop.id, own.connection.id, {
      state: 'refused',
      after: null,
      limit: 5,
    });
    expect(refused.map(({ fault }) => fault)).toEqual([expect.stringContaining('currency')]);
    expect(await own.ledger()).toHaveLength(1);
  }, 60_000);
});
