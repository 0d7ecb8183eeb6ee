import { type Kysely, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { CustomerEvents } from '../../../ports/ledger.ts';
import type { Database } from '../schema.ts';
import { type EventRow, eventColumns, judged } from './event-row.ts';
import { grouped } from './events-of.ts';

const CUSTOMERS_AT_ONCE = 200;
const ROWS_AT_ONCE = 20_000;

/**
 * Every customer with what had happened up to an instant, from the ledger alone, in the order of their ids. Reads a few hundred
 * customers at a time, fewer where they have long histories, so memory stays bounded however large the shop.
 */
export async function* eventsByCustomer(
  db: Kysely<Database>,
  shop: ShopId,
  upTo: Instant,
): AsyncGenerator<readonly CustomerEvents[]> {
  const until = formatInstant(upTo);
  let after: CustomerId | null = null;
  for (;;) {
    const next: { rows: { customer_id: CustomerId; rows: number }[] } = await sql<{
      customer_id: CustomerId;
      rows: number;
    }>`
      with recursive customers as (
        (select customer_id, 1 as n from ledger_event
         where shop_id = ${shop} and customer_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
         order by customer_id limit 1)
        union all
        select (select e.customer_id from ledger_event e
                where e.shop_id = ${shop} and e.customer_id > customers.customer_id order by e.customer_id limit 1), n + 1
        from customers where customers.customer_id is not null and n < ${CUSTOMERS_AT_ONCE}
      )
      select customer_id, (select count(*) from ledger_event e
                           where e.shop_id = ${shop} and e.customer_id = customers.customer_id) as rows
      from customers where customer_id is not null order by customer_id`.execute(db);
    const customers = withinReach(next.rows);
    const last = customers.at(-1);
    if (last === undefined) return;
    const { rows } = await sql<EventRow>`
      select ${eventColumns} from ledger_event
      where shop_id = ${shop} and customer_id = any(${customers}::uuid[]) and occurred_at <= ${until}
        and ${judged}
      order by customer_id, occurred_at, seq`.execute(db);
    if (rows.length > 0) yield grouped(rows);
    after = last;
  }
}

/** As many of the next customers as make up a batch; always at least one. */
function withinReach(next: readonly { readonly customer_id: CustomerId; readonly rows: number }[]): CustomerId[] {
  let total = 0;
  const taken: CustomerId[] = [];
  for (const { customer_id, rows } of next) {
    total += rows;
    if (taken.length > 0 && total > ROWS_AT_ONCE) break;
    taken.push(customer_id);
  }
  return taken;
}
