import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { OutboxRow } from '../../../ports/hearing.ts';
import type { Database } from '../schema.ts';
import { type OutboxColumns, outboxColumns, toOutboxRow } from './outbox-row.ts';

/** Locks messages to be done now until the transaction ends; those that others have locked are left to them. */
export async function claim(
  db: Kysely<Database>,
  shop: ShopId,
  state: 'due' | 'waiting',
  now: Instant,
  most: number,
): Promise<readonly OutboxRow[]> {
  if (!db.isTransaction) throw new Error('Messages are claimed inside a transaction only');
  const { rows } = await sql<OutboxColumns>`
    select ${outboxColumns} from outbox
     where shop_id = ${shop} and state = ${state} and state in ('due', 'waiting') and next_at <= ${formatInstant(now)}
     order by next_at, created_at, id limit ${most}
     for update skip locked`.execute(db);
  return rows.map(toOutboxRow);
}
