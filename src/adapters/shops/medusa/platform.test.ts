import { describe, expect, it } from 'vitest';
import { tellsTheStory } from '../../../../test/support/shop-contract.ts';
import { unwrap } from '../../../core/shared/result.ts';
import type { PlatformRecord, ReadingContext } from '../../../ports/platforms.ts';
import { story } from './fixtures/story.ts';
import { medusa } from './platform.ts';

const context: ReadingContext = {
  source: 'medusa',
  customerNumber: (id) => `p-${id}`,
  orderName: () => null,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
};
const recordsOf = (step: string): readonly PlatformRecord[] =>
  story.told.find((one) => one.step === step)?.records ?? [];

/** A record of the story with something of it changed; `change` gets the data. */
function changed(step: string, change: (data: Data) => void, topic?: string): PlatformRecord {
  const record = structuredClone(recordsOf(step).at(-1)) as unknown as { topic: string; payload: { data: Data } };
  change(record.payload.data);
  return { topic: topic ?? record.topic, payload: record.payload as unknown as PlatformRecord['payload'] };
}

interface Data {
  order: {
    [field: string]: unknown;
    customer: { [field: string]: unknown };
    items: { quantity: number; [field: string]: unknown }[];
    payment_collections: { payments: { refunds: { [field: string]: unknown }[] }[] }[];
  };
  returns: { status: string; items: { reason: unknown }[]; [field: string]: unknown }[];
  changes: { [field: string]: unknown }[];
  customer: { [field: string]: unknown };
  return: string | null;
  asked: boolean;
}

const readAll = (record: PlatformRecord) => unwrap(medusa.read(record, context));
const eventOf = (record: PlatformRecord, kind: string) => readAll(record).events.find((event) => event.kind === kind);

describe('Medusa', () => {
  tellsTheStory(medusa, story);

  it('knows guests by their address, and never by the number that Medusa makes them', () => {
    const guest = changed('coat and scarves ordered', ({ order }) => {
      order.customer = { ...order.customer, has_account: false };
    });
    expect(eventOf(guest, 'order.placed')?.customer).toEqual({
      email: 'ada.story@example.com',
      phone: '+31612345678',
      name: 'Ada Story',
      address: story.home,
    });
    const noAccount = changed('account opened', ({ customer }) => {
      customer.has_account = false;
    });
    expect(readAll(noAccount).events).toEqual([]);
  });

  it('knows where somebody lives by their bill or their own name, and never by where a present goes', () => {
    const elsewhere = { first_name: 'Bea', last_name: 'Bakker', address_1: 'Domplein 2', country_code: 'nl' };
    const customerOf = (bill: unknown, parcel: unknown, named: boolean) =>
      eventOf(
        changed('coat and scarves ordered', ({ order }) => {
          Object.assign(order, { billing_address: bill, shipping_address: parcel });
          if (!named) Object.assign(order.customer, { first_name: null, last_name: null, has_account: false });
        }),
        'order.placed',
      )?.customer;
    const own = { ...elsewhere, first_name: 'Ada', last_name: 'Story', address_1: 'Singel 4', address_2: '2-hoog' };
    const singel = { street: 'Singel 4 2-hoog', country: 'NL' };
    expect(customerOf(own, elsewhere, true)).toMatchObject({ name: 'Ada Story', address: singel });
    expect(customerOf(null, elsewhere, true)?.address).toBeUndefined();
    expect(customerOf(null, own, true)?.address).toEqual(singel);
    expect(customerOf(null, own, false)?.address).toBeUndefined();
    expect(customerOf(own, elsewhere, false)).toMatchObject({ name: 'Ada Story', address: singel });
  });

  it('knows where the holder of an account lives by the default address they keep', () => {
    const addressOf = (addresses: unknown) =>
      eventOf(
        changed('account opened', ({ customer }) => {
          customer.addresses = addresses;
        }),
        'account.created',
      )?.customer.address;
    const bill = { address_1: 'Singel 4', is_default_billing: true };
    const parcels = { address_1: 'Domplein 2', is_default_shipping: true };
    expect(addressOf([parcels, bill])).toEqual({ street: 'Singel 4' });
    expect(addressOf([{ address_1: 'Dam 1' }, parcels])).toEqual({ street: 'Domplein 2' });
    expect(addressOf([{ ...parcels, first_name: 'Bea', last_name: 'Bakker' }])).toBeUndefined();
    expect(addressOf([{ address_1: 'Dam 1' }])).toBeUndefined();
  });

  it('leaves an order that was handed over to an account with the guest who placed it', () => {
    const handedOver = changed('coat and scarves ordered', (data) => {
      data.changes = [
        {
          id: 'ordch_2',
          change_type: 'transfer',
          status: 'confirmed',
          created_at: '2026-03-20T09:00:00.000Z',
          actions: [
            { id: 'ordchact_2', action: 'TRANSFER_CUSTOMER', details: { original_email: 'guest@example.com' } },
          ],
        },
      ];
    });
    expect(eventOf(handedOver, 'order.placed')?.customer).toEqual({ email: 'guest@example.com' });
  });

  it('tells an order as it was placed, whatever was edited since', () => {
    const edited = changed('coat and scarves ordered', (data) => {
      const [coat, scarf] = data.order.items;
      if (coat === undefined || scarf === undefined) throw new Error('The story has lost its coat');
      scarf.quantity = 5;
      data.order.items.push({ ...coat, id: 'ordli_LATER', created_at: '2026-03-04T10:00:00.000Z' });
      data.order.total = 999;
      data.changes = [
        {
          id: 'ordch_3',
          change_type: 'edit',
          status: 'confirmed',
          created_at: '2026-03-04T10:00:00.000Z',
          actions: [
            { id: 'a', action: 'ITEM_UPDATE', details: { reference_id: 'ordli_SCARF', quantity: 5, quantity_diff: 3 } },
          ],
        },
      ];
    });
    const untouched = recordsOf('coat and scarves ordered')[0];
    if (untouched === undefined) throw new Error('The story has lost its order');
    expect(eventOf(edited, 'order.placed')).toEqual(eventOf(untouched, 'order.placed'));
  });

  it('takes a second refund for the same goods for goods that came back, and one beyond their value for a gift', () => {
    const twice = changed('scarf came back and refunded', ({ order }) => {
      const refunds = order.payment_collections[0]?.payments[0]?.refunds;
      const [whole] = refunds ?? [];
      if (refunds === undefined || whole === undefined) throw new Error('The story has lost its refund');
      refunds.splice(
        0,
        1,
        { ...whole, id: 'ref_a', amount: 5, raw_amount: { value: '5' } },
        { ...whole, id: 'ref_b', amount: 15, raw_amount: { value: '15' }, created_at: '2026-03-11T09:00:00.000Z' },
        { ...whole, id: 'ref_c', amount: 10, raw_amount: { value: '10' }, created_at: '2026-03-12T09:00:00.000Z' },
      );
    });
    expect(
      readAll(twice)
        .events.filter(({ kind }) => kind === 'refund.issued')
        .map(({ body }) => [body.refund, body.goodsBack]),
    ).toEqual([
      ['ref_a', true],
      ['ref_b', true],
      ['ref_c', false],
    ]);
  });

  it('counts of goods that came back what was paid for them, not what they were listed at', () => {
    // Half the price was taken off with a code: of 120.00 listed, 60.00 was paid.
    const half = changed('scarf came back and refunded', ({ order }) => {
      const [payment] = order.payment_collections[0]?.payments ?? [];
      if (payment === undefined) throw new Error('The story has lost its payment');
      Object.assign(payment, { amount: 60, raw_amount: { value: '60' } });
    });
    const values = readAll(half)
      .events.filter(({ kind }) => kind === 'return.received')
      .map(({ body }) => body.value);
    expect(values).toEqual([{ amount: 10_00, currency: 'EUR' }]);
  });
  it('takes money for goods that never left for goods that the shop has, and a cancelled order for cancelled', () => {
    const record = changed('coat and scarves paid', ({ order }) => {
      order.status = 'canceled';
      order.canceled_at = '2026-03-02T12:00:00.000Z';
      order.payment_collections[0]?.payments[0]?.refunds.push({
        id: 'ref_x',
        amount: 120,
        raw_amount: { value: '120' },
        created_at: '2026-03-02T12:00:00.000Z',
      });
    });
    expect(eventOf(record, 'refund.issued')?.body.goodsBack).toBe(true);
    expect(eventOf(record, 'order.cancelled')?.body).toEqual({
      order: '1001',
      by: 'shop',
      stage: 'before_dispatch',
      value: { amount: 120_00, currency: 'EUR' },
    });
  });

  it.each([
    [{ value: 'wrong_size', label: 'Wrong size' }, 'did_not_fit', 'withdrawal'],
    [{ value: 'faulty', label: 'It is broken' }, 'defect', 'faulty'],
    [{ value: 'wrong_item', label: 'Wrong item sent, too small' }, 'wrong_item_sent', 'faulty'],
    [{ value: 'x1', label: 'Anders' }, 'unspecified', null],
  ])('reads the reason %j as %s', (reason, read, returnKind) => {
    const record = changed('scarf announced to come back', (data) => {
      for (const item of data.returns[0]?.items ?? []) item.reason = reason;
      data.return = 'return_01STORY';
    });
    expect(eventOf(record, 'return.requested')?.body.reason).toBe(read);
    expect(readAll(record).effects).toMatchObject([{ kind: 'return_asked', return: 'return_01STORY', returnKind }]);
  });

  it('asks for a look at orders that went through without a clear answer', () => {
    for (const asked of [true, false]) {
      const record = changed('coat and scarves ordered', (data) => {
        data.asked = asked;
      });
      expect(readAll(record).effects).toMatchObject([{ kind: 'order_placed', order: 'order_01STORY1001', asked }]);
      expect(readAll({ ...record, topic: 'order' }).effects).toEqual([]);
    }
  });

  it('keeps drafts out, and closes accounts that were taken away', () => {
    expect(
      readAll(
        changed('coat and scarves ordered', ({ order }) => {
          order.is_draft_order = true;
        }),
      ).events,
    ).toEqual([]);
    const gone = changed('account opened', ({ customer }) => {
      customer.deleted_at = '2026-04-01T09:00:00.000Z';
    });
    expect(eventOf(gone, 'account.closed')?.occurredAt).toBe('2026-04-01T09:00:00.000Z');
  });

  it.each([
    ['api.shop.example.com', 'https://api.shop.example.com'],
    ['https://shop.example.com/app/orders', 'https://shop.example.com'],
    ['http://localhost:9000/', 'http://localhost:9000'],
    ['https://user:pw@shop.example.com', null],
    ['shop', null],
  ])('reads the address %s as %s', (typed, address) => {
    expect(medusa.readAddress(typed)).toBe(address);
  });
});
