import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { woocommerce } from '../../../src/adapters/shops/woocommerce/platform.ts';
import type { ShopAct } from '../../../src/core/enforcement/types.ts';
import { type Result, unwrap } from '../../../src/core/shared/result.ts';
import type {
  Connection,
  HistoryPage,
  Json,
  PlatformRecord,
  Reach,
  ReadingContext,
} from '../../../src/ports/platforms.ts';
import { startShop, whyNoWordPress } from '../try/start.ts';
import { startEvenhand } from './evenhand.ts';
import { type Told, Visitor } from './visitor.ts';

/* The plug-in, and Evenhand's adapter, on a real WordPress with a real WooCommerce. */

const none = whyNoWordPress();
const TEXT = 'We are sorry, we cannot take this order: you cannot place new orders with us until 1 September 2026.';

const HOME = {
  first_name: 'Gina',
  last_name: 'Guest',
  address_1: 'Kerkstraat 1',
  city: 'Utrecht',
  postcode: '3511 AA',
  country: 'NL',
  state: '',
};

describe('On a real WordPress', { skip: none === null ? false : `no WordPress with WooCommerce here: ${none}` }, () => {
  let evenhand: Awaited<ReturnType<typeof startEvenhand>>;
  let shop: Awaited<ReturnType<typeof startShop>>;

  before(async () => {
    evenhand = await startEvenhand();
    shop = await startShop({ evenhandUrl: evenhand.url, evenhandKey: evenhand.state.key });
  });
  after(() => {
    shop?.stop();
    evenhand?.stop();
  });
  beforeEach(() => evenhand.reset());

  const secure: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), 'x-forwarded-proto': 'https' } });

  const reach = (): Reach => ({
    connection: {
      id: '7d3f5b1e-1111-4222-8333-444455556666',
      shop: '7d3f5b1e-1111-4222-8333-444455556667',
      platform: 'woocommerce',
      state: 'active',
      address: shop.url,
      source: 'woocommerce',
      numberPrefix: '',
      settings: { afterOrder: 'hold', marks: true, declineReturns: false, whenSilent: 'allow' },
      facts: {},
      createdAt: 0,
      checkedAt: null,
      reconciledTo: null,
    } as unknown as Connection,
    credentials: { consumerKey: shop.consumerKey, consumerSecret: shop.consumerSecret },
    hookUrl: `${evenhand.url}/hooks/7d3f5b1e-1111-4222-8333-444455556666`,
    hookSecret: 'whsec_of_a_test',
    codeSecret: 'of the connection',
    fetch: secure,
    now: Date.now() as Reach['now'],
  });

  const context: ReadingContext = {
    source: 'woocommerce',
    customerNumber: (number) => number,
    orderName: () => null,
    currency: 'EUR',
    timeZone: 'Europe/Amsterdam',
  };

  const guest = async (email = 'gina@example.com', more: object = {}) => {
    const visitor = new Visitor(shop.url);
    await visitor.store('POST', 'cart/add-item', { id: shop.product, quantity: 1 });
    return visitor.store('POST', 'checkout', {
      billing_address: { ...HOME, email, phone: '+31612345678' },
      shipping_address: HOME,
      payment_method: 'bacs',
      ...more,
    });
  };

  const historyNow = async (): Promise<PlatformRecord[]> => {
    const records: PlatformRecord[] = [];
    let cursor: Json | null = null;
    do {
      const page: Result<HistoryPage, unknown> | undefined = await woocommerce.history?.(reach(), cursor, null);
      assert.ok(page?.ok, JSON.stringify(page));
      records.push(...page.value.records);
      cursor = page.value.next;
    } while (cursor !== null);
    return records;
  };

  it('the test of the connection finds the shop and every right', async () => {
    const found = await woocommerce.check(reach());
    assert.equal(found.fault, null);
    assert.deepEqual(
      [found.shopName, found.currency, found.timeZone, found.version, found.notes],
      ['The Mug Shop', 'EUR', 'Europe/Amsterdam', shop.woocommerce, ['noDisputes']],
    );
    assert.ok(found.scopes.every(({ granted }) => granted));
  });

  it('the block checkout takes an order, having asked about the guest', async () => {
    const { status, body } = await guest();
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.status, 'on-hold');
    assert.deepEqual(
      evenhand.asked.map(({ path, body: sent }) => [path, sent]),
      [
        [
          '/v1/decisions',
          {
            surface: 'purchase',
            customer: {
              ...{ email: 'gina@example.com', phone: '+31612345678', name: 'Gina Guest' },
              address: { street: 'Kerkstraat 1', postcode: '3511 AA', city: 'Utrecht', country: 'NL' },
            },
            language: 'en-US',
            order: {
              ...{ reference: String(body.order_id), total: 2000, currency: 'EUR', items: 1 },
              ...(process.env.WORDPRESS_ORDERS === 'posts' ? {} : { first: true }),
              ...{ billingCountry: 'NL', deliveryCountry: 'NL' },
            },
          },
        ],
      ],
    );
  });

  it('the block checkout refuses with the sentence and the way to appeal, and nothing is placed', async () => {
    evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
    const { status, body } = await guest('blocked@example.com');
    assert.equal(status, 400);
    assert.equal(body.code, 'evenhand_refused');
    assert.ok(String(body.message).startsWith(TEXT));
    assert.ok(String(body.message).includes('href="https://fair.example.com/p/mugs"'));
    const placed = (await historyNow()).filter(({ payload }) =>
      JSON.stringify(payload).includes('blocked@example.com'),
    );
    assert.deepEqual(
      placed.flatMap((record) => unwrap(woocommerce.read(record, context)).events),
      [],
    );
  });

  it('the classic checkout refuses too', async () => {
    evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
    const visitor = new Visitor(shop.url);
    await visitor.go(`/?add-to-cart=${shop.product}`);
    const page = await (await visitor.go('/classic-checkout/')).text();
    const nonce = /name="woocommerce-process-checkout-nonce" value="(\w+)"/.exec(page)?.[1];
    assert.ok(nonce, 'the classic checkout has no nonce');
    const fields = Object.fromEntries(Object.entries(HOME).map(([name, value]) => [`billing_${name}`, value]));
    const place = async () =>
      (
        await visitor.form('/?wc-ajax=checkout', {
          ...fields,
          billing_email: 'cleo@example.com',
          billing_phone: '+31612345679',
          payment_method: 'bacs',
          'woocommerce-process-checkout-nonce': nonce,
          _wp_http_referer: '/?wc-ajax=update_order_review',
        })
      ).json() as Promise<{ result: string; messages?: string }>;
    const refused = await place();
    assert.equal(refused.result, 'failure');
    assert.ok(refused.messages?.includes(TEXT), refused.messages);
    evenhand.wishes.clear();
    assert.equal((await place()).result, 'success');
  });

  it('an order that a colleague is to look at is on hold, and Evenhand can let it go on', async () => {
    evenhand.wishes.set('purchase', { outcome: 'review', text: 'Thank you. A colleague looks at it.' });
    const { status, body } = await guest('looked-at@example.com', { payment_method: 'cod' });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.status, 'on-hold');
    const order = String(body.order_id);
    assert.ok((await woocommerce.act(reach(), { kind: 'release_order', order }, null, 'r1')).ok);
    const now = await woocommerce.order?.(reach(), order);
    assert.ok(now?.ok);
    assert.equal((now.value[0]?.payload as Told | undefined)?.status, 'processing');
  });

  it('conditions are kept at the checkout', async () => {
    evenhand.wishes.set('purchase', {
      outcome: 'challenge',
      text: 'You pay before we send.',
      obligations: ['prepayment_only'],
    });
    const later = await guest('pay-first@example.com', { payment_method: 'cod' });
    assert.deepEqual([later.status, later.body.code], [400, 'evenhand_refused']);
    assert.equal((await guest('pay-first@example.com')).status, 200);
    evenhand.wishes.set('purchase', {
      outcome: 'challenge',
      text: 'One open order at a time.',
      obligations: ['order_limit'],
    });
    assert.equal((await guest('pay-first@example.com')).status, 400);
    evenhand.wishes.set('purchase', {
      outcome: 'challenge',
      text: 'Same address.',
      obligations: ['fixed_delivery_address'],
    });
    assert.equal((await guest('pay-first@example.com')).status, 200);
    const moved = { shipping_address: { ...HOME, address_1: 'Elsewhere 9' } };
    assert.equal((await guest('pay-first@example.com', moved)).status, 400);
  });

  it('a silent or broken Evenhand keeps nobody waiting', async () => {
    evenhand.state.mode = 'silent';
    assert.equal((await guest('silence@example.com')).status, 200);
    assert.equal(evenhand.waited.length, 1);
    // WordPress by itself would have waited a second.
    assert.ok(
      evenhand.waited.every((ms) => ms > 200 && ms < 700),
      `${evenhand.waited}`,
    );
    evenhand.state.mode = 'broken';
    assert.equal((await guest('silence@example.com')).status, 200);
  });

  it('a customer who signed in is told at the cart, and at the door where it says so', async () => {
    const bo = new Visitor(shop.url);
    assert.ok((await bo.signIn('bo', 'bo-password')).in);
    evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
    const added = await bo.store('POST', 'cart/add-item', { id: shop.product, quantity: 1 });
    assert.equal(added.status, 400, JSON.stringify(added.body));
    assert.ok(String(added.body.message).includes(TEXT));
    assert.equal(evenhand.asked.at(-1)?.body.surface, 'purchase');

    evenhand.wishes.set('login', { outcome: 'deny', text: 'You cannot sign in until September.' });
    const door = await new Visitor(shop.url).signIn('bo', 'bo-password');
    assert.equal(door.in, false);
    assert.ok(door.page.includes('You cannot sign in until September.'));
    assert.ok(door.page.includes('https://shop.test/withdraw'));
    // Whoever does not know the password learns nothing, and staff are never kept out.
    assert.ok(!(await new Visitor(shop.url).signIn('bo', 'wrong')).page.includes('September'));
    assert.ok((await new Visitor(shop.url).signIn('staff', 'staff-password')).in);
  });

  it('a review is refused, or waits', async () => {
    const review = (author: string) =>
      new Visitor(shop.url).form('/wp-comments-post.php', {
        comment_post_ID: String(shop.product),
        author,
        email: `${author}@example.com`,
        rating: '5',
        comment: `A fine mug, says ${author}.`,
      });
    evenhand.wishes.set('review', { outcome: 'deny', text: 'We cannot take your review.' });
    const refused = await review('rita');
    assert.equal(refused.status, 403);
    assert.ok((await refused.text()).includes('We cannot take your review.'));
    evenhand.wishes.set('review', { outcome: 'challenge', text: 'Later.', obligations: ['reviews_need_approval'] });
    assert.equal((await review('wim')).status, 302);
    evenhand.wishes.clear();
    assert.equal((await review('ans')).status, 302);
    const page = await (await new Visitor(shop.url).go(`/?p=${shop.product}`)).text();
    const product = page === '' ? await (await fetch(`${shop.url}/product/stoneware-mug/`)).text() : page;
    assert.ok(product.includes('says ans'), 'the approved one is shown');
    assert.ok(!product.includes('says wim') && !product.includes('says rita'));
  });

  it('webhooks are made, pinged, signed and read; a refund is told whole, and the same as the back-fill tells it', async () => {
    const set = await woocommerce.connect(reach());
    assert.ok(set.ok, JSON.stringify(set));
    const { connection } = reach();
    const secrets = [{ id: 'a', secret: 'whsec_of_a_test', until: null }];
    const verified = (hook: (typeof evenhand.hooks)[number]) =>
      woocommerce.verify(hook, secrets, connection, {}, Date.now() as Reach['now']);
    assert.equal(evenhand.hooks.length, 7);
    for (const ping of evenhand.hooks) assert.equal(unwrap(verified(ping)).topic, null);
    evenhand.hooks.length = 0;

    const { body } = await guest('returns@example.com');
    const order = String(body.order_id);
    await secure(`${shop.url}/wp-json/wc/v3/orders/${order}`, rest('PUT', { status: 'completed' }));
    const lines = (await (await secure(`${shop.url}/wp-json/wc/v3/orders/${order}`, rest('GET'))).json()).line_items;
    await wait(1_100);
    const refund = await secure(
      `${shop.url}/wp-json/wc/v3/orders/${order}/refunds`,
      rest('POST', {
        amount: '20.00',
        reason: 'Changed my mind',
        api_refund: false,
        line_items: [{ id: lines[0].id, quantity: 1, refund_total: 20 }],
      }),
    );
    assert.equal(refund.status, 201, await refund.clone().text());
    for (let tries = 0; tries < 3; tries += 1) await shop.deliver();

    const told = evenhand.hooks.map((hook) => {
      const good = verified(hook);
      assert.ok(good.ok, JSON.stringify(good));
      return { topic: good.value.topic ?? '', payload: JSON.parse(hook.body.toString()) as Json };
    });
    const read = (record: PlatformRecord) => {
      const reading = woocommerce.read(record, context);
      assert.ok(reading.ok, JSON.stringify(reading));
      return reading.value.events;
    };
    const ofOrder = (records: readonly PlatformRecord[]) =>
      records.filter(({ topic, payload }) => topic.startsWith('order') && String((payload as Told).id) === order);
    const last = ofOrder(told).map(read).at(-1);
    assert.deepEqual(
      last?.map(({ kind }) => kind),
      ['order.placed', 'payment.captured', 'order.delivered', 'return.received', 'refund.issued'],
    );
    assert.deepEqual(
      ofOrder(await historyNow())
        .map(read)
        .at(-1),
      last,
    );

    // The same again without our extension's help: refunds fetched from the REST API.
    const bare = (ofOrder(told).at(-1)?.payload ?? {}) as Record<string, Json>;
    const { evenhand: _, ...plain } = bare;
    assert.equal(woocommerce.read({ topic: 'order.updated', payload: plain }, context).ok, false);
    const { withRefunds } = await import('../../../src/adapters/shops/woocommerce/history.ts');
    const { clientOf } = await import('../../../src/adapters/shops/woocommerce/client.ts');
    const fetched = await withRefunds(clientOf(reach()), [plain as never]);
    assert.ok(fetched.ok, JSON.stringify(fetched));
    assert.deepEqual(fetched.value.map(read).at(-1), last);
    assert.ok((await woocommerce.disconnect(reach())).ok);
  });

  it('marks and acts arrive', async () => {
    const bo = { externalId: String(shop.customer), email: 'bo@example.com' };
    const marks = {
      as: 'blocked',
      refused: ['purchase'],
      obligations: [],
      until: Date.UTC(2026, 8, 1),
      sentences: [],
    } as const;
    const mark = await woocommerce.mark?.(reach(), bo, marks as never);
    assert.ok(mark?.ok, JSON.stringify(mark));
    const meta = async () => {
      const account = await (await secure(`${shop.url}/wp-json/wc/v3/customers/${shop.customer}`, rest('GET'))).json();
      return Object.fromEntries(
        account.meta_data
          .filter((one: Told) => String(one.key).startsWith('evenhand'))
          .map((one: Told) => [one.key, one.value]),
      );
    };
    assert.deepEqual(await meta(), {
      evenhand_standing: 'blocked',
      evenhand_refused: 'purchase',
      evenhand_until: '2026-09-01T00:00:00.000Z',
    });
    const away = await woocommerce.mark?.(reach(), bo, { ...marks, as: null, refused: [], until: null } as never);
    assert.ok(away?.ok);
    assert.deepEqual(await meta(), {});

    const { body } = await guest('acts@example.com', { payment_method: 'cod' });
    const order = String(body.order_id);
    const status = async () =>
      (await (await secure(`${shop.url}/wp-json/wc/v3/orders/${order}`, rest('GET'))).json()).status;
    const act = async (wish: ShopAct, key: string) => {
      const done = await woocommerce.act(reach(), wish, bo, key);
      assert.ok(done.ok, JSON.stringify(done));
      return done.value.reference;
    };
    await act({ kind: 'hold_order', order }, 'k1');
    await act({ kind: 'hold_order', order }, 'k1');
    assert.equal(await status(), 'on-hold');
    await act({ kind: 'release_order', order }, 'k2');
    assert.equal(await status(), 'processing');
    await act({ kind: 'assess_order', order, risk: 'high', facts: ['Blocked until September.'] }, 'k3');
    await act({ kind: 'cancel_order', order, refund: true, restock: true, words: 'We are sorry.' }, 'k4');
    await act({ kind: 'cancel_order', order, refund: true, restock: true, words: 'We are sorry.' }, 'k4');
    assert.equal(await status(), 'cancelled');
    const notes = await (await secure(`${shop.url}/wp-json/wc/v3/orders/${order}/notes`, rest('GET'))).json();
    assert.equal(notes.filter((note: Told) => String(note.note).startsWith('We are sorry.')).length, 1);
    const wish: ShopAct = { kind: 'give_discount', off: { amount: { amount: 500, currency: 'EUR' } }, until: null };
    const code = await act(wish, 'k5');
    assert.equal(await act(wish, 'k5'), code);
    const coupons = await (await secure(`${shop.url}/wp-json/wc/v3/coupons?code=${code}`, rest('GET'))).json();
    assert.deepEqual(
      coupons.map((coupon: Told) => [coupon.amount, coupon.usage_limit]),
      [['5.00', 1]],
    );
  });

  it('the settings page is for managers, keeps what is typed, and tests the connection', async () => {
    const owner = new Visitor(shop.url);
    assert.ok((await owner.signIn('owner', 'owner-password')).in);
    const page = async (query = '') => (await owner.go(`/wp-admin/admin.php?page=evenhand${query}`)).text();
    // Within half a minute of its installation WooCommerce leads whoever comes to the back office to its own setup, once.
    await page();
    const first = await page();
    assert.ok(first.includes('Ways of paying after delivery'));
    assert.ok(!first.includes(evenhand.state.key), 'the key is never shown again');
    const nonces = [...first.matchAll(/name="_wpnonce" value="(\w+)"/g)].map((match) => match[1] ?? '');
    const tested = await owner.form('/wp-admin/admin-post.php', { action: 'evenhand_test', _wpnonce: nonces[1] ?? '' });
    assert.match(tested.headers.get('location') ?? '', /tested=ok/);
    const forged = await owner.form('/wp-admin/admin-post.php', {
      action: 'evenhand_save',
      address: 'https://evil.example',
      _wpnonce: 'x',
    });
    assert.equal(forged.status, 403);
    const bo = new Visitor(shop.url);
    await bo.signIn('bo', 'bo-password');
    const outsider = await bo.form('/wp-admin/admin-post.php', { action: 'evenhand_save', _wpnonce: nonces[0] ?? '' });
    assert.ok([302, 403].includes(outsider.status));
    const saved = await owner.form('/wp-admin/admin-post.php', {
      action: 'evenhand_save',
      _wpnonce: nonces[0] ?? '',
      address: evenhand.url,
      key: '',
      portal: 'https://fair.example.com/p/mugs',
      pay_later: 'COD, <b>cheque</b>',
      purchase: 'review',
      cart: 'nonsense',
    });
    assert.match(saved.headers.get('location') ?? '', /kept=1/);
    const after = await page('&kept=1');
    assert.match(after, /name="pay_later" value="cod, bchequeb"/);
    assert.match(after, /value="review" selected='selected'|value="review" selected="selected"/);
  });

  const rest = (method: string, body?: object): RequestInit => ({
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${shop.consumerKey}:${shop.consumerSecret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
});
