import { afterAll, beforeAll, expect, it } from 'vitest';
import { tidyReceived } from '../../src/compose-shop-jobs.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { PlatformRecord } from '../../src/ports/platforms.ts';
import type { AssessDeps } from '../../src/workflows/assess/assess-due.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { DATA_ASKED, MERGED, MERGED_APART } from '../../src/workflows/shops/privacy-notes.ts';
import { settleAddresses } from '../../src/workflows/shops/settle-addresses.ts';
import { type Connected, connectedShop } from '../support/connected.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';
import { about, iso, order, refund } from '../support/test-shop-system.ts';

let database: TestDatabase;
let clock: TestClock;
let deps: AssessDeps;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = testClock('2026-06-01T12:00:00Z');
  deps = testJudgingDeps(database, clock);
});
afterAll(() => database.drop());

const connected = async (): Promise<Connected> => connectedShop(deps, await makeTestShop(database, clock));
const received = ({ shop, connection }: Connected, state: 'waiting' | 'done' | 'refused' | null = null) =>
  deps.store.received.list(shop.id, connection.id, { state, after: null, limit: 500 });
const notesOf = async ({ shop }: Connected, externalId: string): Promise<readonly string[]> => {
  const hash = deps.vault.identifierHash(shop.id, 'external', externalId).toString('hex');
  const customer = [...(await deps.store.enforcement.customersOf(shop.id, [`external:${hash}`])).values()][0];
  if (customer === undefined) return [];
  const opened = await deps.store.ledger.openedOf(shop.id, customer, { after: 0, limit: 500 });
  return opened.flatMap(({ event, private: hidden }) => (event.kind === 'note.added' ? [String(hidden?.text)] : []));
};

const START = Date.UTC(2026, 5, 1, 8);
const at = (minutes: number): string => iso(instant(START + minutes * 60_000));

/** A day of sixty orders: placed, moved for some, delivered, refunded for some. */
function day(): readonly PlatformRecord[] {
  const told: PlatformRecord[] = [];
  for (let n = 0; n < 60; n += 1) {
    const customer = { id: String(n % 25), email: `c${n % 25}@example.org` };
    const shown = { id: `i${n}`, name: String(1_000 + n), customer, placed_at: at(n), total: 10_00 + n };
    told.push(order({ ...shown, updated_at: at(n), address: 'Kade 1', created: true }));
    if (n % 3 === 0) told.push(order({ ...shown, updated_at: at(n + 20), address: 'Laan 2' }));
    if (n % 6 === 0) told.push(order({ ...shown, updated_at: at(n + 40), address: 'Kade 1' }));
    told.push(
      order({
        ...shown,
        updated_at: at(n + 90),
        address: n % 3 === 0 && n % 6 !== 0 ? 'Laan 2' : 'Kade 1',
        delivered_at: at(n + 90),
      }),
    );
    if (n % 4 === 0) told.push(refund({ id: `f${n}`, order_id: `i${n}`, amount: 5_00, at: at(n + 120), customer }));
  }
  return told;
}

/** The same disorder at every run. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const mixed = [...items];
  let state = seed;
  for (let place = mixed.length - 1; place > 0; place -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (place + 1);
    [mixed[place], mixed[other]] = [mixed[other] as T, mixed[place] as T];
  }
  return mixed;
}

it('comes to the same ledger however often and in whatever order a day is told', async () => {
  clock.set('2026-06-01T12:00:00Z');
  const records = day();
  const [clean, wild] = [await connected(), await connected()];
  for (const record of records) {
    await clean.send([record]);
    await clean.readAll();
  }
  // Every record comes at least once; a thousand more come again, as the same delivery or as another.
  const extra = Array.from({ length: 1_000 }, (_, n) => n % records.length);
  const told = shuffled([...records.keys(), ...extra], 11);
  for (let from = 0; from < told.length; from += 150) {
    const part = told.slice(from, from + 150);
    await wild.send(
      part.map((index) => records[index] as PlatformRecord),
      (n) => (n % 2 === 0 ? `sent:d${part[n]}` : `sent:${from + n}`),
    );
    await wild.readAll();
  }
  // A refund that came before its order was read again when the order was there.
  clock.later('1 day');
  await wild.readAll();
  clock.later('1 day');
  for (const { shop } of [clean, wild]) await settleAddresses(deps, shop);
  const [expected, found] = [await clean.ledger(), await wild.ledger()];
  expect(expected.filter((row) => row.includes('order.address_changed'))).toHaveLength(30);
  expect(expected.filter((row) => row.includes('refund.issued'))).toHaveLength(15);
  expect(expected).toHaveLength(60 + 60 + 30 + 15);
  expect(found).toEqual(expected);
  expect(await received(wild, 'waiting')).toEqual([]);
  expect(await received(wild, 'refused')).toEqual([]);
  expect([...clean.broke, ...wild.broke]).toEqual([]);
}, 60_000);

it('reads what a webhook names before it was seen once it is there, or fetches it', async () => {
  const own = await connected();
  const customer = { id: '7', email: 'ada@example.org' };
  await own.send([refund({ id: 'f1', order_id: 'i1', amount: 100, at: at(9), customer })]);
  await own.readAll();
  expect(await received(own)).toMatchObject([{ state: 'waiting', fault: 'needs', attempts: 1 }]);
  expect(own.system.asked).toContain('order i1');
  // It is there now, and the next try fetches it.
  own.system.past = [order({ id: 'i1', name: '1001', customer, placed_at: at(0), updated_at: at(0), total: 500 })];
  clock.later('1 day');
  await own.readAll();
  await own.readAll();
  expect(await received(own)).toMatchObject([{ state: 'done', added: 1, fault: null }]);
  expect(await own.ledger()).toHaveLength(2);
});

it('gives a webhook to a person that can never be read, with the path of what is missing', async () => {
  const own = await connected();
  const customer = { id: '8' };
  await own.send([
    about('order', { name: '1' }),
    about('breaks', {}),
    order({ id: 'i9', name: 'x'.repeat(200), customer, placed_at: at(0), updated_at: at(0), total: 100 }),
    order({ id: 'i8', name: '1008', customer, placed_at: at(0), updated_at: at(0), total: 100 }),
    refund({ id: 'f8', order_id: 'never', amount: 100, at: at(1), customer }),
  ]);
  await own.readAll();
  expect((await received(own, 'refused')).map(({ fault }) => fault).sort()).toEqual([
    'drift:id',
    'event:body.order',
    'fault',
  ]);
  expect(own.broke).toHaveLength(1);
  for (let days = 0; days < 12; days += 1) {
    clock.later('2 days');
    await own.readAll();
  }
  expect((await received(own, 'refused')).map(({ fault }) => fault)).toContain('needs');
  expect(await own.ledger()).toHaveLength(1);
  // A person reads it again once the order is there.
  await own.send([order({ id: 'never', name: '1', customer, placed_at: at(0), updated_at: at(0), total: 100 })]);
  await own.readAll();
  const stuck = (await received(own, 'refused')).find(({ fault }) => fault === 'needs');
  expect(await deps.store.received.retry(own.shop.id, own.connection.id, String(stuck?.id), clock.now())).toBe(true);
  await own.readAll();
  expect((await own.ledger()).filter((row) => row.includes('refund'))).toHaveLength(1);
});

it('puts off what breaks each time alone, and leaves it to a person in the end', async () => {
  const own = await connected();
  const customer = { id: '1' };
  await own.send([
    order({ id: 'i1', name: 'never\u0000stored', customer, placed_at: at(0), updated_at: at(0), total: 100 }),
    order({ id: 'i2', name: '1002', customer, placed_at: at(0), updated_at: at(0), total: 100 }),
  ]);
  for (let tries = 0; tries < 12; tries += 1) {
    await own.readAll();
    clock.later('1 day');
  }
  expect(await own.ledger()).toHaveLength(1);
  expect(await received(own, 'waiting')).toEqual([]);
  expect(await received(own, 'refused')).toMatchObject([{ fault: 'fault', attempts: 10 }]);
});

it('forgets whom the platform asks to forget, and everything it sent about them', async () => {
  const own = await connected();
  const customer = { id: '9', email: 'eve@example.org' };
  await own.send([
    order({ id: 'i1', name: '1001', customer, placed_at: at(0), updated_at: at(0), total: 500, address: 'Kade 1' }),
    order({ id: 'i2', name: '1002', customer: { id: '10' }, placed_at: at(0), updated_at: at(0), total: 500 }),
    about('customer/erase', { customer }),
  ]);
  await own.readAll();
  const rows = await database.db
    .selectFrom('hook_received')
    .select(['topic', 'state', 'sealed'])
    .where('shop_id', '=', own.shop.id)
    .execute();
  expect(
    rows.map(({ topic, state, sealed }) => `${topic} ${state} ${sealed === null ? 'emptied' : 'kept'}`).sort(),
  ).toEqual(['customer/erase done emptied', 'order done emptied', 'order done kept']);
  const seen = await database.db
    .selectFrom('address_seen')
    .select('order_name')
    .where('shop_id', '=', own.shop.id)
    .execute();
  expect(seen).toEqual([]);
  const erased = await database.db
    .selectFrom('customer')
    .select('erased_at')
    .where('shop_id', '=', own.shop.id)
    .where('erased_at', 'is not', null)
    .execute();
  expect(erased).toHaveLength(1);
  // Asked again: there is nobody left to forget.
  await own.send([about('customer/erase', { customer })]);
  await own.readAll();
  expect(await received(own, 'waiting')).toEqual([]);
});

it('does not forget a customer in dispute, and does so when it is over', async () => {
  const own = await connected();
  const customer = { id: '11', email: 'dis@example.org' };
  await own.send([order({ id: 'i1', name: '1001', customer, placed_at: at(0), updated_at: at(0), total: 500 })]);
  await own.readAll();
  const dispute = (kind: 'payment.disputed' | 'payment.dispute_lost') =>
    deps.store.transaction((store) =>
      store.ledger.append(own.shop, [
        {
          kind,
          body: (kind === 'payment.disputed'
            ? { dispute: 'D1', order: '1001', amount: { amount: 500, currency: 'EUR' }, reason: 'fraudulent' }
            : { dispute: 'D1' }) as never,
          subject: { identifiers: [{ type: 'external', value: '11' }], shown: {} },
          occurredAt: clock.now(),
          source: 'generic',
          sourceId: kind,
        },
      ]),
    );
  await dispute('payment.disputed');
  await own.send([about('customer/erase', { customer })]);
  await own.readAll();
  expect(await received(own, 'waiting')).toMatchObject([{ topic: 'customer/erase', fault: 'erase:dispute' }]);
  await dispute('payment.dispute_lost');
  clock.later('2 days');
  await own.readAll();
  expect(await received(own, 'waiting')).toEqual([]);
});

it('empties what it keeps of a customer when staff forget them', async () => {
  const own = await connected();
  const customer = { id: '12', email: 'gone@example.org' };
  await own.send([order({ id: 'i1', name: '1001', customer, placed_at: at(0), updated_at: at(0), total: 500 })]);
  await own.readAll();
  const [row] = await received(own);
  const [whom] = row?.customers ?? [];
  if (whom === undefined) throw new Error('It is not known whom it was about');
  await eraseCustomer({ ...deps, blobs: { remove: async () => undefined } }, own.shop, whom);
  const kept = await database.db
    .selectFrom('hook_received')
    .select('sealed')
    .where('shop_id', '=', own.shop.id)
    .execute();
  expect(kept).toEqual([{ sealed: null }]);
});

it('pins a question for one’s data where staff see it', async () => {
  const own = await connected();
  const customer = { id: '13' };
  await own.send([
    order({ id: 'i1', name: '1001', customer, placed_at: at(0), updated_at: at(0), total: 500 }),
    about('customer/data', { customer }),
    about('customer/data', { customer: { id: 'nobody' } }),
  ]);
  await own.readAll();
  expect(await notesOf(own, '13')).toEqual([DATA_ASKED]);
  expect(await received(own, 'waiting')).toEqual([]);
});

it('takes up a merge as far as nobody comes under a measure by it', async () => {
  const own = await connected();
  const buys = (id: string, number: string) =>
    order({ id, name: id, customer: { id: number }, placed_at: at(0), updated_at: at(0), total: 500 });
  await own.send([buys('i1', '20'), buys('i2', '21'), buys('i3', '22')]);
  await own.readAll();
  // Both have a past.
  await own.send([about('customer/merge', { kept: { id: '20' }, gone: { id: '21' } })]);
  // One is new to us: from now on they are the same.
  await own.send([about('customer/merge', { kept: { id: '22' }, gone: { id: '23' } })]);
  await own.readAll();
  await own.send([buys('i4', '23')]);
  await own.readAll();
  expect(await notesOf(own, '20')).toEqual([MERGED_APART]);
  expect(await notesOf(own, '21')).toEqual([MERGED_APART]);
  expect(await notesOf(own, '22')).toEqual([MERGED]);
  const counts = await database.db
    .selectFrom('customer')
    .select('orders')
    .where('shop_id', '=', own.shop.id)
    .orderBy('orders')
    .execute();
  expect(counts.map(({ orders }) => orders)).toEqual([1, 1, 2]);
});

it('asks to connect again after the app was taken away, and loses nothing that comes meanwhile', async () => {
  const own = await connected();
  await own.send([about('uninstalled', {})]);
  await own.readAll();
  expect((await deps.store.connections.one(own.shop.id, own.connection.id))?.state).toBe('reconnect');
  await own.send([
    order({ id: 'i1', name: '1', customer: { id: '1' }, placed_at: at(0), updated_at: at(0), total: 5 }),
  ]);
  await own.readAll();
  expect(await own.ledger()).toHaveLength(1);
});

it('empties bodies a week after they were read, and forgets deliveries after three months', async () => {
  const own = await connected();
  await own.send([
    order({ id: 'i1', name: '1', customer: { id: '1' }, placed_at: at(0), updated_at: at(0), total: 5 }),
    about('order', {}),
  ]);
  await own.readAll();
  const bodies = async () =>
    (
      await database.db
        .selectFrom('hook_received')
        .select(['state', 'sealed'])
        .where('shop_id', '=', own.shop.id)
        .orderBy('state')
        .execute()
    ).map(({ state, sealed }) => [state, sealed !== null]);
  await tidyReceived(own.deps);
  expect(await bodies()).toEqual([
    ['done', true],
    ['refused', true],
  ]);
  clock.later('8 days');
  await tidyReceived(own.deps);
  // What a person has yet to look at stays.
  expect(await bodies()).toEqual([
    ['done', false],
    ['refused', true],
  ]);
  // Nor is it kept for ever: it is somebody's data.
  clock.later('90 days');
  await tidyReceived(own.deps);
  expect(await bodies()).toEqual([['refused', false]]);
});
