import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { HistoryPage, Json, PlatformFault, PlatformRecord, Reach } from '../../../ports/platforms.ts';
import { ask, waitFor } from './api.ts';
import { bulkState, readStretch, startBulk } from './bulk.ts';
import { type Root, rootsIn } from './jsonl.ts';
import { bulkCustomers, bulkOrders, DISPUTES } from './queries.ts';
import { GRAPH_CUSTOMER, GRAPH_ORDER } from './read.ts';
import { REFUNDS_AT_ONCE, REFUNDS_COST, refundLines } from './refunds.ts';

/** How much of a file is read at once, and how much when a single order is larger than that. */
const STRETCH = 1_048_576;
const LARGEST_STRETCH = 12 * STRETCH;
const MOST_ROOTS = 500;
/** Disputes change for months after they were opened. */
const DISPUTES_BACK_MS = 200 * 86_400_000;
const MOST_TRIES = 3;

/**
 * Where a run is: which file, and how far into it. Everything before `at` was given; the file is named by its operation, because addresses
 * of files are secrets that expire. `began`: when the operation was started, so that it is asked about ever less often.
 */
const cursorShape = z.object({
  step: z.enum(['customers', 'orders', 'disputes']),
  customers: z.string().nullable(),
  orders: z.string().nullable(),
  at: z.int().min(0),
  began: z.int(),
  tries: z.int(),
  total: z.int(),
  after: z.string().nullable(),
});
type Cursor = z.infer<typeof cursorShape>;
type Page = Result<HistoryPage, PlatformFault>;

/** The past, in files that Shopify makes: customers, then orders with what belongs to them; disputes page by page. */
export async function history(reach: Reach, from: Json | null, since: Instant | null): Promise<Page> {
  if (from === null) return begin(reach, since);
  const cursor = cursorShape.parse(from);
  return cursor.step === 'disputes' ? disputesPage(reach, cursor, since) : filePage(reach, cursor, cursor.step, since);
}

async function begin(reach: Reach, since: Instant | null): Promise<Page> {
  const customers = await startBulk(reach, bulkCustomers(iso(since)));
  if (!customers.ok) return customers;
  const orders = customers.value === 'busy' ? customers : await startBulk(reach, bulkOrders(iso(since)));
  // What was begun is not begun again: the orders have their turn later.
  if (!orders.ok && orders.error.kind !== 'limited') return orders;
  return waiting(
    {
      step: 'customers',
      customers: customers.value === 'busy' ? null : customers.value.id,
      orders: !orders.ok || orders.value === 'busy' ? null : orders.value.id,
      at: 0,
      began: reach.now,
      tries: 0,
      total: 0,
      after: null,
    },
    500,
  );
}

const iso = (since: Instant | null): string | null => (since === null ? null : formatInstant(since));

const page = (records: readonly PlatformRecord[], next: Cursor | null, waitMs: number, total: number): Page =>
  ok({ records, next: next === null ? null : { ...next }, total: total === 0 ? null : total, waitMs });
const waiting = (next: Cursor, waitMs: number): Page => page([], next, waitMs, next.total);

async function filePage(
  reach: Reach,
  cursor: Cursor,
  step: 'customers' | 'orders',
  since: Instant | null,
): Promise<Page> {
  const id = cursor[step];
  if (id === null) return startAgain(reach, cursor, step, since);
  const state = await bulkState(reach, id);
  if (!state.ok) return state;
  switch (state.value.kind) {
    case 'lost':
      if (cursor.tries >= MOST_TRIES) return err({ kind: 'unavailable', detail: 'the bulk operation was given up' });
      return waiting({ ...cursor, [step]: null, tries: cursor.tries + 1 }, 60_000);
    case 'running':
      // A twenty-fifth of the time it has taken already: whatever it takes, little of it is lost.
      return waiting(cursor, Math.min(Math.max((reach.now - cursor.began) / 25, 250), 15_000));
    case 'done': {
      const total = cursor.at === 0 ? cursor.total + state.value.roots : cursor.total;
      if (state.value.url === null) return waiting(stepAfter({ ...cursor, total }, reach.now), 0);
      return stretchPage(reach, { ...cursor, total }, cursor.total, step, state.value.url);
    }
  }
}

/** An operation starts anew from the beginning: what was given before is given again, and changes nothing. */
async function startAgain(
  reach: Reach,
  cursor: Cursor,
  step: 'customers' | 'orders',
  since: Instant | null,
): Promise<Page> {
  const started = await startBulk(reach, step === 'customers' ? bulkCustomers(iso(since)) : bulkOrders(iso(since)));
  if (!started.ok) return started;
  if (started.value === 'busy') return waiting(cursor, 30_000);
  return waiting({ ...cursor, [step]: started.value.id, at: 0, began: reach.now }, 500);
}

async function stretchPage(
  reach: Reach,
  cursor: Cursor,
  before: number,
  step: 'customers' | 'orders',
  url: string,
): Promise<Page> {
  for (let size = STRETCH; size <= LARGEST_STRETCH; size *= 3) {
    const stretch = await readStretch(reach, url, cursor.at, size);
    if (!stretch.ok) return stretch;
    if (stretch.value === null) return waiting({ ...cursor, [step]: null, tries: cursor.tries + 1 }, 1_000);
    const { bytes, end } = stretch.value;
    const { roots, length, broken } = rootsIn(bytes, end, MOST_ROOTS, (so) => refundsIn(so).length >= REFUNDS_AT_ONCE);
    if (broken !== null && roots.length === 0) return err({ kind: 'drift', path: `${step}: a line of the file` });
    if (roots.length === 0 && !end) continue;
    const next = end && length === bytes.length ? stepAfter(cursor, reach.now) : { ...cursor, at: cursor.at + length };
    if (step === 'customers')
      return page(
        roots.map((root) => ({ topic: GRAPH_CUSTOMER, payload: root as Json })),
        next,
        0,
        cursor.total,
      );
    return ordersPage(reach, cursor, before, roots, next);
  }
  return err({ kind: 'drift', path: `${step}: one of them is larger than ${LARGEST_STRETCH} bytes` });
}

function stepAfter(cursor: Cursor, now: number): Cursor {
  const step = cursor.step === 'customers' ? 'orders' : 'disputes';
  return { ...cursor, step, at: 0, tries: 0, began: cursor.step === 'customers' ? cursor.began : now };
}

interface Refunded {
  readonly id?: unknown;
}

const refundsIn = (roots: readonly Root[]): readonly string[] =>
  roots.flatMap((root) =>
    Array.isArray(root.refunds) ? (root.refunds as readonly Refunded[]).map(({ id }) => String(id)) : [],
  );

/** Orders with the lines of their refunds, which a file cannot hold. */
async function ordersPage(
  reach: Reach,
  here: Cursor,
  before: number,
  roots: readonly Root[],
  next: Cursor,
): Promise<Page> {
  const ids = refundsIn(roots);
  const asked = ids.length === 0 ? null : await refundLines(reach, ids);
  if (asked !== null && !asked.ok) {
    if (asked.error.kind !== 'limited') return asked;
    // Not counted until it is given.
    return waiting(here.at === 0 ? { ...here, total: before } : here, asked.error.retryAfterMs);
  }
  const lines = asked?.value.lines;
  const records = roots.map((root) => ({
    topic: GRAPH_ORDER,
    payload: {
      ...root,
      refunds: (Array.isArray(root.refunds) ? (root.refunds as readonly Root[]) : []).map((refund) => ({
        ...refund,
        refundLineItems: lines?.get(String(refund.id)) ?? null,
      })),
    } as unknown as Json,
  }));
  const cost = asked?.value.cost ?? null;
  return page(records, next, cost === null ? 0 : waitFor(REFUNDS_COST, cost), here.total);
}

const disputesShape = z.looseObject({
  disputes: z.looseObject({
    pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    nodes: z.array(z.looseObject({ id: z.string(), order: z.record(z.string(), z.unknown()).nullable() })),
  }),
});

async function disputesPage(reach: Reach, cursor: Cursor, since: Instant | null): Promise<Page> {
  const query = since === null ? null : `initiated_at:>='${new Date(since - DISPUTES_BACK_MS).toISOString()}'`;
  const asked = await ask(reach, DISPUTES, { after: cursor.after, query }, disputesShape);
  if (!asked.ok) {
    if (asked.error.kind === 'limited') return waiting(cursor, asked.error.retryAfterMs);
    // Shops without Shopify Payments have none; without the scope the connection's page says what is missing.
    return asked.error.kind === 'forbidden' ? page([], null, 0, cursor.total) : asked;
  }
  const { nodes, pageInfo } = asked.value.data.disputes;
  const records = nodes.flatMap(({ order, ...dispute }) =>
    order === null ? [] : [{ topic: GRAPH_ORDER, payload: { ...order, disputes: [dispute] } as unknown as Json }],
  );
  const next = pageInfo.hasNextPage ? { ...cursor, after: pageInfo.endCursor ?? null } : null;
  const { cost } = asked.value;
  return page(records, next, next === null || cost === null ? 0 : waitFor(cost.requested, cost), cursor.total);
}
