import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/shared/time.ts';
import type { Json, ReadingContext } from '../../../ports/platforms.ts';
import { type Root, rootsIn } from './jsonl.ts';
import { noteWith } from './note.ts';
import { readRecord } from './read.ts';
import { reasonOf } from './reasons.ts';

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } });
const scarf = {
  id: 'gid://shopify/LineItem/1',
  title: 'Scarf',
  sku: null,
  product: { id: 'gid://shopify/Product/8' },
  variant: null,
  originalUnitPriceSet: money('20.0'),
};
const order = {
  id: 'gid://shopify/Order/5',
  name: '#1001',
  currencyCode: 'EUR',
  createdAt: '2026-03-02T10:00:00Z',
  customer: { id: 'gid://shopify/Customer/7' },
};
const placed = { originalTotalPriceSet: money('40.00'), lineItems: { nodes: [{ ...scarf, quantity: 2 }] } };
const context = (known = false): ReadingContext => ({
  source: 'shopify',
  customerNumber: (id) => id,
  orderName: () => (known ? '1001' : null),
  currency: 'EUR',
  timeZone: 'UTC',
});
const told = (payload: object, known = false) => {
  const read = readRecord({ topic: 'graphql/order', payload: payload as Json }, context(known));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.events.map(({ kind, body }) => ({ kind, ...body }));
};
const refund = (restockType: string, more: object = {}) => ({
  ...order,
  refunds: [
    {
      id: 'gid://shopify/Refund/9',
      createdAt: '2026-03-10T15:00:00Z',
      totalRefundedSet: money('20.0'),
      refundLineItems: { nodes: [{ quantity: 1, restockType, subtotalSet: money('20.0'), lineItem: scarf }] },
      ...more,
    },
  ],
});

describe('a refund', () => {
  it.each([
    ['RETURN', ['return.received', 'refund.issued'], true],
    ['LEGACY_RESTOCK', ['refund.issued'], true],
    ['CANCEL', ['refund.issued'], true],
    ['NO_RESTOCK', ['refund.issued'], false],
  ])('that restocks with %s', (restock, kinds, goodsBack) => {
    const events = told(refund(restock));
    expect(events.map(({ kind }) => kind)).toEqual(kinds);
    expect(events.at(-1)).toMatchObject({ goodsBack, amount: { amount: 20_00, currency: 'EUR' } });
  });

  it('of an order of which nothing had been sent is for goods that the shop still has', () => {
    const parcel = (createdAt: string, status = 'SUCCESS') => ({
      id: 'gid://shopify/Fulfillment/2',
      status,
      createdAt,
    });
    const goodsBack = (parcels: object) => told({ ...refund('NO_RESTOCK'), ...parcels }).at(-1);
    const before = '2026-03-09T10:00:00Z';
    expect(goodsBack({ fulfillments: [] })).toMatchObject({ kind: 'refund.issued', goodsBack: true });
    expect(goodsBack({ fulfillments: [parcel('2026-03-11T10:00:00Z')] })).toMatchObject({ goodsBack: true });
    expect(goodsBack({ sent: [parcel(before, 'CANCELLED')] })).toMatchObject({ goodsBack: true });
    expect(goodsBack({ sent: [parcel(before)] })).toMatchObject({ goodsBack: false });
  });

  it('that belongs to a return has its reason, and one that blames the shop stands for all', () => {
    const reasons = [
      { returnReasonDefinition: { handle: 'unwanted' } },
      { returnReasonDefinition: { handle: 'arrived-late' } },
    ];
    const back = told(
      refund('NO_RESTOCK', { return: { id: 'gid://shopify/Return/3', returnLineItems: { nodes: reasons } } }),
    );
    expect(back).toMatchObject([
      { kind: 'return.received', return: '3', reason: 'arrived_too_late' },
      { kind: 'refund.issued', return: '3', reason: 'arrived_too_late', goodsBack: true },
    ]);
  });

  it('of nothing is none', () => {
    expect(told(refund('NO_RESTOCK', { totalRefundedSet: money('0.0') }))).toEqual([]);
  });
});

describe('an order', () => {
  it('is told as it was placed, and not again once it was changed', () => {
    expect(told({ ...order, ...placed })).toMatchObject([
      { kind: 'order.placed', order: '1001', total: { amount: 40_00 } },
    ]);
    expect(told({ ...order, ...placed, edited: true }, true)).toEqual([]);
    expect(told({ ...order, ...placed }, true)).toHaveLength(1);
  });

  it('without anybody is not recorded, and its name is known', () => {
    const read = readRecord(
      { topic: 'graphql/order', payload: { ...order, ...placed, customer: null } as Json },
      context(),
    );
    expect(read).toMatchObject({ ok: true, value: { events: [], names: [{ id: '5', name: '1001' }] } });
  });

  it('says where its record has drifted', () => {
    const { createdAt: _, ...without } = order;
    expect(readRecord({ topic: 'graphql/order', payload: without as Json }, context())).toMatchObject({
      ok: false,
      error: { kind: 'drift', path: 'createdAt' },
    });
    expect(
      readRecord(
        { topic: 'graphql/order', payload: { ...order, ...placed, originalTotalPriceSet: money('a lot') } as Json },
        context(),
      ),
    ).toMatchObject({ ok: false, error: { kind: 'drift' } });
  });
});

describe('a return', () => {
  const line = (processedQuantity: number) => ({
    quantity: 4,
    processedQuantity,
    withCodeDiscountedTotalPriceSet: money('70.00'),
    fulfillmentLineItem: { lineItem: scarf },
  });
  const closed = (processed: number) => ({
    ...order,
    returns: {
      nodes: [
        {
          ...{ id: 'gid://shopify/Return/3', status: 'CLOSED' },
          ...{ createdAt: '2026-03-08T10:00:00Z', closedAt: '2026-03-12T10:00:00Z' },
          returnLineItems: { nodes: [line(processed)] },
        },
      ],
    },
  });

  it('is worth what came back of it, not what was announced', () => {
    expect(told(closed(3))).toMatchObject([
      { kind: 'return.requested', value: { amount: 70_00 }, lines: [{ quantity: 4 }] },
      { kind: 'return.received', value: { amount: 52_50 }, lines: [{ quantity: 3 }] },
    ]);
    expect(told(closed(0)).map(({ kind }) => kind)).toEqual(['return.requested']);
  });
});

describe('a cancelled order', () => {
  const gone = { cancelledAt: '2026-03-02T12:00:00Z', cancelReason: 'CUSTOMER' };
  const rest = {
    ...{ id: 5, name: '#1001', currency: 'EUR', total_price: '40.00', line_items: [], customer: { id: 7 } },
    ...{ created_at: '2026-03-02T10:00:00Z', cancelled_at: '2026-03-02T12:00:00Z', cancel_reason: 'customer' },
  };
  const hooked = (more: object) => {
    const read = readRecord({ topic: 'orders/cancelled', payload: { ...rest, ...more } as Json }, context(true));
    return read.ok ? read.value.events.map(({ kind, body }) => ({ kind, ...body })) : read.error;
  };

  it.each(['UNFULFILLED', 'IN_PROGRESS', 'RESTOCKED', 'ON_HOLD'])('had not left while it was %s', (status) => {
    expect(told({ ...order, ...gone, displayFulfillmentStatus: status })).toMatchObject([
      { kind: 'order.cancelled', by: 'customer', stage: 'before_dispatch' },
    ]);
  });

  it('had not left because its goods were put back into stock, however it is told', () => {
    const wanted = [{ kind: 'order.cancelled', by: 'customer', stage: 'before_dispatch' }];
    expect(hooked({ fulfillment_status: 'restocked' })).toMatchObject(wanted);
    expect(hooked({ fulfillment_status: null })).toMatchObject(wanted);
    expect(hooked({ fulfillment_status: 'partial' })).toMatchObject([{ stage: 'after_dispatch' }]);
    expect(told({ ...order, ...gone, displayFulfillmentStatus: 'PARTIALLY_FULFILLED' })).toMatchObject([
      { stage: 'after_dispatch' },
    ]);
  });
});

describe('a payment that failed', () => {
  const failed = (errorCode: string | null) =>
    told({
      ...order,
      transactions: [
        {
          ...{ id: 'gid://shopify/OrderTransaction/4', kind: 'SALE', status: 'FAILURE', errorCode },
          ...{ createdAt: '2026-03-02T10:00:00Z', amountSet: money('40.00') },
        },
      ],
    });

  it('says from which connection the order was placed, to be counted, and not for what the shop captured', () => {
    const seen = (kind: string, clientIp: string | null) => {
      const payment = {
        ...{ id: 'gid://shopify/OrderTransaction/4', kind, status: 'FAILURE', errorCode: 'CARD_DECLINED' },
        ...{ createdAt: '2026-03-02T10:00:00Z', amountSet: money('40.00') },
      };
      const payload = { ...order, ...placed, clientIp, transactions: [payment] } as Json;
      const read = readRecord({ topic: 'graphql/order', payload }, context());
      return read.ok ? read.value.events.map((event) => [event.kind, event.seen]) : read.error;
    };
    const here = { ip: '81.2.69.160' };
    expect(seen('SALE', here.ip)).toEqual([
      ['order.placed', undefined],
      ['payment.failed', here],
    ]);
    expect(seen('AUTHORIZATION', here.ip)).toContainEqual(['payment.failed', here]);
    expect(seen('CAPTURE', here.ip)).toContainEqual(['payment.failed', undefined]);
    expect(seen('SALE', null)).toContainEqual(['payment.failed', undefined]);
    expect(seen('SALE', 'not an address')).toContainEqual(['payment.failed', undefined]);
  });

  it.each([
    ['INSUFFICIENT_FUNDS', 'insufficient_funds'],
    ['CARD_DECLINED', 'declined'],
    ['INCORRECT_CVC', 'other'],
    [null, 'other'],
  ])('for %s is one', (code, reason) => {
    expect(failed(code)).toMatchObject([{ kind: 'payment.failed', reason }]);
  });

  it.each(['CONFIG_ERROR', 'PAYMENT_PROVIDER_ERROR', 'AUTHORIZATION_EXPIRED', 'AMAZON_PAYMENTS_MAX_AMOUNT_CHARGED'])(
    'for %s is nothing the customer did',
    (code) => {
      expect(failed(code)).toEqual([]);
    },
  );
});

describe('whose an order is', () => {
  const canal = { address1: 'Keizersgracht 1', zip: '1015 CJ', city: 'Amsterdam', countryCodeV2: 'NL' };
  const bill = { ...canal, firstName: 'Ada', lastName: 'Story' };
  const friends = { ...canal, firstName: 'Bea', lastName: 'Bakker', address1: 'Domplein 2' };
  const home = { street: 'Keizersgracht 1', postcode: '1015 CJ', city: 'Amsterdam', country: 'NL' };
  const buyer = (more: object) => {
    const payload = { ...order, ...placed, ...more } as Json;
    const read = readRecord({ topic: 'graphql/order', payload }, context());
    return read.ok ? read.value.events[0]?.customer : read.error;
  };

  it('is told with where the bill goes, and never with where a present goes', () => {
    expect(buyer({ billingAddress: bill, shippingAddress: friends })).toEqual({
      externalId: '7',
      name: 'Ada Story',
      address: home,
    });
    expect(buyer({ shippingAddress: friends })).toEqual({ externalId: '7' });
    const ada = { ...order.customer, firstName: 'Ada', lastName: 'Story' };
    expect(buyer({ customer: ada, shippingAddress: friends })).toEqual({ externalId: '7', name: 'Ada Story' });
    expect(buyer({ customer: ada, shippingAddress: bill })).toMatchObject({ address: home });
    expect(buyer({ customer: { ...ada, firstName: 'Bo' }, billingAddress: bill })).toMatchObject({ name: 'Bo Story' });
  });

  it('is the same to a webhook and to what is fetched', () => {
    const rest = {
      ...{ id: 5, name: '#1001', currency: 'EUR', total_price: '40.00', line_items: [], customer: { id: 7 } },
      created_at: '2026-03-02T10:00:00Z',
      billing_address: {
        ...{ first_name: 'Ada', last_name: 'Story', address1: 'Keizersgracht 1', address2: 'Apt 4' },
        ...{ zip: '1015 CJ', city: 'Amsterdam', country_code: 'NL' },
      },
    };
    const read = readRecord({ topic: 'orders/create', payload: rest as Json }, context());
    expect(read.ok ? read.value.events[0]?.customer : read.error).toEqual(
      buyer({ billingAddress: { ...bill, address2: 'Apt 4' } }),
    );
  });

  it('of an account comes with the address it keeps, unless another name is on it', () => {
    const account = (defaultAddress: object | null) => {
      const payload = { id: 'gid://shopify/Customer/7', createdAt: '2026-03-01T09:00:00Z', firstName: 'Ada' };
      const read = readRecord(
        { topic: 'graphql/customer', payload: { ...payload, defaultAddress } as Json },
        context(),
      );
      return read.ok ? read.value.events[0]?.customer : read.error;
    };
    expect(account(canal)).toEqual({ externalId: '7', name: 'Ada', address: home });
    expect(account(friends)).toEqual({ externalId: '7', name: 'Ada' });
    expect(account(null)).toEqual({ externalId: '7', name: 'Ada' });
  });
});

describe('reasons of returns', () => {
  it.each([
    ['SIZE_TOO_SMALL', 'did_not_fit'],
    ['DEFECTIVE', 'defect'],
    ['color-too-bright', 'not_as_expected'],
    ['too-tight', 'did_not_fit'],
    ['arrived-late', 'arrived_too_late'],
    ['changed-mind', 'changed_mind'],
    ['quality', 'not_as_described'],
    ['something-new', 'unspecified'],
  ])('%s is %s', (handle, reason) => {
    expect(reasonOf(handle)).toBe(reason);
  });
});

describe('a file of a bulk operation', () => {
  const lines = Array.from({ length: 12 }, (_, n) => [
    { id: `gid://shopify/Order/${n}`, name: `#${n} – ü` },
    { id: `gid://shopify/LineItem/${n}`, __parentId: `gid://shopify/Order/${n}` },
    { id: `gid://shopify/Return/${n}`, __parentId: `gid://shopify/Order/${n}` },
    { id: `gid://shopify/ReturnLineItem/${n}`, __parentId: `gid://shopify/Return/${n}` },
  ]).flat();
  const file = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const whole = rootsIn(file, true, 1_000, () => false).roots;

  it('is put together as a query would have given it', () => {
    expect(whole[3]).toEqual({
      id: 'gid://shopify/Order/3',
      name: '#3 – ü',
      lineItems: { nodes: [{ id: 'gid://shopify/LineItem/3' }] },
      returns: {
        nodes: [
          { id: 'gid://shopify/Return/3', returnLineItems: { nodes: [{ id: 'gid://shopify/ReturnLineItem/3' }] } },
        ],
      },
    });
  });

  it('gives the same however it is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 900, max: file.length }), fc.integer({ min: 1, max: 5 }), (size, most) => {
        const roots: Root[] = [];
        let at = 0;
        while (at < file.length) {
          const end = at + size >= file.length;
          const stretch = rootsIn(file.subarray(at, at + size), end, most, () => false);
          expect(stretch.length).toBeGreaterThan(0);
          roots.push(...stretch.roots);
          at += stretch.length;
        }
        expect(roots).toEqual(whole);
      }),
    );
  });

  it('says that a line is none', () => {
    expect(rootsIn(Buffer.from('{"id":"gid://shopify/Order/1"}\n{"id\n'), true, 9, () => false)).toMatchObject({
      broken: 2,
    });
  });
});

describe('a customer’s note', () => {
  const marks = {
    as: 'restricted',
    refused: [],
    obligations: [],
    until: instant(Date.parse('2026-05-01T00:00:00Z')),
    sentences: [],
  } as const;
  const none = { ...marks, as: null };

  it('is the shop’s again when ours is taken away', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (theirs) => {
        fc.pre(!theirs.includes('Evenhand]'));
        const once = noteWith(theirs, marks, 'UTC');
        expect(noteWith(once, marks, 'UTC')).toBe(once);
        expect(noteWith(once, none, 'UTC')).toBe(theirs);
      }),
    );
  });
});
