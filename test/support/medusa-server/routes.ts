import { type Answer, invalid, noRoute, notAllowed, notFound, ok } from './answers.ts';
import { list } from './lists.ts';
import { joinMetadata, type MedusaShop, type Thing } from './shop.ts';

export interface Asked {
  readonly method: string;
  /** Without "/admin/". */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers as the Admin API of Medusa 2.21 was seen to. */
export function routes(shop: MedusaShop, asked: Asked): Answer {
  const { method, path, query } = asked;
  const [kind = '', id, ...rest] = path.split('/');
  if (shop.forbidden.has(kind)) return { status: 403, body: { type: 'forbidden', message: 'Forbidden' } };
  if (kind === 'evenhand') return plugin(shop, asked, id);
  if (method === 'GET' && id === undefined) return lists(shop, kind, query) ?? noRoute(method, path);
  if (method === 'POST' && id === undefined) return make(shop, asked, kind);
  switch (kind) {
    case 'orders':
      return orderRoute(shop, asked, find(shop.orders, id), rest.join('/'));
    case 'returns':
      return returnRoute(asked, find(shop.returns, id), rest.join('/'));
    case 'customers':
      return customerRoute(shop, asked, find(shop.customers, id), rest.join('/'));
    default:
      return noRoute(method, path);
  }
}

function lists(shop: MedusaShop, kind: string, query: URLSearchParams): Answer | null {
  switch (kind) {
    case 'stores':
      return ok({
        stores: [
          { id: 'store_1', name: 'Story shop', supported_currencies: [{ currency_code: 'eur', is_default: true }] },
        ],
        count: 1,
      });
    case 'orders':
    case 'customers':
    case 'returns':
    case 'payments':
    case 'promotions':
      return list(kind, shop[kind], query);
    case 'customer-groups':
      return list('customer_groups', shop.groups, query);
    default:
      return null;
  }
}

function make(shop: MedusaShop, { method, path, body }: Asked, kind: string): Answer {
  if (kind === 'customer-groups') {
    if (shop.groups.some(({ name }) => name === body.name))
      return invalid(`Customer group with name: ${String(body.name)}, already exists.`);
    const customer_group: Thing = { id: `cusgroup_${shop.groups.length + 1}`, name: body.name };
    shop.groups.push(customer_group);
    return ok({ customer_group });
  }
  if (kind !== 'promotions') return noRoute(method, path);
  if (typeof body.code !== 'string' || body.type !== 'standard') return invalid('Invalid request: code, type');
  const promotion: Thing = { id: `promo_${shop.promotions.length + 1}`, ...body };
  shop.promotions.push(promotion);
  return ok({ promotion });
}

function orderRoute(shop: MedusaShop, { method, path, body }: Asked, order: Thing | null, rest: string): Answer {
  if (order === null) return notFound(`Order id not found: ${path}`);
  if (method === 'GET' && rest === '') return ok({ order });
  if (method === 'GET' && rest === 'changes') return ok({ order_changes: shop.changes[order.id] ?? [] });
  if (method === 'POST' && rest === '') {
    joinMetadata(order, body.metadata);
    return ok({ order });
  }
  if (method !== 'POST' || rest !== 'cancel') return noRoute(method, path);
  if ((order.fulfillments as Thing[]).some(({ canceled_at }) => canceled_at === null))
    return notAllowed('All fulfillments must be canceled before canceling an order');
  order.status = 'canceled';
  return ok({ order });
}

function returnRoute({ method, path, body }: Asked, returned: Thing | null, rest: string): Answer {
  if (returned === null) return notFound(`Return id not found: ${path}`);
  if (method === 'GET' && rest === '') return ok({ return: returned });
  if (method === 'POST' && rest === 'request' && returned.status === 'open') {
    returned.status = 'requested';
    return ok({ return: returned });
  }
  if (method === 'POST' && rest === '' && returned.status === 'open') {
    joinMetadata(returned, body.metadata);
    return ok({ return: returned });
  }
  if (method === 'POST' && rest === '') return invalid('An active Order Change is required to proceed');
  if (method !== 'POST' || rest !== 'cancel') return noRoute(method, path);
  returned.status = 'canceled';
  return ok({ return: returned });
}

function customerRoute(shop: MedusaShop, { method, path, body }: Asked, customer: Thing | null, rest: string): Answer {
  if (customer === null) return notFound(`Customer with id: ${path} was not found`);
  if (method === 'GET' && rest === '') return ok({ customer });
  if (method === 'POST' && rest === '') {
    joinMetadata(customer, body.metadata);
    return ok({ customer });
  }
  if (method !== 'POST' || rest !== 'customer-groups') return noRoute(method, path);
  const [add, remove] = [body.add, body.remove].map((ids) => (Array.isArray(ids) ? ids : []) as unknown[]);
  const left = ((customer.groups ?? []) as Thing[]).filter(({ id }) => !remove?.includes(id));
  customer.groups = [...left, ...shop.groups.filter(({ id }) => add?.includes(id))];
  return ok({ customer });
}

function plugin({ plugin: installed }: MedusaShop, { method, path, query }: Asked, route: string | undefined): Answer {
  if (installed === null || method !== 'GET') return noRoute(method, path);
  const { refunds, ...state } = installed;
  if (route === 'state') return ok({ version: '0.1.0', when_silent: 'allow', ...state });
  if (route !== 'refunds') return noRoute(method, path);
  const since = query.get('since') ?? '';
  const found = refunds.filter(({ created_at }) => String(created_at) >= since);
  return ok({ refunds: found, next: null });
}

const find = (things: readonly Thing[], id: string | undefined): Thing | null =>
  things.find((thing) => thing.id === id) ?? null;
