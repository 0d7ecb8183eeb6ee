import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { HistoryPage, Json, PlatformFault, PlatformRecord, Reach } from '../../../ports/platforms.ts';
import { type Api, apiOf, idOf, type Query } from './api.ts';

const PAGE = 50;
/** Medusa states no limit; this leaves a small server room for the shop's customers. */
const WAIT_MS = 50;
/** How many orders' changes are asked for at once. */
const AT_ONCE = 5;

const ORDER_FIELDS = [
  '+email,+customer_id,+canceled_at,+currency_code,+is_draft_order,*customer,*items,*shipping_address,*billing_address',
  '*payment_collections,*payment_collections.payments,*payment_collections.payments.captures',
  '*payment_collections.payments.refunds,*payment_collections.payments.refunds.refund_reason,*fulfillments',
].join(',');

const cursorShape = z.discriminatedUnion('of', [
  z.object({ of: z.literal('customers'), skip: z.int().min(0) }),
  z.object({ of: z.literal('orders'), after: z.string().nullable() }),
  z.object({ of: z.literal('returns'), skip: z.int().min(0) }),
  z.object({ of: z.literal('payments'), skip: z.int().min(0) }),
  z.object({ of: z.literal('refunds'), after: z.string().nullable() }),
]);
type Cursor = z.infer<typeof cursorShape>;

const anything = z.looseObject({ id: z.string() });
const order = z.looseObject({ id: z.string(), created_at: z.string(), updated_at: z.string() });
const count = z.int().min(0);
const withOrder = z.looseObject({
  payment_collection: z.looseObject({ order: anything.nullish() }).nullish(),
});

/**
 * The past, page by page: accounts, then orders by their ids, which only grow, so that nothing is passed over or told twice whatever changes
 * meanwhile. What changed since an instant is asked for by more than the orders alone: a return, a capture or a refund leaves the order's own
 * time as it was.
 */
export async function history(
  reach: Reach,
  from: Json | null,
  since: Instant | null,
): Promise<Result<HistoryPage, PlatformFault>> {
  const cursor: Cursor = from === null ? { of: 'customers', skip: 0 } : cursorShape.parse(from);
  const api = apiOf(reach);
  const changed: Query = since === null ? {} : { 'updated_at[$gte]': formatInstant(since) };
  switch (cursor.of) {
    case 'customers':
      return customers(api, cursor.skip, changed, since === null);
    case 'orders':
      return orders(api, cursor.after, changed, since !== null);
    case 'returns':
      return returns(api, cursor.skip, changed);
    case 'payments':
      return payments(api, cursor.skip, changed);
    case 'refunds':
      return refunds(api, cursor.after, since);
  }
}

/** One order with all that belongs to it. */
export async function orderNow(reach: Reach, id: string): Promise<Result<readonly PlatformRecord[], PlatformFault>> {
  if (idOf(id) === null) return err({ kind: 'gone' });
  const records = await ordersById(apiOf(reach), [id]);
  return records.ok && records.value.length === 0 ? err({ kind: 'gone' }) : records;
}

type Page = Promise<Result<HistoryPage, PlatformFault>>;

async function customers(api: Api, skip: number, changed: Query, isWhole: boolean): Page {
  const shape = z.object({ customers: z.array(anything), count });
  const read = await api.get(
    'customers',
    { fields: '*addresses', has_account: 'true', order: 'id', limit: PAGE, offset: skip, ...changed },
    shape,
  );
  if (!read.ok) return read;
  const records = read.value.customers.map((customer) => ({
    topic: 'customer',
    payload: { data: { customer } } as Json,
  }));
  const next: Cursor =
    records.length < PAGE ? { of: 'orders', after: null } : { of: 'customers', skip: skip + records.length };
  return ok(page(records, next, skip === 0 && isWhole ? await countAll(api, read.value.count) : null));
}

async function countAll(api: Api, accounts: number): Promise<number | null> {
  const read = await api.get('orders', { fields: 'id', limit: 1 }, z.object({ count }));
  return read.ok ? accounts + read.value.count : null;
}

async function orders(api: Api, after: string | null, changed: Query, isPartial: boolean): Page {
  const query: Query = {
    fields: ORDER_FIELDS,
    order: 'id',
    limit: PAGE,
    ...changed,
    ...(after === null ? {} : { 'id[$gt]': after }),
  };
  const read = await api.get('orders', query, z.object({ orders: z.array(order) }));
  if (!read.ok) return read;
  const records = await whole(api, read.value.orders);
  if (!records.ok) return records;
  const last = read.value.orders.at(-1);
  if (last !== undefined && read.value.orders.length === PAGE)
    return ok(page(records.value, { of: 'orders', after: last.id }));
  return ok(page(records.value, isPartial ? { of: 'returns', skip: 0 } : null));
}

async function returns(api: Api, skip: number, changed: Query): Page {
  const shape = z.object({ returns: z.array(z.looseObject({ order_id: z.string().nullish() })) });
  const read = await api.get(
    'returns',
    { fields: 'id,order_id', order: 'id', limit: PAGE, offset: skip, ...changed },
    shape,
  );
  if (!read.ok) return read;
  const found = read.value.returns;
  const next: Cursor = found.length < PAGE ? { of: 'payments', skip: 0 } : { of: 'returns', skip: skip + found.length };
  return pageOf(
    api,
    found.flatMap(({ order_id }) => order_id ?? []),
    next,
  );
}

async function payments(api: Api, skip: number, changed: Query): Page {
  const query: Query = {
    fields: 'id,payment_collection.order.id',
    order: 'id',
    limit: PAGE,
    offset: skip,
    ...changed,
  };
  const read = await api.get('payments', query, z.object({ payments: z.array(withOrder) }));
  if (!read.ok) return read;
  const found = read.value.payments;
  const next: Cursor =
    found.length < PAGE ? { of: 'refunds', after: null } : { of: 'payments', skip: skip + found.length };
  return pageOf(
    api,
    found.flatMap(({ payment_collection }) => payment_collection?.order?.id ?? []),
    next,
  );
}

/** Asked of our plug-in, because none of Medusa's own routes tells when a refund was made. Without the plug-in there is nothing to ask. */
async function refunds(api: Api, after: string | null, since: Instant | null): Page {
  const shape = z.object({
    refunds: z.array(z.looseObject({ order_id: z.string().nullable() })),
    next: z.string().nullable(),
  });
  const query: Query = { since: formatInstant(since ?? (0 as Instant)), ...(after === null ? {} : { after }) };
  const read = await api.get('evenhand/refunds', query, shape);
  if (!read.ok) return read.error.kind === 'refused' ? ok(page([], null)) : read;
  const ids = read.value.refunds.flatMap(({ order_id }) => order_id ?? []);
  return pageOf(api, ids, read.value.next === null ? null : { of: 'refunds', after: read.value.next });
}

async function pageOf(api: Api, ids: readonly string[], next: Cursor | null): Page {
  const records = await ordersById(api, [...new Set(ids)]);
  return records.ok ? ok(page(records.value, next)) : records;
}

const page = (records: readonly PlatformRecord[], next: Cursor | null, total: number | null = null): HistoryPage => ({
  records,
  next,
  total,
  waitMs: WAIT_MS,
});

async function ordersById(api: Api, ids: readonly string[]): Promise<Result<readonly PlatformRecord[], PlatformFault>> {
  const records: PlatformRecord[] = [];
  for (let at = 0; at < ids.length; at += PAGE) {
    const read = await api.get(
      'orders',
      { fields: ORDER_FIELDS, limit: PAGE, id: ids.slice(at, at + PAGE) },
      z.object({ orders: z.array(order) }),
    );
    if (!read.ok) return read;
    const told = await whole(api, read.value.orders);
    if (!told.ok) return told;
    records.push(...told.value);
  }
  return ok(records);
}

/** Puts the returns with their reasons and the changes beside each order: an order tells neither by itself. */
async function whole(
  api: Api,
  listed: readonly z.infer<typeof order>[],
): Promise<Result<readonly PlatformRecord[], PlatformFault>> {
  if (listed.length === 0) return ok([]);
  const returned = await returnsOf(
    api,
    listed.map(({ id }) => id),
  );
  if (!returned.ok) return returned;
  const records: PlatformRecord[] = [];
  for (let at = 0; at < listed.length; at += AT_ONCE) {
    const some = listed.slice(at, at + AT_ONCE);
    const changes = await Promise.all(some.map((each) => changesOf(api, each)));
    for (const [index, each] of some.entries()) {
      const made = changes[index];
      if (made === undefined) continue;
      if (!made.ok) return made;
      const theirs = returned.value.filter(({ order_id }) => order_id === each.id);
      records.push({
        topic: 'order',
        payload: { data: { order: each, returns: theirs, changes: made.value } } as Json,
      });
    }
  }
  return ok(records);
}

const returnOfOrder = z.looseObject({ order_id: z.string() });

async function returnsOf(
  api: Api,
  ids: readonly string[],
): Promise<Result<readonly z.infer<typeof returnOfOrder>[], PlatformFault>> {
  const all: z.infer<typeof returnOfOrder>[] = [];
  const shape = z.object({ returns: z.array(returnOfOrder), count });
  for (;;) {
    const query: Query = { fields: '*items,*items.reason', order_id: ids, order: 'id', limit: 100, offset: all.length };
    const read = await api.get('returns', query, shape);
    if (!read.ok) return read;
    all.push(...read.value.returns);
    if (read.value.returns.length === 0 || all.length >= read.value.count) return ok(all);
  }
}

/** An order that was never touched has no changes, and is not asked for them. */
async function changesOf(
  api: Api,
  { id, created_at, updated_at }: z.infer<typeof order>,
): Promise<Result<readonly object[], PlatformFault>> {
  if (updated_at === created_at) return ok([]);
  const read = await api.get(`orders/${id}/changes`, {}, z.object({ order_changes: z.array(z.looseObject({})) }));
  return read.ok ? ok(read.value.order_changes) : read;
}
