import { type Kysely, sql } from 'kysely';
import type { CustomerId, EventId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { TimelineRow, TimelineWanted } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { type EventToShow, eventsToShow, showEvents, worthShowing } from './shown-events.ts';

/** How many newer events stand above the one a page is opened at. */
const ABOVE = 20;

/** A page of what happened, newest first. */
export async function timeline(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customer: CustomerId,
  wanted: TimelineWanted,
): Promise<readonly TimelineRow[]> {
  const conditions = [sql`e.shop_id = ${shop} and e.customer_id = ${customer}::uuid and ${worthShowing}`];
  if (wanted.kinds !== null) conditions.push(sql`e.kind = any(${[...wanted.kinds]}::text[])`);
  const mine = sql.join(conditions, sql` and `);
  if (wanted.before !== null)
    conditions.push(
      sql`(e.occurred_at, e.seq) < (${formatInstant(wanted.before.at)}::timestamptz, ${wanted.before.seq}::bigint)`,
    );
  else if (wanted.around !== null) {
    conditions.push(sql`(e.occurred_at, e.seq) <= (
      select occurred_at, seq from (
        select e.occurred_at, e.seq from ledger_event e
         where ${mine} and (e.occurred_at, e.seq) >= (
           select occurred_at, seq from ledger_event
            where shop_id = ${shop} and id = ${wanted.around}::uuid and customer_id = ${customer}::uuid)
         order by e.occurred_at, e.seq limit ${ABOVE}) above
       order by occurred_at desc, seq desc limit 1)`);
  }
  const { rows } = await sql<EventToShow>`
    ${eventsToShow} where ${sql.join(conditions, sql` and `)}
    order by e.occurred_at desc, e.seq desc limit ${wanted.limit}`.execute(db);
  return showEvents(db, vault, shop, customer, rows);
}

/** How many events of each kind a timeline holds. */
export async function kindCounts(
  db: Kysely<Database>,
  shop: ShopId,
  customer: CustomerId,
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ kind: string; events: number }>`
    select e.kind, count(*) as events from ledger_event e
     where e.shop_id = ${shop} and e.customer_id = ${customer}::uuid and ${worthShowing} group by e.kind`.execute(db);
  return Object.fromEntries(rows.map(({ kind, events }) => [kind, events]));
}

/** Events named by id, newest first. */
export async function eventsById(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customer: CustomerId,
  ids: readonly EventId[],
  most: number,
): Promise<readonly TimelineRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<EventToShow>`
    ${eventsToShow} where e.shop_id = ${shop} and e.id = any(${[...new Set(ids)]}::uuid[]) and e.customer_id = ${customer}::uuid
    order by e.occurred_at desc, e.seq desc limit ${most}`.execute(db);
  return showEvents(db, vault, shop, customer, rows);
}
