import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { Subject } from '../../src/ports/ledger.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { type AssessDeps, assessAllDue, assessDue } from '../../src/workflows/assess/assess-due.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { added, append, known, order, sentBack } from '../support/offers.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';

describeOnEveryDatabase('assessing who is due', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: AssessDeps;
  let orders = 0;
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock('2026-07-01T12:00:00Z');
    deps = testJudgingDeps(database, clock);
  });
  afterAll(() => database.drop());

  const proposalsOf = (shop: Shop) =>
    database.db.selectFrom('proposal').selectAll().where('shop_id', '=', shop.id).orderBy('id').execute();
  /** Somebody who ordered four times and sent everything back. */
  const everythingBack = async (shop: Shop, who: Subject = known({ externalId: 'A' })): Promise<CustomerId> => {
    orders += 4;
    const offered = [1, 2, 3, 4].flatMap((own) => [order(orders + own, who), sentBack(orders + own, who)]);
    return added((await append(deps, shop, offered))[0]).customer as CustomerId;
  };

  it('assesses everybody else when one cannot be, says so without personal data, and tries that one again in an hour', async () => {
    const shop = await makeTestShop(database, clock);
    const broken = await everythingBack(shop);
    const others = [
      await everythingBack(shop, known({ externalId: 'B' })),
      await everythingBack(shop, known({ externalId: 'C' })),
    ];
    const faults: unknown[] = [];
    const failing = cannotJudge(deps, broken, 'Ada Lovelace\n    at ada@example.org:1:2');
    expect(await assessAllDue({ ...failing, onFault: (error) => faults.push(error) }, shop)).toBe(3);
    expect((await proposalsOf(shop)).map((proposal) => proposal.customer_id).sort()).toEqual([...others].sort());
    const row = await database.db
      .selectFrom('customer')
      .select(['next_at', 'assessed_at'])
      .where('id', '=', broken)
      .executeTakeFirst();
    expect(row).toEqual({ next_at: clock.now() + 3_600_000, assessed_at: null });
    expect(faults).toHaveLength(1);
    const [fault] = faults as [Error];
    expect(fault.message).toBe(
      `1 customer of shop ${shop.id} could not be assessed and will be tried again in an hour`,
    );
    expect(fault.stack).toContain('assess-due.ts');
    expect(`${fault.message} ${fault.stack} ${String(fault.cause)}`).not.toMatch(/ada/i);

    const later: AssessDeps = { ...deps, clock: { now: () => instant(clock.now() + 3_600_000) } };
    expect(await assessAllDue(later, shop)).toBe(1);
    expect(await proposalsOf(shop)).toHaveLength(3);
  });

  it('throws what could not be assessed where nobody listens, after everybody else has been', async () => {
    const shop = await makeTestShop(database, clock);
    const broken = await everythingBack(shop);
    await everythingBack(shop, known({ externalId: 'B' }));
    await expect(assessAllDue(cannotJudge(deps, broken, 'no'), shop)).rejects.toThrow('1 customer of shop');
    expect(await proposalsOf(shop)).toHaveLength(1);
    expect(await deps.store.standing.countDue(shop.id, clock.now())).toBe(0);
  });

  it('takes fewer customers at once where histories are long, and always one', async () => {
    const shop = await makeTestShop(database, clock);
    for (const [number, externalId] of ['A', 'B', 'C', 'D'].entries())
      await append(deps, shop, [order(number, known({ externalId }))]);
    const counted = (events: number) =>
      database.db.updateTable('customer').set({ events }).where('shop_id', '=', shop.id).execute();
    await counted(60_000);
    expect(await assessDue(deps, shop)).toEqual({ customers: 1, more: true });
    await counted(25_000);
    expect(await assessDue(deps, shop)).toEqual({ customers: 2, more: true });
    expect(await assessDue(deps, shop)).toEqual({ customers: 1, more: false });
  });
});

/** The same, but the events of one customer cannot be read by whoever judges them. */
function cannotJudge(deps: AssessDeps, customer: CustomerId, message: string): AssessDeps {
  const unreadable = new Proxy([], {
    get: () => {
      throw new Error(message);
    },
  });
  const breaking = (store: Store): Store => ({
    ...store,
    transaction: (work) => store.transaction((inside) => work(breaking(inside))),
    ledger: {
      ...store.ledger,
      eventsOf: async (shop, customers) =>
        (await store.ledger.eventsOf(shop, customers)).map((own) =>
          own.customer === customer ? { ...own, events: unreadable } : own,
        ),
    },
  });
  return { ...deps, store: breaking(deps.store) };
}
