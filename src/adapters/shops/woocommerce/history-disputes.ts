import { z } from 'zod';
import { ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { HistoryPage, Json, PlatformFault, PlatformRecord } from '../../../ports/platforms.ts';
import { type Client, shapedAs } from './client.ts';
import { orderShape } from './shapes.ts';

const PAGE = 25;
const WAIT_MS = 200;
/** A dispute can take this long to be decided, and WooPayments lists disputes by their beginning. */
const LONGEST_DISPUTE_MS = 180 * 86_400_000;

const listShape = z.looseObject({ data: z.array(z.looseObject({ dispute_id: z.string() })) });
const detailShape = z.looseObject({
  id: z.string(),
  order: z.looseObject({ id: z.int().optional(), number: z.union([z.string(), z.int()]).optional() }).nullish(),
});

/** Disputes of WooPayments, where it is installed and the keys' owner may see them; nothing where not. */
export async function disputePage(
  client: Client,
  page: number,
  since: Instant | null,
): Promise<Result<HistoryPage, PlatformFault>> {
  const listed = await client.get('wc/v3/payments/disputes', {
    page: String(page),
    pagesize: String(PAGE),
    sort: 'created',
    direction: 'desc',
    ...(since === null ? {} : { date_after: formatInstant((since - LONGEST_DISPUTE_MS) as Instant).slice(0, 10) }),
  });
  const none = { records: [], next: null, total: null, waitMs: 0 };
  if (!listed.ok) return isAbsent(listed.error) ? ok(none) : listed;
  const read = shapedAs(listShape, 'disputes', listed);
  if (!read.ok) return read;
  const records: PlatformRecord[] = [];
  for (const { dispute_id: id } of read.value.data) {
    const told = await oneDispute(client, id);
    if (!told.ok) return told;
    if (told.value !== null) records.push(told.value);
  }
  const next = read.value.data.length < PAGE ? null : { of: 'disputes', page: page + 1 };
  return ok({ records, next, total: null, waitMs: WAIT_MS });
}

/** A dispute with its order beside it; null when its order is not in this shop. */
async function oneDispute(client: Client, id: string): Promise<Result<PlatformRecord | null, PlatformFault>> {
  const path = `wc/v3/payments/disputes/${encodeURIComponent(id)}`;
  const detail = shapedAs(detailShape, 'dispute', await client.get(path));
  if (!detail.ok) return detail.error.kind === 'gone' ? ok(null) : detail;
  // Older ones name the order by its number alone, which is its id unless an extension numbers orders.
  const about = detail.value.order?.id ?? detail.value.order?.number;
  if (about === undefined || !/^\d{1,19}$/.test(String(about))) return ok(null);
  const order = shapedAs(orderShape, 'order', await client.get(`wc/v3/orders/${about}`));
  if (!order.ok) return order.error.kind === 'gone' ? ok(null) : order;
  const payload = { ...detail.value, evenhand: { order: order.value } } as unknown as Json;
  return ok({ topic: 'dispute', payload });
}

/** WooPayments is not there, or not set up, or not for these keys. */
const isAbsent = ({ kind }: PlatformFault): boolean => kind === 'refused' || kind === 'forbidden' || kind === 'gone';
