import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { type LoadedSample, loadSample } from '../../src/workflows/load-sample.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';

describe('the sample shop, loaded', () => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  let shop: Shop;
  let loaded: LoadedSample;

  beforeAll(async () => {
    database = await createTestDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
    shop = await makeTestShop(database, clock);
    const begin = performance.now();
    loaded = unwrap(await loadSample(deps, shop, { startedBy: null }));
    console.info(`Loaded ${loaded.events} events in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  });
  afterAll(() => database.drop());

  it('is whole, and the chain holds', async () => {
    expect(loaded).toMatchObject({ status: 'done', known: 0, conflicts: 0 });
    expect(loaded.added).toBe(loaded.events);
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ damage: [] });
  });

  it('adds nothing a second time, not even on another day and for somebody else', async () => {
    clock.later('3 days');
    const again = unwrap(await loadSample(deps, shop, { startedBy: null }));
    expect(again).toMatchObject({
      status: 'done',
      added: 0,
      conflicts: 0,
      known: loaded.events,
      lastDay: loaded.lastDay,
    });
  });
});
