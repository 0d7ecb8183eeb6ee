import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '../../src/contracts/routes.ts';
import { formatInstant, instant } from '../../src/core/shared/time.ts';
import { ProblemWords } from '../../src/http/problem-words.ts';
import type { Shop } from '../../src/ports.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { enforceDue } from '../../src/workflows/shops/enforce/enforce-due.ts';
import { PASSWORD, startApi, type TestApi, type Visitor } from '../support/api.ts';
import { languages } from '../support/languages.ts';
import { connectTestShop, testPlatform } from '../support/recording-platform.ts';

const S = '/api/shops/tulip';
type InShop = ResponseOf<'GET /api/shops/:shop/customers/:id/shop'>;
type Acts = ResponseOf<'GET /api/shops/:shop/acts'>;

let api: TestApi;
let owner: Visitor;
const staff = new Map<string, Visitor>();
let shop: Shop;
let customer: string;
const shopSystem = testPlatform({ abilities: { give_gift_card: 'no' } });

beforeAll(async () => {
  api = await startApi({ platforms: shopSystem.platforms });
  owner = await api.owner();
  for (const role of ['manager', 'agent', 'auditor'] as const) {
    const email = `${role}@tulip.example`;
    await owner.post(`${S}/staff`, { name: role, email, role, password: PASSWORD });
    const visitor = api.visitor();
    await visitor.signIn(email);
    staff.set(role, visitor);
  }
  const found = await api.deps.shops.bySlug('tulip');
  if (found === null) throw new Error('No shop');
  shop = found;
  const { source, id: connection } = await connectTestShop({ ...api.deps, at: api.time.now }, shop);
  await api.deps.store.platformOrders.name(shop.id, connection, [{ id: 'gid-1', name: '1001' }]);
  const recorded = await recordEvents(
    api.deps,
    shop,
    [
      {
        kind: 'order.placed',
        id: 'order:gid-1:placed',
        occurredAt: formatInstant(instant(api.time.now - 3_600_000)),
        customer: { externalId: '17', email: 'ines@example.org', name: 'Ines Test' },
        body: { order: '1001', total: { amount: 50_00, currency: 'EUR' }, lines: [] },
      },
    ],
    { source },
  );
  customer = recorded.results[0]?.customer ?? '';
});
afterAll(() => api.close());

const as = (role: string) => staff.get(role) ?? owner;
const enforce = async () => {
  const deps = { ...api.deps, onFault: (error: unknown) => expect(error).toBeUndefined() };
  while (await enforceDue(deps, shop));
};
const inShop = async (by = owner): Promise<InShop> => (await by.get(`${S}/customers/${customer}/shop`)).json();
const acts = async (query = ''): Promise<Acts> => (await owner.get(`${S}/acts${query}`)).json();
const plain = (text: string | undefined) => text?.replace(/[\u2066-\u2069]/g, '');

describe('acts in the shop system', () => {
  it('are offered by role and by what the platform can, with the orders they are about', async () => {
    const shown = await inShop();
    expect(shown).toMatchObject({
      connection: { platform: 'generic', state: 'active' },
      marks: { as: null, waiting: false, problem: null },
      orders: [{ order: 'gid-1', name: '1001' }],
      openReturns: [],
    });
    expect(shown.may).toContain('hold_order');
    expect(shown.may).not.toContain('give_gift_card');
    expect((await inShop(as('manager'))).may).toEqual(shown.may);
    for (const role of ['agent', 'auditor']) expect((await inShop(as(role))).may).toEqual([]);
    expect((await owner.get(`${S}/customers/00000000-0000-4000-8000-000000000001/shop`)).statusCode).toBe(404);
  });

  it.each(['agent', 'auditor'])('are not for an %s to ask for', async (role) => {
    const response = await as(role).post(`${S}/customers/${customer}/acts`, { kind: 'hold_order', order: 'gid-1' });
    expect(response.statusCode).toBe(403);
    expect(shopSystem.acts()).toEqual([]);
  });

  it('are asked for, done, shown in a sentence, and undone', async () => {
    const asked = await as('manager').post(`${S}/customers/${customer}/acts`, { kind: 'hold_order', order: 'gid-1' });
    expect(asked.statusCode, asked.payload).toBe(200);
    const { act } = asked.json() as { act: string };
    const [waiting] = (await acts()).items;
    expect(waiting).toMatchObject({
      id: act,
      state: 'waiting',
      because: 'staff',
      askedBy: { name: 'manager' },
      customer: { id: customer, name: 'Ines Test' },
      undoneBy: null,
      about: 'gid-1',
    });
    expect(plain(waiting?.sentence)).toBe('Order 1001 is to be held');
    await enforce();
    const [done] = (await inShop()).acts;
    expect(plain(done?.sentence)).toBe('Order 1001 was held');
    expect(done).toMatchObject({ state: 'done', undoneBy: 'release_order', nextAt: null, problem: null });
    expect((await as('agent').post(`${S}/acts/${act}/undo`)).statusCode).toBe(403);
    expect((await as('manager').post(`${S}/acts/${act}/undo`)).statusCode).toBe(200);
    await enforce();
    expect(shopSystem.held.size).toBe(0);
    expect((await owner.post(`${S}/acts/${act}/undo`)).statusCode).toBe(409);
    expect((await owner.post(`${S}/acts/${act}/cancel`)).json()).toMatchObject({
      status: 409,
      detail: 'This is done already, so it cannot be called off.',
    });
  });

  it('say why they failed in the reader’s language, and are tried again by whoever acts', async () => {
    shopSystem.answers({ kind: 'refused', detail: 'Already fulfilled' });
    const body = { kind: 'cancel_order', order: 'gid-1', refund: true, restock: true, words: 'We are sorry.' };
    expect((await owner.post(`${S}/customers/${customer}/acts`, body)).statusCode).toBe(200);
    await enforce();
    const [failed] = (await acts('?state=failed')).items;
    expect(failed).toMatchObject({ kind: 'cancel_order', words: 'We are sorry.', attempts: 1 });
    expect(plain(failed?.problem ?? '')).toBe('The shop system says: Already fulfilled');
    expect((await as('auditor').post(`${S}/acts/${failed?.id}/retry`)).statusCode).toBe(403);
    expect((await as('agent').post(`${S}/acts/${failed?.id}/retry`)).statusCode).toBe(200);
    await enforce();
    expect((await acts('?state=failed')).items).toEqual([]);
    expect(api.log.join('')).not.toContain('Already fulfilled');
  });

  it('are called off before they are done', async () => {
    const asked = await owner.post(`${S}/customers/${customer}/acts`, {
      kind: 'give_discount',
      off: { percent: 10 },
      until: '2026-12-31T00:00:00.000Z',
    });
    const { act } = asked.json() as { act: string };
    expect((await as('agent').post(`${S}/acts/${act}/cancel`)).statusCode).toBe(200);
    await enforce();
    expect(shopSystem.acts().some(({ kind }) => kind === 'give_discount')).toBe(false);
    expect((await owner.post(`${S}/acts/${act}/cancel`)).json()).toMatchObject({
      detail: 'This was called off already.',
    });
  });

  it.each([
    ['an act nobody knows', { kind: 'burn_order', order: 'gid-1' }, 400],
    ['automation’s own act', { kind: 'assess_order', order: 'gid-1', risk: 'high', facts: [] }, 400],
    ['too many words', { kind: 'decline_return', return: 'r', words: 'a'.repeat(501) }, 400],
    ['more than all off', { kind: 'give_discount', off: { percent: 101 }, until: null }, 400],
    ['no money', { kind: 'give_store_credit', amount: { amount: 0, currency: 'EUR' }, until: null }, 400],
    ['what the platform cannot', { kind: 'give_gift_card', amount: { amount: 5, currency: 'EUR' }, words: null }, 409],
    ['another’s order', { kind: 'hold_order', order: 'gid-2' }, 422],
    ['a day that is over', { kind: 'give_discount', off: { percent: 5 }, until: '2020-01-01T00:00:00Z' }, 422],
  ] as const)('are refused for %s', async (_, body, status) => {
    const response = await owner.post(`${S}/customers/${customer}/acts`, body);
    expect(response.statusCode, response.payload).toBe(status);
    const { detail } = response.json() as { detail: string };
    if (status !== 409) return;
    // The console hears it in its reader's language as soon as that has the words.
    expect(new ProblemWords(languages).say(languages.english, detail)).toBe(detail);
    expect(Object.values(languages.english.words)).toContain(detail);
  });

  it('come a page at a time, the newest first', async () => {
    const first = await acts('?limit=2');
    const rest = await acts(`?limit=200&cursor=${encodeURIComponent(first.next ?? '')}`);
    const all = await acts('?limit=200');
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
    expect((await owner.get(`${S}/acts?cursor=nonsense`)).statusCode).toBe(400);
  });
});

it('gives the title of every ability, and the notes, of every platform there is', async () => {
  const other = await startApi();
  try {
    await other.owner();
    const visitor = other.visitor();
    await visitor.signIn('olga@tulip.example');
    const { items } = (await visitor.get('/api/platforms')).json() as ResponseOf<'GET /api/platforms'>;
    for (const { name, abilities } of items) {
      expect(abilities, name).toHaveLength(30);
      for (const { title, note } of abilities) {
        expect(title.length).toBeGreaterThan(5);
        if (note !== null) expect(note.length).toBeGreaterThan(5);
      }
    }
  } finally {
    await other.close();
  }
});
