import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWooServer, type WooServer } from '../../../../test/support/woocommerce-server/server.ts';
import { emptyShop, type Stored, storedOrder, type WooShop } from '../../../../test/support/woocommerce-server/shop.ts';
import type { CustomerMarks, ShopAct } from '../../../core/enforcement/types.ts';
import { type ConnectionId, id, type ShopId } from '../../../core/shared/brand.ts';
import { unwrap } from '../../../core/shared/result.ts';
import { type Instant, instant } from '../../../core/shared/time.ts';
import {
  defaultConnectionSettings,
  type HistoryPage,
  type Json,
  type PlatformRecord,
  type Reach,
  type ReadingContext,
} from '../../../ports/platforms.ts';
import { woocommerce } from './platform.ts';

let server: WooServer;
let shop: WooShop;

beforeEach(async () => {
  shop = emptyShop();
  server = await startWooServer(shop);
});
afterEach(() => server.close());

const HOOK_URL = 'https://fair.example.com/hooks/7d3f5b1e-1111-4222-8333-444455556666';
const NOW = Date.UTC(2026, 3, 1, 12) as Instant;

const reach = (secret = 'whsec_one', timeoutMs = 2_000): Reach => ({
  connection: {
    id: id<ConnectionId>('7d3f5b1e-1111-4222-8333-444455556666'),
    shop: id<ShopId>('7d3f5b1e-1111-4222-8333-444455556667'),
    platform: 'woocommerce',
    state: 'active',
    address: server.address,
    source: 'woocommerce',
    numberPrefix: '',
    settings: defaultConnectionSettings,
    facts: {},
    createdAt: NOW,
    checkedAt: null,
    reconciledTo: null,
  },
  credentials: { consumerKey: 'ck_test', consumerSecret: 'cs_test' },
  hookUrl: HOOK_URL,
  hookSecret: secret,
  codeSecret: 'of the connection',
  fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
  now: NOW,
});

const context: ReadingContext = {
  source: 'woocommerce',
  customerNumber: (number) => number,
  orderName: () => null,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
};

const later = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().slice(0, 19);

describe('a test of the connection', () => {
  it('finds the shop, its currency and zone, and that nothing is missing', async () => {
    const found = await woocommerce.check(reach());
    expect(found).toMatchObject({
      fault: null,
      shopName: 'The Mug Shop',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      version: '10.0.2',
      notes: ['noDisputes'],
    });
    expect(found.scopes.every(({ granted }) => granted)).toBe(true);
    expect(shop.webhooks).toEqual([]);
  });

  it('names what is missing, right by right', async () => {
    shop.keys.may = 'read';
    const readOnly = await woocommerce.check(reach());
    expect(readOnly.fault).toEqual({ kind: 'forbidden', scope: 'write' });
    expect(readOnly.scopes.map(({ name, granted }) => [name, granted])).toEqual([
      ['read', true],
      ['write', false],
      ['webhooks', true],
    ]);
    shop.keys.may = 'read_write';
    shop.manages = false;
    expect((await woocommerce.check(reach())).fault).toEqual({ kind: 'forbidden', scope: 'webhooks' });
  });

  it('tells a wrong key from a shop that is not there, and from one without WooCommerce or our extension', async () => {
    shop.namespaces = ['wc/v3'];
    expect((await woocommerce.check(reach())).notes).toContain('extensionMissing');
    shop.keys.secret = 'another';
    expect((await woocommerce.check(reach())).fault).toEqual({ kind: 'unauthorised' });
    shop.namespaces = ['wp/v2'];
    expect(await woocommerce.check(reach())).toMatchObject({ fault: { kind: 'gone' }, notes: ['noWooCommerce'] });
    server.troubles.next = [404];
    expect((await woocommerce.check(reach())).notes).toEqual(['noRest']);
    server.troubles.silent = true;
    expect((await woocommerce.check(reach('', 150))).fault).toMatchObject({ kind: 'unavailable' });
  });

  it('says when WooCommerce has switched a webhook off, and connecting again switches it on', async () => {
    unwrap(await woocommerce.connect(reach()));
    const [hook] = shop.webhooks;
    if (hook !== undefined) hook.status = 'disabled';
    expect((await woocommerce.check(reach())).notes).toContain('webhooksOff');
    unwrap(await woocommerce.connect(reach()));
    expect((await woocommerce.check(reach())).notes).not.toContain('webhooksOff');
  });
});

describe('setting up', () => {
  it('makes each webhook once, signs them anew with a new secret, and takes them away', async () => {
    shop.webhooks.push({ id: 99, topic: 'order.created', status: 'active', delivery_url: 'https://other.example/in' });
    const facts = unwrap(await woocommerce.connect(reach()));
    expect(facts).toMatchObject({ home: 'https://shop.example.com' });
    const before = JSON.stringify(shop.webhooks);
    unwrap(await woocommerce.connect(reach()));
    expect(JSON.stringify(shop.webhooks)).toBe(before);
    expect(shop.webhooks).toHaveLength(8);
    unwrap(await woocommerce.connect(reach('whsec_two')));
    const ours = shop.webhooks.filter((hook) => hook.delivery_url === HOOK_URL);
    expect(ours.map((hook) => hook.secret)).toEqual(Array.from({ length: 7 }, () => 'whsec_two'));
    unwrap(await woocommerce.disconnect(reach()));
    expect(shop.webhooks.map((hook) => hook.id)).toEqual([99]);
  });
});

/** All of the past, page by page. */
async function allOf(since: Instant | null = null, onPage: (page: number) => void = () => undefined) {
  const records: PlatformRecord[] = [];
  let cursor: Json | null = null;
  for (let page = 1; page < 100; page += 1) {
    // What goes into the database comes out as JSON.
    const from: Json | null = cursor === null ? null : (JSON.parse(JSON.stringify(cursor)) as Json);
    const read: HistoryPage = unwrap(await (woocommerce.history ?? expect.fail())(reach(), from, since));
    records.push(...read.records);
    if (read.next === null) return records;
    cursor = read.next;
    onPage(page);
  }
  throw new Error('It never ends');
}

const orderIds = (records: readonly PlatformRecord[]): readonly number[] =>
  records.flatMap(({ topic, payload }) => (topic === 'order' ? (payload as { id: number }).id : []));

describe('the past', () => {
  it('is fetched whole, also while orders change under it', async () => {
    shop.orders = Array.from({ length: 350 }, (_, at) => storedOrder(at + 1, { date_modified_gmt: later(at * 60) }));
    shop.customers = Array.from({ length: 120 }, (_, at) => ({ id: at + 1, date_created_gmt: later(at) }));
    const records = await allOf(null, (page) => {
      // The first order changes after each page: by count, one that was not read yet would move into a page read before.
      const order = shop.orders[page];
      if (order !== undefined) order.date_modified_gmt = later(30_000 + page);
    });
    expect(new Set(orderIds(records)).size).toBe(350);
    expect(
      new Set(records.filter(({ topic }) => topic === 'customer').map(({ payload }) => JSON.stringify(payload))).size,
    ).toBe(120);
  });

  it('is whole where more orders than a page holds changed within one second', async () => {
    shop.orders = Array.from({ length: 430 }, (_, at) =>
      storedOrder(at + 1, { date_modified_gmt: later(at < 400 ? 60 : 120) }),
    );
    expect(new Set(orderIds(await allOf())).size).toBe(430);
  });

  it('says how much there is, and only what changed since when asked so', async () => {
    shop.orders = [
      storedOrder(1, { date_modified_gmt: later(10) }),
      storedOrder(2, { date_modified_gmt: later(1_000) }),
    ];
    shop.customers = [
      { id: 1, date_created_gmt: later(5) },
      { id: 2, date_created_gmt: later(900) },
    ];
    const first = unwrap(await (woocommerce.history ?? expect.fail())(reach(), null, null));
    expect(first.total).toBe(4);
    const since = await allOf(instant(Date.UTC(2026, 0, 1) + 500_000));
    expect(since.map(({ topic, payload }) => [topic, (payload as Stored).id])).toEqual([
      ['customer', 2],
      ['order', 2],
    ]);
  });

  it.each([true, false])(
    'brings each order with its refunds whole (listed across orders: %s)',
    async (listsRefunds) => {
      shop.listsRefunds = listsRefunds;
      shop.orders = [1, 2, 3].map((number) =>
        storedOrder(number, { refunds: number === 3 ? [] : [{ id: 50 + number }] }),
      );
      for (const number of [1, 2])
        shop.refunds.set(number, [
          { id: 50 + number, date_created_gmt: later(90), amount: '5.00', reason: 'Defect', line_items: [] },
        ]);
      const events = (await allOf()).flatMap((record) => unwrap(woocommerce.read(record, context)).events);
      expect(
        events.filter(({ kind }) => kind === 'refund.issued').map(({ id: event, body }) => [event, body.reason]),
      ).toEqual([
        ['refund:51', 'defect'],
        ['refund:52', 'defect'],
      ]);
      const alone = unwrap(await (woocommerce.order ?? expect.fail())(reach(), '2:refund:52'));
      expect(
        alone.flatMap((record) => unwrap(woocommerce.read(record, context)).events.map((event) => event.id)),
      ).toContain('refund:52');
    },
  );

  it('does not wait for a refund that was deleted since it was told of', async () => {
    shop.orders = [storedOrder(2)];
    const [record] = unwrap(await (woocommerce.order ?? expect.fail())(reach(), '2:refund:52'));
    const { names } = unwrap(woocommerce.read(record ?? expect.fail(), context));
    expect(names).toContainEqual({ id: '2:refund:52', name: '2:refund:52' });
  });

  it('brings disputes with their orders where WooPayments is installed', async () => {
    shop.orders = [storedOrder(7)];
    shop.disputes = [
      {
        id: 'dp_1',
        status: 'lost',
        reason: 'product_not_received',
        amount: 2000,
        currency: 'eur',
        created: Date.UTC(2026, 2, 5) / 1000,
        metadata: { __dispute_closed_at: String(Date.UTC(2026, 2, 20) / 1000) },
        order: { id: 7, number: '7' },
      },
      { id: 'dp_2', status: 'won', amount: 1, currency: 'eur', created: 1, order: null },
    ];
    const disputes = (await allOf()).filter(({ topic }) => topic === 'dispute');
    const events = disputes.flatMap((record) => unwrap(woocommerce.read(record, context)).events);
    expect(events.map(({ kind, customer }) => [kind, customer.email])).toEqual([
      ['payment.disputed', 'bo@example.com'],
      ['payment.dispute_lost', 'bo@example.com'],
    ]);
    expect((await woocommerce.check(reach())).notes).not.toContain('noDisputes');
  });

  it('hands on an order that cannot be read, so that what is missing is told', async () => {
    shop.orders = [storedOrder(1), storedOrder(2, { line_items: null })];
    const readings = (await allOf()).map((record) => woocommerce.read(record, context));
    expect(readings.filter(({ ok }) => ok)).toHaveLength(1);
    expect(readings.find(({ ok }) => !ok)).toMatchObject({ error: { kind: 'drift', path: 'line_items' } });
  });

  it.each([
    [401, 'unauthorised'],
    [403, 'forbidden'],
    [429, 'limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('names a %i', async (status, kind) => {
    server.troubles.next = [status];
    const page = await (woocommerce.history ?? expect.fail())(reach(), null, null);
    expect(page).toMatchObject({ ok: false, error: { kind } });
    if (!page.ok && page.error.kind === 'limited') expect(page.error.retryAfterMs).toBe(7_000);
  });

  it('names silence, and a warning printed before the answer', async () => {
    server.troubles.warns = true;
    expect(await (woocommerce.history ?? expect.fail())(reach(), null, null)).toMatchObject({
      error: { kind: 'drift' },
    });
    server.troubles.silent = true;
    const page = await (woocommerce.history ?? expect.fail())(reach('', 150), null, null);
    expect(page).toMatchObject({ error: { kind: 'unavailable' } });
  });
});

const blocked: CustomerMarks = {
  as: 'blocked',
  refused: ['purchase', 'review'],
  obligations: [],
  until: Date.UTC(2026, 8, 1) as Instant,
  sentences: [{ surface: 'purchase', language: 'en', text: 'You cannot place new orders with us.' }],
};
const nothing: CustomerMarks = { as: null, refused: [], obligations: [], until: null, sentences: [] };

describe('marks', () => {
  it('are written to the account and taken away again', async () => {
    shop.customers = [{ id: 25, meta_data: [{ id: 1, key: 'vat_number', value: 'NL1' }] }];
    const mark = woocommerce.mark ?? expect.fail();
    const bo = { externalId: '25', email: 'bo@example.com' };
    unwrap(await mark(reach(), bo, blocked));
    expect(shop.customers[0]?.meta_data).toEqual([
      { id: 1, key: 'vat_number', value: 'NL1' },
      { id: 2, key: 'evenhand_standing', value: 'blocked' },
      { id: 3, key: 'evenhand_refused', value: 'purchase, review' },
      { id: 4, key: 'evenhand_until', value: '2026-09-01T00:00:00.000Z' },
    ]);
    unwrap(await mark(reach(), bo, nothing));
    expect(shop.customers[0]?.meta_data).toEqual([{ id: 1, key: 'vat_number', value: 'NL1' }]);
  });

  it('of guests are none, and of an account that is gone are gone with it', async () => {
    const mark = woocommerce.mark ?? expect.fail();
    expect(await mark(reach(), { externalId: null, email: 'guest@example.com' }, blocked)).toMatchObject({ ok: true });
    expect(server.asked).toEqual([]);
    expect(await mark(reach(), { externalId: '4', email: null }, blocked)).toMatchObject({ error: { kind: 'gone' } });
    expect(await mark(reach(), { externalId: '4', email: null }, nothing)).toMatchObject({ ok: true });
  });
});

describe('acts', () => {
  const bo = { externalId: '25', email: 'bo@example.com' };
  const act = (wish: ShopAct, key = 'key') => woocommerce.act(reach(), wish, bo, key);
  const orderNow = (): Stored => shop.orders[0] ?? expect.fail();

  it('hold an order once and let it go on to where it was', async () => {
    shop.orders = [storedOrder(7)];
    unwrap(await act({ kind: 'hold_order', order: '7' }));
    unwrap(await act({ kind: 'hold_order', order: '7' }));
    expect(orderNow().status).toBe('on-hold');
    expect(shop.notes.get(7)).toHaveLength(1);
    unwrap(await act({ kind: 'release_order', order: '7' }, 'other'));
    expect(orderNow()).toMatchObject({ status: 'processing', meta_data: [] });
    unwrap(await act({ kind: 'release_order', order: '7' }, 'other'));
  });

  it('do not let an order go on that waits for money, and hold none that is completed', async () => {
    shop.orders = [storedOrder(7, { status: 'on-hold', date_paid_gmt: null, payment_method: 'bacs' })];
    expect(await act({ kind: 'release_order', order: '7' })).toMatchObject({ error: { kind: 'refused' } });
    shop.orders = [storedOrder(7, { status: 'completed' })];
    expect(await act({ kind: 'hold_order', order: '7' })).toMatchObject({ error: { kind: 'refused' } });
    expect(await act({ kind: 'hold_order', order: '8' })).toMatchObject({ error: { kind: 'gone' } });
    expect(await act({ kind: 'hold_order', order: 'x/../../' })).toMatchObject({ error: { kind: 'gone' } });
  });

  it('cancel an order: what is left of the money goes back once, and the customer reads why once', async () => {
    shop.orders = [storedOrder(7)];
    shop.refunds.set(7, [{ id: 1, date_created_gmt: later(9), amount: '4.50', line_items: [] }]);
    const wish: ShopAct = { kind: 'cancel_order', order: '7', refund: true, restock: true, words: 'We are sorry.' };
    const first = unwrap(await act(wish));
    const again = unwrap(await act(wish));
    expect(shop.refunds.get(7)?.map((refund) => refund.amount)).toEqual(['4.50', '15.50']);
    expect(first.reference).not.toBeNull();
    expect(again.reference).not.toBeNull();
    expect(orderNow().status).toBe('cancelled');
    expect(shop.notes.get(7)?.map((note) => [note.customer_note, String(note.note).split('\n')[0]])).toEqual([
      [true, 'We are sorry.'],
    ]);
  });

  it('leave a refunded order as refunded where the goods are not to be restocked', async () => {
    shop.orders = [storedOrder(7)];
    unwrap(await act({ kind: 'cancel_order', order: '7', refund: true, restock: false, words: null }));
    expect(orderNow().status).toBe('refunded');
  });

  it('refund nothing that was not paid, and cancel nothing whose money did not go back', async () => {
    shop.orders = [storedOrder(7, { date_paid_gmt: null, payment_method: 'cod' })];
    unwrap(await act({ kind: 'cancel_order', order: '7', refund: true, restock: true, words: null }));
    expect([shop.refunds.size, orderNow().status]).toEqual([0, 'cancelled']);
    shop.orders = [storedOrder(7)];
    shop.refundFails = 'The payment provider said no.';
    const refused = await act({ kind: 'cancel_order', order: '7', refund: true, restock: true, words: null });
    expect(refused).toMatchObject({ error: { kind: 'refused' } });
    expect(orderNow().status).toBe('processing');
    shop.orders = [storedOrder(7, { status: 'completed', date_completed_gmt: later(1) })];
    expect(await act({ kind: 'cancel_order', order: '7', refund: false, restock: true, words: null })).toMatchObject({
      error: { kind: 'refused' },
    });
  });

  it('tell the risk in a note, and give a coupon for one use by one address', async () => {
    shop.orders = [storedOrder(7)];
    unwrap(await act({ kind: 'assess_order', order: '7', risk: 'high', facts: ['Blocked until September.'] }));
    expect(shop.notes.get(7)?.[0]).toMatchObject({ customer_note: false });
    const wish: ShopAct = { kind: 'give_discount', off: { amount: { amount: 1050, currency: 'EUR' } }, until: NOW };
    const { reference } = unwrap(await act(wish));
    expect(unwrap(await act(wish)).reference).toBe(reference);
    expect(shop.coupons).toMatchObject([
      {
        code: reference,
        discount_type: 'fixed_cart',
        amount: '10.50',
        usage_limit: 1,
        email_restrictions: ['bo@example.com'],
        date_expires_gmt: '2026-04-01T12:00:00',
      },
    ]);
    unwrap(await act({ kind: 'give_discount', off: { percent: 10 }, until: null }, 'another'));
    expect(shop.coupons[1]).toMatchObject({ discount_type: 'percent', amount: '10' });
  });

  it('say that they cannot', async () => {
    for (const wish of [
      { kind: 'approve_return', return: '1' },
      { kind: 'give_store_credit', amount: { amount: 100, currency: 'EUR' }, until: null },
      { kind: 'give_gift_card', amount: { amount: 100, currency: 'EUR' }, words: null },
    ] as const)
      expect(await act(wish)).toEqual({ ok: false, error: { kind: 'cannot' } });
  });

  it('say when the key was taken away', async () => {
    shop.keys.secret = 'another';
    expect(await act({ kind: 'hold_order', order: '7' })).toMatchObject({ error: { kind: 'unauthorised' } });
  });
});
