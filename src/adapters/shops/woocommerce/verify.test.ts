import { describe, expect, it } from 'vitest';
import { signedWebhook } from '../../../../test/support/woocommerce-server/server.ts';
import { storedOrder } from '../../../../test/support/woocommerce-server/shop.ts';
import { type ConnectionId, id, type ShopId } from '../../../core/shared/brand.ts';
import { unwrap } from '../../../core/shared/result.ts';
import type { Instant } from '../../../core/shared/time.ts';
import { type Connection, defaultConnectionSettings } from '../../../ports/platforms.ts';
import { woocommerce } from './platform.ts';

const SHOP = 'https://shop.example.com';
const NOW = Date.UTC(2026, 2, 2) as Instant;
const connection: Connection = {
  id: id<ConnectionId>('7d3f5b1e-1111-4222-8333-444455556666'),
  shop: id<ShopId>('7d3f5b1e-1111-4222-8333-444455556667'),
  platform: 'woocommerce',
  state: 'active',
  address: SHOP,
  source: 'woocommerce',
  numberPrefix: '',
  settings: defaultConnectionSettings,
  facts: { home: 'https://www.shop.example.com' },
  createdAt: NOW,
  checkedAt: null,
  reconciledTo: null,
};
const newest = { id: 'b', secret: 'two', until: null };
const former = { id: 'a', secret: 'one', until: (NOW + 60_000) as Instant };

const webhook = (payload: object = storedOrder(7), secret = 'two', topic = 'order.updated') =>
  signedWebhook(SHOP, topic, payload, secret);
const verified = (hook: ReturnType<typeof webhook>, secrets = [newest, former], now = NOW) =>
  woocommerce.verify(hook, secrets, connection, {}, now);

describe('a webhook of WooCommerce', () => {
  it('is believed by its signature, with the secret of before too as long as that is good', () => {
    expect(unwrap(verified(webhook()))).toMatchObject({
      topic: 'order.updated',
      triggeredAt: Date.UTC(2026, 2, 1, 10, 0, 5),
    });
    expect(verified(webhook(undefined, 'one')).ok).toBe(true);
    expect(verified(webhook(undefined, 'one'), undefined, (NOW + 60_000) as Instant)).toMatchObject({
      error: 'signature',
    });
    expect(verified(webhook(undefined, 'three'))).toMatchObject({ error: 'signature' });
  });

  it('is not believed once a byte of it changed, or without a signature', () => {
    const hook = webhook();
    const changed = Buffer.from(hook.body.toString().replace('20.00', '20.01'));
    expect(verified({ ...hook, body: changed })).toMatchObject({ error: 'signature' });
    const { 'x-wc-webhook-signature': _, ...unsigned } = hook.headers;
    expect(verified({ headers: unsigned, body: hook.body })).toMatchObject({ error: 'unsigned' });
    for (const odd of ['', 'A', '****', 'AAAA'])
      expect(verified({ ...hook, headers: { ...hook.headers, 'x-wc-webhook-signature': odd } }).ok).toBe(false);
  });

  it('is a ping when it is made: unsigned, and saying nothing', () => {
    const ping = {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from('webhook_id=12'),
    };
    expect(unwrap(verified(ping))).toMatchObject({ topic: null });
    expect(verified({ ...ping, body: Buffer.from('webhook_id=12&order=7') })).toMatchObject({ error: 'unsigned' });
  });

  it('of two orders in one second are two deliveries, and a repeat is one', () => {
    const [one, again, other] = [webhook(), webhook(), webhook(storedOrder(8))].map(
      (hook) => unwrap(verified(hook)).delivery,
    );
    expect(one).toBe(again);
    expect(one).not.toBe(other);
  });

  it('comes from the shop itself, not from a copy of it', () => {
    const copy = signedWebhook('https://staging.shop.example.com', 'order.updated', storedOrder(7), 'two');
    expect(verified(copy)).toMatchObject({ error: 'stranger' });
    expect(verified({ ...connection.facts, ...webhook() }).ok).toBe(true);
  });

  it('is not taken a week after the order was like that', () => {
    const late = (Date.UTC(2026, 2, 1, 10, 0, 5) + 7 * 86_400_000 + 1) as Instant;
    expect(verified(webhook(), undefined, late)).toMatchObject({ error: 'old' });
    expect(verified(webhook({ id: 7 }, 'two', 'order.deleted'), undefined, late).ok).toBe(true);
  });

  it('whose body is signed but no JSON is refused', () => {
    const hook = signedWebhook(SHOP, 'order.updated', [], 'two');
    expect(verified(hook)).toMatchObject({ error: 'body' });
  });
});

describe('a shop’s address', () => {
  it.each([
    ['shop.example.com', 'https://shop.example.com'],
    [' https://Shop.Example.com/ ', 'https://shop.example.com'],
    ['https://example.com/shop/wp-admin/index.php', 'https://example.com/shop'],
    ['https://example.com/wp-json/wc/v3', 'https://example.com'],
    ['https://example.com:8443', 'https://example.com:8443'],
    ['http://shop.example.com', null],
    ['https://user:secret@shop.example.com', null],
    ['my shop', null],
    ['shop', null],
    ['', null],
  ])('%j is read as %j', (typed, address) => {
    expect(woocommerce.readAddress(typed)).toBe(address);
  });
});
