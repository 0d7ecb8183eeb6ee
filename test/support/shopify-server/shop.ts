import { randomUUID } from 'node:crypto';

/*
 * A shop in memory, in the shapes of the Admin API. Orders hold what belongs to them.
 */

export type Thing = Record<string, unknown> & { readonly id: string };

export interface ShopOrder extends Thing {
  readonly updatedAt: string;
  readonly lines: readonly Thing[];
  readonly payments: readonly Thing[];
  readonly parcels: readonly Thing[];
  readonly refunded: readonly Thing[];
  readonly returned: readonly Thing[];
}

export interface Subscription {
  readonly id: string;
  readonly topic: string;
  readonly uri: string;
}

export interface Hold {
  readonly id: string;
  readonly handle: string;
}

/** Everything that a test may put there beforehand or look at afterwards. */
export class MemoryShop {
  readonly domain: string;
  readonly currency: string;
  plus = false;
  readonly customers = new Map<string, Thing>();
  readonly orders = new Map<string, ShopOrder>();
  readonly disputes: Thing[] = [];
  readonly hooks: Subscription[] = [];
  readonly definitions = new Set<string>();
  /** By owner and key. */
  readonly metafields = new Map<string, string>();
  readonly holds = new Map<string, Hold[]>();
  readonly cancelled: Record<string, unknown>[] = [];
  readonly assessed: Record<string, unknown>[] = [];
  readonly declined: Record<string, unknown>[] = [];
  readonly credits: {
    readonly owner: string;
    readonly id: string;
    readonly amount: string;
    readonly currency: string;
    readonly at: string;
  }[] = [];
  readonly giftCards = new Map<string, Record<string, unknown>>();
  readonly discounts = new Map<string, Record<string, unknown>>();
  readonly #refunds = new Map<string, string>();
  #indexed = 0;
  #lastId = 900_000;

  constructor(domain: string, currency: string) {
    this.domain = domain;
    this.currency = currency;
  }

  nextId(type: string): string {
    this.#lastId += 1;
    return `gid://shopify/${type}/${this.#lastId}`;
  }

  change(id: string, to: Record<string, unknown>): void {
    const map = this.customers.has(id) ? this.customers : (this.orders as Map<string, Thing>);
    const before = map.get(id);
    if (before !== undefined) map.set(id, { ...before, ...to });
  }

  /** Refunds are looked up often: which order each belongs to is worked out once for as many orders as there are. */
  refundOf(id: string): { readonly order: ShopOrder; readonly it: Thing } | null {
    if (this.#refunds.size === 0 || this.#indexed !== this.orders.size) {
      this.#indexed = this.orders.size;
      for (const order of this.orders.values())
        for (const refund of order.refunded) this.#refunds.set(refund.id, order.id);
    }
    const order = this.orders.get(this.#refunds.get(id) ?? '');
    const it = order?.refunded.find((each) => each.id === id);
    return order === undefined || it === undefined ? null : { order, it };
  }

  /** Every return of every order. */
  returnOf(id: string): { readonly order: ShopOrder; readonly it: Thing } | null {
    for (const order of this.orders.values()) {
      const it = order.returned.find((each) => each.id === id);
      if (it !== undefined) return { order, it };
    }
    return null;
  }

  setReturn(id: string, to: Record<string, unknown>): void {
    const found = this.returnOf(id);
    if (found === null) return;
    const returned = found.order.returned.map((each) => (each.id === id ? { ...each, ...to } : each));
    this.orders.set(found.order.id, { ...found.order, returned });
  }
}

export const secretOf = (): string => `shpss_${randomUUID().replaceAll('-', '')}`;
