import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JobBell, runJobs } from '../../src/compose-jobs.ts';
import { serverDeps } from '../../src/compose-server.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { ServerDeps } from '../../src/http/server.ts';
import type { Connection } from '../../src/ports/platforms.ts';
import type { Shop } from '../../src/ports.ts';
import { removeEntries } from '../../src/workflows/lists/change-entry.ts';
import { writeEntries } from '../../src/workflows/lists/write-entries.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { added, append, known, order } from '../support/offers.ts';
import { connectTestShop, testPlatform } from '../support/recording-platform.ts';
import { makeTestShop, testClock } from '../support/shop.ts';
import { hire } from '../support/staff.ts';

let database: TestDatabase;
let folder: string;
let deps: ServerDeps;
let shop: Shop;
let connection: Connection;
let stop: () => Promise<void>;
const shopSystem = testPlatform();
const faults: unknown[] = [];

beforeAll(async () => {
  [database, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'evenhand-enforce-'))]);
  const bell = new JobBell();
  const own = await serverDeps(
    {
      ...database,
      masterKey: new Uint8Array(32).fill(42),
      config: { dataFolder: folder, publicUrl: 'http://fair.example', privateAddresses: true },
    },
    { ...bell },
  );
  deps = { ...own, platforms: shopSystem.platforms };
  shop = await makeTestShop(database, deps.clock);
  connection = await connectTestShop({ ...deps, at: deps.clock.now() }, shop);
  stop = await runJobs(database, deps, bell, (error) => void faults.push(error));
});
afterAll(async () => {
  await stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const SOON_MS = 10_000;
async function soon(what: () => boolean): Promise<number> {
  const from = performance.now();
  while (!what()) {
    if (performance.now() - from > SOON_MS) throw new Error('It did not happen soon');
    await wait(20);
  }
  return performance.now() - from;
}

it('a measure is at the shop’s system within seconds, and so is its end, and what an order leads to', async () => {
  const [first] = await append(deps, shop, [order(1, known({ externalId: '17', email: 'who@example.org' }))]);
  const customer = added(first).customer as CustomerId;
  const olga = await hire(deps.staff, testClock(), shop, 'Olga', 'owner');
  unwrap(
    await takeMeasure(deps, shop, olga, customer, {
      type: 'block',
      obligations: [],
      surfaces: ['purchase'],
      until: instant(deps.clock.now() + 30 * 86_400_000),
      reason: 'Nine parcels came back empty.',
      evidence: [],
    }),
  );
  await soon(() => shopSystem.shows.get('17')?.as === 'blocked');

  const wish = { list: 'allow', type: 'external', value: '17', reason: 'A neighbour' } as const;
  const [vouched] = await writeEntries(deps, shop, olga.id, [wish]);
  if (vouched?.status !== 'added') expect.unreachable();
  await soon(() => shopSystem.shows.get('17')?.as === null);
  unwrap(await removeEntries(deps, shop, olga.id, vouched.ids));
  await soon(() => shopSystem.shows.get('17')?.as === 'blocked');

  const now = deps.clock.now();
  const placed = {
    kind: 'order_placed',
    order: 'o1',
    name: '1',
    customer: { externalId: '17' },
    language: null,
    asked: false,
  };
  await deps.store.received.add([
    {
      shop: shop.id,
      connection: connection.id,
      id: deps.ids.next(),
      delivery: 'd1',
      topic: 'orders/create',
      body: JSON.stringify({ effects: [placed] }),
      triggeredAt: now,
      receivedAt: now,
      live: true,
      nextAt: now,
    },
  ]);
  await soon(() => shopSystem.held.has('o1'));
  expect(faults).toEqual([]);
}, 60_000);
