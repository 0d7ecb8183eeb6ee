import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { addPeriod, days } from '../../src/core/shared/period.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import type { OfferedEvent } from '../../src/ports/ledger.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { uuid } from '../support/events.ts';
import { added, append, known, order } from '../support/offers.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';

describeOnEveryDatabase('a customer who wants to be forgotten', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  const clock = testClock('2026-06-01T12:00:00Z');
  const ada = known({ externalId: 'A', email: 'ada@example.org', name: 'Ada' });

  async function scene() {
    const shop = await makeTestShop(database, clock);
    const removed: string[] = [];
    const deps = {
      ...testDeps(database, clock),
      blobs: { remove: async (_: unknown, file: string) => void removed.push(file) },
    };
    const [outcome] = await append(deps, shop, [order(1, ada)]);
    const customer = added(outcome).customer as CustomerId;
    const subject = { id: customer, identifiers: [], shown: {} };
    const tell = (kind: string, body: object, sourceId: string, at = clock.now()) =>
      append(deps, shop, [
        { kind, body, subject, occurredAt: at, source: 'test', sourceId } as unknown as OfferedEvent,
      ]);
    return { shop, deps, customer, tell, removed };
  }

  it('is forgotten with every file, can come back as somebody new, and the chain still verifies', async () => {
    const { shop, deps, customer, tell, removed } = await scene();
    const [measure, appeal, first, second] = [uuid(1, 3), uuid(1, 6), uuid(1, 7), uuid(2, 7)];
    await tell(
      'appeal.filed',
      {
        appeal,
        measure,
        type: 'appeal',
        ground: 'other',
        disputed: [],
        attachments: [first],
        round: 1,
        language: 'en',
        dueAt: formatInstant(addPeriod(clock.now(), days(14))),
      },
      'filed',
    );
    expect(await eraseCustomer(deps, shop, customer)).toEqual({ ok: false, error: 'appeal' });
    await tell('appeal.information_given', { appeal, attachments: [second] }, 'given');
    await tell('appeal.withdrawn', { appeal }, 'withdrawn');
    expect(await eraseCustomer(deps, shop, customer)).toEqual({ ok: true, value: true });
    expect(removed).toEqual([first, second]);
    expect(await deps.store.ledger.shownOf(shop.id, [customer])).toEqual(new Map());
    expect((await deps.store.ledger.verify(shop.id)).damage).toEqual([]);
    const [back] = await append(deps, shop, [order(2, ada)]);
    expect(added(back).customer).not.toBe(customer);
  });

  it('waits while a payment is disputed, though not for ever', async () => {
    const { shop, deps, customer, tell } = await scene();
    const body = { dispute: 'D1', amount: { amount: 20_00, currency: 'EUR' }, reason: 'fraudulent' };
    await tell('payment.disputed', body, 'disputed');
    expect(await eraseCustomer(deps, shop, customer)).toEqual({ ok: false, error: 'dispute' });
    clock.later('181 days');
    expect(await eraseCustomer(deps, shop, customer)).toEqual({ ok: true, value: true });
  });

  it('is told when there is nobody to forget', async () => {
    const { shop, deps } = await scene();
    expect(await eraseCustomer(deps, shop, uuid(9, 1) as CustomerId)).toEqual({ ok: false, error: 'unknown' });
  });
});
