import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { uuid } from '../support/events.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';

let database: TestDatabase;
let deps: Deps;
let shop: Shop;
const clock = testClock('2026-06-01T12:00:00Z');
beforeAll(async () => {
  database = await createTestDatabase();
  deps = testDeps(database, clock);
  shop = await makeTestShop(database, clock);
});
afterAll(() => database.drop());

let number = 0;
const placed = (over: Record<string, unknown> = {}, body: Record<string, unknown> = {}) => {
  number += 1;
  return {
    kind: 'order.placed',
    id: `order-${number}`,
    occurredAt: '2026-05-01T10:00:00Z',
    customer: { externalId: 'C1' },
    body: { order: `${number}`, total: { amount: 20_00, currency: 'EUR' }, ...body },
    ...over,
  };
};

it('answers for each event by itself, and writes the good ones', async () => {
  const first = placed();
  const answer = await recordEvents(deps, shop, [
    first,
    placed({ kind: 'order.plaecd' }),
    first,
    placed({ id: first.id }),
    placed({ customer: { email: 'Bea@example.org', phone: 'n/a' } }),
  ]);
  expect(answer).toMatchObject({ added: 2, known: 1, conflicts: 1, refused: 1 });
  expect(answer.results).toMatchObject([
    { index: 0, status: 'added' },
    { index: 1, status: 'refused', error: { field: 'kind' } },
    { index: 2, status: 'known' },
    {
      index: 3,
      status: 'conflict',
      error: { field: 'id', message: 'was used before for something else, which stands' },
    },
    { index: 4, status: 'added' },
  ]);
  expect(answer.results[2]?.event).toBe(answer.results[0]?.event);
  expect((await recordEvents(deps, shop, [first])).results).toMatchObject([{ status: 'known' }]);
});

it.each([
  [
    'a date that does not exist',
    placed({ occurredAt: '2026-02-30T10:00:00Z' }),
    'occurredAt',
    'is not a date that exists',
  ],
  [
    'a date without a zone',
    placed({ occurredAt: '2026-02-03 10:00' }),
    'occurredAt',
    'has no zone: write it like 2026-03-01T10:00:00Z',
  ],
  [
    'a date before there were shops on the web',
    placed({ occurredAt: '1900-01-01T10:00:00Z' }),
    'occurredAt',
    'is before 1990 or after 2199',
  ],
  ['the future', placed({ occurredAt: '2026-06-03T10:00:00Z' }), 'occurredAt', 'lies in the future'],
  [
    'a negative total',
    placed({}, { total: { amount: -1, currency: 'EUR' } }),
    'body.total.amount',
    'must not be negative',
  ],
  [
    'half a cent',
    placed({}, { total: { amount: 0.5, currency: 'EUR' } }),
    'body.total.amount',
    'must be whole minor units',
  ],
  [
    'an unknown currency',
    placed({}, { total: { amount: 1, currency: 'EURO' } }),
    'body.total.currency',
    'is not an ISO 4217 currency code',
  ],
  [
    'another currency without a rate',
    placed({}, { total: { amount: 1, currency: 'USD' } }),
    'body.total.rate',
    'is missing',
  ],
  [
    'a rate that bursts the sum',
    placed({}, { total: { amount: 1e12, currency: 'USD', rate: '999999999' } }),
    'body.total.rate',
    'makes the amount too large',
  ],
  ['a customer nobody could recognise', placed({ customer: { name: 'Ada' } }), 'customer', 'needs at least one of'],
  [
    'an address that is none',
    placed({ customer: { email: 'ada at example' } }),
    'customer.email',
    'is not an e-mail address',
  ],
  [
    'a phone alone that cannot be dialled',
    placed({ customer: { phone: '123' } }),
    'customer.phone',
    'that can be dialled',
  ],
  [
    'an unknown customer',
    placed({ customer: { id: uuid(9) } }),
    'customer.id',
    'is not the id of a customer of this shop',
  ],
  ['a field too many', placed({ colour: 'red' }), 'colour', 'is not known here'],
  ['a field too many inside', placed({}, { colour: 'red' }), 'body.colour', 'is not known here'],
  [
    'a missing field inside',
    { ...placed(), body: { total: { amount: 1, currency: 'EUR' } } },
    'body.order',
    'is missing',
  ],
  [
    'a wrong line',
    placed(
      {},
      {
        lines: [
          { article: 'A', quantity: 1 },
          { article: 'B', quantity: 0 },
        ],
      },
    ),
    'body.lines[1].quantity',
    'must be at least 1',
  ],
  ['text that cannot be stored', placed({}, { order: 'A\u0000' }), 'body.order', 'cannot be written'],
  ['half a character', placed({}, { order: 'A\ud800' }), 'body.order', 'cannot be written'],
  ['an id with a control character', placed({ id: 'a\u0000b' }), 'id', 'cannot be written'],
  ['an id with half a character', placed({ id: 'a\ud800' }), 'id', 'cannot be written'],
  ['no object at all', 'order', '', 'must be an object'],
])('refuses %s, and names the field', async (_, event, field, message) => {
  const { results } = await recordEvents(deps, shop, [event, placed()]);
  expect(results[0]).toMatchObject({ status: 'refused', error: { field } });
  expect(results[0]?.error?.message).toContain(message);
  expect(results[1]?.status).toBe('added');
});

it('takes events in any order, and clocks that are a little ahead', async () => {
  const { added } = await recordEvents(deps, shop, [
    placed({ occurredAt: '2026-05-20T10:00:00Z', customer: { externalId: 'late' } }),
    placed({ occurredAt: '2026-01-20T10:00:00+01:00', customer: { externalId: 'late' } }),
    placed({ occurredAt: '2026-06-01T12:03:00Z', customer: { externalId: 'late' } }),
  ]);
  expect(added).toBe(3);
  const row = await database.db
    .selectFrom('customer')
    .select(['first_at', 'last_at', 'orders'])
    .where('shop_id', '=', shop.id)
    .where('orders', '=', 3)
    .executeTakeFirstOrThrow();
  expect(new Date(row.first_at).toISOString()).toBe('2026-01-20T09:00:00.000Z');
});

it('records what shops report only: nobody can report a measure or a decision', async () => {
  const { results } = await recordEvents(deps, shop, [
    placed({ kind: 'measure.lifted' }),
    placed({ kind: 'decision.made' }),
    placed({ kind: 'account.identified' }),
  ]);
  expect(results.map((result) => result.status)).toEqual(['refused', 'refused', 'refused']);
});
