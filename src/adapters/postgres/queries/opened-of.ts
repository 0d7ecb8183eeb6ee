import { type Kysely, sql } from 'kysely';
import type { PrivatePart } from '../../../core/events/event.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { OpenedEvent } from '../../../ports/ledger.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { type EventRow, eventColumns, toEvent } from './event-row.ts';

/** Some of a customer's events as the ledger has them, with what is sealed opened, in the order they were recorded. */
export async function openedOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customer: CustomerId,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly OpenedEvent[]> {
  const { rows } = await sql<EventRow & { sealed: Buffer | null }>`
    select ${eventColumns}, sealed from ledger_event
     where shop_id = ${shop} and customer_id = ${customer} and seq > ${page.after}
     order by seq limit ${page.limit}`.execute(db);
  const key = await db
    .selectFrom('customer_key')
    .select('wrapped')
    .where('shop_id', '=', shop)
    .where('customer_id', '=', customer)
    .executeTakeFirst();
  const own = key === undefined ? null : vault.unwrap(key.wrapped);
  return rows.map((row) => ({ event: toEvent(row), private: openOrNull(vault, own, row.sealed) }));
}

/** Null for what was sealed before an erasure, under a key that is gone. */
function openOrNull(vault: Vault, key: Buffer | null, sealed: Buffer | null): PrivatePart | null {
  if (key === null || sealed === null) return null;
  try {
    return vault.openFor(key, sealed);
  } catch {
    return null;
  }
}
