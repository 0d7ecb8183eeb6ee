import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { instant } from '../../src/core/shared/time.ts';
import { startApi, type TestApi, type Visitor } from '../support/api.ts';

let api: TestApi;
let owner: Visitor;
let key: string;

const KNOWN = [
  ['ada', 'ada@example.org'],
  ['lodz', 'zażółć@łódź.example'],
  ['shalom', 'שָׁלוֹם@example.org'],
  ['wide', 'wide@example.org'],
] as const;

beforeAll(async () => {
  api = await startApi();
  api.time.now = instant(Date.now());
  owner = await api.owner();
  key = (await owner.post('/api/shops/tulip/keys', { name: 'k', scopes: ['events:write', 'decisions:write'] })).json()
    .key;
  const told = await post('/v1/events', {
    events: KNOWN.map(([number, email]) => ({
      kind: 'order.placed',
      id: number,
      occurredAt: '2026-02-01T10:00:00Z',
      customer: { externalId: number, email },
      body: { order: number, total: { amount: 1995, currency: 'EUR' } },
    })),
  });
  for (const { customer } of told.json().results as { customer: string }[]) {
    const taken = await owner.post(`/api/shops/tulip/customers/${customer}/measures`, {
      type: 'restriction',
      obligations: ['prepayment_only'],
      until: new Date(Date.now() + 86_400_000).toISOString(),
      reason: 'Three parcels refused at the door.',
    });
    expect(taken.statusCode, taken.payload).toBe(200);
  }
  await vi.waitUntil(async () => (await outcomeFor({ externalId: 'wide' })) === 'challenge', { timeout: 60_000 });
});
afterAll(() => api.close());

const post = (url: string, payload: object | string) =>
  api.app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    payload,
  });
const decide = (customer: object, more: object = {}) =>
  post('/v1/decisions', { surface: 'purchase', customer, ...more });
const outcomeFor = async (customer: object): Promise<string> => (await decide(customer)).json().outcome;

describe('text that hides who somebody is', () => {
  it.each([
    ['letters in another case', 'ADA@Example.ORG'],
    ['wide letters', 'ａｄａ@example.org'],
    ['a zero-width space', 'a\u200bda@example.org'],
    ['a word joiner at the end', 'ada@example.org\u2060'],
    ['a soft hyphen', 'ad\u00ada@example.org'],
    ['text turned around', '\u202eada@example.org\u202c'],
    ['Polish, decomposed', 'zażółć@łódź.example'.normalize('NFD')],
    ['Hebrew with points, decomposed', 'שָׁלוֹם@example.org'.normalize('NFD')],
    ['Hebrew with points, composed', 'שָׁלוֹם@example.org'.normalize('NFC')],
  ])('%s does not hide them', async (_, email) => {
    expect(await outcomeFor({ email })).toBe('challenge');
  });

  it.each([
    ['a letter of another alphabet that looks the same', '\u0430da@example.org'],
    ['another address', 'ada@example.com'],
  ])('%s is somebody else', async (_, email) => {
    expect(await outcomeFor({ email })).toBe('allow');
  });

  it.each([
    ['half a character', '\ud83d'],
    ['many marks on one letter', `a${'\u0301'.repeat(150)}`],
    ['nothing that can be seen', '\u200b\u200b\u200b\u200b'],
    ['bidirectional control characters', '\u202e\u2066\u2069\u202c\u200f\u200e\u061c'],
    ['a flag and a family', '🏴󠁧󠁢󠁥󠁮󠁧󠁿👨‍👩‍👧‍👦'],
    ['digits of other scripts', '١٢٣٤٥٦'],
  ])('%s in any field is answered', async (_, text) => {
    const address = { street: text, postcode: text.slice(0, 20), city: text };
    const padded = text.padEnd(4, 'x').slice(0, 110);
    for (const customer of [
      { externalId: padded, name: text, address, device: padded, card: padded },
      { externalId: 'x', email: `${text}@example.org`, phone: text.padEnd(3, '1').slice(0, 40) },
    ]) {
      const { statusCode, payload } = await decide(customer);
      expect([200, 400, 422], payload).toContain(statusCode);
      expect(payload).not.toMatch(/stack|Internal/i);
    }
  });
});

describe('requests that are too much', () => {
  it('are refused at ten megabytes, in one clear sentence', async () => {
    const { statusCode, payload } = await post('/v1/decisions', `{"surface":"${'x'.repeat(10_485_760)}"}`);
    expect(statusCode).toBe(413);
    expect(payload.length).toBeLessThan(1_000);
  });

  it.each([
    ['as a list', { externalId: Array.from({ length: 1_000 }, (_, index) => `C-${index}`) }, 'customer.externalId'],
    [
      'as fields',
      Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`externalId${index}`, `C-${index}`])),
      'customer',
    ],
  ])('are refused with a thousand identifiers %s, by the field', async (_, customer, field) => {
    const answer = await decide(customer);
    expect([400, 422]).toContain(answer.statusCode);
    expect(answer.json().errors[0].field).toMatch(new RegExp(`^${field}`));
    expect(answer.json().errors.length).toBeLessThanOrEqual(20);
    expect(answer.payload).not.toContain('C-999');
  });
});

describe('a clock that jumps', () => {
  it('lets measures stay, and answers stay whole', async () => {
    const now = api.time.now;
    const days = 86_400_000;
    for (const jump of [-400 * days, -1, 3_600_000, 0]) {
      api.time.now = instant(now + jump);
      expect(await outcomeFor({ externalId: 'ada' }), `${jump}`).toBe('challenge');
      expect(await outcomeFor({ externalId: 'stranger' }), `${jump}`).toBe('allow');
    }
    api.time.now = instant(now + 2 * days);
    expect(await outcomeFor({ externalId: 'ada' })).toBe('allow');
    api.time.now = now;
    expect(await outcomeFor({ externalId: 'ada' })).toBe('challenge');
    const { rows } = await api.database.pool.query<{ ids: number; made: number }>(
      `select count(distinct body ->> 'decision')::int as ids, count(*)::int as made from ledger_event where kind = 'decision.made'`,
    );
    expect(rows[0]?.ids).toBe(rows[0]?.made);
  });
});
