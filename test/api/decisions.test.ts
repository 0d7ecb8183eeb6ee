import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '../../src/core/shared/time.ts';
import { SHOP, startApi, type TestApi, type Visitor } from '../support/api.ts';

let api: TestApi;
let owner: Visitor;
let key: string;
let customer: string;

beforeAll(async () => {
  api = await startApi();
  api.time.now = instant(Date.now());
  owner = await api.owner({ languages: ['nl', 'en'] });
  key = (await owner.post('/api/shops/tulip/keys', { name: 'k', scopes: ['events:write', 'decisions:write'] })).json()
    .key;
  const told = await api.app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { authorization: `Bearer ${key}` },
    payload: {
      events: [
        {
          kind: 'order.placed',
          id: 'o-1',
          occurredAt: '2026-02-01T10:00:00Z',
          customer: { externalId: 'C-1', email: 'ada@example.org', phone: '+31 6 1234 5678' },
          body: { order: 'o-1', total: { amount: 1995, currency: 'EUR' } },
        },
      ],
    },
  });
  customer = told.json().results[0].customer;
});
afterAll(() => api.close());

const decide = async (payload: object, secret = key) => {
  const response = await api.app.inject({
    method: 'POST',
    url: '/v1/decisions',
    headers: { authorization: `Bearer ${secret}` },
    payload,
  });
  return { status: response.statusCode, ...response.json() };
};

/** A change made here reaches the decisions with the database's next notice. */
async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await ask();
    if (right(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return ask();
}

describe('POST /v1/decisions', () => {
  it('allows a customer without measures and a stranger, without asking the database', async () => {
    await decide({ surface: 'purchase', customer: { externalId: 'C-1' } });
    const before = api.queries();
    const known = await decide({ surface: 'purchase', customer: { email: 'ADA@example.org' } });
    const stranger = await decide({
      surface: 'login',
      customer: { externalId: 'nobody' },
      ip: '192.0.2.1',
      order: { total: 100 },
    });
    expect(api.queries()).toBe(before);
    for (const answer of [known, stranger])
      expect(answer).toMatchObject({ status: 200, outcome: 'allow', obligations: [], reasons: [], message: null });
  });

  it('asks for what a restriction demands, by any of the customer’s identifiers, and says why', async () => {
    const ends = new Date(Date.now() + 86_400_000).toISOString();
    const taken = await owner.post(`/api/shops/tulip/customers/${customer}/measures`, {
      type: 'restriction',
      obligations: ['prepayment_only'],
      until: ends,
      reason: 'Three parcels refused at the door.',
    });
    expect(taken.statusCode, taken.payload).toBe(200);
    const ask = () => decide({ surface: 'purchase', customer: { phone: '0031612345678' }, language: 'fr' });
    const answer = await until(ask, (each) => each.outcome !== 'allow');
    expect(answer).toMatchObject({
      outcome: 'challenge',
      obligations: [{ name: 'prepayment_only', words: 'U betaalt voordat we versturen.' }],
      reasons: [{ measure: taken.json().measure, rule: null, until: ends }],
      message: { language: 'nl', text: expect.stringContaining('U betaalt voordat we versturen.') },
    });
    const english = await decide({ surface: 'purchase', customer: { externalId: 'C-1' }, language: 'en-GB' });
    expect(english.message).toEqual({ language: 'en', text: expect.stringContaining('You pay before we send.') });
    expect(await decide({ surface: 'contact', customer: { externalId: 'C-1' } })).toMatchObject({ outcome: 'allow' });
    const { rows } = await api.database.pool.query(
      `select body ->> 'outcome' as outcome, customer_id from ledger_event where kind = 'decision.made' and body ->> 'decision' = $1`,
      [answer.decision],
    );
    expect(rows).toEqual([{ outcome: 'challenge', customer_id: customer }]);
  });

  it('lets the allow-list win, as long as the entry lasts', async () => {
    const entry = { list: 'allow', type: 'email', value: 'Ada@Example.org', reason: 'The owner’s neighbour.' };
    const written = await owner.post('/api/shops/tulip/lists/entries', { entries: [entry] });
    expect(written.json()).toMatchObject({ results: [{ status: 'added', error: null }] });
    const ask = () => decide({ surface: 'purchase', customer: { email: 'ada@example.org' } });
    expect((await until(ask, (each) => each.outcome === 'allow')).outcome).toBe('allow');
    const { entries } = written.json().results[0];
    expect((await owner.post('/api/shops/tulip/lists/remove', { entries })).json()).toEqual({ ok: true });
    expect((await until(ask, (each) => each.outcome !== 'allow')).outcome).toBe('challenge');
  });

  it('knows nothing of another shop’s customers', async () => {
    await owner.post('/api/shops', { ...SHOP, name: 'Other', slug: 'other' });
    const other = (await owner.post('/api/shops/other/keys', { name: 'k', scopes: ['decisions:write'] })).json().key;
    expect(
      await decide({ surface: 'purchase', customer: { externalId: 'C-1', email: 'ada@example.org' } }, other),
    ).toMatchObject({ outcome: 'allow' });
  });

  it.each([
    [{ customer: { externalId: 'C-1' } }, 'surface', 'must be'],
    [
      { surface: 'till', customer: { externalId: 'C-1' } },
      'surface',
      'must be purchase, return, contact, review or login',
    ],
    [{ surface: 'purchase' }, 'customer', 'is missing'],
    [{ surface: 'purchase', customer: {} }, 'customer', 'names nobody'],
    [{ surface: 'purchase', customer: { email: 'not an address' } }, 'customer.email', ''],
    [{ surface: 'purchase', customer: { externalId: 'C-1' }, colour: 'red' }, 'colour', 'is not known here'],
    [{ surface: 'purchase', customer: { externalId: 'C-1' }, ip: '999.1.1.1' }, 'ip', ''],
    [
      { surface: 'purchase', customer: { externalId: 'C-1' }, order: { total: -1 } },
      'order.total',
      'must be at least 0',
    ],
    [
      { surface: 'purchase', customer: { externalId: 'C-1' }, order: { currency: 'eu1' } },
      'order.currency',
      'is not an ISO 4217 currency code',
    ],
  ])('names the field of %j', async (payload, field, message) => {
    const answer = await decide(payload);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.errors[0]).toMatchObject({ field, message: expect.stringContaining(message) });
    expect(JSON.stringify(answer)).not.toContain('not an address');
  });
});
