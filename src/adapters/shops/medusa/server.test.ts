import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MedusaServer, startMedusaServer } from '../../../../test/support/medusa-server/server.ts';
import { emptyShop, type MedusaShop, type Thing } from '../../../../test/support/medusa-server/shop.ts';
import type { CustomerMarks, ShopAct } from '../../../core/enforcement/types.ts';
import { type ConnectionId, id, type ShopId } from '../../../core/shared/brand.ts';
import { unwrap } from '../../../core/shared/result.ts';
import { instant } from '../../../core/shared/time.ts';
import {
  defaultConnectionSettings,
  type HistoryPage,
  type Json,
  type PlatformRecord,
  type Reach,
  type ReadingContext,
} from '../../../ports/platforms.ts';
import { story } from './fixtures/story.ts';
import { medusa } from './platform.ts';

const NOW = instant(Date.parse('2026-04-10T02:00:00.000Z'));
const HOOK = 'https://fair.example.com/hooks/c1';

let shop: MedusaShop;
let server: MedusaServer;
let reach: Reach;
beforeEach(async () => {
  shop = emptyShop();
  server = await startMedusaServer(shop);
  reach = {
    connection: {
      id: id<ConnectionId>('00000000-0000-4000-8000-000000000001'),
      shop: id<ShopId>('00000000-0000-4000-8000-000000000002'),
      platform: 'medusa',
      state: 'active',
      address: server.address,
      source: 'medusa',
      numberPrefix: '',
      settings: defaultConnectionSettings,
      facts: {},
      createdAt: NOW,
      checkedAt: null,
      reconciledTo: null,
    },
    credentials: { secretKey: 'sk_test' },
    hookUrl: HOOK,
    hookSecret: '',
    codeSecret: 'of the connection',
    fetch,
    now: NOW,
  };
  if (shop.plugin !== null) shop.plugin.hook_url = HOOK;
});
afterEach(() => server.close());

const context: ReadingContext = {
  source: 'medusa',
  customerNumber: (number) => number,
  orderName: () => null,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
};

/** The last that the story tells of each thing, as the shop keeps it. */
function lastOf(step: string): { order: Thing; returns: Thing[]; changes: Thing[] } {
  const record = story.told.find((one) => one.step === step)?.records.at(-1);
  if (record === undefined) throw new Error(`The story has lost its step: ${step}`);
  return structuredClone((record.payload as unknown as { data: ReturnType<typeof lastOf> }).data);
}

function fillWithStory(): void {
  const account = story.told[0]?.records[0]?.payload as unknown as { data: { customer: Thing } };
  shop.customers.push(structuredClone(account.data.customer), { id: 'cus_guest', has_account: false });
  for (const step of ['scarf came back and refunded', 'hat sent elsewhere']) {
    const { order, returns, changes } = lastOf(step);
    shop.orders.push(order);
    shop.returns.push(...returns);
    shop.changes[order.id] = changes;
  }
}

async function everyPage(since: string | null = null): Promise<readonly PlatformRecord[]> {
  const records: PlatformRecord[] = [];
  let from: Json | null = null;
  do {
    const page: HistoryPage = unwrap(
      (await medusa.history?.(reach, from, since === null ? null : instant(Date.parse(since)))) ?? never(),
    );
    records.push(...page.records);
    from = page.next;
  } while (from !== null);
  return records;
}

const never = (): never => {
  throw new Error('Medusa tells its history');
};
const eventIds = (records: readonly PlatformRecord[]): readonly string[] =>
  records.flatMap((record) => unwrap(medusa.read(record, context)).events.map((event) => event.id)).toSorted();

describe('the history of a Medusa', () => {
  it('says the same as webhooks did', async () => {
    fillWithStory();
    const live = new Set(eventIds(story.told.flatMap(({ records }) => records)));
    expect(eventIds(await everyPage())).toEqual([...live].toSorted());
  });

  it('goes through many orders without a gap, also when it goes on from where it was', async () => {
    fillWithStory();
    const [first] = shop.orders;
    if (first === undefined) throw new Error('The story has lost its order');
    for (let index = 0; index < 120; index += 1)
      shop.orders.push({ ...first, id: `order_02MANY${String(index).padStart(4, '0')}`, display_id: 2000 + index });
    const whole = (await everyPage()).filter(({ topic }) => topic === 'order');
    expect(whole.length).toBe(122);
    expect(new Set(eventIds(whole)).size).toBeGreaterThan(240);
    const page = unwrap((await medusa.history?.(reach, { of: 'orders', after: 'order_02MANY0099' }, null)) ?? never());
    expect(page.records.length).toBe(20);
    expect(page.next).toBeNull();
  });

  it('asks for where the bills of orders go, and for the addresses of accounts', async () => {
    fillWithStory();
    await everyPage();
    const asked = server.asked.map((each) => decodeURIComponent(each));
    for (const [kind, field] of [
      ['orders', '*billing_address'],
      ['customers', '*addresses'],
    ] as const) {
      const lists = asked.filter((each) => each.startsWith(`GET ${kind}?`) && !each.includes('fields=id&'));
      expect(lists.length, kind).toBeGreaterThan(0);
      expect(
        lists.every((each) => each.includes(field)),
        kind,
      ).toBe(true);
    }
  });

  it('asks nothing of orders that nobody touched', async () => {
    const { order } = lastOf('hat ordered');
    shop.orders.push(order);
    await everyPage();
    expect(server.asked.filter((asked) => asked.includes('/changes'))).toEqual([]);
  });

  it('finds what returns, captures and refunds changed without the order saying so', async () => {
    fillWithStory();
    const [order] = shop.orders;
    if (order === undefined || shop.plugin === null) throw new Error('The shop is not filled');
    const since = '2026-04-01T00:00:00.000Z';
    expect(await everyPage(since)).toEqual([]);
    const later = '2026-04-02T00:00:00.000Z';
    shop.payments.push({ id: 'pay_1', updated_at: later, payment_collection: { order: { id: order.id } } });
    expect((await everyPage(since)).length).toBe(1);
    shop.payments.splice(0);
    shop.plugin.refunds.push({ id: 'ref_1', created_at: later, order_id: order.id });
    expect((await everyPage(since)).length).toBe(1);
    shop.plugin = null;
    expect(await everyPage(since)).toEqual([]);
    for (const returned of shop.returns) returned.updated_at = later;
    expect((await everyPage(since)).length).toBe(1);
  });

  it('gives one order, and says when there is none', async () => {
    fillWithStory();
    const [record] = unwrap((await medusa.order?.(reach, 'order_01STORY1002')) ?? never());
    expect(eventIds(record === undefined ? [] : [record])).toContain('order:order_01STORY1002:placed');
    expect(await medusa.order?.(reach, 'order_none')).toEqual({ ok: false, error: { kind: 'gone' } });
    expect(await medusa.order?.(reach, '../users')).toEqual({ ok: false, error: { kind: 'gone' } });
  });

  it.each([
    [429, { kind: 'limited', retryAfterMs: 7_000 }],
    [500, { kind: 'unavailable', detail: 'It answered 500.' }],
    [403, { kind: 'forbidden', scope: null }],
    [401, { kind: 'unauthorised' }],
  ])('says what an answer of %i means', async (status, error) => {
    server.troubles.push(status);
    expect(await medusa.history?.(reach, null, null)).toEqual({ ok: false, error });
  });

  it('says that nobody answers, and what is missing in an answer', async () => {
    const late = { ...reach, fetch: () => Promise.reject(new Error('The operation timed out')) };
    expect(await medusa.history?.(late, null, null)).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'The operation timed out' },
    });
    shop.orders.push({ id: 'order_1' });
    expect(await medusa.history?.(reach, { of: 'orders', after: null }, null)).toEqual({
      ok: false,
      error: { kind: 'drift', path: 'orders.orders.0.created_at' },
    });
  });
});

describe('the test of a connection', () => {
  it('says what it found', async () => {
    expect(await medusa.check(reach)).toMatchObject({
      fault: null,
      shopName: 'Story shop',
      currency: 'EUR',
      version: '0.1.0',
      notes: [],
    });
  });

  it('says which right is missing, and what is lost without it', async () => {
    shop.forbidden.add('promotions');
    const found = await medusa.check(reach);
    expect(found.fault).toEqual({ kind: 'forbidden', scope: 'promotions' });
    expect(found.scopes.filter(({ granted }) => !granted)).toEqual([
      { name: 'promotions', granted: false, for: ['give_discount'] },
    ]);
  });

  it('says what is to be done with the plug-in', async () => {
    const notes = async () => (await medusa.check(reach)).notes;
    if (shop.plugin !== null) shop.plugin.hook_url = 'https://old.example.com/hooks/c0';
    expect(await notes()).toEqual(['extension_elsewhere']);
    shop.plugin = { configured: false, hook_url: null, waiting: 0, refunds: [] };
    expect(await notes()).toEqual(['extension_not_set_up']);
    shop.plugin = null;
    expect(await notes()).toEqual(['extension_missing']);
  });

  it('says that a key is not known', async () => {
    expect((await medusa.check({ ...reach, credentials: { secretKey: 'sk_old' } })).fault).toEqual({
      kind: 'unauthorised',
    });
  });
});

describe('what is done in a Medusa', () => {
  const marks = (as: CustomerMarks['as']): CustomerMarks => ({
    as,
    refused: as === 'blocked' ? ['purchase'] : [],
    obligations: [],
    until: as === null ? null : instant(NOW + 1_000),
    sentences: [],
  });
  const ada = { externalId: story.customer, email: null };
  const act = (wish: ShopAct, key = 'k1') => medusa.act(reach, wish, ada, key);
  const done = { ok: true, value: { reference: null } };

  it('makes its groups once, puts customers in them, and takes them out again', async () => {
    fillWithStory();
    const made = unwrap(await medusa.connect(reach));
    expect(unwrap(await medusa.connect(reach))).toEqual(made);
    expect(shop.groups.length).toBe(3);
    const names = () => ((shop.customers[0]?.groups ?? []) as Thing[]).map(({ name }) => name);
    for (const [as, group] of [
      ['blocked', 'Evenhand: blocked'],
      ['warned', 'Evenhand: warned'],
      ['warned', 'Evenhand: warned'],
    ] as const) {
      expect(await medusa.mark?.(reach, ada, marks(as))).toEqual({ ok: true, value: null });
      expect(names()).toEqual([group]);
    }
    expect(shop.customers[0]?.metadata).toMatchObject({ evenhand: { as: 'warned' } });
    await medusa.mark?.(reach, ada, marks(null));
    expect(names()).toEqual([]);
    expect(shop.customers[0]?.metadata).toEqual({});
  });

  it('leaves guests alone, and customers that are gone', async () => {
    unwrap(await medusa.connect(reach));
    const guest = { externalId: null, email: 'guest@example.com' };
    const before = server.asked.length;
    expect(await medusa.mark?.(reach, guest, marks('blocked'))).toEqual({ ok: true, value: null });
    expect(server.asked.length).toBe(before);
    expect(await medusa.mark?.(reach, ada, marks(null))).toEqual({ ok: true, value: null });
    expect(await medusa.mark?.(reach, ada, marks('blocked'))).toEqual({ ok: false, error: { kind: 'gone' } });
  });

  it('says when somebody took a group away', async () => {
    fillWithStory();
    expect(await medusa.mark?.(reach, ada, marks('blocked'))).toMatchObject({ error: { kind: 'refused' } });
  });

  it('holds an order once, and lets it go', async () => {
    fillWithStory();
    const order = 'order_01STORY1002';
    for (const wish of ['hold_order', 'hold_order'] as const) expect(await act({ kind: wish, order })).toEqual(done);
    expect(shop.orders[1]?.metadata).toEqual({ evenhand_hold: true });
    expect(await act({ kind: 'release_order', order })).toEqual(done);
    expect(shop.orders[1]?.metadata).toEqual({});
    shop.plugin = null;
    expect(await act({ kind: 'hold_order', order })).toEqual({ ok: false, error: { kind: 'cannot' } });
  });

  it('cancels an order once, and not one that is on its way', async () => {
    fillWithStory();
    const cancel = (order: string, refund = true) =>
      act({ kind: 'cancel_order', order, refund, restock: true, words: 'We are sorry.' });
    expect(await cancel('order_01STORY1002')).toEqual(done);
    expect(await cancel('order_01STORY1002')).toEqual(done);
    expect(shop.orders[1]).toMatchObject({ status: 'canceled', metadata: { evenhand_words: 'We are sorry.' } });
    expect(server.asked.filter((asked) => asked.endsWith('/cancel')).length).toBe(1);
    expect(await cancel('order_01STORY1001')).toMatchObject({ error: { kind: 'refused' } });
    expect(await cancel('order_01STORY1001', false)).toMatchObject({
      error: { detail: 'none: Medusa always gives back what was paid when it cancels an order.' },
    });
    expect(await cancel('order_none')).toEqual({ ok: false, error: { kind: 'gone' } });
  });

  it('declines a return with the words on its order, and approves one that staff began', async () => {
    fillWithStory();
    const [returned] = shop.returns;
    if (returned === undefined) throw new Error('The story has lost its return');
    const decline = () => act({ kind: 'decline_return', return: returned.id, words: 'Please talk to us.' });
    expect(await decline()).toMatchObject({ error: { kind: 'refused' } });
    returned.status = 'open';
    expect(await act({ kind: 'approve_return', return: returned.id })).toEqual(done);
    expect(returned.status).toBe('requested');
    expect(await act({ kind: 'approve_return', return: returned.id })).toEqual(done);
    expect(await decline()).toEqual(done);
    expect(await decline()).toEqual(done);
    expect(returned.status).toBe('canceled');
    expect(shop.orders[0]?.metadata).toEqual({ evenhand_words: 'Please talk to us.' });
    expect(await act({ kind: 'approve_return', return: returned.id })).toMatchObject({ error: { kind: 'refused' } });
  });

  it('gives one code for one key, for the customer alone', async () => {
    const until = instant(NOW + 86_400_000);
    const five: ShopAct = { kind: 'give_discount', off: { amount: { amount: 5_00, currency: 'EUR' } }, until };
    const first = unwrap(await act(five));
    expect(unwrap(await act(five))).toEqual(first);
    expect(unwrap(await act(five, 'k2'))).not.toEqual(first);
    expect(shop.promotions.length).toBe(2);
    expect(shop.promotions[0]).toMatchObject({
      code: first.reference,
      limit: 1,
      application_method: { type: 'fixed', value: 5, currency_code: 'eur' },
      rules: [{ attribute: 'customer.id', operator: 'eq', values: [story.customer] }],
      campaign: { ends_at: '2026-04-11T02:00:00.000Z' },
    });
    expect(first.reference).toMatch(/^EH-[A-Z2-9]{12}$/);
  });

  it('says what Medusa has no means for', async () => {
    const amount = { amount: 5_00, currency: 'EUR' };
    for (const wish of [
      { kind: 'give_store_credit', amount, until: null },
      { kind: 'give_gift_card', amount, words: null },
    ] as const)
      expect(await act(wish)).toEqual({ ok: false, error: { kind: 'cannot' } });
  });
});
