import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startShop, type TriedShop, whyNoWordPress } from '../try/start.ts';
import { block, connect, knownCustomer, SLUG, startProxy, startRealEvenhand } from './service.ts';
import { Visitor } from './visitor.ts';

/* A real WooCommerce, a real Evenhand, and the plug-in between them. */

const none = whyNoWordPress();
const HOME = {
  first_name: 'Gina',
  last_name: 'Guest',
  address_1: 'Kerkstraat 1',
  city: 'Utrecht',
  postcode: '3511 AA',
  country: 'NL',
};

describe('A shop and its Evenhand', {
  skip: none === null ? false : `no WordPress with WooCommerce here: ${none}`,
}, () => {
  let shop: TriedShop;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let evenhand: Awaited<ReturnType<typeof startRealEvenhand>>;

  before(async () => {
    proxy = await startProxy(() => shop.url);
    evenhand = await startRealEvenhand(proxy.certificate);
    shop = await startShop({ evenhandUrl: evenhand.url, evenhandKey: 'none yet' });
  });
  after(async () => {
    shop?.stop();
    proxy?.stop();
    await evenhand?.close();
  });

  const order = async (email: string, more: object = {}) => {
    const visitor = new Visitor(shop.url);
    await visitor.store('POST', 'cart/add-item', { id: shop.product, quantity: 1 });
    return visitor.store('POST', 'checkout', {
      billing_address: { ...HOME, email, phone: '+31612345678' },
      shipping_address: HOME,
      payment_method: 'cod',
      ...more,
    });
  };

  const customerOf = (email: string) => knownCustomer(evenhand.ask, shop, email);

  it('hears of orders, refuses whom people blocked with their reason, and takes the next order once the block is lifted', async () => {
    await order('earlier@example.com');
    const connection = await connect(evenhand, shop, proxy.address);

    assert.equal((await order('gina@example.com')).status, 200);
    const gina = await customerOf('gina@example.com');

    await evenhand.ask('POST', `/shops/${SLUG}/connections/${connection}/history`, {});
    await customerOf('earlier@example.com');

    const measure = await block(evenhand.ask, gina);
    let refused = await order('gina@example.com');
    for (let tries = 0; refused.status === 200 && tries < 10; tries += 1) {
      await wait(500);
      refused = await order('gina@example.com');
    }
    assert.equal(refused.status, 400, JSON.stringify(refused.body));
    assert.equal(refused.body.code, 'evenhand_refused');
    assert.match(
      String(refused.body.message),
      /^We are sorry, we cannot take this order: you cannot place new orders with us until /,
    );
    assert.ok(String(refused.body.message).includes(`href="${evenhand.url}/c/${SLUG}"`));
    assert.equal(
      (
        await order('somebody-else@example.com', {
          billing_address: { ...HOME, email: 'somebody-else@example.com', phone: '' },
        })
      ).status,
      200,
    );

    await evenhand.ask('POST', `/shops/${SLUG}/measures/${measure}/lift`, {
      reason: 'They fetched all of them since.',
    });
    let taken = await order('gina@example.com');
    for (let tries = 0; taken.status !== 200 && tries < 10; tries += 1) {
      await wait(500);
      taken = await order('gina@example.com');
    }
    assert.equal(taken.status, 200, JSON.stringify(taken.body));
  });
});
