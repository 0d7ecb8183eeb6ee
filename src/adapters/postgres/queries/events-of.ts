import { type Kysely, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { CustomerEvents } from '../../../ports/ledger.ts';
import type { Database } from '../schema.ts';
import { type EventRow, eventColumns, judged, toEvent } from './event-row.ts';

/** All that standing depends on about some customers, in one query. */
export async function eventsOf(
  db: Kysely<Database>,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<readonly CustomerEvents[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from ledger_event
    where shop_id = ${shop} and customer_id = any(${[...customers]}::uuid[]) and ${judged}
    order by customer_id, occurred_at, seq`.execute(db);
  return grouped(rows);
}

/** Rows in the order of their customers, as one list a customer. */
export function grouped(rows: readonly EventRow[]): readonly CustomerEvents[] {
  const all: { customer: CustomerId; events: ReturnType<typeof toEvent>[] }[] = [];
  for (const row of rows) {
    if (row.customer_id === null) continue;
    const current = all.at(-1);
    if (current?.customer === row.customer_id) current.events.push(toEvent(row));
    else all.push({ customer: row.customer_id, events: [toEvent(row)] });
  }
  return all;
}
