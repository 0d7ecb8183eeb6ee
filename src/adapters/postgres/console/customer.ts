import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { CustomerCard } from '../../../ports/console.ts';
import type { IdentifierType } from '../../../ports/desk.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { type CustomerRow, customerColumns, toListing } from './customer-row.ts';
import { shownOf } from './faces.ts';

interface CardRow extends CustomerRow {
  readonly erased_at: Instant | null;
  readonly because: readonly string[];
  readonly refunded_value: number;
  readonly events: number;
  readonly allow_listed: boolean;
}

/** One customer with what only their own page shows. */
export function customer(db: Kysely<Database>, vault: Vault, shop: ShopId, id: CustomerId, now: Instant) {
  return card(db, vault, shop, sql`c.id = ${id}::uuid`, now);
}

export function customerByIdentifier(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  identifier: { readonly type: IdentifierType; readonly hash: Buffer },
  now: Instant,
): Promise<CustomerCard | null> {
  const known = sql`c.id = (select customer_id from customer_identifier
    where shop_id = ${shop} and type = ${identifier.type} and hash = ${identifier.hash})`;
  return card(db, vault, shop, known, now);
}

async function card(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  which: RawBuilder<unknown>,
  now: Instant,
): Promise<CustomerCard | null> {
  const { rows } = await sql<CardRow>`
    select ${customerColumns}, c.erased_at, c.because, c.refunded_value, c.events,
           exists (select 1 from customer_identifier i
                     join list_entry a on a.shop_id = i.shop_id and a.type = i.type and a.hash = i.hash and a.list = 'allow'
                    where i.shop_id = c.shop_id and i.customer_id = c.id
                      and a.until_at > ${formatInstant(now)}) as allow_listed
      from customer c left join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id
     where c.shop_id = ${shop} and ${which}`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  const shown = shownOf(vault, row);
  return {
    ...toListing(vault, row),
    email: shown.email ?? null,
    phone: shown.phone ?? null,
    erased: row.erased_at !== null,
    because: row.because,
    refundedValue: row.refunded_value,
    events: row.events,
    allowListed: row.allow_listed,
  };
}
