import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/adapters/postgres/schema.ts';
import type { Damage } from '../../src/ports/ledger.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { append, known, order } from '../support/offers.ts';
import { asOwner, makeTestShop, testClock, testDeps } from '../support/shop.ts';

/** A ledger of ten rows: the customer, then nine orders. */
const ROWS = 10;

describeOnEveryDatabase('tampering with the ledger', (makeDatabase) => {
  let database: TestDatabase;
  let owner: Kysely<Database>;
  let deps: Deps;
  const clock = testClock();
  beforeAll(async () => {
    database = await makeDatabase();
    owner = asOwner(database);
    deps = testDeps(database, clock);
  });
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  const filled = async (): Promise<Shop> => {
    const shop = await makeTestShop(database, clock);
    const ada = known({ externalId: 'A', name: 'Ada' });
    await append(
      deps,
      shop,
      Array.from({ length: ROWS - 1 }, (_, index) => order(index, ada)),
    );
    return shop;
  };
  const damageAfter = async (tamper: (shop: Shop) => Promise<unknown>): Promise<readonly Damage[]> => {
    const shop = await filled();
    await tamper(shop);
    return (await deps.store.ledger.verify(shop.id)).damage;
  };
  const places = (damage: readonly Damage[]) => damage.map(({ seq, what }) => [seq, what]);
  const swap = async (shop: Shop, a: number, b: number): Promise<void> => {
    for (const [from, to] of [
      [a, 1_000],
      [b, a],
      [1_000, b],
    ])
      await sql`update ledger_event set seq = ${to} where shop_id = ${shop.id} and seq = ${from}`.execute(owner);
  };

  it('finds nothing where nothing was done', async () => {
    expect(await damageAfter(async () => undefined)).toEqual([]);
  });

  it.each([
    ['body', sql`body = '{"order":"O4","total":{"amount":1,"currency":"EUR"},"lines":[]}'`],
    ['body, by a space alone', sql`body = (body::text || ' ')::json`],
    ['kind', sql`kind = 'order.delivered'`],
    ['customer', sql`customer_id = null`],
    ['time', sql`occurred_at = occurred_at - interval '1 microsecond'`],
    ['time of recording', sql`recorded_at = recorded_at + interval '1 day'`],
    ['source id', sql`source_id = 'order:400'`],
    ['source', sql`source = 'elsewhere'`],
    ['content hash', sql`content_hash = hash`],
    ['sealed part', sql`sealed = 'x'::bytea`],
    ['id', sql`id = '00000000-0000-4000-8000-000000000001'`],
    ['hash', sql`hash = prev_hash`],
    ['hash before', sql`prev_hash = hash`],
  ])('names a row whose %s was changed', async (_, change) => {
    const damage = await damageAfter((shop) =>
      sql`update ledger_event set ${change} where shop_id = ${shop.id} and seq = 5`.execute(owner),
    );
    expect(places(damage)).toEqual([[5, 'altered']]);
  });

  it('names the one row that was replaced together with its hash', async () => {
    const shop = await filled();
    const forged = await filled();
    await sql`delete from ledger_event where shop_id = ${shop.id}`.execute(owner);
    // Another shop's whole ledger under this shop's name: right in itself, and not this shop's.
    await sql`update ledger_event set shop_id = ${shop.id} where shop_id = ${forged.id}`.execute(owner);
    const { damage } = await deps.store.ledger.verify(shop.id);
    expect(damage.length).toBeGreaterThanOrEqual(ROWS);
    expect(damage[0]).toMatchObject({ seq: 1, what: 'altered' });
  });

  it('names rows that changed places', async () => {
    expect(places(await damageAfter((shop) => swap(shop, 4, 7)))).toEqual([
      [4, 'reordered'],
      [7, 'reordered'],
    ]);
    expect(places(await damageAfter((shop) => swap(shop, 5, 6)))).toEqual([
      [5, 'reordered'],
      [6, 'reordered'],
    ]);
  });

  it('names rows that were removed from the middle', async () => {
    const damage = await damageAfter((shop) =>
      sql`delete from ledger_event where shop_id = ${shop.id} and seq in (4, 5)`.execute(owner),
    );
    expect(damage).toEqual([{ seq: 4, kind: null, what: 'removed', detail: 'rows 4 to 5 are gone' }]);
  });

  it('names a row that was removed though the rest was renumbered', async () => {
    const damage = await damageAfter(async (shop) => {
      await sql`delete from ledger_event where shop_id = ${shop.id} and seq = 5`.execute(owner);
      for (let seq = 6; seq <= ROWS; seq += 1)
        await sql`update ledger_event set seq = ${seq - 1} where shop_id = ${shop.id} and seq = ${seq}`.execute(owner);
    });
    expect(damage[0]).toMatchObject({ seq: 5, what: 'removed', detail: 'row 5 is gone' });
    expect(damage.filter(({ what }) => what === 'reordered').map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9]);
  });

  it('names a tail that was cut off, also by a hash kept elsewhere when the end was moved too', async () => {
    const shop = await filled();
    const { head } = await deps.store.ledger.verify(shop.id);
    await sql`delete from ledger_event where shop_id = ${shop.id} and seq > 7`.execute(owner);
    expect(places((await deps.store.ledger.verify(shop.id)).damage)).toEqual([[8, 'cut_off']]);
    await sql`update ledger_head set seq = 7, hash = (select hash from ledger_event where shop_id = ${shop.id} and seq = 7)
              where shop_id = ${shop.id}`.execute(owner);
    const after = await deps.store.ledger.verify(shop.id);
    expect(after.damage).toEqual([]);
    expect(await deps.store.ledger.holds(shop.id, Buffer.from(head.hash, 'hex'))).toBe(false);
    expect(await deps.store.ledger.holds(shop.id, Buffer.from(after.head.hash, 'hex'))).toBe(true);
  });

  it('names an end that does not belong to the ledger', async () => {
    const damage = await damageAfter((shop) =>
      sql`update ledger_head set hash = 'x'::bytea where shop_id = ${shop.id}`.execute(owner),
    );
    expect(places(damage)).toEqual([[ROWS, 'head_differs']]);
  });

  it.each([
    ['ledger_event', sql`update ledger_event set source = 'x'`],
    ['ledger_event', sql`delete from ledger_event`],
    ['ledger_event', sql`truncate ledger_event`],
    ['policy_version', sql`update policy_version set source = 'x'`],
    ['policy_version', sql`delete from policy_version`],
    ['policy_version', sql`truncate policy_version`],
  ])('is not possible for the service itself: %s', async (table, statement) => {
    await filled();
    await expect(statement.execute(database.db)).rejects.toThrow(`permission denied for table ${table}`);
  });
});
