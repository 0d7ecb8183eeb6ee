import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import type { AppendOutcome } from '../../src/ports/ledger.ts';
import type { Deps } from '../../src/ports/store.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { uuid } from '../support/events.ts';
import { added, append, known, order, sentBack } from '../support/offers.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';

const statuses = (outcomes: readonly AppendOutcome[]): string[] => outcomes.map((outcome) => outcome.status);
const ada = known({ externalId: 'A', email: 'Ada@example.org', name: 'Ada Lovelace' });

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

  const customerRow = (customer: CustomerId | null) =>
    database.db
      .selectFrom('customer')
      .selectAll()
      .where('id', '=', customer as CustomerId)
      .executeTakeFirstOrThrow();

  it('gives events a place in one sequence, and says what it knew already', async () => {
    const shop = await makeTestShop(database, clock);
    const b = known({ externalId: 'B' });
    const first = await append(deps, shop, [order(1, ada), order(2, b), order(1, ada)]);
    expect(statuses(first)).toEqual(['added', 'added', 'known']);
    const other = order(1, ada, { total: { amount: 99_00, currency: 'EUR' } });
    const again = await append(deps, shop, [order(2, b), other, order(3, ada)]);
    expect(statuses(again)).toEqual(['known', 'conflict', 'added']);
    const { rows } = await sql<{ seq: number; kind: string }>`
      select seq, kind from ledger_event where shop_id = ${shop.id} order by seq`.execute(database.db);
    expect(rows).toEqual([
      { seq: 1, kind: 'account.identified' },
      { seq: 2, kind: 'order.placed' },
      { seq: 3, kind: 'account.identified' },
      { seq: 4, kind: 'order.placed' },
      { seq: 5, kind: 'order.placed' },
    ]);
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ rows: 5, damage: [] });
  });

  it('writes a batch whole or not at all', async () => {
    const shop = await makeTestShop(database, clock);
    await expect(
      deps.store.transaction(async (store) => {
        await store.ledger.append(shop, [order(1, ada)]);
        throw new Error('Something else failed');
      }),
    ).rejects.toThrow('Something else failed');
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ rows: 0, head: { seq: 0 }, damage: [] });
    expect(statuses(await append(deps, shop, [order(1, ada)]))).toEqual(['added']);
  });

  it('is written inside a transaction only', async () => {
    const shop = await makeTestShop(database, clock);
    expect(() => deps.store.ledger.append(shop, [order(1, ada)])).toThrow('inside a transaction only');
  });

  it('recognises a customer by any identifier, and keeps personal data out of the clear', async () => {
    const shop = await makeTestShop(database, clock);
    const [first] = await append(deps, shop, [order(1, ada)]);
    const [byMail] = await append(deps, shop, [order(2, known({ email: 'ada@EXAMPLE.org', phone: '+31612345678' }))]);
    const [byPhone] = await append(deps, shop, [order(3, known({ phone: '+31612345678' }))]);
    expect(added(byMail).customer).toBe(added(first).customer);
    expect(added(byPhone).customer).toBe(added(first).customer);
    const { rows } = await sql<{ everything: string }>`
      select t::text as everything from (
        select l::text from ledger_event l where l.shop_id = ${shop.id}
        union all select c::text from customer c where c.shop_id = ${shop.id}
        union all select s::text from customer_search s where s.shop_id = ${shop.id}
        union all select i::text from customer_identifier i where i.shop_id = ${shop.id}) as t`.execute(database.db);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.map((row) => row.everything).join('\n')).not.toMatch(/lovelace|example|31612345678/i);
    const shown = await deps.store.ledger.shownOf(shop.id, [added(first).customer as CustomerId]);
    expect([...shown.values()]).toEqual([
      { externalId: 'A', email: 'Ada@example.org', name: 'Ada Lovelace', phone: '+31612345678' },
    ]);
  });

  it('never merges two customers: the stronger identifier decides, and it says so', async () => {
    const shop = await makeTestShop(database, clock);
    const [a, b] = await append(deps, shop, [
      order(1, known({ externalId: 'A' })),
      order(2, known({ email: 'b@example.org' })),
    ]);
    const [both] = await append(deps, shop, [order(3, known({ externalId: 'A', email: 'b@example.org' }))]);
    expect(added(both)).toMatchObject({ customer: added(a).customer, torn: true });
    expect(added(b).torn).toBe(false);
    const [mail] = await append(deps, shop, [order(4, known({ email: 'b@example.org' }))]);
    expect(added(mail).customer).toBe(added(b).customer);
  });

  it('takes nobody for somebody else because they share a telephone', async () => {
    const shop = await makeTestShop(database, clock);
    const phone = '+31201234567';
    const anna = { externalId: 'A', email: 'anna@example.org', phone };
    const bert = { externalId: 'B', email: 'bert@example.org', phone };
    const [a, b] = await append(deps, shop, [order(1, known(anna)), order(2, known(bert))]);
    expect(added(b)).toMatchObject({ torn: true });
    expect(added(b).customer).not.toBe(added(a).customer);
    const [c, again, caller, guest] = await append(deps, shop, [
      order(3, known({ email: 'cas@example.org', phone })),
      order(4, known({ externalId: 'B' })),
      order(5, known({ phone })),
      order(6, known({ email: 'anna@example.org', phone })),
    ]);
    expect(new Set([a, b, c].map((each) => added(each).customer)).size).toBe(3);
    expect(added(again).customer).toBe(added(b).customer);
    expect([added(caller).customer, added(guest).customer]).toEqual([added(a).customer, added(a).customer]);
  });

  it('gives a customer known by telephone the number and address they bring later', async () => {
    const shop = await makeTestShop(database, clock);
    const phone = '+31201234567';
    const [caller] = await append(deps, shop, [order(1, known({ phone }))]);
    const [named] = await append(deps, shop, [order(2, known({ externalId: 'A', email: 'anna@example.org', phone }))]);
    expect(added(named)).toMatchObject({ customer: added(caller).customer, torn: false });
  });

  it('refuses an id it does not know, and a customer of another shop', async () => {
    const shop = await makeTestShop(database, clock);
    const other = await makeTestShop(database, clock);
    const [theirs] = await append(deps, other, [order(1, ada)]);
    const stranger = (id: string) => ({ id: id as CustomerId, identifiers: [], shown: {} });
    const outcomes = await append(deps, shop, [
      order(1, stranger(uuid(7))),
      order(2, stranger(added(theirs).customer ?? '')),
      order(3, ada),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'refused', field: 'customer.id' },
      { status: 'refused', field: 'customer.id' },
      { status: 'added' },
    ]);
    expect(added(outcomes[2]).customer).not.toBe(added(theirs).customer);
  });

  it("keeps totals in the shop's currency, and takes voided events out of them", async () => {
    const shop = await makeTestShop(database, clock);
    const dollars = { amount: 10_00, currency: 'USD', rate: '0.9' };
    const outcomes = await append(deps, shop, [
      order(1, ada),
      order(2, ada, { total: dollars }),
      sentBack(1, ada, 12_50),
    ]);
    const customer = added(outcomes[0]).customer;
    expect(await customerRow(customer)).toMatchObject({
      events: 3,
      orders: 2,
      ordered_value: 29_00,
      returns: 1,
      returned_value: 12_50,
    });
    const correct = (as: 'void' | 'counts' | 'shop_fault', number: number) =>
      append(deps, shop, [
        {
          kind: 'event.corrected',
          body: { event: added(outcomes[1]).id, as, by: uuid(1, 2) },
          subject: { id: customer as CustomerId, identifiers: [], shown: {} },
          occurredAt: clock.now(),
          source: 'test',
          sourceId: `correction:${number}`,
        },
      ]);
    await correct('void', 1);
    await correct('void', 2);
    expect(await customerRow(customer)).toMatchObject({ events: 2, orders: 1, ordered_value: 20_00 });
    await correct('counts', 3);
    await correct('shop_fault', 4);
    expect(await customerRow(customer)).toMatchObject({ events: 3, orders: 2, ordered_value: 29_00 });
  });

  it('forgets a customer who is erased, and still verifies', async () => {
    const shop = await makeTestShop(database, clock);
    const [first] = await append(deps, shop, [order(1, ada)]);
    const customer = added(first).customer as CustomerId;
    await append(deps, shop, [
      {
        kind: 'account.erased',
        body: {},
        subject: { id: customer, identifiers: [], shown: {} },
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'erasure',
      },
    ]);
    expect(await customerRow(customer)).toMatchObject({ sealed: null, erased_at: clock.now(), orders: 1 });
    for (const table of ['customer_key', 'customer_search', 'customer_identifier'] as const)
      expect(await database.db.selectFrom(table).selectAll().where('customer_id', '=', customer).execute()).toEqual([]);
    expect([...(await deps.store.ledger.shownOf(shop.id, [customer])).values()]).toEqual([]);
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ damage: [] });
    const [back] = await append(deps, shop, [order(2, ada)]);
    expect(added(back).customer).not.toBe(customer);
    const erased = { id: added(back).customer as CustomerId, identifiers: [], shown: {} };
    const inOneBatch = await append(deps, shop, [
      { kind: 'account.erased', body: {}, subject: erased, occurredAt: clock.now(), source: 'test', sourceId: 'again' },
      order(3, ada),
    ]);
    expect(added(inOneBatch[1]).customer).not.toBe(added(back).customer);
    const shown = await deps.store.ledger.shownOf(shop.id, [added(inOneBatch[1]).customer as CustomerId]);
    expect([...shown.values()]).toMatchObject([{ name: 'Ada Lovelace' }]);
  });

  it("streams every customer up to an instant, in batches, with nobody else's events", async () => {
    const shop = await makeTestShop(database, clock);
    const other = await makeTestShop(database, clock);
    const people = Array.from({ length: 450 }, (_, index) => known({ externalId: `P${index}` }));
    await append(
      deps,
      shop,
      people.flatMap((person, index) => [order(index, person), sentBack(index, person)]),
    );
    await append(deps, other, [order(1, ada)]);
    const sizes: number[] = [];
    const seen = new Set<string>();
    for await (const batch of deps.store.ledger.byCustomer(shop.id, order(1, null).occurredAt)) {
      sizes.push(batch.length);
      for (const { customer, events } of batch) {
        seen.add(customer);
        expect(events.map((event) => event.kind).sort()).toEqual(['account.identified', 'order.placed']);
      }
    }
    expect(seen.size).toBe(450);
    expect(sizes).toEqual([200, 200, 50]);
  });
});
