import type { MemoryShop } from './shop.ts';
import { changedSince, connection, customerView, orderView, type PageArgs, refundView, returnView } from './views.ts';

export interface World {
  readonly shop: MemoryShop;
  readonly scopes: ReadonlySet<string>;
  readonly bulk: {
    readonly run: (
      query: string,
      grouped: boolean,
    ) => { readonly operation: object | null; readonly errors: readonly object[] };
    readonly state: (id: string) => object | null;
  };
  readonly now: () => number;
}

interface Id {
  readonly id: string;
}

const since = (items: readonly Record<string, unknown>[], args: PageArgs, field: string, filter?: string) => {
  const from = changedSince(args.query, filter);
  return from === null ? items : items.filter((item) => Date.parse(String(item[field])) >= from);
};

/** Root queries, each under its name in the schema. */
export function queries({ shop, scopes, bulk }: World): Record<string, (args: never) => unknown> {
  const all = () => [...shop.orders.values()];
  const findRefund = (id: string) => viewOf(shop.refundOf(id), ({ order, it }) => refundView(shop, order, it));
  const disputeView = (dispute: Record<string, unknown>) => ({
    ...dispute,
    __typename: 'ShopifyPaymentsDispute',
    order: () => {
      const order = shop.orders.get(String(dispute.orderId));
      return order === undefined ? null : orderView(shop, order);
    },
  });
  const findTransaction = (id: string) => {
    for (const order of all()) {
      const payment = order.payments.find((each) => each.id === id);
      if (payment !== undefined)
        return { ...payment, __typename: 'OrderTransaction', order: () => orderView(shop, order) };
    }
    return null;
  };
  return {
    shop: () => ({
      id: 'gid://shopify/Shop/1',
      name: 'Ada Test',
      currencyCode: shop.currency,
      ianaTimezone: 'Europe/Amsterdam',
      myshopifyDomain: shop.domain,
      plan: { publicDisplayName: shop.plus ? 'Plus' : 'Basic', shopifyPlus: shop.plus, partnerDevelopment: false },
    }),
    currentAppInstallation: () => ({
      id: 'gid://shopify/AppInstallation/1',
      accessScopes: [...scopes].map((handle) => ({ handle })),
    }),
    customers: (args: PageArgs) =>
      connection(since([...shop.customers.values()], args, 'updatedAt'), args, (one) =>
        customerView(shop, one as never),
      ),
    customer: ({ id }: Id) => viewOf(shop.customers.get(id), (one) => customerView(shop, one)),
    customerByIdentifier: ({ identifier }: { identifier: { emailAddress?: string } }) => {
      const found = [...shop.customers.values()].find(
        (one) =>
          (one.defaultEmailAddress as { emailAddress?: string } | undefined)?.emailAddress === identifier.emailAddress,
      );
      return viewOf(found, (one) => customerView(shop, one));
    },
    orders: (args: PageArgs) =>
      connection(since(all(), args, 'updatedAt'), args, (one) => orderView(shop, one as never)),
    order: ({ id }: Id) => viewOf(shop.orders.get(id), (one) => orderView(shop, one)),
    refund: ({ id }: Id) => findRefund(id),
    return: ({ id }: Id) => viewOf(shop.returnOf(id), ({ order, it }) => returnView(shop, order, it)),
    fulfillment: ({ id }: Id) => {
      for (const order of all()) {
        const parcel = order.parcels.find((each) => each.id === id);
        if (parcel !== undefined) return { ...parcel, order: () => orderView(shop, order) };
      }
      return null;
    },
    node: ({ id }: Id) => findTransaction(id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => findRefund(id)),
    disputes: (args: PageArgs) =>
      connection(since(shop.disputes, args, 'initiatedAt', 'initiated_at'), args, disputeView),
    dispute: ({ id }: Id) =>
      viewOf(
        shop.disputes.find((each) => each.id === id),
        disputeView,
      ),
    webhookSubscriptions: (args: PageArgs) => connection(shop.hooks, args, (hook) => hook),
    bulkOperation: ({ id }: Id) => bulk.state(id),
  };
}

const viewOf = <T>(found: T | null | undefined, view: (one: T) => unknown): unknown =>
  found === null || found === undefined ? null : view(found);
