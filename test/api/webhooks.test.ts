import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHookWire } from '../../src/adapters/net/hook-wire.ts';
import { buildServer } from '../../src/http/server.ts';
import { PASSWORD, SHOP, startApi, type TestApi, Visitor } from '../support/api.ts';
import { type HookReceiver, hookReceiver, readBySpecification } from '../support/hook-receiver.ts';

let api: TestApi;
let receiver: HookReceiver;
let owner: Visitor;
let manager: Visitor;
let agent: Visitor;
let auditor: Visitor;
/** On a server that may tell this machine. */
let near: Visitor;
let closeNear: () => Promise<void>;

const HOOKS = '/api/shops/tulip/webhooks';
const wish = (more: object = {}) => ({ url: receiver.url, topics: ['measure.started'], note: 'Help desk', ...more });

beforeAll(async () => {
  [api, receiver] = await Promise.all([startApi(), hookReceiver()]);
  owner = await api.owner({ languages: ['en', 'nl'] });
  await owner.post('/api/shops', { ...SHOP, name: 'Other', slug: 'other' });
  const colleague = async (role: string): Promise<Visitor> => {
    const email = `${role}@tulip.example`;
    const made = await owner.post('/api/shops/tulip/staff', { name: role, email, password: PASSWORD, role });
    expect(made.statusCode, made.payload).toBe(200);
    const visitor = api.visitor();
    await visitor.signIn(email);
    return visitor;
  };
  [manager, agent, auditor] = [await colleague('manager'), await colleague('agent'), await colleague('auditor')];
  const app = await buildServer({
    ...api.deps,
    hookWire: createHookWire(api.deps.vault, { allowPrivate: true, answerMs: 500 }),
  });
  closeNear = () => app.close();
  near = new Visitor(app, '192.0.2.1');
  await near.signIn('olga@tulip.example');
});
afterAll(async () => {
  await closeNear();
  await receiver.close();
  await api.close();
});

async function made(more: object = {}): Promise<{ id: string; secret: string }> {
  const response = await near.post(HOOKS, wish(more));
  expect(response.statusCode, response.payload).toBe(200);
  const { endpoint, secret } = response.json();
  return { id: endpoint.id, secret };
}

describe('webhooks to other systems', () => {
  it('are made with a secret that is shown once and kept sealed', async () => {
    const response = await near.post(HOOKS, wish());
    const { endpoint, secret } = response.json();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({
      url: receiver.url,
      note: 'Help desk',
      topics: ['measure.started'],
      state: 'active',
      disabledBecause: null,
      waiting: 0,
      failed: 0,
      lastSentAt: null,
    });
    const listed = await near.get(HOOKS);
    expect(listed.json().items.map(({ id }: { id: string }) => id)).toContain(endpoint.id);
    expect(listed.payload).not.toContain(secret.slice(6));
    const { rows } = await api.database.pool.query("select encode(secrets, 'escape') as text from hook_endpoint");
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(secret.slice(6));
  });

  it.each([
    ['http://example.com/hooks', 'must begin with https://'],
    ['https://127.0.0.1/hooks', 'private network'],
    ['https://[::1]/hooks', 'private network'],
    ['https://169.254.169.254/latest', 'private network'],
    ['https://localhost/hooks', 'private network'],
    ['https://me:secret@example.com/', 'not an address'],
    ['https://nobody.invalid/hooks', 'nobody knows'],
  ])('refuse %s', async (url, words) => {
    const response = await owner.post(HOOKS, wish({ url }));
    expect(response.statusCode, response.payload).toBe(422);
    expect(response.json().errors).toEqual([{ field: 'url', message: expect.stringContaining(words) }]);
    expect(response.payload).not.toContain('secret');
    const { id } = await made();
    expect((await owner.send('PATCH', `${HOOKS}/${id}`, { url })).statusCode).toBe(422);
  });

  it.each([
    [{ url: 'nonsense' }, 'url'],
    [{ url: 'ftp://example.com' }, 'url'],
    [{ topics: [] }, 'topics'],
    [{ topics: ['customer.sneezed'] }, 'topics.0'],
  ])('say of %j which field is wrong', async (more, field) => {
    const response = await near.post(HOOKS, wish(more));
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0].field).toBe(field);
  });

  it('are changed, switched off and on, and removed', async () => {
    const { id } = await made();
    const changed = await near.send('PATCH', `${HOOKS}/${id}`, { topics: ['customer.erased'], note: 'CRM' });
    expect(changed.json()).toMatchObject({ topics: ['customer.erased'], note: 'CRM', state: 'active' });
    const off = await near.send('PATCH', `${HOOKS}/${id}`, { state: 'disabled' });
    expect(off.json()).toMatchObject({ state: 'disabled', disabledBecause: 'staff' });
    const on = await near.send('PATCH', `${HOOKS}/${id}`, { state: 'active' });
    expect(on.json()).toMatchObject({ state: 'active', disabledBecause: null });
    expect((await near.send('DELETE', `${HOOKS}/${id}`)).statusCode).toBe(200);
    for (const gone of [
      near.send('DELETE', `${HOOKS}/${id}`),
      near.send('PATCH', `${HOOKS}/${id}`, { note: '' }),
      near.post(`${HOOKS}/${id}/test`),
      near.post(`${HOOKS}/${id}/secret`),
      near.get(`${HOOKS}/${id}/sent`),
      near.get(`${HOOKS}/${id}/sent/${id}`),
      near.post(`${HOOKS}/${id}/sent/${id}/retry`),
    ])
      expect((await gone).statusCode).toBe(404);
  });

  it('can be tried out, read word for word, and sent again', async () => {
    const { id, secret } = await made();
    const from = receiver.got.length;
    const test = await near.post(`${HOOKS}/${id}/test`);
    expect(test.json()).toMatchObject({ topic: 'test', state: 'sent', status: 204, attempts: 1, problem: null });
    const got = receiver.got[from];
    expect(got?.id).toBe(test.json().id);
    const one = await near.get(`${HOOKS}/${id}/sent/${test.json().id}`);
    expect(one.json().body).toBe(got?.body);
    const again = await near.post(`${HOOKS}/${id}/sent/${test.json().id}/retry`);
    expect(again.statusCode).toBe(200);
    expect((await near.post(`${HOOKS}/${id}/sent/${test.json().id}/retry`)).statusCode).toBe(409);
    const list = (await near.get(`${HOOKS}/${id}/sent?state=waiting`)).json();
    expect(list.items).toEqual([expect.objectContaining({ id: test.json().id, nextAt: expect.any(String) })]);
    expect(() => got !== undefined && readBySpecification(secret, got)).toThrow(/timestamp too old/i);
    await near.send('PATCH', `${HOOKS}/${id}`, { state: 'disabled' });
    expect((await near.post(`${HOOKS}/${id}/sent/${test.json().id}/retry`)).statusCode).toBe(409);
  });

  it('say in the reader’s language why a message is not there', async () => {
    const { id } = await made();
    receiver.answer = { status: 404 };
    const test = await near.post(`${HOOKS}/${id}/test`);
    receiver.answer = { status: 204 };
    expect(test.json()).toMatchObject({
      state: 'failed',
      status: 404,
      problem: 'It answered 404 instead of taking the message.',
    });
  });

  it('never reach a private address, even where one was entered', async () => {
    const { id } = await made();
    const from = receiver.got.length;
    const test = await owner.post(`${HOOKS}/${id}/test`);
    expect(test.json()).toMatchObject({ state: 'failed', status: null, problem: expect.stringContaining('private') });
    expect(receiver.got).toHaveLength(from);
  });

  it('get a new secret, and the old one signs for another day', async () => {
    const { id, secret } = await made();
    const rotated = (await near.post(`${HOOKS}/${id}/secret`)).json();
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.oldUntil).toBe('2026-03-02T12:00:00.000Z');
    await near.post(`${HOOKS}/${id}/test`);
    expect(String(receiver.got.at(-1)?.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  it('are listed page by page', async () => {
    const { id } = await made();
    for (let count = 0; count < 5; count += 1) {
      api.time.now = (api.time.now + 1_000) as typeof api.time.now;
      await near.post(`${HOOKS}/${id}/test`);
    }
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const page = (await near.get(`${HOOKS}/${id}/sent?limit=2${cursor}`)).json();
      seen.push(...page.items.map((each: { createdAt: string }) => each.createdAt));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect((await near.get(`${HOOKS}/${id}/sent?cursor=bogus`)).statusCode).toBe(400);
  });

  it('are for owners to change, for managers to read word for word, and for everybody to see', async () => {
    const { id } = await made();
    const { id: sent } = (await near.post(`${HOOKS}/${id}/test`)).json();
    const may = async (visitor: Visitor) => ({
      list: (await visitor.get(HOOKS)).statusCode,
      make: (await visitor.post(HOOKS, wish({ topics: [] }))).statusCode,
      change: (await visitor.send('PATCH', `${HOOKS}/${id}`, { note: 'x' })).statusCode,
      secret: (await visitor.post(`${HOOKS}/${id}/secret`)).statusCode,
      test: (await visitor.post(`${HOOKS}/${id}/test`)).statusCode,
      sent: (await visitor.get(`${HOOKS}/${id}/sent`)).statusCode,
      read: (await visitor.get(`${HOOKS}/${id}/sent/${sent}`)).statusCode,
    });
    const none = { make: 403, change: 403, secret: 403, test: 403 };
    expect(await may(manager)).toEqual({ list: 200, ...none, sent: 200, read: 200 });
    expect(await may(agent)).toEqual({ list: 200, ...none, sent: 200, read: 403 });
    expect(await may(auditor)).toEqual({ list: 200, ...none, sent: 200, read: 403 });
    expect((await auditor.post(`${HOOKS}/${id}/sent/${sent}/retry`)).statusCode).toBe(403);
    expect((await agent.post(`${HOOKS}/${id}/sent/${sent}/retry`)).statusCode).toBe(200);
    expect((await agent.send('DELETE', `${HOOKS}/${id}`)).statusCode).toBe(403);
    expect((await api.visitor().get(HOOKS)).statusCode).toBe(401);
  });

  it('belong to one shop', async () => {
    const { id } = await made();
    const elsewhere = '/api/shops/other/webhooks';
    expect((await near.get(elsewhere)).json().items).toEqual([]);
    expect((await near.send('DELETE', `${elsewhere}/${id}`)).statusCode).toBe(404);
    expect((await near.post(`${elsewhere}/${id}/test`)).statusCode).toBe(404);
    expect((await near.post(`${elsewhere}/${id}/secret`)).statusCode).toBe(404);
  });

  it('are limited in number', async () => {
    const { items } = (await near.get(HOOKS)).json();
    for (let count = items.length; count < 20; count += 1) await made();
    const response = await near.post(HOOKS, wish());
    expect([response.statusCode, response.json().detail]).toEqual([409, expect.stringContaining('20')]);
  });
});
