import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileRoutes } from '../../src/contracts/files.ts';
import { type Access, routes } from '../../src/contracts/routes.ts';
import { OWNER, PASSWORD, SHOP, startApi, type TestApi, type Visitor } from '../support/api.ts';

const ROLES = ['owner', 'manager', 'agent', 'auditor'] as const;
const UUID = '0199c0de-0000-7000-8000-00000000000a';

let api: TestApi;
let stranger: Visitor;
const staff = new Map<string, Visitor>();

beforeAll(async () => {
  api = await startApi();
  const owner = await api.owner();
  staff.set('owner', owner);
  for (const role of ROLES.slice(1)) {
    const email = `${role}@tulip.example`;
    const added = await owner.post('/api/shops/tulip/staff', { name: role, email, role, password: PASSWORD });
    expect(added.statusCode).toBe(200);
    const visitor = api.visitor();
    await visitor.signIn(email);
    staff.set(role, visitor);
  }
  // Somebody who owns another shop of the same installation, and works for this one no more than a passer-by.
  await owner.post('/api/shops', { ...SHOP, name: 'Other', slug: 'other' });
  await owner.post('/api/shops/other/staff', {
    name: 'Rival',
    email: 'r@x.example',
    role: 'owner',
    password: PASSWORD,
  });
  stranger = api.visitor();
  await stranger.signIn('r@x.example');
});
afterAll(() => api.close());

interface Walked {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

const walked: readonly Walked[] = Object.entries({ ...routes, ...fileRoutes }).map(([name, { access }]) => {
  const [method = '', path = ''] = name.split(' ');
  const url = path.replace(':shop', 'tulip').replace(':id', UUID).replace(':version', '1').replace(':name', 'events');
  return { name, method, url: name.endsWith('/diff') ? `${url}?from=1&to=1` : url, access };
});

/** Nothing a walk sends is readable, so that nothing is changed by those who are let through. */
const call = (visitor: Visitor, { method, url }: Walked, headers: Record<string, string> = {}) =>
  visitor.send(method, url, method === 'GET' || method === 'DELETE' ? undefined : '{', {
    ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
    ...headers,
  });

const copyOf = (visitor: Visitor): Visitor =>
  Object.assign(api.visitor(), { cookie: visitor.cookie, csrf: visitor.csrf });
const walk = walked.filter(({ name }) => name !== 'DELETE /api/session');
const changes = walk.filter(({ method }) => method !== 'GET');

describe('every route', () => {
  it.each(walk)('$name lets in whom its rule names, and nobody else', async (route) => {
    for (const role of ROLES) {
      const visitor = copyOf(staff.get(role) as Visitor);
      const { statusCode, payload } = await call(visitor, route);
      const allowed = typeof route.access === 'string' || (route.access as readonly string[]).includes(role);
      if (allowed) expect([401, 403], `${role}: ${payload}`).not.toContain(statusCode);
      else {
        expect(statusCode, `${role}: ${payload}`).toBe(403);
        expect(JSON.parse(payload).detail).toMatch(/^As an? (owner|manager|agent|auditor) you may not do this\. /);
      }
    }
  });

  it.each(walk.filter(({ access }) => access !== 'public'))('$name asks the signed-out to sign in', async (route) => {
    const response = await call(api.visitor(), route);
    expect(response.statusCode).toBe(401);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it.each(walk.filter(({ access }) => typeof access !== 'string'))(
    '$name hides the shop from staff of another shop',
    async (route) => {
      const response = await call(copyOf(stranger), route);
      expect(response.statusCode).toBe(404);
      expect(response.json().detail).toBe('There is no such shop, or you do not work for it.');
    },
  );

  it.each(changes)('$name refuses what another site sends', async (route) => {
    const owner = copyOf(staff.get('owner') as Visitor);
    expect((await call(owner, route, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await call(owner, route, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect([401, 403]).not.toContain((await call(owner, route, { origin: 'http://localhost:80' })).statusCode);
  });

  it.each(changes.filter(({ access }) => access !== 'public'))(
    '$name needs the token of the session',
    async (route) => {
      const owner = copyOf(staff.get('owner') as Visitor);
      for (const csrf of [null, 'x'.repeat(43), copyOf(stranger).csrf]) {
        owner.csrf = csrf;
        expect((await call(owner, route)).statusCode).toBe(403);
      }
    },
  );
});

it('lets a person out with the next request', async () => {
  const owner = copyOf(staff.get('owner') as Visitor);
  const agent = copyOf(staff.get('agent') as Visitor);
  const { items } = (await owner.get('/api/shops/tulip/staff')).json();
  const { id } = items.find((each: { role: string }) => each.role === 'agent');
  expect((await agent.get('/api/shops/tulip/home')).statusCode).toBe(200);
  expect((await owner.send('PATCH', `/api/shops/tulip/staff/${id}`, { disabled: true })).statusCode).toBe(200);
  expect((await agent.get('/api/shops/tulip/home')).statusCode).toBe(404);
  expect(
    (await owner.send('PATCH', `/api/shops/tulip/staff/${id}`, { disabled: false, role: 'manager' })).json().role,
  ).toBe('manager');
  expect((await agent.send('POST', '/api/shops/tulip/policy/impact', { source: 'x' })).statusCode).not.toBe(403);
});

it('lets nobody who was let out begin a shop of their own', async () => {
  const owner = copyOf(staff.get('owner') as Visitor);
  const email = 'gone@tulip.example';
  const added = await owner.post('/api/shops/tulip/staff', { name: 'Gone', email, role: 'agent', password: PASSWORD });
  const gone = api.visitor();
  await gone.signIn(email);
  await owner.send('PATCH', `/api/shops/tulip/staff/${added.json().id}`, { disabled: true });
  expect((await gone.post('/api/shops', { ...SHOP, name: 'Mine', slug: 'mine' })).statusCode).toBe(403);
});

it('never leaves a shop without an owner', async () => {
  const owner = copyOf(staff.get('owner') as Visitor);
  const me = (await owner.get('/api/session')).json().staff.id;
  const demoted = await owner.send('PATCH', `/api/shops/tulip/staff/${me}`, { role: 'agent' });
  expect([demoted.statusCode, demoted.json().detail]).toEqual([409, expect.stringContaining('only owner')]);
  expect((await owner.send('PATCH', `/api/shops/tulip/staff/${me}`, { disabled: true })).statusCode).toBe(409);
  expect((await owner.get('/api/session')).json().staff.email).toBe(OWNER.email);
});

it('does not add somebody twice', async () => {
  const owner = copyOf(staff.get('owner') as Visitor);
  const body = { name: 'Again', email: 'AUDITOR@tulip.example', role: 'owner', password: PASSWORD };
  expect((await owner.post('/api/shops/tulip/staff', body)).statusCode).toBe(409);
});
