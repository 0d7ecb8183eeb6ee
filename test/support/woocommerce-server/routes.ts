import { coupons, notes, refundsOfOrder } from './order-routes.ts';
import type { Stored, WooShop } from './shop.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly total?: number;
}

/** An error as WordPress writes one. */
export const no = (status: number, code: string, message: string): Answer => ({
  status,
  body: { code, message, data: { status } },
});
export const yes = (body: unknown, status = 200): Answer => ({ status, body });
const noRoute = no(404, 'rest_no_route', 'No route was found matching the URL and request method.');

/** Answers one request whose key is good. */
export function routes(shop: WooShop, asked: Asked): Answer {
  const { path } = asked;
  if (path === '') return yes(index(shop));
  if (path === 'wc-evenhand/v1/status') return yes({ extension: '1.0.0', woocommerce: '10.0.2', asking: true });
  if (path === 'wc/v3/data/currencies/current') return yes({ code: shop.currency, name: '', symbol: '' });
  if (path === 'wc/v3/orders/batch') return yes({});
  if (path === 'wc/v3/orders') return page(asked, inTime(asked, shop.orders));
  if (path === 'wc/v3/customers') return page(asked, byRegistration(asked, shop.customers));
  if (path === 'wc/v3/refunds') return shop.listsRefunds ? includedRefunds(shop, asked) : noRoute;
  if (path === 'wc/v3/coupons') return coupons(shop, asked);
  const one = /^wc\/v3\/(orders|customers)\/(\d+)(?:\/(refunds|notes))?$/.exec(path);
  if (one !== null)
    return ofOne(shop, asked, one[1] === 'orders' ? shop.orders : shop.customers, Number(one[2]), one[3]);
  if (path.startsWith('wc/v3/webhooks')) return webhooks(shop, asked);
  if (path.startsWith('wc/v3/payments/disputes'))
    return shop.disputes === null ? noRoute : disputes(shop.disputes, asked);
  return noRoute;
}

const index = (shop: WooShop): object => ({
  name: 'The Mug Shop',
  description: '',
  url: shop.home,
  home: shop.home,
  gmt_offset: '1',
  timezone_string: shop.timeZone,
  namespaces: shop.namespaces,
  routes: shop.disputes === null ? {} : { '/wc/v3/payments/disputes': {} },
});

function ofOne(shop: WooShop, asked: Asked, among: readonly Stored[], id: number, part: string | undefined): Answer {
  const found = among.find((each) => each.id === id);
  if (found === undefined) return no(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
  if (part === 'refunds') return refundsOfOrder(shop, asked, found);
  if (part === 'notes') return notes(shop, asked, id);
  if (asked.method === 'GET') return yes(found);
  const { meta_data, ...rest } = asked.body;
  Object.assign(found, rest, { date_modified_gmt: gmt(shop.now) });
  for (const { key, value } of (meta_data ?? []) as { key: string; value: unknown }[]) setMeta(found, key, value);
  return yes(found);
}

/** As WooCommerce does it: null takes a field away. */
function setMeta(of: Stored, key: string, value: unknown): void {
  const others = ((of.meta_data ?? []) as { key: string; value: unknown }[]).filter((meta) => meta.key !== key);
  of.meta_data = value === null ? others : [...others, { id: others.length + 1, key, value }];
}

/** `modified_after` is exclusive, to the second, and trashed orders are in no list. */
function inTime({ query }: Asked, orders: readonly Stored[]): readonly Stored[] {
  const after = query.get('modified_after');
  return orders
    .filter((order) => order.status !== 'trash' && (after === null || String(order.date_modified_gmt) > after))
    .toSorted((a, b) => compare(a.date_modified_gmt, b.date_modified_gmt) || Number(a.id) - Number(b.id));
}

function byRegistration({ query }: Asked, customers: readonly Stored[]): readonly Stored[] {
  const sorted = customers.toSorted((a, b) => compare(a.date_created_gmt, b.date_created_gmt));
  return query.get('order') === 'desc' ? sorted.toReversed() : sorted;
}

const compare = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);

function page({ query }: Asked, items: readonly Stored[]): Answer {
  const size = Number(query.get('per_page') ?? 10);
  if (size > 100) return no(400, 'rest_invalid_param', 'Invalid parameter(s): per_page');
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  return { status: 200, body: items.slice(from, from + size), total: items.length };
}

function includedRefunds(shop: WooShop, asked: Asked): Answer {
  const wanted = (asked.query.get('include') ?? '').split(',').map(Number);
  const all = [...shop.refunds.values()].flat();
  return page(
    asked,
    all.filter(({ id }) => wanted.includes(Number(id))),
  );
}

function webhooks(shop: WooShop, asked: Asked): Answer {
  if (!shop.manages) return no(403, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');
  const id = Number(asked.path.split('/')[3] ?? Number.NaN);
  if (Number.isNaN(id)) {
    if (asked.method === 'GET') return page(asked, shop.webhooks);
    const made = { id: shop.webhooks.length + 1, status: 'active', ...asked.body };
    shop.webhooks.push(made);
    return yes(made, 201);
  }
  const found = shop.webhooks.find((each) => each.id === id);
  if (found === undefined) return no(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
  if (asked.method === 'DELETE') shop.webhooks = shop.webhooks.filter((each) => each !== found);
  else Object.assign(found, asked.body);
  return yes(found);
}

function disputes(all: readonly Stored[], { path, query }: Asked): Answer {
  const id = path.split('/')[4];
  if (id !== undefined) {
    const found = all.find((each) => each.id === id);
    return found === undefined ? no(404, 'wcpay_not_found', 'No such dispute.') : yes(found);
  }
  const size = Number(query.get('pagesize') ?? 25);
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  return yes({ data: all.slice(from, from + size).map((each) => ({ dispute_id: each.id, status: each.status })) });
}

/** A time as WooCommerce writes it: UTC, without saying so. */
export const gmt = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
