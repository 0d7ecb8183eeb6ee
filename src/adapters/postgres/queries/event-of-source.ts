import { type Kysely, sql } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';
import { type EventRow, eventColumns, toEvent } from './event-row.ts';

/** Some event that a source reported to a shop, or null when it never reported any. */
export async function eventOfSource(db: Kysely<Database>, shop: ShopId, source: string): Promise<LedgerEvent | null> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from ledger_event where shop_id = ${shop} and source = ${source} limit 1`.execute(db);
  return rows[0] === undefined ? null : toEvent(rows[0]);
}
