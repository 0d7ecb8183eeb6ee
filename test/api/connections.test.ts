import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signWebhook } from '../../src/adapters/net/standard-webhooks.ts';
import type { Instant } from '../../src/core/shared/time.ts';
import { instant } from '../../src/core/shared/time.ts';
import { buildServer } from '../../src/http/server.ts';
import { readReceived } from '../../src/workflows/shops/intake.ts';
import { PASSWORD, SHOP, startApi, type TestApi, Visitor } from '../support/api.ts';
import { type TestShopSystem, testShopSystem } from '../support/test-shop-system.ts';

let api: TestApi;
let app: TestApi['app'];
let system: TestShopSystem;
beforeAll(async () => {
  api = await startApi();
  system = testShopSystem();
  app = await buildServer({ ...api.deps, platforms: system.platforms });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await api.close();
});

const base = `/api/shops/${SHOP.slug}/connections`;
let owner: Visitor | null = null;
const signedIn = async (): Promise<Visitor> => {
  if (owner !== null) return owner;
  const first = await api.owner();
  owner = new Visitor(app, '192.0.2.1');
  owner.cookie = first.cookie;
  owner.csrf = first.csrf;
  return owner;
};
const colleague = async (role: string): Promise<Visitor> => {
  const email = `${role}@tulip.example`;
  await (await signedIn()).post(`/api/shops/${SHOP.slug}/staff`, { name: role, email, role, password: PASSWORD });
  const visitor = new Visitor(app, '192.0.2.7');
  await visitor.signIn(email);
  return visitor;
};
const wish = (more: object = {}) => ({
  platform: 'generic',
  address: 'shop.example.com',
  credentials: { key: 'right', token: 'told-to-nobody' },
  ...more,
});

interface Made {
  readonly connection: string;
  readonly hookUrl: string;
  readonly hookSecret: string;
  readonly apiKey: string;
}
let made: Made;

const placed = (id: string, customer = '12'): string =>
  JSON.stringify({
    id,
    name: id,
    customer: { id: customer },
    placed_at: '2026-02-20T10:00:00Z',
    updated_at: '2026-02-20T10:00:00Z',
    total: 12_00,
  });

let message = 0;
interface Sent {
  readonly secret?: string;
  readonly id?: string;
  readonly at?: Instant;
  readonly topic?: string | null;
  readonly to?: string;
  readonly signedBody?: string;
  readonly headers?: Record<string, string>;
}
const send = async (body: string, sent: Sent = {}) => {
  message += 1;
  const { secret = made.hookSecret, id = `m${message}`, at = api.time.now, topic = 'order', signedBody = body } = sent;
  return app.inject({
    method: 'POST',
    url: `/hooks/${sent.to ?? made.connection}`,
    headers: {
      'content-type': 'application/json',
      ...(topic === null ? {} : { 'x-topic': topic }),
      ...signWebhook([secret], id, at, signedBody),
      ...sent.headers,
    },
    payload: body,
  });
};
const kept = () => api.database.db.selectFrom('hook_received').selectAll().orderBy('received_at').execute();

describe('connecting', () => {
  it('says of each platform what it asks for and what it can', async () => {
    const answer = await (await signedIn()).get('/api/platforms');
    expect(answer.json().items).toMatchObject([
      { name: 'generic', signsIn: false, fields: [{ name: 'key' }, { name: 'token' }] },
    ]);
    expect(answer.json().items[0].abilities).toHaveLength(30);
  });

  it('tries what was typed and changes nothing', async () => {
    const visitor = await signedIn();
    const good = await visitor.post(`${base}/check`, wish());
    expect(good.json()).toMatchObject({ ok: true, problem: null, currency: 'EUR' });
    const bad = await visitor.post(`${base}/check`, wish({ credentials: { key: 'wrong' } }));
    expect(bad.json()).toMatchObject({ ok: false, problem: { what: expect.stringContaining('credentials') } });
    expect((await visitor.get(base)).json().items).toEqual([]);
  });

  it.each([
    [{ address: 'nowhere' }, 422, 'address'],
    [{ credentials: {} }, 422, 'credentials.key'],
    [{ credentials: { key: 'right', other: 'x' } }, 422, 'credentials.other'],
    [{ platform: 'shopify' }, 422, 'platform'],
    [{ credentials: { key: 'wrong' } }, 422, null],
  ])('refuses %j', async (more, status, field) => {
    const answer = await (await signedIn()).post(base, wish(more));
    expect(answer.statusCode).toBe(status);
    if (field !== null) expect(answer.json().errors).toMatchObject([{ field }]);
    else expect(answer.json().detail).toContain('Check that they were copied whole');
  });

  it('refuses a system that counts in another currency', async () => {
    system.check = { currency: 'USD' };
    const answer = await (await signedIn()).post(base, wish());
    system.check = {};
    expect(answer.statusCode).toBe(422);
    expect(answer.json().detail).toContain('USD');
  });

  it('keeps nothing when it cannot be set up there', async () => {
    system.connect = { kind: 'forbidden', scope: 'write_webhooks' };
    const answer = await (await signedIn()).post(base, wish());
    system.connect = null;
    expect(answer.statusCode).toBe(422);
    expect((await (await signedIn()).get(base)).json().items).toEqual([]);
  });

  it('connects, and shows the secret and the key this one time', async () => {
    const visitor = await signedIn();
    const answer = await visitor.post(base, wish());
    expect(answer.statusCode).toBe(200);
    made = answer.json();
    expect(made).toMatchObject({
      hookUrl: expect.stringMatching(/\/hooks\/[0-9a-f-]{36}$/),
      hookSecret: expect.stringMatching(/^whsec_/),
      apiKey: expect.stringMatching(/^ehk_/),
      signInAt: null,
      check: { ok: true },
    });
    expect(system.secret).toBe(made.hookSecret);
    const row = await api.database.db.selectFrom('connection').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      state: 'active',
      source: 'generic',
      number_prefix: '',
      address: 'https://shop.example.com',
    });
    for (const sealed of [row.credentials, row.hook_secrets]) expect(sealed.includes('told-to-nobody')).toBe(false);
    expect(JSON.stringify(row)).not.toContain('told-to-nobody');
    const detail = await visitor.get(`${base}/${made.connection}`);
    expect(detail.json()).toMatchObject({
      state: 'active',
      health: { received24h: 0, lastReceivedAt: null },
      runs: [],
    });
    expect(detail.body).not.toContain('whsec_');
  });

  it('refuses a second one beside it', async () => {
    const answer = await (await signedIn()).post(base, wish({ address: 'other.example.com' }));
    expect(answer.statusCode).toBe(409);
    expect(answer.json().detail).toContain('disconnect that one first');
  });

  it('lets owners connect, managers run, and everybody look', async () => {
    for (const [role, looks, checks, connects] of [
      ['manager', 200, 200, 403],
      ['agent', 200, 403, 403],
      ['auditor', 200, 403, 403],
    ] as const) {
      const visitor = await colleague(role);
      expect((await visitor.get(base)).statusCode, role).toBe(looks);
      expect((await visitor.get(`${base}/${made.connection}`)).statusCode, role).toBe(looks);
      expect((await visitor.post(`${base}/${made.connection}/check`)).statusCode, role).toBe(checks);
      expect((await visitor.post(base, wish())).statusCode, role).toBe(connects);
      for (const path of ['/secret', '/disconnect'])
        expect((await visitor.post(`${base}/${made.connection}${path}`)).statusCode, role).toBe(connects);
      expect((await visitor.send('PATCH', `${base}/${made.connection}`, {})).statusCode, role).toBe(connects);
    }
    expect((await new Visitor(app, '192.0.2.9').get(base)).statusCode).toBe(401);
  });
});

describe('a webhook that comes in', () => {
  it('is kept before it is answered, once', async () => {
    const body = placed('1');
    expect((await send(body, { id: 'same' })).json()).toEqual({ ok: true });
    expect((await send(body, { id: 'same' })).statusCode).toBe(200);
    const rows = await kept();
    expect(rows).toMatchObject([{ topic: 'order', state: 'waiting', delivery: 'sent:same' }]);
    expect(rows[0]?.sealed?.includes('2026-02-20')).toBe(false);
  });

  it('is not believed without a good signature, and nothing says why', async () => {
    const before = (await kept()).length;
    const fresh = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const changed = placed('2').replace('12', '99');
    const answers = [
      await app.inject({ method: 'POST', url: `/hooks/${made.connection}`, payload: placed('2') }),
      await send(placed('2'), { secret: fresh }),
      await send(changed, { signedBody: placed('2') }),
      await send(placed('2'), { at: instant(api.time.now - 3_600_000) }),
      await send(placed('2'), { at: instant(api.time.now + 3_600_000) }),
      await send(placed('2'), { headers: { 'x-shop': 'https://other.example.com' } }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(new Set(answers.map((answer) => answer.json().detail)).size).toBe(1);
    expect(await kept()).toHaveLength(before);
    await expect
      .poll(async () => (await (await signedIn()).get(`${base}/${made.connection}`)).json().health.rejected24h, {
        timeout: 5_000,
      })
      .toMatchObject([
        { reason: 'old', count: 2 },
        { reason: 'signature', count: 2 },
        { reason: 'stranger', count: 1, words: expect.any(String) },
        { reason: 'unsigned', count: 1 },
      ]);
  });

  it('finds nothing at another address, however it looks', async () => {
    for (const to of ['0199c0de-0000-7000-8000-000000000001', 'x', '..'])
      expect((await send(placed('3'), { to })).statusCode).toBe(404);
  });

  it('is refused before it is read when it is far too large', async () => {
    const answer = await send('x'.repeat(20 * 1_048_576));
    expect(answer.statusCode).toBe(413);
  });

  it('may say nothing', async () => {
    const before = (await kept()).length;
    expect(
      (await send('webhook_id=1', { topic: null, headers: { 'content-type': 'application/x-www-form-urlencoded' } }))
        .statusCode,
    ).toBe(200);
    expect(await kept()).toHaveLength(before);
  });

  it('shows in the console with whom it was about, and can be read again when it could not be', async () => {
    const visitor = await signedIn();
    await send('{"name":"9"}');
    await readReceived({ ...api.deps, platforms: system.platforms, onFault: () => undefined }, await theShop());
    const listed = (await visitor.get(`${base}/${made.connection}/received`)).json();
    expect(listed.items).toHaveLength(2);
    expect(listed.items).toContainEqual(
      expect.objectContaining({
        state: 'done',
        added: 1,
        problem: null,
        customers: [expect.objectContaining({ externalId: '12' })],
      }),
    );
    const refused = (await visitor.get(`${base}/${made.connection}/received?state=refused`)).json().items;
    expect(refused).toMatchObject([{ problem: expect.stringContaining('id') }]);
    const again = `${base}/${made.connection}/received/${refused[0].id}/retry`;
    expect((await visitor.post(again)).statusCode).toBe(200);
    expect((await visitor.post(again)).statusCode).toBe(409);
    const paged = (await visitor.get(`${base}/${made.connection}/received?limit=1`)).json();
    expect(paged.next).not.toBeNull();
    const rest = (await visitor.get(`${base}/${made.connection}/received?limit=1&cursor=${paged.next}`)).json();
    expect(rest.items[0].id).not.toBe(paged.items[0].id);
  });

  it('is good with the old secret and the new for a day after a change', async () => {
    const rotated = (await (await signedIn()).post(`${base}/${made.connection}/secret`)).json();
    expect(rotated.hookSecret).not.toBe(made.hookSecret);
    expect((await send(placed('20'))).statusCode).toBe(200);
    expect((await send(placed('21'), { secret: rotated.hookSecret })).statusCode).toBe(200);
    api.time.now = instant(api.time.now + 25 * 3_600_000);
    expect((await send(placed('22'))).statusCode).toBe(401);
    expect((await send(placed('23'), { secret: rotated.hookSecret })).statusCode).toBe(200);
    made = { ...made, hookSecret: rotated.hookSecret };
  });
});

describe('the past', () => {
  it('is fetched, stopped and gone on with', async () => {
    owner = null;
    const visitor = new Visitor(app, '192.0.2.1');
    await visitor.signIn('olga@tulip.example');
    owner = visitor;
    const begun = await visitor.post(`${base}/${made.connection}/history`, {});
    expect(begun.json()).toMatchObject({ kind: 'history', state: 'running', startedBy: { name: 'Olga Owner' } });
    expect((await visitor.post(`${base}/${made.connection}/history`, {})).statusCode).toBe(409);
    const run = `${base}/${made.connection}/runs/${begun.json().id}`;
    expect((await visitor.post(`${run}/stop`)).statusCode).toBe(200);
    expect((await visitor.post(`${run}/stop`)).statusCode).toBe(409);
    expect((await visitor.post(`${run}/resume`)).statusCode).toBe(200);
    expect((await visitor.post(`${base}/${made.connection}/runs/${made.connection}/stop`)).statusCode).toBe(404);
    expect((await visitor.post(`${base}/${made.connection}/reconcile`)).json()).toMatchObject({ kind: 'reconcile' });
    expect((await visitor.get(base)).json().items[0].run).toMatchObject({ state: 'running' });
  });
});

describe('other credentials', () => {
  it('take the place of those that work only when they work too', async () => {
    const visitor = await signedIn();
    const at = `${base}/${made.connection}`;
    const wrong = await visitor.send('PATCH', at, { credentials: { key: 'wrong' } });
    expect(wrong.statusCode).toBe(422);
    expect((await visitor.post(`${at}/check`)).json()).toMatchObject({ ok: true });
    const again = await visitor.send('PATCH', at, { credentials: { key: 'right' } });
    expect(again.statusCode).toBe(200);
  });
});

describe('ending it', () => {
  it('changes settings, and disconnects', async () => {
    const visitor = await signedIn();
    const changed = await visitor.send('PATCH', `${base}/${made.connection}`, { settings: { afterOrder: 'nothing' } });
    expect(changed.statusCode).toBe(200);
    expect((await visitor.get(`${base}/${made.connection}`)).json().settings).toMatchObject({
      afterOrder: 'nothing',
      marks: true,
      declineReturns: false,
    });
    expect((await visitor.post(`${base}/${made.connection}/disconnect`)).statusCode).toBe(200);
    expect(system.asked).toContain('disconnect');
    expect((await send(placed('30'))).statusCode).toBe(410);
    expect((await visitor.post(`${base}/${made.connection}/disconnect`)).statusCode).toBe(409);
    const asked = await decide(made.apiKey);
    expect(asked.statusCode).toBe(401);
    const row = await api.database.db.selectFrom('connection').selectAll().executeTakeFirstOrThrow();
    expect(api.deps.vault.open(row.credentials)).toBe('{}');
  });

  it('is the same connection when the same system is connected again, and another with numbers of its own otherwise', async () => {
    const visitor = await signedIn();
    const again = (await visitor.post(base, wish())).json();
    expect(again.connection).toBe(made.connection);
    expect(again.hookSecret).not.toBe(made.hookSecret);
    expect((await send(placed('31'), { secret: again.hookSecret })).statusCode).toBe(200);
    expect((await decide(again.apiKey)).statusCode).toBe(200);
    await visitor.post(`${base}/${again.connection}/disconnect`);

    const other: Made = (await visitor.post(base, wish({ address: 'other.example.com' }))).json();
    expect(other.connection).not.toBe(made.connection);
    expect((await send(placed('1'), { to: other.connection, secret: other.hookSecret })).statusCode).toBe(200);
    await readReceived({ ...api.deps, platforms: system.platforms, onFault: () => undefined }, await theShop());
    const events = await api.database.db
      .selectFrom('ledger_event')
      .select(['source', 'source_id'])
      .where('kind', '=', 'order.placed')
      .execute();
    expect(events).toContainEqual({ source: 'generic', source_id: 'order:1:placed' });
    expect(events).toContainEqual({ source: 'generic-2', source_id: 'order:1:placed' });
    // Its extension says 12 and means its own 12.
    const lookup = async (key: string) =>
      app.inject({
        method: 'POST',
        url: '/v1/customers/lookup',
        headers: { authorization: `Bearer ${key}` },
        payload: { externalId: '12' },
      });
    expect((await lookup(other.apiKey)).json()).toMatchObject({ orders: 1, orderedValue: 12_00 });
    const reported = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { authorization: `Bearer ${other.apiKey}` },
      payload: {
        events: [
          {
            kind: 'order.placed',
            id: 'order:77:placed',
            occurredAt: '2026-02-20T10:00:00Z',
            customer: { externalId: '12' },
            body: { order: '77', total: { amount: 1_00, currency: 'EUR' } },
          },
        ],
      },
    });
    expect(reported.json()).toMatchObject({ added: 1 });
    expect((await lookup(other.apiKey)).json()).toMatchObject({ orders: 2 });
    expect((await visitor.get(base)).json().items.map(({ state }: { state: string }) => state)).toEqual([
      'active',
      'disconnected',
    ]);
  });
});

const decide = (key: string) =>
  app.inject({
    method: 'POST',
    url: '/v1/decisions',
    headers: { authorization: `Bearer ${key}` },
    payload: { surface: 'purchase', customer: { externalId: '12' } },
  });

async function theShop() {
  const shop = await api.deps.shops.bySlug(SHOP.slug);
  if (shop === null) throw new Error('The shop is gone');
  return shop;
}
