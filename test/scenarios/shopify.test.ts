import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlatforms } from '../../src/adapters/shops/platforms.ts';
import { story } from '../../src/adapters/shops/shopify/fixtures/story.ts';
import { shopify } from '../../src/adapters/shops/shopify/platform.ts';
import { SCOPES } from '../../src/adapters/shops/shopify/scopes.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Happened } from '../../src/ports/live.ts';
import type { AssessDeps } from '../../src/workflows/assess/assess-due.ts';
import { beginRun } from '../../src/workflows/shops/runs.ts';
import { type Connected, connectedShop } from '../support/connected.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';
import { COAT_ORDER, HAT_ORDER, putAda } from '../support/shopify-server/ada.ts';
import { publishedSchema, WITHOUT_SCHEMA } from '../support/shopify-server/schema.ts';
import { ShopifyServer } from '../support/shopify-server/server.ts';
import { testShopSystem } from '../support/test-shop-system.ts';

const published = publishedSchema();
const webhooks = story.told.flatMap(({ records }) => records).filter(({ topic }) => !topic.startsWith('graphql/'));

describe.skipIf(published === null)(`A shop on Shopify${published === null ? ` (${WITHOUT_SCHEMA})` : ''}`, () => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: AssessDeps;
  let server: ShopifyServer;
  beforeAll(async () => {
    database = await createTestDatabase();
    clock = testClock('2026-04-10T12:00:00Z');
    deps = testJudgingDeps(database, clock);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    if (published === null) return;
    server = await new ShopifyServer({ published, scopes: SCOPES.map(({ name }) => name) }).start();
    putAda(server.shop);
  });
  afterEach(() => server.stop());

  async function connected(): Promise<Connected> {
    const shop = await makeTestShop(database, clock);
    const system = { ...testShopSystem(), platforms: createPlatforms([shopify]) };
    const own = await connectedShop(
      deps,
      shop,
      { platform: 'shopify', source: 'shopify', address: server.shop.domain },
      system,
    );
    const { clientId, clientSecret } = server;
    await deps.store.connections.change(shop.id, own.connection.id, { credentials: { clientId, clientSecret } });
    return { ...own, deps: Object.assign(own.deps, { fetch: server.fetch }) };
  }

  const readAll = async (own: Connected): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) {
      await own.readAll();
      clock.later('1 day');
    }
  };

  it('comes to the same ledger by its webhooks as by its history, in whatever order they come', async () => {
    const [live, wild, past] = [await connected(), await connected(), await connected()];
    for (const record of webhooks) {
      await live.send([record]);
      await live.readAll();
    }
    await wild.send([...webhooks.toReversed(), ...webhooks]);
    for (const own of [live, wild]) await readAll(own);
    unwrap(await beginRun(past.deps, past.connection, 'history', { since: null, by: null }));
    await past.fetchAll();
    const ledger = await past.ledger();
    expect(ledger).toHaveLength(11);
    expect(await live.ledger()).toEqual(ledger);
    expect(await wild.ledger()).toEqual(ledger);
    for (const own of [live, wild])
      expect(
        await deps.store.received.list(own.shop.id, own.connection.id, { state: 'waiting', after: null, limit: 50 }),
      ).toEqual([]);
    expect([...live.broke, ...wild.broke, ...past.broke]).toEqual([]);
  }, 60_000);

  it('finds at night what its webhooks missed, and nothing that they told', async () => {
    const own = await connected();
    await own.send(webhooks.filter(({ topic }) => topic !== 'refunds/create'));
    await readAll(own);
    const before = await own.ledger();
    // Shopify moves an order's time with everything that becomes of it.
    server.shop.change(COAT_ORDER, { updatedAt: new Date(clock.now()).toISOString() });
    const run = unwrap(await beginRun(own.deps, own.connection, 'reconcile', { since: null, by: null }));
    await own.fetchAll();
    const found = await deps.store.runs.one(own.shop.id, run.id);
    expect(found).toMatchObject({ state: 'done', added: 2, refused: 0 });
    expect((await own.ledger()).length - before.length).toBe(2);
  }, 60_000);

  it('knows where a customer lives and counts from where they failed to pay, and keeps no connection', async () => {
    const own = await connected();
    const seen: unknown[] = [];
    const live = {
      happened: async (_: unknown, events: readonly Happened[]) =>
        void seen.push(...events.map((one) => [one.event.kind, one.seen])),
    };
    const failed = {
      ...{ id: 'gid://shopify/OrderTransaction/6000', kind: 'SALE', status: 'FAILURE', errorCode: 'CARD_DECLINED' },
      ...{ createdAt: '2026-03-02T09:59:00Z', processedAt: '2026-03-02T09:59:00Z' },
      amountSet: { shopMoney: { amount: '120.0', currencyCode: 'EUR' } },
    };
    Object.assign(own.deps, { live });
    const { payments } = server.shop.orders.get(COAT_ORDER) ?? { payments: [] };
    server.shop.change(COAT_ORDER, { payments: [failed, ...payments] });
    const fetchPast = async () => {
      const run = unwrap(await beginRun(own.deps, own.connection, 'history', { since: null, by: null }));
      await own.fetchAll();
      return deps.store.runs.one(own.shop.id, run.id);
    };
    expect(await fetchPast()).toMatchObject({ state: 'done', added: 12, refused: 0 });
    expect(seen).toContainEqual(['payment.failed', { ip: '81.2.69.160' }]);
    expect(seen).toContainEqual(['account.created', {}]);

    const hash = deps.vault.identifierHash(own.shop.id, 'email', 'ada.story@example.com').toString('hex');
    const [ada] = (await deps.store.enforcement.customersOf(own.shop.id, [`email:${hash}`])).values();
    if (ada === undefined) throw new Error('Ada is not there');
    const told = async () =>
      JSON.stringify(await deps.store.ledger.openedOf(own.shop.id, ada, { after: 0, limit: 500 }));
    const before = await told();
    expect(before).toContain(JSON.stringify(story.home));
    expect(before).not.toContain('81.2.69.160');

    // Somebody corrects the bills afterwards: the same events are known again, and contradict nothing.
    for (const order of [COAT_ORDER, HAT_ORDER])
      server.shop.change(order, { billingAddress: { address1: 'Domplein 2', zip: '3512 JC', city: 'Utrecht' } });
    expect(await fetchPast()).toMatchObject({ state: 'done', added: 0, known: 12, refused: 0 });
    expect(await told()).toBe(before);
    expect(own.broke).toEqual([]);
  }, 60_000);

  it('asks to be connected again when its app is gone, and goes on afterwards', async () => {
    const own = await connected();
    unwrap(await beginRun(own.deps, own.connection, 'history', { since: null, by: null }));
    const { clientId, clientSecret } = server;
    const change = deps.store.connections.change;
    await change(own.shop.id, own.connection.id, { credentials: { clientId, clientSecret: 'revoked' } });
    await own.fetchAll();
    const state = async () => (await deps.store.connections.one(own.shop.id, own.connection.id))?.state;
    expect(await state()).toBe('reconnect');
    await change(own.shop.id, own.connection.id, { credentials: { clientId, clientSecret }, state: 'active' });
    clock.later('1 day');
    await own.fetchAll();
    expect(await own.ledger()).toHaveLength(11);
    await own.send([{ topic: 'app/uninstalled', payload: { id: 1, domain: server.shop.domain } }]);
    await own.readAll();
    expect(await state()).toBe('reconnect');
  }, 60_000);
});
