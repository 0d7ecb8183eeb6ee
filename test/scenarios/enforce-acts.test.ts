import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ShopAct } from '../../src/core/enforcement/types.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { customerInShop } from '../../src/workflows/shops/enforce/customer-in-shop.ts';
import { type AskedAct, askAct, cancelAct, retryAct, undoAct } from '../../src/workflows/shops/enforce/staff-acts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type EnforceDesk, type EnforceScene, enforceDesk } from '../support/enforce-desk.ts';
import { testPlatform } from '../support/recording-platform.ts';

/* What is asked of the shop's own system: when it does not answer, for returns, and by staff. */

let database: TestDatabase;
let desk: EnforceDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = enforceDesk(database);
});
afterAll(() => database.drop());

const ADA = { externalId: '17', email: 'who@example.org' };
let scene: EnforceScene;
let ada: CustomerId;
async function begin(options: Parameters<EnforceDesk['scene']>[0] = {}) {
  scene = await desk.scene(options);
  ada = await scene.meets(ADA);
  await scene.enforces();
}
beforeEach(() => begin({ platform: testPlatform({ abilities: { assess_order: 'no' } }) }));

const outcomes = async () => (await scene.acts()).map(({ kind, state }) => `${kind} ${state}`);
const decisions = async () => {
  const rows = await database.db
    .selectFrom('ledger_event')
    .select('body')
    .where('shop_id', '=', scene.shop.id)
    .where('kind', '=', 'decision.made')
    .orderBy('seq')
    .execute();
  return rows.map(({ body }) => body as { decision: string; outcome: string; measures: string[] });
};
const daysAgo = (days: number) => new Date(desk.clock.now() - days * 86_400_000).toISOString();
const seconds = (count: number) =>
  desk.clock.set((desk.clock.now() + count * 1_000) as ReturnType<typeof desk.clock.now>);

describe('an act that the platform does not do', () => {
  beforeEach(() => scene.blocks(ada));
  const act = async () => (await scene.acts())[0];

  it('is tried again under the same key, and given up after a while, when the team hears of it', async () => {
    await begin({
      platform: testPlatform({ abilities: { assess_order: 'no' } }),
      connection: { settings: { marks: false } },
    });
    await scene.blocks(ada);
    await scene.enforces();
    scene.shopSystem.answers(...Array.from({ length: 9 }, () => ({ kind: 'unavailable', detail: 'down' }) as const));
    await scene.orders('o1', ADA);
    for (let tries = 0; tries < 12; tries += 1) {
      await scene.enforces();
      desk.clock.later('1 day');
    }
    expect(await act()).toMatchObject({ state: 'failed', fault: 'unavailable', attempts: 9 });
    expect(await scene.told()).toContain('team.order_held');
    const keys = scene.shopSystem.asked.flatMap((one) => (one.what === 'act' ? [one.key] : []));
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(9);
    expect(await retryAct(scene.deps, scene.shop, scene.agent, (await act())?.id ?? '')).toEqual({
      ok: true,
      value: true,
    });
    await scene.enforces();
    expect(await act()).toMatchObject({ state: 'done', fault: null });
  });

  it('is done once though whoever did it died before saying so', async () => {
    await scene.orders('o1', ADA);
    const { id } = await scene.connection();
    const now = desk.clock.now();
    const claim = { now, until: (now + 120_000) as typeof now, most: 9 };
    const [taken] = await desk.deps.store.acts.claim(scene.shop.id, id, claim);
    await scene.shopSystem.platform.act({} as never, taken?.act as ShopAct, null, taken?.id ?? '');
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order waiting']);
    expect(await cancelAct(scene.deps, scene.shop, scene.mia, taken?.id ?? '')).toMatchObject({
      error: { message: 'It is being done at this moment. Look again in a minute.' },
    });
    seconds(121);
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order done']);
    expect(scene.shopSystem.asked.flatMap((one) => (one.what === 'act' ? [one.key] : []))).toEqual([
      taken?.id,
      taken?.id,
    ]);
  });

  it('uses no try up by a limit or a key that is no longer good', async () => {
    const limited = { kind: 'limited', retryAfterMs: 60_000 } as const;
    scene.shopSystem.answers(limited, limited);
    await scene.orders('o1', ADA);
    await scene.orders('o2', ADA);
    await scene.enforces();
    expect((await scene.acts()).every(({ attempts, state }) => attempts === 0 && state === 'waiting')).toBe(true);
    seconds(30);
    const before = scene.shopSystem.asked.length;
    await scene.enforces();
    expect(scene.shopSystem.asked).toHaveLength(before);
    seconds(31);
    scene.shopSystem.answers({ kind: 'unauthorised' }, { kind: 'unauthorised' });
    await scene.enforces();
    expect((await scene.connection()).state).toBe('reconnect');
    expect((await scene.acts()).every(({ attempts }) => attempts === 0)).toBe(true);
    await desk.deps.store.connections.change(scene.shop.id, (await scene.connection()).id, { state: 'active' });
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order done', 'hold_order done']);
  });

  it.each([
    [{ kind: 'refused', detail: 'It was sent already.' }, 'failed', 'refused', 'It was sent already.'],
    [{ kind: 'forbidden', scope: 'write_orders' }, 'failed', 'forbidden:write_orders', null],
    [{ kind: 'gone' }, 'impossible', 'gone', null],
    [{ kind: 'cannot' }, 'impossible', 'cannot', null],
  ] as const)('is not tried again after %o', async (fault, state, kept, said) => {
    scene.shopSystem.answers(fault);
    await scene.orders('o1', ADA);
    await scene.enforces();
    desk.clock.later('2 days');
    await scene.enforces();
    expect(await act()).toMatchObject({ state, fault: kept, said });
    expect(scene.shopSystem.acts()).toHaveLength(1);
    const row = await database.db
      .selectFrom('shop_act')
      .selectAll()
      .where('shop_id', '=', scene.shop.id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain('sent already');
    expect(await scene.told()).toContain('team.order_held');
  });

  it('is called off when its customer was erased before', async () => {
    scene.shopSystem.answers({ kind: 'unavailable', detail: 'down' });
    await scene.orders('o1', ADA);
    await scene.enforces();
    await eraseCustomer(scene.deps, scene.shop, ada);
    desk.clock.later('1 day');
    await scene.enforces();
    expect(await act()).toMatchObject({ state: 'cancelled', fault: 'erased', act: null });
  });

  it('is done by one of two who come at once', async () => {
    for (let order = 0; order < 20; order += 1) await scene.orders(`o${order}`, ADA);
    await Promise.all([scene.enforces(), scene.enforces(), scene.enforces()]);
    expect(scene.shopSystem.acts()).toHaveLength(20);
    expect(scene.shopSystem.held.size).toBe(20);
  });
});

describe('a return that is asked for', () => {
  const asks = (returnKind: 'withdrawal' | 'faulty' | 'goodwill' | null) =>
    scene.hears({ kind: 'return_asked', return: 'r1', order: 'o1', customer: ADA, returnKind });

  it('waits for a person when a measure says so, and nothing is done by automation', async () => {
    await begin({ connection: { settings: { declineReturns: true } } });
    await scene.blocks(ada, { type: 'restriction', surfaces: [], obligations: ['returns_need_approval'] });
    for (const kind of ['withdrawal', 'faulty', null, 'goodwill'] as const) await asks(kind);
    expect(await outcomes()).toEqual([]);
    expect(await decisions()).toMatchObject([{ outcome: 'review', surface: 'return' }]);
  });
});

describe('staff', () => {
  const ask = (act: AskedAct, by = scene.mia) => askAct(scene.deps, scene.shop, by, ada, act);
  const returnAsked = (reason: string, delivered: string) =>
    scene.hears(
      { kind: 'data_asked', customer: ADA },
      {
        names: [{ id: 'o1', name: '#o1' }],
        events: [
          {
            kind: 'order.delivered',
            id: 'order:o1:delivered',
            occurredAt: delivered,
            customer: ADA,
            body: { order: '#o1' },
          },
          {
            kind: 'return.requested',
            id: 'return:gid-7:requested',
            occurredAt: formatInstant(desk.clock.now()),
            customer: ADA,
            body: { return: 'R7', order: '#o1', reason, value: { amount: 20_00, currency: 'EUR' }, lines: [] },
          },
        ],
      },
    );

  it('hold, release and undo, and the customer’s page shows it', async () => {
    await scene.orders('o1', ADA);
    const held = await ask({ kind: 'hold_order', order: 'o1' });
    if (!held.ok) throw new Error(JSON.stringify(held.error));
    await scene.enforces();
    expect(scene.shopSystem.held).toEqual(new Set(['o1']));
    expect(await ask({ kind: 'hold_order', order: 'o1' })).toMatchObject({
      error: { message: 'This order is held already.' },
    });
    const undone = await undoAct(scene.deps, scene.shop, scene.mia, held.value);
    expect(undone.ok).toBe(true);
    await scene.enforces();
    expect(scene.shopSystem.held.size).toBe(0);
    expect(await undoAct(scene.deps, scene.shop, scene.mia, held.value)).toMatchObject({ error: { kind: 'conflict' } });
    if (undone.ok) expect((await undoAct(scene.deps, scene.shop, scene.mia, undone.value)).ok).toBe(true);
    const shown = await customerInShop(scene.deps, scene.shop, 'manager', ada);
    expect(shown?.orders).toMatchObject([{ order: 'o1', name: '#o1' }]);
    expect(shown?.acts.map(({ kind, because }) => `${kind} ${because}`)).toHaveLength(3);
    expect(shown?.may).toContain('cancel_order');
    expect((await customerInShop(scene.deps, scene.shop, 'agent', ada))?.may).toEqual([]);
  });

  it('give what the platform can give, and see its code', async () => {
    await ask({ kind: 'give_gift_card', amount: { amount: 10_00, currency: 'EUR' }, words: 'Sorry for the wait.' });
    await scene.enforces();
    expect((await scene.acts())[0]).toMatchObject({ state: 'done', reference: 'CODE-1', askedBy: scene.mia.id });
    expect(scene.shopSystem.asked.at(-1)).toMatchObject({
      what: 'act',
      customer: { externalId: '17', email: ADA.email },
    });
  });

  it.each([
    [
      'another currency',
      { kind: 'give_store_credit', amount: { amount: 5, currency: 'USD' }, until: null },
      'must be in EUR',
    ],
    ['an end in the past', { kind: 'give_discount', off: { percent: 5 }, until: 0 }, 'must be in the future'],
    ['an order of nobody', { kind: 'hold_order', order: 'nope' }, 'is not an order of this customer'],
    ['a return of nobody', { kind: 'approve_return', return: 'nope' }, 'is not a return'],
    [
      'an insult',
      { kind: 'cancel_order', order: 'o1', refund: true, restock: true, words: 'You are an idiot.' },
      'cannot be sent',
    ],
  ] as const)('cannot ask for %s', async (_, act, message) => {
    await scene.orders('o1', ADA);
    const asked = await ask(act as AskedAct);
    expect(asked).toMatchObject({ ok: false, error: { kind: 'invalid', message: expect.stringContaining(message) } });
  });

  it('cannot ask for what the platform does not do, nor without one', async () => {
    await begin({ platform: testPlatform({ abilities: { give_gift_card: 'by_hand' } }) });
    const gift = { kind: 'give_gift_card', amount: { amount: 1, currency: 'EUR' }, words: null } as const;
    expect(await ask(gift)).toMatchObject({ error: { message: expect.stringContaining('by hand') } });
    await desk.deps.store.connections.change(scene.shop.id, (await scene.connection()).id, { state: 'disconnected' });
    expect(await ask(gift)).toMatchObject({ error: { message: expect.stringContaining('No shop system') } });
  });

  it('may by their role', async () => {
    await scene.orders('o1', ADA);
    for (const by of [scene.agent, scene.auditor])
      expect(await ask({ kind: 'hold_order', order: 'o1' }, by)).toMatchObject({ error: { kind: 'not-allowed' } });
    const held = await ask({ kind: 'hold_order', order: 'o1' });
    const id = held.ok ? held.value : '';
    for (const work of [retryAct, cancelAct, undoAct])
      expect(await work(scene.deps, scene.shop, scene.auditor, id)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect(await undoAct(scene.deps, scene.shop, scene.agent, id)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect(await cancelAct(scene.deps, scene.shop, scene.agent, id)).toEqual({ ok: true, value: true });
    const released = await ask({ kind: 'release_order', order: 'o1' });
    const release = released.ok ? released.value : '';
    expect(await cancelAct(scene.deps, scene.shop, scene.agent, release)).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect((await cancelAct(scene.deps, scene.shop, scene.mia, release)).ok).toBe(true);
    expect(await retryAct(scene.deps, scene.shop, scene.agent, id)).toMatchObject({ error: { kind: 'conflict' } });
  });

  it('decline no return that is a right', async () => {
    const decline = () =>
      ask({ kind: 'decline_return', return: 'gid-7', words: 'We are sorry, it is too late for this.' });
    await returnAsked('defect', daysAgo(200));
    expect(await decline()).toMatchObject({ error: { message: expect.stringContaining('Faulty or wrong goods') } });
    await begin();
    await returnAsked('changed_mind', daysAgo(5));
    expect(await decline()).toMatchObject({ error: { message: expect.stringContaining('withdrawal') } });
    await begin();
    await returnAsked('changed_mind', daysAgo(200));
    expect((await decline()).ok).toBe(true);
    await scene.enforces();
    expect(scene.shopSystem.acts()).toEqual([
      { kind: 'decline_return', return: 'gid-7', words: 'We are sorry, it is too late for this.' },
    ]);
  });
});
