import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '../../src/core/shared/time.ts';
import { buildServer } from '../../src/http/server.ts';
import { OWNER, SHOP, startApi, type TestApi, Visitor } from '../support/api.ts';
import { type TestShopSystem, testShopSystem } from '../support/test-shop-system.ts';

let api: TestApi;
let app: TestApi['app'];
let system: TestShopSystem;
let owner: Visitor;
beforeAll(async () => {
  api = await startApi();
  system = testShopSystem({ signsIn: true });
  app = await buildServer({ ...api.deps, platforms: system.platforms });
  await app.ready();
  await api.owner();
  owner = await signedIn();
});
afterAll(async () => {
  await app.close();
  await api.close();
});

const base = `/api/shops/${SHOP.slug}/connections`;
const signedIn = async (): Promise<Visitor> => {
  const visitor = new Visitor(app, '192.0.2.1');
  await visitor.signIn(OWNER.email);
  return visitor;
};
const begin = async (): Promise<{ readonly connection: string; readonly start: string }> => {
  const made = await owner.post(base, {
    platform: 'generic',
    address: 'shop.example.com',
    credentials: { key: 'right' },
  });
  expect(made.json()).toMatchObject({ apiKey: null, signInAt: expect.stringContaining('/connect/generic/start?') });
  const at = new URL(made.json().signInAt);
  return { connection: made.json().connection, start: `${at.pathname}${at.search}` };
};
const leave = async (start: string): Promise<string> => {
  const answer = await owner.get(start);
  expect(answer.statusCode).toBe(302);
  const there = new URL(String(answer.headers.location));
  expect(there.origin).toBe('https://shop.example.com');
  expect(there.searchParams.get('back')).toBe('http://fair.example/connect/generic/callback');
  return String(there.searchParams.get('state'));
};
const back = (visitor: Visitor, state: string, code = 'granted') =>
  visitor.get(`/connect/generic/callback?${new URLSearchParams({ state, code })}`);
const stateNow = async () => (await owner.get(base)).json().items.map(({ state }: { state: string }) => state);

it('sends an owner to the platform, and connects when they come back', async () => {
  const { start } = await begin();
  expect(await stateNow()).toEqual(['connecting']);
  const answer = await back(owner, await leave(start));
  expect(answer.statusCode).toBe(302);
  expect(answer.headers.location).toBe(`/shops/${SHOP.slug}/shop-system`);
  expect(await stateNow()).toEqual(['active']);
  expect(system.asked).toEqual(['check', 'connect']);
  const [live] = (await owner.get(base)).json().items;
  await owner.post(`${base}/${live.id}/disconnect`);
});

it('believes a coming back from the same browser only, once begun there, and for ten minutes', async () => {
  const { start } = await begin();
  const state = await leave(start);
  const [body, signature] = state.split('.');
  const nobody = new Visitor(app, '192.0.2.9');
  expect((await nobody.get(start)).statusCode).toBe(404);
  expect((await back(nobody, state)).statusCode).toBe(404);
  const elsewhere = await back(await signedIn(), state);
  expect(elsewhere.statusCode).toBe(422);
  expect(elsewhere.body).toContain('Begin again');
  expect(elsewhere.headers['content-type']).toContain('text/html');
  expect((await back(owner, `${body}x.${signature}`)).statusCode).toBe(404);
  expect((await back(owner, `${body}.${signature}x`)).statusCode).toBe(422);
  expect((await back(owner, 'rubbish')).statusCode).toBe(404);
  expect((await back(owner, state, 'denied')).body).toContain('does not take these credentials');
  api.time.now = instant(api.time.now + 11 * 60_000);
  expect((await back(owner, state)).statusCode).toBe(422);
  expect(await stateNow()).toEqual(['connecting']);
});

it('lets one begin again who did not come back', async () => {
  const { start } = await begin();
  expect((await back(owner, await leave(start))).statusCode).toBe(302);
  expect(await stateNow()).toEqual(['active']);
});
