import { describe, expect, it } from 'vitest';
import { tellsTheStory } from '../../../../test/support/shop-contract.ts';
import { unwrap } from '../../../core/shared/result.ts';
import type { Json, ReadingContext } from '../../../ports/platforms.ts';
import { story } from './fixtures/story.ts';
import { vendure } from './platform.ts';

describe('Vendure', () => {
  tellsTheStory(vendure, story);
});

const context: ReadingContext = {
  source: 'vendure',
  customerNumber: (id) => id,
  orderName: () => null,
  currency: 'EUR',
  timeZone: 'UTC',
};

const sold = {
  ...{
    id: '1',
    code: 'A1',
    currency: 'EUR',
    precision: 2,
    placedAt: '2026-03-01T10:00:00.000Z',
    language: null,
    asked: false,
  },
  customer: { id: '7', email: 'ada@example.com', phone: null, name: null, registeredAt: null, deletedAt: null },
  total: 60_00,
  lines: [{ id: 'l', product: 'p', variant: 'v', title: 'Hat', quantity: 3, unitPrice: 25_00, paid: 20_00 }],
  payments: [
    { id: 'm', amount: 60_00, kind: 'card', settledAt: '2026-03-01T10:00:00.000Z', failedAt: null, technical: false },
  ],
  ...{ dispatchedAt: '2026-03-02T10:00:00.000Z', allSentAt: '2026-03-02T10:00:00.000Z' },
  ...{ deliveredAt: null, cancelled: null },
  ...{ takenBack: [], refunds: [], moved: [] },
};

/** The bodies of one kind that an order gives, with these fields of it otherwise. */
function bodies(kind: string, other: { readonly [key: string]: Json }, topic = 'order.changed'): readonly object[] {
  const payload: Json = { type: topic, data: { ...sold, ...other } };
  return unwrap(vendure.read({ topic, payload }, context))
    .events.filter((event) => event.kind === kind)
    .map(({ body }) => body);
}

const back = (id: string, at: string, quantity: number) => ({
  id,
  at,
  reason: 'unspecified',
  lines: [{ line: 'l', quantity }],
});
const refund = (id: string, at: string, amount: number, quantity: number) => ({
  ...{ id, at, settledAt: at, amount, reason: 'unspecified' },
  lines: quantity === 0 ? [] : [{ line: 'l', quantity }],
});

describe('whose an order is', () => {
  const customerOf = (home: Json | undefined) => {
    const payload = { type: 'order.changed', data: home === undefined ? sold : { ...sold, home } };
    return unwrap(vendure.read({ topic: 'order.changed', payload }, context)).events[0]?.customer;
  };

  it('is told with where they live, where the plug-in says it', () => {
    const ada = { externalId: '7', email: 'ada@example.com' };
    const home = { line1: 'Singel 4', line2: 'Apt 2', postcode: '1012 AB', city: 'Amsterdam', country: 'NL' };
    expect(customerOf(home)).toEqual({
      ...ada,
      address: { street: 'Singel 4 Apt 2', postcode: '1012 AB', city: 'Amsterdam', country: 'NL' },
    });
    for (const nothing of [undefined, null, { line1: ' ' }]) expect(customerOf(nothing)).toEqual(ada);
  });
});

describe('goods and money that went back', () => {
  it('takes a refund for goods of its lines that were booked back before it, each once', () => {
    const takenBack = [back('c1', '2026-03-05T10:00:00.000Z', 1), back('c2', '2026-03-06T10:00:00.000Z', 1)];
    const refunds = [
      refund('r1', '2026-03-05T10:00:00.000Z', 20_00, 1),
      refund('r2', '2026-03-06T11:00:00.000Z', 20_00, 1),
      refund('r3', '2026-03-07T10:00:00.000Z', 20_00, 1),
    ];
    expect(bodies('refund.issued', { takenBack, refunds })).toMatchObject([
      { refund: 'r1', return: 'c1', goodsBack: true },
      { refund: 'r2', return: 'c2', goodsBack: true },
      { refund: 'r3', goodsBack: false },
    ]);
    expect(bodies('return.received', { takenBack })).toMatchObject([
      { return: 'c1', value: { amount: 20_00, currency: 'EUR' }, lines: [{ quantity: 1, unitPrice: '25.00' }] },
      { return: 'c2' },
    ]);
  });

  it('says the same of a refund when goods are booked back after it', () => {
    const refunds = [refund('r1', '2026-03-05T10:00:00.000Z', 20_00, 1)];
    const before = bodies('refund.issued', { refunds });
    expect(bodies('refund.issued', { refunds, takenBack: [back('c1', '2026-03-05T10:00:01.000Z', 1)] })).toEqual(
      before,
    );
  });

  it('takes a refund without lines for what was booked back before it', () => {
    const takenBack = [back('c1', '2026-03-05T10:00:00.000Z', 2)];
    const refunds = [
      refund('r1', '2026-03-05T11:00:00.000Z', 40_00, 0),
      refund('r2', '2026-03-05T12:00:00.000Z', 5_00, 0),
    ];
    expect(bodies('refund.issued', { takenBack, refunds })).toMatchObject([
      { return: 'c1', goodsBack: true },
      { goodsBack: false },
    ]);
  });

  it('takes goods that never left for a cancellation, with whose wish it was', () => {
    const takenBack = [{ ...back('c1', '2026-03-01T12:00:00.000Z', 3), reason: 'customer' }];
    expect(bodies('return.received', { takenBack })).toEqual([]);
    expect(bodies('order.cancelled', { takenBack })).toEqual([
      { order: 'A1', by: 'customer', stage: 'before_dispatch', value: { amount: 60_00, currency: 'EUR' } },
    ]);
  });

  it('takes goods for never sent that were taken off an order while a part of it had left', () => {
    const takenBack = [back('c1', '2026-03-03T10:00:00.000Z', 1), back('c2', '2026-03-09T10:00:00.000Z', 1)];
    const partly = { allSentAt: '2026-03-04T10:00:00.000Z', takenBack };
    expect(bodies('order.cancelled', partly)).toMatchObject([{ by: 'shop', stage: 'before_dispatch' }]);
    expect(bodies('return.received', partly)).toMatchObject([{ return: 'c2' }]);
    expect(bodies('return.received', { ...partly, allSentAt: null })).toEqual([]);
  });

  it('takes money that went back before anything left for goods that the shop still has', () => {
    const refunds = [
      refund('r1', '2026-03-01T12:00:00.000Z', 20_00, 1),
      refund('r2', '2026-03-03T12:00:00.000Z', 5_00, 0),
    ];
    const wanted = [
      { refund: 'r1', goodsBack: true },
      { refund: 'r2', goodsBack: false },
    ];
    expect(bodies('refund.issued', { refunds })).toMatchObject(wanted);
    const soon = bodies('refund.issued', { refunds: refunds.slice(0, 1), dispatchedAt: null, allSentAt: null });
    expect(soon).toEqual(bodies('refund.issued', { refunds }).slice(0, 1));
  });

  it('waits for the money: a refund that was only asked for is none', () => {
    const refunds = [{ ...refund('r1', '2026-03-05T10:00:00.000Z', 20_00, 1), settledAt: null }];
    expect(bodies('refund.issued', { refunds })).toEqual([]);
  });
});

describe('a payment that failed', () => {
  const payment = { id: 'm', amount: 60_00, kind: 'card', settledAt: null, failedAt: '2026-03-01T10:00:00.000Z' };

  it('is told of where it was declined, and not where something went wrong in the shop', () => {
    expect(bodies('payment.failed', { payments: [{ ...payment, technical: false }] })).toEqual([
      { order: 'A1', reason: 'declined' },
    ]);
    expect(bodies('payment.failed', { payments: [{ ...payment, technical: true }] })).toEqual([]);
  });
});

describe('money', () => {
  it('counts yen as yen, though Vendure keeps a hundred units of each', () => {
    expect(bodies('order.placed', { currency: 'JPY', total: 1_200_00 })).toMatchObject([
      { total: { amount: 1_200, currency: 'JPY' } },
    ]);
    expect(bodies('order.placed', { precision: 3, total: 60_005 })).toMatchObject([{ total: { amount: 60_01 } }]);
  });
});

describe('effects', () => {
  const effects = (topic: string, other: object = {}) =>
    unwrap(vendure.read({ topic, payload: { type: topic, data: { ...sold, ...other } } as Json }, context)).effects;

  it('asks what to do with an order that was just placed, and never with its past', () => {
    expect(effects('order.placed', { asked: true, language: 'he' })).toMatchObject([
      { kind: 'order_placed', order: '1', name: 'A1', asked: true, language: 'he' },
    ]);
    expect(effects('order.changed')).toEqual([]);
    expect(effects('order.placed', { placedAt: null })).toEqual([]);
  });
});

describe('the address of a server', () => {
  it.each([
    ['shop.example.com', 'https://shop.example.com'],
    ['https://shop.example.com/admin/login', 'https://shop.example.com'],
    ['https://example.com/vendure/shop-api/', 'https://example.com/vendure'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://vendure:3000', 'http://vendure:3000'],
  ])('reads %s', (typed, address) => {
    expect(vendure.readAddress(typed)).toBe(address);
  });

  it.each(['http://shop.example.com', 'ftp://shop.example.com', 'https://me:secret@shop.example.com', 'https://'])(
    'refuses %s',
    (typed) => {
      expect(vendure.readAddress(typed)).toBeNull();
    },
  );
});
