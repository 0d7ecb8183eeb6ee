import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { OutboxRow, OutboxStore } from '../../../ports/hearing.ts';
import type { Database } from '../schema.ts';
import { type OutboxColumns, outboxColumns, toOutboxRow } from './outbox-row.ts';

/** A page of messages, newest first. */
export async function list(
  db: Kysely<Database>,
  shop: ShopId,
  { states, after, limit }: Parameters<OutboxStore['list']>[1],
): Promise<readonly OutboxRow[]> {
  const conditions = [sql`shop_id = ${shop}`];
  if (states.length > 0) conditions.push(sql`state = any(${[...states]}::text[])`);
  if (after !== null) {
    const at = sql`${formatInstant(after.at)}::timestamptz`;
    conditions.push(sql`created_at <= ${at} and (created_at < ${at} or id > ${after.id}::uuid)`);
  }
  const { rows } = await sql<OutboxColumns>`
    select ${outboxColumns} from outbox where ${sql.join(conditions, sql` and `)}
     order by created_at desc, id limit ${limit}`.execute(db);
  return rows.map(toOutboxRow);
}
