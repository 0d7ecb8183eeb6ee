import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyStory } from '../../../test/support/arbitrary.ts';
import { eventBodies, isEventKind, privatePart, reportedEvents } from './event.ts';
import { customerReference, incomingEnvelope } from './incoming.ts';
import { line, money, SHOP_FAULT_REASONS } from './values.ts';

const messages = (result: {
  success: boolean;
  error?: { issues: readonly { path: PropertyKey[]; message: string }[] };
}) => result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];

const euros = { amount: 19_95, currency: 'EUR' };

describe('money on an event', () => {
  test.each([
    [{ amount: 19.95, currency: 'EUR' }, /amount: whole minor units/],
    [{ amount: -1, currency: 'EUR' }, /amount: must not be negative/],
    [{ amount: 1e13, currency: 'EUR' }, /amount: must not be above 1000000000000/],
    [{ amount: '1995', currency: 'EUR' }, /amount: whole minor units/],
    [{ amount: 1, currency: 'EURO' }, /currency: is not an ISO 4217/],
    [{ amount: 1, currency: 'USD', rate: '0.000' }, /rate: must be above zero/],
    [{ amount: 1, currency: 'USD', rate: '1,1' }, /rate: is not a decimal number/],
    [{ amount: 1, currency: 'EUR', vat: 0 }, /Unrecognized key/],
  ])('%j is refused, naming the field', (value, complaint) => {
    expect(messages(money.safeParse(value)).join()).toMatch(complaint);
  });

  test('is kept as it is', () => {
    expect(money.parse({ ...euros, rate: '0.85' })).toEqual({ ...euros, rate: '0.85' });
  });
});

describe('a line', () => {
  test.each([
    [{ article: 'a', quantity: 0 }, 'quantity'],
    [{ article: 'a', quantity: 1.5 }, 'quantity'],
    [{ article: ' ', quantity: 1 }, 'article'],
    [{ article: 'a', quantity: 1, unitPrice: '-1' }, 'unitPrice'],
    [{ article: 'a', quantity: 1, unitPrice: 2 }, 'unitPrice'],
  ])('%j is refused at %s', (value, field) => {
    expect(messages(line.safeParse(value)).join()).toContain(`${field}:`);
  });
});

test.each([
  ['order.placed', { order: 'O1', total: euros }, { order: 'O1', total: euros, lines: [] }],
  [
    'return.received',
    { return: 'R1', value: euros },
    { return: 'R1', value: euros, lines: [], reason: 'unspecified', by: 'parcel' },
  ],
  [
    'refund.issued',
    { refund: 'F1', amount: euros, goodsBack: false },
    { refund: 'F1', amount: euros, goodsBack: false, reason: 'unspecified' },
  ],
  [
    'message.received',
    { message: 'M1', channel: 'email' },
    { message: 'M1', channel: 'email', labels: [], labelledBy: 'staff' },
  ],
  ['note.added', {}, { pinned: false }],
] as const)('%s fills in what the source may leave out', (kind, said, kept) => {
  expect(eventBodies[kind].parse(said)).toEqual(kept);
});

test('a body is strict: an unknown or missing field is refused in every kind', () => {
  for (const [kind, schema] of Object.entries(eventBodies)) {
    expect(schema.safeParse({ surprise: true }).success, kind).toBe(false);
    expect(schema.safeParse(null).success, kind).toBe(false);
  }
});

test('what was read once is read again unchanged, so a rebuilt ledger is the same ledger', () => {
  fc.assert(
    fc.property(anyStory(), (given) => {
      for (const event of given.events)
        expect(eventBodies[event.kind].parse(JSON.parse(JSON.stringify(event.body)))).toEqual(event.body);
    }),
    { numRuns: 50 },
  );
});

test('shops cannot report what only this program or its staff say', () => {
  for (const kind of Object.keys(eventBodies).filter((name) =>
    /^(measure|proposal|decision|event|appeal|notice|link|evasion)\.|identified|erased/.test(name),
  ))
    expect(Object.hasOwn(reportedEvents, kind), kind).toBe(false);
  expect(isEventKind('order.placed')).toBe(true);
  for (const text of ['toString', '__proto__', 'order', '']) expect(isEventKind(text), text).toBe(false);
});

test('shop-fault reasons are reasons a return can have', () => {
  for (const reason of SHOP_FAULT_REASONS)
    expect(eventBodies['return.requested'].safeParse({ return: 'R1', value: euros, reason }).success).toBe(true);
});

test('bodies have no place for personal data', () => {
  // A reason is one of a list there, and a language is that of what was said.
  const names = new Set(Object.keys(privatePart.shape).filter((name) => name !== 'reason' && name !== 'language'));
  for (const [kind, schema] of Object.entries(eventBodies))
    for (const field of Object.keys(schema.shape)) expect(names.has(field), `${kind}.${field}`).toBe(false);
});

describe('the outside of an incoming event', () => {
  const envelope = { kind: 'order.delivered', id: '17', occurredAt: '2026-01-01', customer: { externalId: 'C1' } };

  test('needs no source and no body', () => {
    expect(incomingEnvelope.parse(envelope)).toEqual({ ...envelope, body: {} });
  });

  test.each([
    [{ kind: 'measure.started' }, 'kind'],
    [{ id: '' }, 'id'],
    [{ source: 'Web Shop' }, 'source: is a short lower-case name'],
    [{ source: 'staff:01a201bc-18e9-7e8b-bcca-6b97f0a9efe0' }, 'source: is a name under which'],
    [{ source: 'evenhand' }, 'source: is a name under which'],
    [{ customer: {} }, 'customer: needs at least one of'],
    [{ customer: { name: 'Jane' } }, 'customer: needs at least one of'],
    [{ body: [] }, 'body'],
    [{ note: 'x' }, 'Unrecognized key'],
  ])('refuses %j', (change, complaint) => {
    expect(messages(incomingEnvelope.safeParse({ ...envelope, ...change })).join()).toContain(complaint);
  });

  test('takes any one way to know the customer', () => {
    for (const who of [
      { externalId: 'C1' },
      { email: 'a@b.example' },
      { phone: '+31 20' },
      { id: '018f4e3a-0000-7000-8000-00000000000a' },
    ])
      expect(customerReference.safeParse(who).success).toBe(true);
  });
});
