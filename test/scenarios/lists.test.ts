import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer as customerCard } from '../../src/adapters/postgres/console/customer.ts';
import type { EntryInMemory } from '../../src/core/lists/types.ts';
import { type CustomerId, id } from '../../src/core/shared/brand.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Instant } from '../../src/core/shared/time.ts';
import type { EntriesWanted } from '../../src/ports/lists.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { extendEntry, removeEntries } from '../../src/workflows/lists/change-entry.ts';
import { readLines } from '../../src/workflows/lists/read-lines.ts';
import { readValues } from '../../src/workflows/lists/search.ts';
import type { EntryWish } from '../../src/workflows/lists/wish.ts';
import { writeEntries } from '../../src/workflows/lists/write-entries.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

describeOnEveryDatabase('the lists of a shop', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;

  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
  });
  afterAll(() => database.drop());

  async function open() {
    const shop = await makeTestShop(database, clock);
    const mia = await hire(testStaff(database, deps.vault), clock, shop, 'Mia', 'manager');
    const write = (...wishes: readonly EntryWish[]) => writeEntries(deps, shop, mia.id, wishes);
    return { shop, mia, write };
  }

  const entry = (over: Partial<EntryWish> = {}): EntryWish => ({
    list: 'deny',
    type: 'email',
    value: 'ada@example.com',
    reason: 'Nine parcels came back empty.',
    ...over,
  });

  const wanted = (over: Partial<EntriesWanted> = {}): EntriesWanted => ({
    list: null,
    types: [],
    show: 'valid',
    values: null,
    now: clock.now(),
    after: null,
    limit: 100,
    ...over,
  });

  const changesOf = (shop: Shop, only: string | null = null) =>
    deps.store.lists.changes(shop.id, { entry: only, before: null, limit: 100 });

  async function inMemory(shop: Shop, only?: readonly string[]): Promise<readonly EntryInMemory[]> {
    const all: EntryInMemory[] = [];
    for await (const part of deps.store.lists.inMemory(shop.id, clock.now(), only)) all.push(...part);
    return all;
  }

  const counterOf = async (shop: Shop): Promise<number> => {
    const { rows } = await database.pool.query('select counter from shop_change where shop_id = $1', [shop.id]);
    return Number(rows[0]?.counter ?? 0);
  };

  it('keep what was written, with the usual answer and a year to live', async () => {
    const { shop, mia, write } = await open();
    const before = await counterOf(shop);
    expect(await write(entry(), entry({ type: 'phone', value: '06 12345678' }))).toMatchObject([
      { status: 'added' },
      { status: 'added' },
    ]);
    expect(await deps.store.lists.page(shop.id, wanted({ types: ['email'] }))).toMatchObject([
      {
        list: 'deny',
        value: 'ada@example.com',
        answer: 'deny',
        until: addPeriod(clock.now(), months(12)),
        createdBy: { id: mia.id, name: 'Mia' },
        hits: 0,
        lastHitAt: null,
      },
    ]);
    expect(await deps.store.lists.page(shop.id, wanted({ types: ['phone'] }))).toMatchObject([{ answer: 'review' }]);
    expect(await deps.store.lists.counts(shop.id, clock.now())).toEqual({
      allow: 0,
      deny: 2,
      ending: 0,
      ended: 0,
      unused: 0,
    });
    expect(await counterOf(shop)).toBeGreaterThan(before);
    const { rows } = await database.pool.query('select e::text as row from list_entry e where shop_id = $1', [shop.id]);
    expect(rows).toHaveLength(2);
    for (const text of ['parcels', Buffer.from('parcels').toString('hex')])
      expect(JSON.stringify(rows)).not.toContain(text);
  });

  it('refuse everybody, a harder answer and an end too far away, unless it is meant where that may be', async () => {
    const { shop, write } = await open();
    const tooLate = addPeriod(clock.now(), months(37));
    const wishes = [
      entry({ type: 'ip', value: '0.0.0.0/0' }),
      entry({ type: 'ip', value: '::/0' }),
      entry({ type: 'email_domain', value: 'gmail.com' }),
      entry({ type: 'phone', value: '06 12345678', answer: 'deny' }),
      entry({ until: tooLate }),
      entry({ reason: ' ' }),
      entry({ value: 'nobody' }),
    ];
    const refusals = (await write(...wishes)).map((each) =>
      each.status === 'refused'
        ? `${each.refusal.field}${each.refusal.unlessMeant ? ' unless meant' : ''}`
        : each.status,
    );
    expect(refusals).toEqual([
      'value unless meant',
      'value unless meant',
      'value unless meant',
      'answer unless meant',
      'until',
      'reason',
      'value',
    ]);
    expect(await inMemory(shop)).toEqual([]);
    expect(await changesOf(shop)).toEqual([]);
    const meant = await write(...wishes.map((wish) => ({ ...wish, meant: true })));
    expect(meant.map(({ status }) => status)).toEqual([
      'added',
      'added',
      'added',
      'added',
      'refused',
      'refused',
      'refused',
    ]);
  });

  it('hold a value once, whatever it is written as, and say who changed it', async () => {
    const { shop, write } = await open();
    const [first] = await write(entry({ value: 'ADA@Example.com' }));
    const [again] = await write(entry({ value: ' ada@example.com' }));
    expect(again).toEqual({ status: 'same', ids: first?.status === 'added' ? first.ids : [] });
    const [changed] = await write(entry({ list: 'allow' }), entry({ list: 'allow' }));
    expect(changed).toMatchObject({ status: 'changed', ids: again?.status === 'same' ? again.ids : [] });
    expect(await deps.store.lists.page(shop.id, wanted())).toMatchObject([{ list: 'allow', answer: null }]);
    expect((await changesOf(shop)).map(({ what, list, by }) => [what, list, by?.name])).toEqual([
      ['changed', 'allow', 'Mia'],
      ['added', 'deny', 'Mia'],
    ]);
  });

  it('stop nobody whom somebody vouched for, unless it is meant', async () => {
    const { shop, write } = await open();
    await write(entry({ list: 'allow' }));
    const seen = { text: 'ada@example.com', type: null, list: 'deny', meant: false } as const;
    expect((await readLines(deps, shop, seen)).lines[0]?.refusal?.unlessMeant).toBe(true);
    expect((await readLines(deps, shop, { ...seen, meant: true })).lines[0]?.refusal).toBeNull();
    expect(await write(entry())).toMatchObject([{ status: 'refused', refusal: { field: 'value', unlessMeant: true } }]);
    expect(await deps.store.lists.page(shop.id, wanted())).toMatchObject([{ list: 'allow' }]);
    expect(await changesOf(shop)).toHaveLength(1);
    expect(await write(entry({ meant: true }))).toMatchObject([{ status: 'changed' }]);
    expect(await deps.store.lists.page(shop.id, wanted())).toMatchObject([{ list: 'deny' }]);
  });

  it('take a range of networks whole or not at all', async () => {
    const { shop, write } = await open();
    await write(entry({ list: 'allow', type: 'ip', value: '203.0.113.8/31' }));
    const range = { type: 'ip', value: '203.0.113.5-203.0.113.9' } as const;
    const seen = { text: range.value, type: null, list: 'deny', meant: false } as const;
    expect((await readLines(deps, shop, seen)).lines[0]?.refusal?.message).toContain('A part of this range');
    const standing = async () =>
      (await deps.store.lists.page(shop.id, wanted())).map(({ list, value }) => `${list} ${value}`).sort();
    const [refused, single] = await write(entry(range), entry({ type: 'ip', value: '203.0.113.5' }));
    expect(refused).toMatchObject({ status: 'refused', refusal: { unlessMeant: true } });
    expect(single).toMatchObject({ status: 'added' });
    expect(await standing()).toEqual(['allow 203.0.113.8/31', 'deny 203.0.113.5']);
    const [meant] = await write(entry({ ...range, meant: true }));
    expect(meant).toMatchObject({ status: 'added' });
    expect(await standing()).toEqual(['deny 203.0.113.5', 'deny 203.0.113.6/31', 'deny 203.0.113.8/31']);
  });

  it('hold it once when two processes write the same list at once, with both in the trace', async () => {
    const { shop, mia, write } = await open();
    const other = testDeps(database, clock);
    const leo = await hire(testStaff(database, deps.vault), clock, shop, 'Leo', 'manager');
    const values = Array.from({ length: 60 }, (_, n) => `c${n}@example.com`);
    const mine = values.map((value) => entry({ value, reason: 'Mia wrote this.' }));
    const theirs = values.toReversed().map((value) => entry({ value, reason: 'Leo wrote this.' }));
    const [ours, others] = await Promise.all([write(...mine), writeEntries(other, shop, leo.id, theirs)]);
    const statuses = [...ours, ...others].map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(60).fill('added'), ...Array(60).fill('changed')]);
    const rows = await deps.store.lists.page(shop.id, wanted());
    expect(rows).toHaveLength(60);
    const [last] = await changesOf(shop);
    const winner = last?.by?.id === mia.id ? 'Mia wrote this.' : 'Leo wrote this.';
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set([winner]));
    for (const row of rows.slice(0, 3))
      expect((await changesOf(shop, row.id)).map(({ what }) => what)).toEqual(['changed', 'added']);
    expect((await deps.store.ledger.verify(shop.id)).damage).toEqual([]);
  });

  it('say who took an entry away, when it is there no more', async () => {
    const { shop, mia, write } = await open();
    const [added] = await write(entry());
    if (added?.status !== 'added') return expect.unreachable();
    expect(unwrap(await removeEntries(deps, shop, mia.id, added.ids))).toBe(1);
    expect(await removeEntries(deps, shop, mia.id, added.ids)).toMatchObject({ error: { kind: 'not-found' } });
    expect((await changesOf(shop, added.ids[0])).map(({ what, by }) => [what, by?.name])).toEqual([
      ['removed', 'Mia'],
      ['added', 'Mia'],
    ]);
    expect(await inMemory(shop, added.ids)).toEqual([]);
  });

  it('bring up what ends soon, soonest first, and let it be kept with a reason', async () => {
    const { shop, mia, write } = await open();
    const inDays = (days: number) => addPeriod(clock.now(), { months: 0, days });
    await write(
      entry({ value: 'b@example.com', until: inDays(20) }),
      entry({ value: 'a@example.com', until: inDays(10) }),
      entry({ value: 'c@example.com', until: inDays(60) }),
    );
    const ending = await deps.store.lists.page(shop.id, wanted({ show: 'ending' }));
    expect(ending.map(({ value }) => value)).toEqual(['a@example.com', 'b@example.com']);
    const [first, second] = ending;
    if (first === undefined || second === undefined) return expect.unreachable();
    const after = { value: first.until, id: first.id };
    expect(await deps.store.lists.page(shop.id, wanted({ show: 'ending', after }))).toMatchObject([{ id: second.id }]);
    const until = inDays(300);
    const reason = 'Came back in May with another card.';
    expect(unwrap(await extendEntry(deps, shop, mia.id, first.id, { until, reason }))).toMatchObject({ until, reason });
    expect(await extendEntry(deps, shop, mia.id, first.id, { until: clock.now(), reason })).toMatchObject({
      error: { field: 'until' },
    });
    expect((await changesOf(shop, first.id))[0]).toMatchObject({ what: 'extended', until });
    const now = inDays(30);
    expect(await deps.store.lists.counts(shop.id, now)).toMatchObject({ ended: 1, deny: 2, ending: 1 });
    expect(await deps.store.lists.page(shop.id, wanted({ show: 'ended', now }))).toMatchObject([{ id: second.id }]);
  });

  it('count whom they met, and show those that met nobody', async () => {
    const { shop, write } = await open();
    await write(entry(), entry({ value: 'b@example.com' }));
    const [newest, oldest] = await deps.store.lists.page(shop.id, wanted());
    if (newest === undefined || oldest === undefined) return expect.unreachable();
    const later = addPeriod(clock.now(), { months: 0, days: 91 });
    expect(await deps.store.lists.counts(shop.id, later)).toMatchObject({ unused: 2 });
    const gone = '00000000-0000-4000-8000-000000000001';
    const [t1, t2] = [clock.now(), (clock.now() + 60_000) as Instant];
    await Promise.all([
      deps.store.lists.hit(shop.id, [
        { id: oldest.id, count: 3, lastAt: t2 },
        { id: gone, count: 1, lastAt: t1 },
      ]),
      deps.store.lists.hit(shop.id, [{ id: oldest.id, count: 2, lastAt: t1 }]),
    ]);
    expect(await deps.store.lists.entry(shop.id, oldest.id)).toMatchObject({ hits: 5, lastHitAt: t2 });
    expect(await deps.store.lists.page(shop.id, wanted({ show: 'unused', now: later }))).toMatchObject([
      { id: newest.id },
    ]);
  });

  it('are found by an exact value, however it is written, and by nothing less', async () => {
    const { shop, write } = await open();
    await write(entry(), entry({ type: 'ip', value: '203.0.113.0/24' }));
    const find = async (text: string) =>
      (await deps.store.lists.page(shop.id, wanted({ values: readValues(deps.vault, shop, text) }))).map(
        ({ value }) => value,
      );
    expect(await find('Ada@EXAMPLE.com')).toEqual(['ada@example.com']);
    expect(await find('203.0.113.9/24')).toEqual(['203.0.113.0/24']);
    expect(await find('ada')).toEqual([]);
    expect(await find('')).toHaveLength(2);
  });

  it('go into memory with networks opened and all else as hashes, in parts', async () => {
    const { shop, write } = await open();
    await write(
      entry(),
      entry({ type: 'ip', value: '203.0.113.5-203.0.113.9' }),
      entry({ list: 'allow', type: 'external', value: 'C-1' }),
    );
    const all = await inMemory(shop);
    expect(all.map(({ network }) => network).sort()).toEqual([
      '203.0.113.5',
      '203.0.113.6/31',
      '203.0.113.8/31',
      null,
      null,
    ]);
    const ada = all.find(({ type }) => type === 'email');
    expect(ada).toMatchObject({ list: 'deny', answer: 'deny' });
    expect(Buffer.from(ada?.hash ?? [])).toEqual(deps.vault.identifierHash(shop.id, 'email', 'ada@example.com'));
    expect(await inMemory(shop, [ada?.id ?? '', '00000000-0000-4000-8000-000000000001'])).toEqual([ada]);
    expect(JSON.stringify(all.filter(({ type }) => type !== 'ip'))).not.toContain('ada@');
  });

  it('are read with the start, also in a shop that took no measures', async () => {
    const [listed, empty] = [await open(), await open()];
    await listed.write(entry());
    const warmed = await deps.store.enforcement.shopsInForce(1_000);
    expect(warmed).toContain(listed.shop.id);
    expect(warmed).not.toContain(empty.shop.id);
  });

  it('say of pasted lines what each is and whom the shop knows by it', async () => {
    const { shop, write } = await open();
    await recordEvents(deps, shop, [
      { kind: 'account.created', id: 'a', occurredAt: '2026-01-01T10:00:00Z', customer: { email: 'ada@example.com' } },
    ]);
    await write(entry({ value: 'bob@example.com' }));
    const text = 'ada@example.com\n\nbob@example.com\n0.0.0.0/0\n203.0.113.5-203.0.113.9\nC-1';
    const read = await readLines(deps, shop, { text, type: null, list: 'deny', meant: false });
    expect(read).toMatchObject({ customers: 1, good: 1, leftOut: 0 });
    const many = Array.from({ length: 503 }, (_, n) => `many${n}@example.com`).join('\n\n');
    const long = await readLines(deps, shop, { text: many, type: null, list: 'deny', meant: false });
    expect([long.lines.length, long.leftOut]).toEqual([500, 3]);
    expect(read.lines.map(({ line, type, refusal, known }) => [line, type, refusal?.unlessMeant, known?.list])).toEqual(
      [
        [1, 'email', undefined, undefined],
        [3, 'email', undefined, 'deny'],
        [4, 'ip', true, undefined],
        [5, 'ip', undefined, undefined],
        [6, null, undefined, undefined],
      ],
    );
  });

  it('go on recognising an erased customer, whom nobody can read there any more', async () => {
    const { shop, write } = await open();
    const { results } = await recordEvents(deps, shop, [
      { kind: 'account.created', id: 'a', occurredAt: '2026-01-01T10:00:00Z', customer: { email: 'ada@example.com' } },
    ]);
    const home = { street: 'Dorpsstraat 12', postcode: '1234 AB', city: 'Utrecht', country: 'NL' };
    await recordEvents(deps, shop, [
      {
        kind: 'account.created',
        id: 'b',
        occurredAt: '2026-01-02T10:00:00Z',
        customer: { email: 'ada@example.com', name: 'Ada Jansen', address: home, device: 'device-17' },
      },
      {
        kind: 'account.created',
        id: 'c',
        occurredAt: '2026-01-03T10:00:00Z',
        customer: { email: 'ada@example.com', name: 'Ada Smit', address: { ...home, street: 'Kerkstraat 1' } },
      },
    ]);
    await write(
      entry(),
      entry({ value: 'bob@example.com' }),
      entry({ type: 'name_address', value: 'Ada Jansen; Dorpsstr. 12; 1234 AB' }),
      entry({ type: 'name_address', value: 'Ada Smit; Kerkstraat 1; 1234 AB' }),
      entry({ type: 'name_address', value: 'Bob Smit; Kerkstraat 1; 1234 AB' }),
      entry({ type: 'device', value: 'device-17' }),
    );
    const ada = id<CustomerId>(results[0]?.customer ?? '');
    expect((await deps.store.lists.about(shop.id, ada, 10)).map(({ type }) => type).sort()).toEqual([
      'device',
      'email',
      'name_address',
      'name_address',
    ]);
    unwrap(await eraseCustomer({ ...deps, blobs: { remove: async () => undefined } }, shop, ada));
    expect((await customerCard(database.db, deps.vault, shop.id, ada, clock.now()))?.erased).toBe(true);
    const page = await deps.store.lists.page(shop.id, wanted());
    expect(page.map(({ value }) => value).sort()).toEqual([
      'Bob Smit; Kerkstraat 1; 1234 AB',
      'bob@example.com',
      null,
      null,
      null,
      null,
    ]);
    for (const { value, reason } of page) expect(reason === null).toBe(value === null);
    expect(await inMemory(shop)).toHaveLength(6);
  });

  describe('beside each other', () => {
    it('know nothing of another shop', async () => {
      const [one, two] = [await open(), await open()];
      const [added] = await one.write(entry());
      if (added?.status !== 'added') return expect.unreachable();
      expect(await two.write(entry())).toMatchObject([{ status: 'added' }]);
      expect(await removeEntries(deps, two.shop, two.mia.id, added.ids)).toMatchObject({ ok: false });
      expect(await deps.store.lists.entry(two.shop.id, added.ids[0] ?? '')).toBeNull();
      expect(await changesOf(two.shop, added.ids[0])).toEqual([]);
    });
  });
});
