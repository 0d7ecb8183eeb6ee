import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Stored, storedOrder } from '../../../../test/support/woocommerce-server/shop.ts';
import { reportedEvents } from '../../../core/events/event.ts';
import { unwrap } from '../../../core/shared/result.ts';
import type { Json, ReadingContext } from '../../../ports/platforms.ts';
import { woocommerce } from './platform.ts';
import { returnReasonOf } from './reasons.ts';

const context = (names: Readonly<Record<string, string>> = {}): ReadingContext => ({
  source: 'woocommerce',
  customerNumber: (number) => `2-${number}`,
  orderName: (order) => names[order] ?? null,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
});

const reading = (topic: string, payload: unknown, names = {}) =>
  woocommerce.read({ topic, payload: payload as Json }, context(names));
const eventsOf = (order: Stored) => unwrap(reading('order', order)).events;
const kindsOf = (more: Record<string, unknown>): readonly string[] =>
  eventsOf(storedOrder(7, more)).map(({ kind }) => kind);

const refund = (more: Record<string, unknown> = {}) => ({
  id: 51,
  date_created_gmt: '2026-03-09T10:00:00',
  amount: '10.00',
  reason: '',
  line_items: [
    {
      id: 4,
      name: 'Mug',
      product_id: 9,
      variation_id: 0,
      quantity: -1,
      total: '-8.26',
      total_tax: '-1.74',
      sku: 'MUG',
    },
  ],
  ...more,
});
const refunded = (more: Record<string, unknown> = {}, order: Record<string, unknown> = {}) =>
  eventsOf(
    storedOrder(7, {
      status: 'completed',
      date_completed_gmt: '2026-03-04T10:00:00',
      refunds: [{ id: 51, total: '-10.00' }],
      evenhand: { refunds: [refund(more)] },
      ...order,
    }),
  ).slice(3);

describe('an order', () => {
  it('is placed once it is paid or to be paid later, and a basket or a payment that failed is none', () => {
    for (const status of ['pending', 'failed', 'checkout-draft', 'trash'])
      expect(kindsOf({ status, date_paid_gmt: null }), status).toEqual([]);
    expect(kindsOf({ status: 'on-hold', date_paid_gmt: null, payment_method: 'bacs' })).toEqual(['order.placed']);
    expect(kindsOf({ status: 'shipped-by-us', date_paid_gmt: null })).toEqual(['order.placed']);
    expect(kindsOf({ status: 'cancelled', date_paid_gmt: null })).toEqual([]);
    expect(kindsOf({ status: 'cancelled', date_paid_gmt: null, payment_method: 'cod' })).toEqual([
      'order.placed',
      'order.cancelled',
    ]);
    expect(kindsOf({ status: 'cancelled' })).toEqual(['order.placed', 'payment.captured', 'order.cancelled']);
  });

  it('says who cancelled it where our extension kept that, and blames nobody else', () => {
    const cancelled = (evenhand: unknown) => eventsOf(storedOrder(7, { status: 'cancelled', evenhand })).at(-1);
    expect(cancelled(null)).toMatchObject({
      body: { by: 'shop', stage: 'before_dispatch' },
      occurredAt: '2026-03-01T10:00:05Z',
    });
    expect(cancelled({ cancelled: { by: 'customer', at: '2026-03-01T10:30:00' } })).toMatchObject({
      body: { by: 'customer' },
      occurredAt: '2026-03-01T10:30:00Z',
    });
  });

  it('of a guest is by what they gave, and of nobody tells nothing', () => {
    expect(eventsOf(storedOrder(7, { customer_id: 0 }))[0]?.customer).toEqual({
      email: 'bo@example.com',
      name: 'Bo Smit',
    });
    expect(unwrap(reading('order', storedOrder(7, { customer_id: 0, billing: {} })))).toMatchObject({
      events: [],
      names: [{ id: '7', name: '7' }],
    });
    expect(eventsOf(storedOrder(7, { billing: { email: 'not an address', phone: 'n/a' } }))[0]?.customer).toEqual({
      externalId: '2-25',
    });
  });

  it('is of somebody who lives where the bill goes, and not where a present goes', () => {
    const bill = { first_name: 'Bo', last_name: 'Smit', email: 'bo@example.com' };
    const canal = { address_1: 'Singel 4', address_2: 'Apt 2', postcode: '1012 AB', city: 'Amsterdam', country: 'NL' };
    const home = { street: 'Singel 4 Apt 2', postcode: '1012 AB', city: 'Amsterdam', country: 'NL' };
    const addressOf = (billing: object, shipping: object) =>
      eventsOf(storedOrder(7, { billing, shipping }))[0]?.customer.address;
    const friends = { ...canal, first_name: 'Bea', last_name: 'Bakker', address_1: 'Domplein 2' };
    expect(addressOf({ ...bill, ...canal }, friends)).toEqual(home);
    expect(addressOf(bill, friends)).toBeUndefined();
    expect(addressOf(bill, { ...bill, ...canal })).toEqual(home);
    expect(addressOf({ email: 'bo@example.com' }, { ...bill, ...canal })).toBeUndefined();
  });

  it('tells what was paid for each piece, exactly', () => {
    const lines = [
      {
        id: 1,
        name: 'Tea &ndash; 1&nbsp;kg',
        product_id: 3,
        variation_id: 0,
        quantity: 3,
        total: '10.00',
        total_tax: '0.00',
        sku: '',
      },
      {
        id: 2,
        name: 'Rope',
        product_id: 0,
        variation_id: 0,
        quantity: 1.5,
        total: '12.50',
        total_tax: '2.63',
        sku: 'R',
      },
      { id: 3, name: 'Gone', product_id: 0, variation_id: 0, quantity: 0, total: '0.00', total_tax: '0.00', sku: '' },
    ];
    expect(eventsOf(storedOrder(7, { line_items: lines }))[0]?.body.lines).toEqual([
      { article: '3', title: 'Tea – 1 kg', quantity: 3, unitPrice: '3.333333' },
      { article: 'R', variant: 'R', title: 'Rope', quantity: 1, unitPrice: '15.13' },
    ]);
  });

  it('in another currency brings the rate that WooPayments sold at', () => {
    const meta_data = [
      { id: 1, key: '_wcpay_multi_currency_order_default_currency', value: 'EUR' },
      { id: 2, key: '_wcpay_multi_currency_order_exchange_rate', value: '1.25' },
    ];
    expect(eventsOf(storedOrder(7, { currency: 'USD', meta_data }))[0]?.body.total).toEqual({
      amount: 2000,
      currency: 'USD',
      rate: '0.80',
    });
    expect(eventsOf(storedOrder(7, { currency: 'USD' }))[0]?.body.total).toEqual({ amount: 2000, currency: 'USD' });
    expect(reading('order', storedOrder(7, { currency: 'XXZ' }))).toMatchObject({
      error: { kind: 'drift', path: 'currency' },
    });
  });

  it.each([
    ['cod', 'cash_on_delivery'],
    ['bacs', 'prepaid'],
    ['klarna_payments', 'invoice'],
    ['stripe', 'card'],
    ['mollie_wc_gateway_ideal', 'prepaid'],
    ['house_account', 'other'],
  ])('paid by %s is told as %s', (payment_method, payment) => {
    expect(eventsOf(storedOrder(7, { payment_method }))[0]?.body.payment).toBe(payment);
  });

  it('is looked at again after a checkout that did not ask, and not once it was sent', () => {
    const effects = (more: Record<string, unknown>) => unwrap(reading('order.updated', storedOrder(7, more))).effects;
    expect(effects({})).toMatchObject([{ kind: 'order_placed', order: '7', asked: false, language: null }]);
    const meta_data = [
      { id: 1, key: '_evenhand_decision', value: 'allow' },
      { id: 2, key: '_evenhand_language', value: 'nl_NL' },
    ];
    expect(effects({ meta_data })).toMatchObject([{ asked: true, language: 'nl-NL' }]);
    expect(effects({ status: 'completed' })).toEqual([]);
  });
});

describe('a refund', () => {
  it('of pieces that were sent is a return', () => {
    expect(refunded()).toMatchObject([
      {
        kind: 'return.received',
        id: 'refund:51:goods',
        body: { return: 'refund-51', value: { amount: 1000 }, lines: [{ quantity: 1 }] },
      },
      {
        kind: 'refund.issued',
        id: 'refund:51',
        body: { return: 'refund-51', goodsBack: true, amount: { amount: 1000 } },
      },
    ]);
  });

  it('of money alone is money alone', () => {
    expect(refunded({ line_items: [] })).toMatchObject([{ kind: 'refund.issued', body: { goodsBack: false } }]);
    expect(refunded({ line_items: [{ ...refund().line_items[0], quantity: 0 }] })).toMatchObject([
      { kind: 'refund.issued', body: { goodsBack: false } },
    ]);
  });

  it('before the order was completed cancels so much of it, by the shop', () => {
    const events = refunded({ date_created_gmt: '2026-03-03T10:00:00' });
    expect(events.map(({ kind, body }) => [kind, body.by, body.goodsBack])).toEqual([
      ['order.cancelled', 'shop', undefined],
      ['refund.issued', undefined, false],
    ]);
  });

  it('that a webhook only names is asked for, once', () => {
    const named = storedOrder(7, { refunds: [{ id: 51, reason: '', total: '-10.00' }] });
    expect(reading('order.updated', named)).toEqual({ ok: false, error: { kind: 'needs', order: '7:refund:51' } });
    expect(reading('order.updated', named, { '7:refund:51': '7:refund:51' }).ok).toBe(true);
  });

  it('makes events that the ledger takes', () => {
    for (const event of [...refunded(), ...refunded({ date_created_gmt: '2026-03-03T10:00:00' })])
      expect(reportedEvents[event.kind].safeParse(event.body).error).toBeUndefined();
  });

  it.each([
    ['Damaged in transit, customer sent photos', 'damaged_in_transit'],
    ['The handle was broken', 'defect'],
    ['wrong item sent', 'wrong_item_sent'],
    ['Changed my mind.', 'changed_mind'],
    ['changed_mind', 'changed_mind'],
    ['Customer says she changed her mind, maybe', 'unspecified'],
    ['', 'unspecified'],
    ['arrived too late', 'arrived_too_late'],
  ])('%j is read as %s', (text, reason) => {
    expect(returnReasonOf(text)).toBe(reason);
  });
});

describe('an account', () => {
  const account = { id: 25, date_created_gmt: '2026-03-01T09:00:00', email: 'bo@example.com', role: 'customer' };

  it('is a customer’s, not a colleague’s', () => {
    expect(unwrap(reading('customer.created', account)).events).toMatchObject([
      { kind: 'account.created', id: 'customer:25:created' },
    ]);
    expect(unwrap(reading('customer.created', { ...account, role: 'shop_manager' })).events).toEqual([]);
  });

  it('comes with the address of its bills, unless another name is on it', () => {
    const addressOf = (billing: object) =>
      unwrap(reading('customer.created', { ...account, first_name: 'Bo', last_name: 'Smit', billing })).events[0]
        ?.customer.address;
    const singel = { address_1: 'Singel 4', postcode: '1012 AB' };
    expect(addressOf(singel)).toEqual({ street: 'Singel 4', postcode: '1012 AB' });
    expect(addressOf({ ...singel, first_name: 'Bo', last_name: 'Smit' })?.street).toBe('Singel 4');
    expect(addressOf({ ...singel, first_name: 'Bea', last_name: 'Bakker' })).toBeUndefined();
  });

  it('that is deleted stays in the ledger, as does a deleted order', () => {
    for (const topic of ['customer.deleted', 'order.deleted'])
      expect(unwrap(reading(topic, { id: 25 })).events).toEqual([]);
    expect(reading('customer.deleted', {})).toMatchObject({ error: { kind: 'drift', path: 'id' } });
  });
});

const DATA = join(import.meta.dirname, '../../../../../shared/data/woocommerce');

describe('the published examples of WooCommerce’s documentation', () => {
  it.skipIf(!existsSync(DATA))('are read without anything missing (skipped without ../shared/data/woocommerce)', () => {
    const read: Record<string, number> = { order: 0, customer: 0 };
    for (const file of readdirSync(DATA).filter((name) =>
      /^(orders|customers)__(?!batch|.*downloads).*\.json$/.test(name),
    )) {
      const topic = file.startsWith('orders') ? 'order' : 'customer';
      const told: unknown = JSON.parse(readFileSync(join(DATA, file), 'utf8'));
      for (const payload of (Array.isArray(told) ? told : [told]) as { refunds?: { id: number }[]; id: number }[]) {
        const known = Object.fromEntries(
          (payload.refunds ?? []).map(({ id }) => [`${payload.id}:refund:${id}`, 'seen']),
        );
        const { events, names } = unwrap(reading(topic, payload, known));
        for (const event of events)
          expect(reportedEvents[event.kind].safeParse(event.body).error, file).toBeUndefined();
        if (topic === 'order') expect(names[0]?.name, file).toBe(String(payload.id));
        else expect(events, file).toHaveLength(1);
        read[topic] = (read[topic] ?? 0) + 1;
      }
    }
    expect(read).toEqual({ order: 6, customer: 6 });
  });
});
