import type { MemoryShop, ShopOrder, Thing } from './shop.ts';

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly query?: string | null;
}

/** A connection over a list. Without `first` it is all of it, which only bulk operations may ask for. */
export function connection<T>(items: readonly T[], { first, after }: PageArgs, view: (item: T) => unknown) {
  const from = after === null || after === undefined ? 0 : Number(after) + 1;
  const until = first === null || first === undefined ? items.length : Math.min(from + first, items.length);
  const nodes = items.slice(from, until).map(view);
  return {
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: String(from + index) })),
    pageInfo: {
      hasNextPage: until < items.length,
      hasPreviousPage: from > 0,
      startCursor: String(from),
      endCursor: nodes.length === 0 ? null : String(until - 1),
    },
  };
}

const some = (items: readonly Thing[], first: number | null | undefined): readonly Thing[] =>
  items.slice(0, first ?? items.length);

/** What an app's own field of something holds. */
const metafield =
  (shop: MemoryShop, owner: string) =>
  ({ namespace, key }: { namespace?: string; key: string }) => {
    const value = shop.metafields.get(`${owner} ${namespace ?? '$app'} ${key}`);
    return value === undefined ? null : { id: `${owner}/${key}`, namespace, key, value };
  };

export function customerView(shop: MemoryShop, customer: Thing) {
  return {
    tags: [],
    note: null,
    ...customer,
    __typename: 'Customer',
    metafield: metafield(shop, customer.id),
    storeCreditAccounts: (args: PageArgs) => {
      const own = shop.credits.filter(({ owner }) => owner === customer.id);
      const currencies = [...new Set(own.map(({ currency }) => currency))];
      return connection(currencies, args, (currency) => ({
        __typename: 'StoreCreditAccount',
        id: `gid://shopify/StoreCreditAccount/${currency}`,
        balance: { amount: '0.0', currencyCode: currency },
        transactions: (inner: PageArgs) =>
          connection(own.filter((each) => each.currency === currency).toReversed(), inner, (credit) => ({
            __typename: 'StoreCreditAccountCreditTransaction',
            id: credit.id,
            createdAt: credit.at,
            amount: { amount: credit.amount, currencyCode: credit.currency },
          })),
      }));
    },
  };
}

export function orderView(shop: MemoryShop, order: ShopOrder): Record<string, unknown> {
  const { lines, payments, parcels, refunded, returned, ...own } = order;
  const customer = shop.customers.get(String(own.customerId));
  return {
    ...own,
    __typename: 'Order',
    customer: customer === undefined ? null : customerView(shop, customer),
    lineItems: (args: PageArgs) => connection(lines, args, (line) => ({ ...line, __typename: 'LineItem' })),
    transactions: ({ first }: PageArgs) => some(payments, first),
    fulfillments: ({ first }: PageArgs) => some(parcels, first),
    refunds: ({ first }: PageArgs) => some(refunded, first).map((refund) => refundView(shop, order, refund)),
    returns: (args: PageArgs) => connection(returned, args, (one) => returnView(shop, order, one)),
    fulfillmentOrders: (args: PageArgs) =>
      connection([order.id.replace('/Order/', '/FulfillmentOrder/')], args, (id) => ({
        __typename: 'FulfillmentOrder',
        id,
        status: own.allSent === true ? 'CLOSED' : (shop.holds.get(id)?.length ?? 0) > 0 ? 'ON_HOLD' : 'OPEN',
        fulfillmentHolds: (shop.holds.get(id) ?? []).map((hold) => ({ ...hold, heldByRequestingApp: true })),
      })),
  };
}

export function refundView(shop: MemoryShop, order: ShopOrder, refund: Thing): Record<string, unknown> {
  const { lines = [], returnId, ...own } = refund as Thing & { lines?: readonly Thing[]; returnId?: string };
  const of = order.returned.find(({ id }) => id === returnId);
  return {
    ...own,
    __typename: 'Refund',
    order: () => orderView(shop, order),
    return: of === undefined ? null : returnView(shop, order, of),
    refundLineItems: (args: PageArgs) =>
      connection(lines, args, ({ lineItemId, ...line }) => ({
        ...line,
        lineItem: order.lines.find(({ id }) => id === lineItemId),
      })),
  };
}

export function returnView(shop: MemoryShop, order: ShopOrder, one: Thing): Record<string, unknown> {
  const { lines = [], ...own } = one as Thing & { lines?: readonly Thing[] };
  return {
    ...own,
    __typename: 'Return',
    order: () => orderView(shop, order),
    returnLineItems: (args: PageArgs) =>
      connection(lines, args, ({ lineItemId, ...line }) => ({
        ...line,
        __typename: 'ReturnLineItem',
        fulfillmentLineItem: {
          id: `${line.id}/sent`,
          lineItem: order.lines.find(({ id }) => id === lineItemId),
        },
      })),
  };
}

/** `updated_at:>='2026-01-01T00:00:00Z'`, the one filter that is understood; null: none. */
export function changedSince(query: string | null | undefined, field = 'updated_at'): number | null {
  if (query === null || query === undefined) return null;
  const found = new RegExp(`^${field}:>='([^']+)'$`).exec(query)?.[1];
  if (found === undefined) throw new Error(`This server does not understand the filter ${query}`);
  return Date.parse(found);
}
