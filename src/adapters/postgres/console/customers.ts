import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant, instant } from '../../../core/shared/time.ts';
import type { CustomerListing, CustomerSearch, CustomerSort, CustomersWanted } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { type CustomerRow, customerColumns, toListing } from './customer-row.ts';

/** A page of customers, from where the page before ended; each order has an index of its own. */
export async function customers(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  wanted: CustomersWanted,
): Promise<readonly CustomerListing[]> {
  const column = COLUMNS[wanted.sort];
  const conditions = [sql`c.shop_id = ${shop}`];
  if (wanted.standings.length > 0) conditions.push(sql`c.standing = any(${[...wanted.standings]}::text[])`);
  if (wanted.search !== null) conditions.push(sql`c.id in (${matching(shop, wanted.search)})`);
  if (wanted.after !== null) {
    const { id } = wanted.after;
    const value = cursorValue(wanted.sort, wanted.after.value);
    conditions.push(sql`${column} <= ${value} and (${column} < ${value} or c.id > ${id}::uuid)`);
  }
  const { rows } = await sql<CustomerRow>`
    select ${customerColumns} from customer c
      left join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id
     where ${sql.join(conditions, sql` and `)}
     order by ${column} desc, c.id
     limit ${wanted.limit}`.execute(db);
  return rows.map((row) => toListing(vault, row));
}

const COLUMNS: Readonly<Record<CustomerSort, RawBuilder<unknown>>> = {
  recent: sql.ref('c.last_at'),
  value: sql.ref('c.ordered_value'),
  returned: sql.ref('c.returned_value'),
};

function cursorValue(sort: CustomerSort, value: number): RawBuilder<Instant | number> {
  return sort === 'recent' ? sql`${formatInstant(instant(value))}::timestamptz` : sql`${value}::bigint`;
}

function matching(shop: ShopId, search: CustomerSearch): RawBuilder<unknown> {
  const ways = [
    sql`select customer_id from ledger_event
         where shop_id = ${shop} and kind = 'order.placed' and (body ->> 'order') = ${search.order}`,
    ...search.identifiers.map(
      ({ type, hash }) => sql`select customer_id from customer_identifier
         where shop_id = ${shop} and type = ${type} and hash = ${hash}`,
    ),
  ];
  if (search.nameTokens.length > 0) {
    ways.push(sql`select customer_id from customer_search
         where shop_id = ${shop} and token = any(${[...search.nameTokens]}::bytea[])
         group by customer_id having count(*) = ${search.nameTokens.length}`);
  }
  return sql.join(ways, sql` union all `);
}
