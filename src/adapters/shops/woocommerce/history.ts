import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { HistoryPage, Json, PlatformFault, PlatformRecord, Reach } from '../../../ports/platforms.ts';
import { type Client, clientOf, shapedAs } from './client.ts';
import { disputePage } from './history-disputes.ts';
import { instantOf, orderOfNeed } from './orders.ts';
import { customerShape, orderShape, refundShape, type WooOrder } from './shapes.ts';

const PAGE = 100;
/** WooCommerce states no limit; this leaves a small server room for the shop's customers. */
const WAIT_MS = 200;

const cursorShape = z.discriminatedUnion('of', [
  z.object({ of: z.literal('customers'), page: z.int().min(1) }),
  z.object({ of: z.literal('orders'), after: z.string().nullable(), page: z.int().min(1) }),
  z.object({ of: z.literal('disputes'), page: z.int().min(1) }),
]);
type Cursor = z.infer<typeof cursorShape>;

const BEGIN: Cursor = { of: 'customers', page: 1 };

/** The past, page by page: accounts, orders with their refunds, disputes. */
export async function history(
  reach: Reach,
  from: Json | null,
  since: Instant | null,
): Promise<Result<HistoryPage, PlatformFault>> {
  const cursor = from === null ? BEGIN : cursorShape.parse(from);
  const client = clientOf(reach);
  switch (cursor.of) {
    case 'customers':
      return customerPage(client, cursor.page, since);
    case 'orders':
      return orderPage(client, cursor, since);
    case 'disputes':
      return disputePage(client, cursor.page, since);
  }
}

/** One order with its refunds. `id` may name one of its refunds too (see `readOrder`). */
export async function order(reach: Reach, id: string): Promise<Result<readonly PlatformRecord[], PlatformFault>> {
  const client = clientOf(reach);
  const number = orderOfNeed(id);
  if (!/^\d{1,19}$/.test(number)) return err({ kind: 'gone' });
  const read = shapedAs(orderShape, 'order', await client.get(`wc/v3/orders/${number}`));
  if (!read.ok) return read;
  const named = Number(id.split(':refund:')[1] ?? Number.NaN);
  const gone = Number.isInteger(named) && !read.value.refunds.some((refund) => refund.id === named) ? [named] : [];
  const told = await withRefunds(client, [read.value]);
  if (!told.ok || gone.length === 0) return told;
  return ok(told.value.map(({ topic, payload }) => ({ topic, payload: withGone(payload, gone) })));
}

/** A refund that was deleted since a webhook named it is nothing to wait for. */
function withGone(payload: Json, gone: readonly number[]): Json {
  const order = payload as Readonly<Record<string, Json>>;
  return { ...order, evenhand: { ...(order.evenhand as Readonly<Record<string, Json>>), gone } };
}

/** Accounts by the order of their making: the newest first where only what is new is asked for. */
async function customerPage(
  client: Client,
  page: number,
  since: Instant | null,
): Promise<Result<HistoryPage, PlatformFault>> {
  const answer = await client.get('wc/v3/customers', {
    per_page: String(PAGE),
    page: String(page),
    role: 'all',
    orderby: 'registered_date',
    order: since === null ? 'asc' : 'desc',
  });
  const read = shapedAs(z.array(z.looseObject({})), 'customers', answer);
  if (!read.ok) return read;
  const isNew = (customer: object): boolean => {
    const known = customerShape.safeParse(customer);
    return since === null || !known.success || (instantOf(known.data.date_created_gmt) ?? since) >= since;
  };
  const customers = read.value.filter(isNew);
  const more = read.value.length === PAGE && customers.length === read.value.length;
  const next: Cursor = more ? { of: 'customers', page: page + 1 } : { of: 'orders', after: null, page: 1 };
  return ok({
    records: customers.map((payload) => ({ topic: 'customer', payload: payload as Json })),
    next,
    total: page === 1 && since === null ? await countAll(client, answer.ok ? answer.value.total : null) : null,
    waitMs: WAIT_MS,
  });
}

async function countAll(client: Client, customers: number | null): Promise<number | null> {
  const orders = await client.get('wc/v3/orders', { per_page: '1', _fields: 'id', status: 'any' });
  return orders.ok && orders.value.total !== null && customers !== null ? orders.value.total + customers : null;
}

/**
 * Orders by when they last changed. Each page begins a second before the last one ended, not at a count: orders that change meanwhile
 * move to the end, and would push others past a count unseen. Only when more than a page changed within that second is it counted on.
 */
async function orderPage(
  client: Client,
  { after, page }: Extract<Cursor, { of: 'orders' }>,
  since: Instant | null,
): Promise<Result<HistoryPage, PlatformFault>> {
  const from = after ?? (since === null ? null : formatInstant(since).slice(0, 19));
  const answer = await client.get('wc/v3/orders', {
    per_page: String(PAGE),
    page: String(page),
    status: 'any',
    orderby: 'modified',
    order: 'asc',
    dates_are_gmt: 'true',
    ...(from === null ? {} : { modified_after: from }),
  });
  const listed = shapedAs(z.array(z.looseObject({})), 'orders', answer);
  if (!listed.ok) return listed;
  const orders: WooOrder[] = [];
  const odd: PlatformRecord[] = [];
  for (const payload of listed.value) {
    const known = orderShape.safeParse(payload);
    if (known.success) orders.push(known.data);
    // One that cannot be read is handed on as it is: reading says what is missing.
    else odd.push({ topic: 'order', payload: payload as Json });
  }
  const whole = await withRefunds(client, orders);
  if (!whole.ok) return whole;
  return ok({
    records: [...whole.value, ...odd],
    next: listed.value.length < PAGE ? { of: 'disputes', page: 1 } : nextOrders(orders.at(-1), from, page),
    total: null,
    waitMs: WAIT_MS,
  });
}

function nextOrders(last: WooOrder | undefined, from: string | null, page: number): Cursor {
  const changed = instantOf(last?.date_modified_gmt);
  const after = changed === null ? null : new Date(changed - 1_000).toISOString().slice(0, 19);
  return after !== null && (from === null || after > from)
    ? { of: 'orders', after, page: 1 }
    : { of: 'orders', after: from, page: page + 1 };
}

/** Puts beside each order its refunds whole: all of a page's in one request, or one by one with a WooCommerce before 9.0. */
export async function withRefunds(
  client: Client,
  orders: readonly WooOrder[],
): Promise<Result<readonly PlatformRecord[], PlatformFault>> {
  const wanted = orders.flatMap(({ evenhand, refunds }) => (evenhand ? [] : refunds.map(({ id }) => id)));
  const found = new Map<number, Json>();
  for (let at = 0; at < wanted.length; at += PAGE) {
    const include = wanted.slice(at, at + PAGE).join(',');
    const answer = await client.get('wc/v3/refunds', { include, per_page: String(PAGE) });
    if (!answer.ok && answer.error.kind === 'refused') break;
    const read = shapedAs(z.array(refundShape), 'refunds', answer);
    if (!read.ok) return read;
    for (const refund of read.value) found.set(refund.id, refund as unknown as Json);
  }
  const records: PlatformRecord[] = [];
  for (const one of orders) {
    const missing = one.evenhand ? [] : one.refunds.filter(({ id }) => !found.has(id));
    if (missing.length > 0) {
      const path = `wc/v3/orders/${one.id}/refunds`;
      const read = shapedAs(z.array(refundShape), 'refunds', await client.get(path, { per_page: String(PAGE) }));
      if (!read.ok && read.error.kind !== 'gone') return read;
      if (read.ok) for (const refund of read.value) found.set(refund.id, refund as unknown as Json);
    }
    records.push({ topic: 'order', payload: whole(one, found) });
  }
  return ok(records);
}

function whole(order: WooOrder, found: ReadonlyMap<number, Json>): Json {
  const plain = order as unknown as Readonly<Record<string, Json>>;
  if (order.evenhand) return plain;
  // A refund that was deleted meanwhile is named by nothing any more.
  const there = order.refunds.filter(({ id }) => found.has(id));
  return {
    ...plain,
    refunds: there as unknown as Json,
    evenhand: { refunds: there.flatMap(({ id }) => found.get(id) ?? []) },
  };
}
