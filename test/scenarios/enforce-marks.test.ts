import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { marksAway } from '../../src/workflows/shops/enforce/marks-away.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type EnforceDesk, type EnforceScene, enforceDesk } from '../support/enforce-desk.ts';
import { testPlatform } from '../support/recording-platform.ts';

/* What a shop's system is told of customers: what is in force now, whatever was told before. */

let database: TestDatabase;
let desk: EnforceDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = enforceDesk(database);
});
afterAll(() => database.drop());

let scene: EnforceScene;
beforeEach(async () => {
  scene = await desk.scene();
  await scene.enforces();
  expect(scene.shopSystem.asked.filter(({ what }) => what === 'mark')).toEqual([]);
  scene.shopSystem.asked.length = 0;
});
const shown = (who = '17') => scene.shopSystem.shows.get(who);
const marks = () => scene.shopSystem.asked.filter(({ what }) => what === 'mark').length;
const state = async (customer: Parameters<EnforceScene['blocks']>[0]) =>
  desk.deps.store.marks.of(scene.shop.id, (await scene.connection()).id, customer);

describe('marks', () => {
  it('are told when a measure begins, with what the customer reads, and taken away when it ends', async () => {
    const customer = await scene.meets();
    await scene.enforces();
    expect(marks()).toBe(0);
    const measure = await scene.blocks(customer);
    await scene.enforces();
    expect(shown()).toMatchObject({ as: 'blocked', refused: ['purchase'], obligations: [] });
    expect(shown()?.sentences).toMatchObject([{ surface: 'purchase', language: 'en' }]);
    expect(shown()?.sentences[0]?.text).toContain('we cannot take this order');
    expect(await state(customer)).toMatchObject({ applied: { as: 'blocked' }, waiting: false, fault: null });
    await liftMeasure(desk.deps, scene.shop, scene.mia, measure, 'It was a mistake.');
    await scene.enforces();
    expect(shown()).toEqual({ as: null, refused: [], obligations: [], until: null, sentences: [] });
    await scene.enforces();
    expect(marks()).toBe(2);
  });

  it('speak every language of the shop, each once', async () => {
    scene = await desk.scene({ languages: ['nl', 'en', 'nl-BE'] });
    await scene.blocks(await scene.meets(), { surfaces: ['purchase', 'review'] });
    await scene.enforces();
    expect(shown()?.sentences.map(({ surface, language }) => `${surface} ${language}`)).toEqual([
      'purchase nl',
      'purchase en',
      'review nl',
      'review en',
    ]);
  });

  it('go with the end by time, and with an entry on the allow-list for as long as it lasts', async () => {
    await scene.blocks(await scene.meets());
    await scene.enforces();
    await scene.vouches('17', 10);
    await scene.enforces();
    expect(shown()?.as).toBeNull();
    desk.clock.later('11 days');
    await scene.enforces();
    expect(shown()?.as).toBe('blocked');
    desk.clock.later('90 days');
    // Even before its end is in the ledger.
    await scene.enforces();
    expect(shown()?.as).toBeNull();
    await assessAllDue(desk.deps, scene.shop);
    await scene.enforces();
    expect(shown()?.as).toBeNull();
  });

  it('are told anew each day, in case somebody took them away there', async () => {
    await scene.blocks(await scene.meets());
    await scene.enforces();
    desk.clock.later('1 day');
    await scene.enforces();
    expect(marks()).toBe(2);
  });

  it('are taken away from who was erased, by what was kept of them until then', async () => {
    const customer = await scene.meets();
    await scene.blocks(customer);
    await scene.enforces();
    expect(await eraseCustomer(scene.deps, scene.shop, customer)).toEqual({ ok: true, value: true });
    const kept = () =>
      database.db
        .selectFrom('platform_mark')
        .select('farewell')
        .where('shop_id', '=', scene.shop.id)
        .executeTakeFirstOrThrow();
    expect((await kept()).farewell).not.toBeNull();
    scene.shopSystem.answers({ kind: 'unavailable', detail: 'down' });
    await scene.enforces();
    expect((await kept()).farewell).not.toBeNull();
    desk.clock.later('1 day');
    await scene.enforces();
    expect(shown()?.as).toBeNull();
    expect((await kept()).farewell).toBeNull();
    desk.clock.later('2 days');
    const before = marks();
    await scene.enforces();
    expect(marks()).toBe(before);
    // The block outlives it all the same.
    await scene.orders('o1', { email: 'who@example.org' });
    expect((await scene.acts()).map(({ kind }) => kind)).toContain('hold_order');
  });

  it('are never told of somebody by the number of another system', async () => {
    scene = await desk.scene({ connection: { source: 'generic-2', numberPrefix: 'generic-2:' } });
    await scene.blocks(await scene.meets({ externalId: '17' }));
    await scene.blocks(await scene.meets({ externalId: 'generic-2:17', email: 'other@example.org' }));
    await scene.enforces();
    const told = scene.shopSystem.asked.flatMap((one) => (one.what === 'mark' ? [one.customer] : []));
    expect(told).toEqual([{ externalId: '17', email: 'other@example.org' }]);
  });

  it('are told of whom a new connection never heard', async () => {
    const other = await desk.scene({ connection: { state: 'disconnected', endedAt: null } as object });
    await other.blocks(await other.meets());
    await database.db.updateTable('connection').set({ state: 'active' }).where('shop_id', '=', other.shop.id).execute();
    await other.enforces();
    expect(other.shopSystem.shows.get('17')?.as).toBe('blocked');
  });

  it('are left out where the shop wants none, and taken away when it no longer does', async () => {
    await scene.blocks(await scene.meets());
    await scene.enforces();
    const { id, settings } = await scene.connection();
    await desk.deps.store.connections.change(scene.shop.id, id, { settings: { ...settings, marks: false } });
    await desk.deps.store.marks.allDue(scene.shop.id, id, desk.clock.now());
    await scene.enforces();
    expect(shown()?.as).toBeNull();
    expect(scene.shopSystem.guests()).toEqual([]);
  });

  it('cost nothing on a platform that asks us each time', async () => {
    scene = await desk.scene({ platform: testPlatform({ without: ['mark', 'listGuests'] }) });
    await scene.blocks(await scene.meets());
    await scene.enforces();
    expect(scene.shopSystem.asked).toEqual([]);
    expect(await scene.deps.store.acts.shopsWithDue(desk.clock.now())).not.toContain(scene.shop.id);
  });

  it('are told of what changed while they were being told', async () => {
    const customer = await scene.meets();
    const measure = await scene.blocks(customer);
    scene.shopSystem.during(async () => {
      await liftMeasure(desk.deps, scene.shop, scene.mia, measure, 'It was a mistake.');
    });
    await scene.enforces();
    expect(shown()?.as).toBeNull();
    expect(await state(customer)).toMatchObject({ applied: { as: null }, waiting: false });
  });
});

describe('a platform that does not do as it is told', () => {
  it('is asked again, ever later, and is never given up', async () => {
    const customer = await scene.meets();
    await scene.blocks(customer);
    scene.shopSystem.answers(...Array.from({ length: 30 }, () => ({ kind: 'unavailable', detail: 'down' }) as const));
    await scene.enforces();
    expect(await state(customer)).toMatchObject({ applied: null, waiting: true, fault: 'unavailable' });
    for (let day = 0; day < 12; day += 1) {
      desk.clock.later('1 day');
      await scene.enforces();
    }
    expect(shown()).toBeUndefined();
    scene.shopSystem.answers();
    desk.clock.later('1 day');
    await scene.enforces();
    expect(shown()?.as).toBe('blocked');
    expect(await state(customer)).toMatchObject({ waiting: false, fault: null });
  });

  it('is not asked at all while it wants to be left alone', async () => {
    await scene.blocks(await scene.meets());
    await scene.blocks(await scene.meets({ externalId: '18' }));
    scene.shopSystem.answers({ kind: 'limited', retryAfterMs: 90_000 }, { kind: 'limited', retryAfterMs: 90_000 });
    await scene.enforces();
    const before = scene.shopSystem.asked.length;
    scene.shopSystem.answers();
    await scene.enforces();
    expect(scene.shopSystem.asked.length).toBe(before);
    desk.clock.set((desk.clock.now() + 91_000) as ReturnType<typeof desk.clock.now>);
    await scene.enforces();
    expect([shown()?.as, shown('18')?.as]).toEqual(['blocked', 'blocked']);
  });

  it('and no longer takes our key waits to be connected again, and loses nothing', async () => {
    const customer = await scene.meets();
    await scene.blocks(customer);
    scene.shopSystem.answers({ kind: 'unauthorised' });
    await scene.enforces();
    expect((await scene.connection()).state).toBe('reconnect');
    const before = scene.shopSystem.asked.length;
    desk.clock.later('30 days');
    await scene.enforces();
    expect(scene.shopSystem.asked.length).toBe(before);
    await desk.deps.store.connections.change(scene.shop.id, (await scene.connection()).id, { state: 'active' });
    await scene.enforces();
    expect(shown()?.as).toBe('blocked');
  });

  it.each([
    ['gone', { kind: 'gone' }, 'gone'],
    ['cannot', { kind: 'cannot' }, 'cannot'],
  ] as const)('and says that somebody is %s is left alone until something changes', async (_, fault, kept) => {
    const customer = await scene.meets();
    const measure = await scene.blocks(customer);
    scene.shopSystem.answers(fault);
    await scene.enforces();
    expect(await state(customer)).toMatchObject({ waiting: false, fault: kept });
    desk.clock.later('3 days');
    const before = marks();
    await scene.enforces();
    expect(marks()).toBe(before);
    await liftMeasure(desk.deps, scene.shop, scene.mia, measure, 'It was a mistake.');
    await scene.blocks(customer);
    await scene.enforces();
    expect(shown()?.as).toBe('blocked');
  });

  it('is asked again when our own program breaks, and somebody hears of it', async () => {
    await scene.blocks(await scene.meets());
    scene.shopSystem.answers(new Error('a slip'));
    await scene.enforces();
    expect(scene.faults).toMatchObject([{ message: 'a slip' }]);
    desk.clock.later('1 day');
    await scene.enforces();
    expect(shown()?.as).toBe('blocked');
  });

  it('is told again by the next when whoever told it died', async () => {
    const customer = await scene.meets();
    await scene.blocks(customer);
    const { id } = await scene.connection();
    const now = desk.clock.now();
    const until = (now + 120_000) as typeof now;
    expect(await desk.deps.store.marks.claim(scene.shop.id, id, { now, until, most: 5 })).toHaveLength(1);
    await scene.enforces();
    expect(shown()).toBeUndefined();
    desk.clock.set((now + 121_000) as typeof now);
    await scene.enforces();
    expect(shown()?.as).toBe('blocked');
  });
});

describe('the list of guests', () => {
  it('names who is refused at a purchase, those who matter most first, in normal form', async () => {
    await scene.blocks(await scene.meets({ externalId: '17', email: 'Has.Account@example.org' }));
    await scene.blocks(await scene.meets({ email: 'Guest@Example.org', phone: '06 12345678' }));
    await scene.blocks(await scene.meets({ email: 'reviewer@example.org' }), { surfaces: ['review'] });
    const conditions = { type: 'restriction', surfaces: [], obligations: ['prepayment_only'] } as const;
    await scene.blocks(await scene.meets({ email: 'conditions@example.org' }), conditions);
    await scene.enforces();
    expect(scene.shopSystem.guests().map(({ email, phone, marks: { as } }) => [email, phone, as])).toEqual([
      ['guest@example.org', '+31612345678', 'blocked'],
      ['has.account@example.org', null, 'blocked'],
      ['conditions@example.org', null, 'restricted'],
    ]);
    const { id } = await scene.connection();
    expect(await desk.deps.store.guestList.of(scene.shop.id, id)).toMatchObject({ listed: 3, fitted: 3, fault: null });
    const handed = scene.shopSystem.asked.findLast(({ what }) => what === 'guests');
    if (handed?.what !== 'guests') throw new Error('No list was handed over');
    expect(handed.sentences).toMatchObject([{ surface: 'purchase', language: 'en' }]);
    expect(handed.sentences[0]?.text).not.toMatch(/parcels|202\d/);
    expect(handed.sentences[0]?.text).toContain('If you think this is wrong');
  });

  it('is handed over again when somebody leaves it, and when it could not be', async () => {
    const customer = await scene.meets({ email: 'guest@example.org' });
    await scene.blocks(customer);
    scene.shopSystem.answers(null, { kind: 'unavailable', detail: 'down' });
    await scene.enforces();
    expect(scene.shopSystem.guests()).toEqual([]);
    desk.clock.later('1 day');
    await scene.enforces();
    expect(scene.shopSystem.guests()).toHaveLength(1);
    await eraseCustomer(scene.deps, scene.shop, customer);
    await scene.enforces();
    expect(scene.shopSystem.guests()).toEqual([]);
  });
});

describe('before a connection ends', () => {
  it('every mark is taken away, the list emptied, and what waits called off', async () => {
    await scene.blocks(await scene.meets());
    await scene.blocks(await scene.meets({ externalId: '18', email: 'eighteen@example.org' }));
    await scene.enforces();
    await scene.orders('o1', { externalId: '17' });
    expect(await marksAway(scene.deps, scene.shop, await scene.connection())).toEqual({
      taken: 2,
      left: 0,
      fault: null,
    });
    expect([...scene.shopSystem.shows.values()].map(({ as }) => as)).toEqual([null, null]);
    expect(scene.shopSystem.guests()).toEqual([]);
    expect((await scene.acts()).map((act) => act.state)).toEqual(['cancelled', 'cancelled']);
    expect(await marksAway(scene.deps, scene.shop, await scene.connection())).toMatchObject({ taken: 0, left: 0 });
  });

  it('says how many are left where the platform does not let us', async () => {
    await scene.blocks(await scene.meets());
    await scene.enforces();
    scene.shopSystem.answers({ kind: 'unauthorised' }, { kind: 'unauthorised' });
    expect(await marksAway(scene.deps, scene.shop, await scene.connection())).toEqual({
      taken: 0,
      left: 1,
      fault: { kind: 'unauthorised' },
    });
  });
});
