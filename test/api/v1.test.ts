import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOP, startApi, type TestApi, type Visitor } from '../support/api.ts';

let api: TestApi;
let owner: Visitor;
let key: string;
let otherKey: string;

beforeAll(async () => {
  api = await startApi();
  owner = await api.owner();
  await owner.post('/api/shops', { ...SHOP, name: 'Other', slug: 'other' });
  key = await makeKey('tulip', ['events:write', 'customers:read', 'decisions:write']);
  otherKey = await makeKey('other', ['events:write', 'customers:read', 'decisions:write']);
});
afterAll(() => api.close());

async function makeKey(shop: string, scopes: string[]): Promise<string> {
  const response = await owner.post(`/api/shops/${shop}/keys`, { name: 'Webshop', scopes });
  expect(response.statusCode).toBe(200);
  return response.json().key;
}

const call = (method: 'GET' | 'POST', url: string, secret: string | null, payload?: object) =>
  api.app.inject({
    method,
    url,
    headers: secret === null ? {} : { authorization: `Bearer ${secret}` },
    ...(payload === undefined ? {} : { payload }),
  });
const lookup = (externalId: string, secret: string) => call('POST', '/v1/customers/lookup', secret, { externalId });

const order = (id: string, more: object = {}) => ({
  kind: 'order.placed',
  id,
  occurredAt: '2026-02-01T10:00:00Z',
  customer: { externalId: 'C-1', email: 'ada@example.org', name: 'Ada L.' },
  body: { order: id, total: { amount: 1995, currency: 'EUR' } },
  ...more,
});

describe('API keys', () => {
  it('are shown once, kept as a hash, and told apart by how they begin', async () => {
    expect(key).toMatch(/^ehk_[A-Za-z0-9_-]{43}$/);
    const listed = await owner.get('/api/shops/tulip/keys');
    expect(listed.payload).not.toContain(key);
    expect(listed.json().items[0]).toMatchObject({ name: 'Webshop', prefix: key.slice(0, 12), revokedAt: null });
    const { rows } = await api.database.pool.query(
      'select encode(hash, $1) as hash, api_key::text as row from api_key',
      ['hex'],
    );
    expect(rows.every((row) => row.hash.length === 64 && !row.row.includes(key))).toBe(true);
  });

  it('open their own shop only, for their own scopes only', async () => {
    expect((await call('POST', '/v1/events', null, { events: [] })).statusCode).toBe(401);
    const unknown = await call('POST', '/v1/events', `ehk_${'x'.repeat(43)}`, { events: [] });
    expect([unknown.statusCode, unknown.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    const reading = await makeKey('tulip', ['customers:read']);
    const refused = await call('POST', '/v1/events', reading, { events: [order('scope-1')] });
    expect([refused.statusCode, refused.json().detail]).toEqual([403, expect.stringContaining('events:write')]);
    expect((await call('POST', '/v1/events', key, { events: [order('own-1')] })).json().added).toBe(1);
    expect((await lookup('C-1', key)).json()).toMatchObject({ orders: 1, orderedValue: 1995 });
    expect((await lookup('C-1', otherKey)).statusCode).toBe(404);
  });

  it('stop opening anything the moment they are revoked', async () => {
    const secret = await makeKey('tulip', ['customers:read']);
    expect((await lookup('C-1', secret)).statusCode).toBe(200);
    const { items } = (await owner.get('/api/shops/tulip/keys')).json();
    const { id } = items.find((each: { prefix: string }) => secret.startsWith(each.prefix));
    expect((await owner.send('DELETE', `/api/shops/other/keys/${id}`)).statusCode).toBe(404);
    expect((await lookup('C-1', secret)).statusCode).toBe(200);
    expect((await owner.send('DELETE', `/api/shops/tulip/keys/${id}`)).statusCode).toBe(200);
    expect((await lookup('C-1', secret)).statusCode).toBe(401);
    const after = (await owner.get('/api/shops/tulip/keys')).json().items;
    expect(after.find((each: { id: string }) => each.id === id)).toMatchObject({
      revokedAt: expect.any(String),
      lastUsedAt: expect.any(String),
    });
  });
});

describe('POST /v1/events', () => {
  it('answers each event by its place, and writes the good ones', async () => {
    const events = [
      order('a'),
      order('b', { body: { order: 'b', total: { amount: -5, currency: 'EUR' } } }),
      order('c', { body: { order: 'c', total: { amount: 5, currency: 'XXQ' } } }),
      order('d', { occurredAt: '2026-02-30T10:00:00Z' }),
      order('e', { occurredAt: '2030-01-01T10:00:00Z' }),
      order('f', { customer: { id: '0199c0de-0000-7000-8000-00000000000a' } }),
      order('g', { surprise: 1 }),
      'nonsense',
    ];
    const response = await call('POST', '/v1/events', key, { events });
    expect(response.statusCode, response.payload).toBe(200);
    const answer = response.json();
    expect([answer.added, answer.known, answer.conflicts, answer.refused]).toEqual([1, 0, 0, 7]);
    expect(answer.results.map((each: { error?: { field: string } }) => each.error?.field)).toEqual([
      undefined,
      'body.total.amount',
      'body.total.currency',
      'occurredAt',
      'occurredAt',
      'customer.id',
      'surprise',
      expect.any(String),
    ]);
    const again = (
      await call('POST', '/v1/events', key, {
        events: [order('a'), order('a', { body: { order: 'z', total: { amount: 1, currency: 'EUR' } } })],
      })
    ).json();
    expect(again.results.map((each: { status: string }) => each.status)).toEqual(['known', 'conflict']);
  });

  it('takes a thousand at once, and no more, and no more than 5 MB', async () => {
    const many = (count: number, text = '') =>
      Array.from({ length: count }, (_, n) => order(`m${n}`, text === '' ? {} : { text }));
    expect((await call('POST', '/v1/events', key, { events: many(1_000) })).json().added).toBe(1_000);
    const more = await call('POST', '/v1/events', key, { events: many(1_001) });
    expect([more.statusCode, more.json().errors]).toEqual([
      400,
      [{ field: 'events', message: 'must have at most 1000 entries' }],
    ]);
    expect((await call('POST', '/v1/events', key, { events: many(900, 'x'.repeat(6_000)) })).statusCode).toBe(413);
    const none = await call('POST', '/v1/events', key, {});
    expect(none.json().errors).toEqual([{ field: 'events', message: 'is missing' }]);
  });
});

describe('everything else', () => {
  it('is a problem in plain words', async () => {
    const nothing = await call('GET', '/v1/nothing', key);
    expect([nothing.statusCode, nothing.headers['content-type'], nothing.json()]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      { type: 'about:blank', title: 'Not found', status: 404, detail: 'There is nothing at this address.' },
    ]);
    const broken = await api.app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      payload: '{"events": [',
    });
    expect([broken.statusCode, broken.json().detail]).toEqual([400, 'The body is not valid JSON.']);
    const form = await api.app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain' },
      payload: 'x',
    });
    expect(form.statusCode).toBe(415);
    const nobody = await call('POST', '/v1/customers/lookup', key, { externalId: ' ' });
    expect([nobody.statusCode, nobody.json().errors[0].field]).toEqual([400, 'externalId']);
    expect((await call('GET', '/v1/customers/C-1', key)).statusCode).toBe(404);
    expect((await call('GET', '/v1/%ff', key)).statusCode).toBe(400);
  });

  it('says nothing about what broke inside, and logs it without people', async () => {
    const before = api.log.length;
    const { reads } = api.deps;
    const original = reads.customerByIdentifier;
    Object.assign(reads, {
      customerByIdentifier: () =>
        Promise.reject(Object.assign(new Error('relation is gone'), { detail: 'Key (x)=(ada@example.org)' })),
    });
    const response = await lookup('C-1', key);
    Object.assign(reads, { customerByIdentifier: original });
    expect([response.statusCode, response.payload]).toEqual([500, expect.not.stringContaining('relation')]);
    expect(response.json().detail).toContain(response.headers['x-request-id']);
    const logged = api.log.slice(before).join('');
    expect(logged).toContain('relation is gone');
    expect(logged).toContain(String(response.headers['x-request-id']));
    for (const text of ['ada@example.org', 'C-1', key]) expect(logged).not.toContain(text);

    const quoting = 'invalid input syntax for type json: "grace@example.org"';
    Object.assign(reads, {
      customerByIdentifier: () => Promise.reject(Object.assign(new Error(quoting), { code: '22P02' })),
    });
    await lookup('C-1', key);
    Object.assign(reads, { customerByIdentifier: original });
    expect(api.log.slice(before).join('')).toContain('22P02');
    expect(api.log.slice(before).join('')).not.toContain('grace@example.org');
  });
});
