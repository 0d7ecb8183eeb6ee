/** What a shop holds, as its REST API tells it. */
export interface WooShop {
  keys: { key: string; secret: string; may: 'read' | 'write' | 'read_write' };
  /** The keys' owner may manage the shop. */
  manages: boolean;
  home: string;
  currency: string;
  timeZone: string;
  namespaces: string[];
  /** Refunds can be listed across orders (WooCommerce 9.0). */
  listsRefunds: boolean;
  customers: Stored[];
  orders: Stored[];
  /** By the order's id. */
  refunds: Map<number, Stored[]>;
  notes: Map<number, Stored[]>;
  webhooks: Stored[];
  coupons: Stored[];
  /** Null: WooPayments is not installed. */
  disputes: Stored[] | null;
  /** What the way of paying answers to a refund; null: it takes it. */
  refundFails: string | null;
  /** The clock of what is written, in milliseconds. */
  now: number;
}

export type Stored = Record<string, unknown> & { id: number | string };

/** A shop without anything in it. */
export function emptyShop(): WooShop {
  return {
    keys: { key: 'ck_test', secret: 'cs_test', may: 'read_write' },
    manages: true,
    home: 'https://shop.example.com',
    currency: 'EUR',
    timeZone: 'Europe/Amsterdam',
    namespaces: ['wp/v2', 'wc/v3', 'wc/store/v1', 'wc-evenhand/v1'],
    listsRefunds: true,
    customers: [],
    orders: [],
    refunds: new Map(),
    notes: new Map(),
    webhooks: [],
    coupons: [],
    disputes: null,
    refundFails: null,
    now: Date.UTC(2026, 3, 1, 12),
  };
}

/** An order with what every order has. */
export function storedOrder(id: number, more: Record<string, unknown> = {}): Stored {
  return {
    id,
    number: String(id),
    status: 'processing',
    currency: 'EUR',
    total: '20.00',
    total_tax: '3.47',
    customer_id: 25,
    date_created_gmt: '2026-03-01T10:00:00',
    date_modified_gmt: '2026-03-01T10:00:05',
    date_paid_gmt: '2026-03-01T10:00:05',
    date_completed_gmt: null,
    payment_method: 'stripe',
    billing: { first_name: 'Bo', last_name: 'Smit', email: 'bo@example.com', phone: '' },
    shipping: { address_1: 'Lange Gracht 3', city: 'Delft', postcode: '2611 AA', country: 'NL' },
    line_items: [
      {
        id: 1,
        name: 'Mug',
        product_id: 9,
        variation_id: 0,
        quantity: 2,
        total: '16.53',
        total_tax: '3.47',
        sku: 'MUG',
      },
    ],
    refunds: [],
    meta_data: [],
    ...more,
  };
}
