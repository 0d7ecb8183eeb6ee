import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JobBell, runJobs } from '../../src/compose-jobs.ts';
import { serverDeps } from '../../src/compose-server.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { ServerDeps } from '../../src/http/server.ts';
import type { OfferedEvent } from '../../src/ports/ledger.ts';
import type { Shop } from '../../src/ports.ts';
import { addEndpoint } from '../../src/workflows/announce/endpoints.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { uuid } from '../support/events.ts';
import { type HookReceiver, hookReceiver } from '../support/hook-receiver.ts';
import { added, append, known, order } from '../support/offers.ts';
import { makeTestShop, testClock } from '../support/shop.ts';
import { hire } from '../support/staff.ts';

let database: TestDatabase;
let receiver: HookReceiver;
let folder: string;
let deps: ServerDeps;
let shop: Shop;
let stop: () => Promise<void>;
const faults: unknown[] = [];

beforeAll(async () => {
  [database, receiver, folder] = await Promise.all([
    createTestDatabase(),
    hookReceiver(),
    mkdtemp(join(tmpdir(), 'evenhand-hooks-')),
  ]);
  const bell = new JobBell();
  deps = await serverDeps(
    {
      ...database,
      masterKey: new Uint8Array(32).fill(42),
      config: { dataFolder: folder, publicUrl: 'http://fair.example', privateAddresses: true },
    },
    { ...bell },
  );
  shop = await makeTestShop(database, deps.clock);
  const onFault = (error: unknown) => void faults.push(error);
  stop = await runJobs(database, deps, bell, onFault);
  const olga = await hire(deps.staff, testClock(), shop, 'Olga', 'owner');
  const wish = { url: receiver.url, topics: ['measure.started', 'decision.denied'] as const, note: '' };
  unwrap(await addEndpoint({ ...deps, onFault }, shop, olga, wish));
});
afterAll(async () => {
  await stop();
  await receiver.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

it('other systems hear within seconds of a block, and of what it refuses', async () => {
  const [first] = await append(deps, shop, [order(1, known({ externalId: 'A-1' }))]);
  const customer = added(first).customer as CustomerId;
  const now = deps.clock.now();
  const begun = {
    kind: 'measure.started',
    body: {
      measure: uuid(1, 3),
      proposal: null,
      type: 'block',
      obligations: [],
      surfaces: ['purchase'],
      ladder: null,
      step: null,
      rules: [],
      policyVersion: null,
      evidence: [],
      until: new Date(now + 30 * 86_400_000).toISOString(),
      skipped: null,
      proposedBy: 'staff',
      approvedBy: [uuid(1, 2)],
      softened: false,
    },
    subject: { id: customer, identifiers: [], shown: {} },
    occurredAt: now,
    source: 'test',
    sourceId: 'block',
  } as unknown as OfferedEvent;
  const from = performance.now();
  await append(deps, shop, [begun]);
  await heard(1);
  expect(performance.now() - from).toBeLessThan(5_000);

  const decisions = new Decisions(deps, { changes: deps.changes, onFault: (error) => void faults.push(error) });
  const asked = unwrap(await decisions.decide(shop, { surface: 'purchase', customer: { externalId: 'A-1' } }));
  expect(asked.outcome).toBe('deny');
  await heard(2);
  await decisions.close();
  const data = { customer: { id: customer, externalId: 'A-1' } };
  expect(receiver.got.map(({ payload }) => payload)).toMatchObject([
    { type: 'measure.started', data: { ...data, measure: uuid(1, 3) } },
    { type: 'decision.denied', data: { ...data, decision: asked.decision } },
  ]);
  expect(faults).toEqual([]);
});

async function heard(count: number): Promise<void> {
  await expect.poll(() => receiver.got.length, { timeout: 10_000, interval: 20 }).toBe(count);
}
