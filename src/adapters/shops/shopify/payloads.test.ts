import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json, ReadingContext } from '../../../ports/platforms.ts';
import { shopify } from './platform.ts';

const folder = resolve('../shared/data/shopify');
const here = existsSync(folder);
const payload = (name: string): Record<string, Json> =>
  (JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')) as Record<string, Record<string, Json>>)[name] ??
  {};

const context = (known: readonly string[] = []): ReadingContext => ({
  source: 'shopify',
  customerNumber: (id) => id,
  orderName: (id) => (known.includes(id) ? '1001' : null),
  currency: 'USD',
  timeZone: 'America/New_York',
});

describe.skipIf(!here)(`Shopify's own examples${here ? '' : ' (not on this machine)'}`, () => {
  it('read as an order, with a "#" less in its name', () => {
    const read = shopify.read({ topic: 'orders/create', payload: payload('order') }, context());
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.names).toEqual([{ id: '450789469', name: '1001' }]);
    expect(read.value.events).toMatchObject([
      {
        kind: 'order.placed',
        id: 'order:450789469:placed',
        occurredAt: '2008-01-10T16:00:00.000Z',
        customer: {
          ...{ externalId: '207119551', email: 'bob.norman@hostmail.com', name: 'Bob Norman' },
          address: { street: 'Chestnut Street 92', postcode: '40202', city: 'Louisville', country: 'US' },
        },
        body: { order: '1001', total: { amount: 40_994, currency: 'USD' }, payment: 'card' },
      },
    ]);
    const [placed] = read.value.events;
    expect((placed?.body.lines as readonly unknown[] | undefined)?.[0]).toEqual({
      article: '632910392',
      variant: '39072856',
      title: 'IPod Nano - 8gb',
      quantity: 1,
      unitPrice: '199.00',
    });
  });

  it.each([
    ['refunds/create', 'refund', '450789469/refund/509562969/made'],
    ['fulfillments/update', 'fulfillment', null],
    ['order_transactions/create', 'transaction', null],
    ['disputes/update', 'dispute', null],
  ])('read as %s without drift', (topic, name, needs) => {
    const read = shopify.read({ topic, payload: payload(name) }, context());
    if (needs === null) expect(read).toMatchObject({ ok: true, value: { events: [] } });
    else expect(read).toEqual({ ok: false, error: { kind: 'needs', order: needs } });
  });

  it('read as a customer', () => {
    const read = shopify.read({ topic: 'customers/create', payload: payload('customer') }, context());
    expect(read).toMatchObject({
      ok: true,
      value: {
        events: [{ kind: 'account.created', id: 'customer:207119551:created', occurredAt: '2015-05-27T22:11:24.000Z' }],
      },
    });
  });
});
