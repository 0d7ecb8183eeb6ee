import { type Kysely, sql } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { EventId, ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';
import { type EventRow, eventColumns, toEvent } from './event-row.ts';

/** One event of a shop by its id, or null. */
export async function findEvent(db: Kysely<Database>, shop: ShopId, id: EventId): Promise<LedgerEvent | null> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from ledger_event where shop_id = ${shop} and id = ${id}`.execute(db);
  return rows[0] === undefined ? null : toEvent(rows[0]);
}
