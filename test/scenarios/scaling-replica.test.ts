import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BenchShop, openShop } from '../../bench/service/shop.ts';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { openReplica, type Replica } from '../../src/adapters/postgres/replica/replica.ts';
import { type EmbeddedServer, openEmbeddedServer } from '../../src/adapters/postgres/server/server.ts';
import { id, type ShopId } from '../../src/core/shared/brand.ts';
import type { ConsoleReads } from '../../src/ports/console.ts';
import { onDatabase } from '../support/database.ts';
import { type ReplicaServer, startReplica } from '../support/replica-server.ts';
import { makeHome, type Service, startService } from '../support/service-process.ts';

/** A service with a streaming replica beside its database, as docs/scaling.md sets one up. */
const home = makeHome();
let primary: EmbeddedServer;
let standby: ReplicaServer;
let service: Service;
let shop: BenchShop;
let adminUrl: string;

beforeAll(async () => {
  primary = await openEmbeddedServer({ folder: home.dataFolder });
  await onDatabase(primary.adminUrl('postgres'), (client) => client.query('create database evenhand'));
  adminUrl = primary.adminUrl('evenhand');
  standby = await startReplica(adminUrl, home.dataFolder, mkdtempSync(join(tmpdir(), 'evenhand-replica-')));
  service = await startService({
    dataFolder: join(home.dataFolder, 'service'),
    environment: {
      DATABASE_URL: adminUrl,
      DATABASE_READ_URL: standby.url,
      EVENHAND_MASTER_KEY: randomBytes(32).toString('base64'),
    },
  });
  shop = await openShop(service.url);
}, 240_000);
afterAll(async () => {
  service?.process.kill('SIGKILL');
  await service?.ended;
  await standby?.stop();
  await primary?.close();
  await home.remove();
});

/** Asks until the answer is right; a change may take long to arrive under load. */
async function until(right: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 600; tries++) {
    if (await right()) return true;
    await pause(50);
  }
  return false;
}

const replay = (how: 'pause' | 'resume') =>
  onDatabase(standby.url, (client) => client.query(`select pg_wal_replay_${how}()`));

describe('the switch', () => {
  let pool: ReturnType<typeof connect>;
  let replica: Replica;
  let reads: ConsoleReads;
  const said: string[] = [];
  const nobody = id<ShopId>('00000000-0000-7000-8000-000000000001');

  beforeAll(() => {
    pool = connect(adminUrl, 3);
    const open = { url: standby.url, serviceUrl: adminUrl, primary: pool.pool };
    replica = openReplica({ ...open, onTrouble: (message) => void said.push(message) });
    const counting = (db: typeof pool.db): ConsoleReads =>
      ({ standings: (of: ShopId) => countOf(db, of) }) as Partial<ConsoleReads> as ConsoleReads;
    reads = replica.over(counting(pool.db), counting);
  });
  afterAll(async () => {
    await replica.close();
    await pool.close();
  });

  const countOf = async (db: typeof pool.db, of: ShopId) => {
    const { count } = await db
      .selectFrom('customer')
      .select((expression) => expression.fn.countAll<number>().as('count'))
      .where('shop_id', '=', of)
      .executeTakeFirstOrThrow();
    return { good: count, watch: 0, restricted: 0, blocked: 0, warned: 0 } as unknown as Awaited<
      ReturnType<ConsoleReads['standings']>
    >;
  };
  const fromReplica = async (): Promise<boolean> => {
    const before = replica.answered.replica;
    await reads.standings(nobody);
    return replica.answered.replica > before;
  };

  test('reads from the replica when it is fresh, and from the primary after a write until the replica has it too', async () => {
    expect(await until(fromReplica)).toBe(true);
    await replay('pause');
    await onDatabase(adminUrl, (client) => client.query('create table written (n int)'));
    replica.wrote();
    for (let ask = 0; ask < 20; ask++) {
      expect(await fromReplica()).toBe(false);
      await pause(50);
    }
    await replay('resume');
    expect(await until(fromReplica)).toBe(true);
    expect(said).toEqual([]);
  }, 90_000);
});

test('pages show at once what was just done, whatever the replica knows of it', async () => {
  await shop.send([0, 1, 2].map(order));
  const search = () => shop.call('POST /api/shops/:shop/customers/search', { params: { shop: 'bench' }, body: {} });
  expect(await until(async () => (await search()).items.length === 3)).toBe(true);
  const { items } = await search();
  await replay('pause');
  try {
    for (const [at, customer] of items.entries()) {
      await shop.call('POST /api/shops/:shop/customers/:id/measures', {
        params: { shop: 'bench', id: customer.id },
        body: {
          type: 'restriction',
          obligations: ['prepayment_only'],
          until: new Date(Date.now() + 86_400_000).toISOString(),
          reason: 'Three parcels refused at the door.',
        },
      });
      const listed = await shop.call('GET /api/shops/:shop/measures', { params: { shop: 'bench' } });
      expect(listed.items.length).toBe(at + 1);
    }
  } finally {
    await replay('resume');
  }
}, 120_000);

test('without its replica the service goes on, on the primary', async () => {
  await standby.stop();
  const listed = await shop.call('POST /api/shops/:shop/customers/search', { params: { shop: 'bench' }, body: {} });
  expect(listed.items.length).toBe(3);
  expect(await until(async () => service.out().includes('The replica is not read'))).toBe(true);
  expect(await (await fetch(`${service.url}/readyz`)).json()).toMatchObject({ status: 'ready' });
}, 90_000);

const order = (at: number) => ({
  kind: 'order.placed',
  id: `o-${at}`,
  occurredAt: '2026-02-01T10:00:00Z',
  customer: { externalId: `C-${at}` },
  body: { order: `o-${at}`, total: { amount: 1995, currency: 'EUR' } },
});
