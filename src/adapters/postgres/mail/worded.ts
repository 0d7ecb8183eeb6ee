import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { OutboxStore } from '../../../ports/hearing.ts';
import type { Vault } from '../../../ports.ts';
import { loadSealed } from '../projections/load-sealed.ts';
import type { Database } from '../schema.ts';
import { sealNotice } from './notices.ts';
import { type OutboxColumns, outboxColumns } from './outbox-row.ts';
import { sealEnvelope } from './sealed-envelope.ts';

/** See `OutboxStore.worded`. */
export async function worded(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  id: string,
  { envelope, messageId, notice, at }: Parameters<OutboxStore['worded']>[2],
): Promise<void> {
  const { rows } = await sql<OutboxColumns>`
    select ${outboxColumns} from outbox where shop_id = ${shop} and id = ${id} and state = 'due' for update`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A message was given words that has some already');
  const about = row.customer_id;
  const key = about === null ? null : (await loadSealed(db, vault, shop, [about])).get(about)?.key();
  if (about !== null && (key === null || key === undefined)) {
    await sql`update outbox set state = 'cancelled', personal = null, updated_at = ${formatInstant(at)}
               where shop_id = ${shop} and id = ${id}`.execute(db);
    return;
  }
  if (notice !== null && (key === null || key === undefined || notice.customer !== about))
    throw new Error('A notice is about the customer of its message');
  if (notice !== null && key !== null && key !== undefined)
    await db
      .insertInto('notice')
      .values({
        shop_id: shop,
        id: notice.id,
        customer_id: notice.customer,
        kind: notice.kind,
        measure_id: notice.measure,
        appeal_id: notice.appeal,
        language: notice.language,
        sealed: sealNotice(vault, key, notice),
        issued_at: formatInstant(notice.issuedAt),
      })
      .execute();
  await sql`
    update outbox set state = 'waiting', sealed = ${sealEnvelope(vault, key ?? null, envelope)}, message_id = ${messageId},
           notice_id = ${notice?.id ?? null}, attempts = 0, next_at = ${formatInstant(at)}, trouble = null, error = null,
           updated_at = ${formatInstant(at)}
     where shop_id = ${shop} and id = ${id}`.execute(db);
}
