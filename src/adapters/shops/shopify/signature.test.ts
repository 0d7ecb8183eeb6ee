import '@shopify/shopify-api/adapters/node';
import { createHmac } from 'node:crypto';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { describe, expect, it } from 'vitest';
import { id } from '../../../core/shared/brand.ts';
import { instant } from '../../../core/shared/time.ts';
import { type Connection, defaultConnectionSettings } from '../../../ports/platforms.ts';
import { authorise, isSigned } from './authorise.ts';
import { verify } from './signature.ts';

const NOW = instant(Date.parse('2026-04-10T10:00:00Z'));
const SECRET = 'shpss_the_secret';
const connection: Connection = {
  id: id('11111111-1111-4111-8111-111111111111'),
  shop: id('22222222-2222-4222-8222-222222222222'),
  platform: 'shopify',
  state: 'active',
  address: 'ada.myshopify.com',
  source: 'shopify',
  numberPrefix: '',
  settings: defaultConnectionSettings,
  facts: {},
  createdAt: NOW,
  checkedAt: null,
  reconciledTo: null,
};
const body = Buffer.from('{"id":1}');
const sign = (secret: string, what = body) => createHmac('sha256', secret).update(what).digest('base64');
const headers = (more: Readonly<Record<string, string | undefined>> = {}) => ({
  'x-shopify-hmac-sha256': sign(SECRET),
  'x-shopify-shop-domain': 'ada.myshopify.com',
  'x-shopify-topic': 'orders/create',
  'x-shopify-webhook-id': 'delivery-1',
  'x-shopify-triggered-at': '2026-04-10T09:59:00Z',
  ...more,
});
const tried = (more = {}, what = body, credentials: Readonly<Record<string, string>> = { clientSecret: SECRET }) =>
  verify({ headers: headers(more), body: what }, [], connection, credentials, NOW);

describe('a webhook of Shopify', () => {
  it('is believed when its body is signed with the app’s secret', () => {
    expect(tried()).toEqual({
      ok: true,
      value: { delivery: 'delivery-1', topic: 'orders/create', triggeredAt: Date.parse('2026-04-10T09:59:00Z') },
    });
  });

  it.each([
    ['without a signature', { 'x-shopify-hmac-sha256': undefined }, body, 'unsigned'],
    ['with another’s signature', { 'x-shopify-hmac-sha256': sign('shpss_other') }, body, 'signature'],
    ['with a signature that is none', { 'x-shopify-hmac-sha256': 'no base64!' }, body, 'signature'],
    ['changed after signing', {}, Buffer.from('{"id":2}'), 'signature'],
    ['of another shop', { 'x-shopify-shop-domain': 'eve.myshopify.com' }, body, 'stranger'],
    ['of two days ago', { 'x-shopify-triggered-at': '2026-04-08T10:00:00Z' }, body, 'old'],
    ['of tomorrow', { 'x-shopify-triggered-at': '2026-04-11T10:00:00Z' }, body, 'old'],
  ])('is refused %s', (_, more, what, why) => {
    expect(tried(more, what)).toEqual({ ok: false, error: why });
  });

  it('is refused where it is no JSON', () => {
    const broken = Buffer.from('{"id":');
    expect(tried({ 'x-shopify-hmac-sha256': sign(SECRET, broken) }, broken)).toEqual({ ok: false, error: 'body' });
  });

  it('is believed with the secret before, while the secret is being changed', () => {
    const more = { 'x-shopify-hmac-sha256': sign('shpss_before') };
    expect(tried(more).ok).toBe(false);
    expect(tried(more, body, { clientSecret: SECRET, oldClientSecret: 'shpss_before' }).ok).toBe(true);
  });

  it('is never believed where no secret is known', () => {
    expect(tried({ 'x-shopify-hmac-sha256': sign('') }, body, { clientSecret: '' }).ok).toBe(false);
  });
});

describe('signing in at Shopify', () => {
  const library = shopifyApi({
    apiKey: 'client',
    apiSecretKey: SECRET,
    apiVersion: ApiVersion.October26,
    hostName: 'fair.example.com',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: async () => undefined },
  });
  const query = (more: Readonly<Record<string, string>> = {}) => {
    const base = {
      code: "a!b'c (d)*~",
      shop: 'ada.myshopify.com',
      state: 'state 1',
      host: 'YWRtaW4',
      timestamp: String(Math.floor(Date.now() / 1_000)),
      ...more,
    };
    const sorted = Object.entries(base).toSorted(([one], [other]) => (one < other ? -1 : 1));
    const message = new URLSearchParams(sorted).toString().replaceAll('+', '%20');
    return { ...base, hmac: createHmac('sha256', SECRET).update(message).digest('hex') };
  };

  it('takes the way back for signed where Shopify’s own library does', async () => {
    const signed = query();
    expect(await library.utils.validateHmac(signed)).toBe(true);
    expect(isSigned(signed, SECRET)).toBe(true);
    expect(isSigned({ ...signed, shop: 'eve.myshopify.com' }, SECRET)).toBe(false);
    expect(isSigned(signed, 'shpss_other')).toBe(false);
    expect(isSigned(signed, '')).toBe(false);
  });

  it.each([
    ['another state', { state: 'state 2' }],
    ['another shop', { address: 'eve.myshopify.com' }],
    ['an old answer', { now: Date.now() + 200_000 }],
  ])('is refused with %s', async (_, more) => {
    const finished = await authorise.finish({
      address: 'ada.myshopify.com',
      credentials: { clientId: 'client', clientSecret: SECRET },
      state: 'state 1',
      query: query(),
      fetch: () => Promise.reject(new Error('Nobody may be asked')),
      ...more,
      now: instant(Math.floor('now' in more ? more.now : Date.now())),
    });
    expect(finished).toEqual({ ok: false, error: { kind: 'unauthorised' } });
  });

  it('is needed only where somebody asked for it', () => {
    expect(authorise.needed({ clientId: 'a', clientSecret: 'b' })).toBe(false);
    expect(authorise.needed({ clientId: 'a', clientSecret: 'b', signIn: 'yes' })).toBe(true);
    expect(authorise.needed({ clientId: 'a', clientSecret: 'b', signIn: 'yes', accessToken: 'c' })).toBe(false);
  });
});
