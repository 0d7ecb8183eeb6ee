import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerId, ShopId } from '../../src/core/shared/brand.ts';
import type { AppendOutcome, OfferedEvent, Subject } from '../../src/ports/ledger.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { at } from '../support/events.ts';
import { asOwner, makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';

const known = (externalId: string, shown: Subject['shown'] = {}): Subject => ({
  identifiers: [
    { type: 'external', value: externalId },
    ...(shown.email === undefined ? [] : [{ type: 'email', value: shown.email.toLowerCase() } as const]),
    ...(shown.phone === undefined ? [] : [{ type: 'phone', value: shown.phone } as const]),
  ],
  shown: { externalId, ...shown },
});

const order = (number: number, subject: Subject | null, total = 20_00): OfferedEvent => ({
  kind: 'order.placed',
  body: { order: `O${number}`, total: { amount: total, currency: 'EUR' }, lines: [] },
  subject,
  occurredAt: at('2026-05-01T10:00:00Z'),
  source: 'test',
  sourceId: `order:${number}`,
});

const append = (deps: Deps, shop: Shop, offered: readonly OfferedEvent[]): Promise<readonly AppendOutcome[]> =>
  deps.store.transaction((store) => store.ledger.append(shop, offered));

const statuses = (outcomes: readonly AppendOutcome[]): string[] => outcomes.map((outcome) => outcome.status);

describeOnEveryDatabase('the ledger', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
  });
  afterAll(() => database.drop());

  it('gives events a place in one sequence, and says what it knew already', async () => {
    const shop = await makeTestShop(database, clock);
    const first = await append(deps, shop, [order(1, known('A')), order(2, known('B')), order(1, known('A'))]);
    expect(statuses(first)).toEqual(['added', 'added', 'known']);
    const again = await append(deps, shop, [order(2, known('B')), order(1, known('A'), 99_00), order(3, known('A'))]);
    expect(statuses(again)).toEqual(['known', 'conflict', 'added']);
    const rows = await database.db
      .selectFrom('ledger_event')
      .select(['seq', 'kind', 'source_id'])
      .where('shop_id', '=', shop.id)
      .orderBy('seq')
      .execute();
    expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map((row) => row.kind)).toEqual([
      'account.identified',
      'order.placed',
      'account.identified',
      'order.placed',
      'order.placed',
    ]);
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ rows: 5, damage: [] });
  });
});
