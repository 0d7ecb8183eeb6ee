import { type Kysely, sql } from 'kysely';
import { statesBefore } from '../../../core/notices/outbox.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { OutboxStore } from '../../../ports/hearing.ts';
import type { Database } from '../schema.ts';

/**
 * See `OutboxStore.move`. What has words and no notice is a secret for its customer (a code, a link): it goes once nobody will send
 * it again.
 */
export async function move(
  db: Kysely<Database>,
  shop: ShopId,
  id: string,
  { state, at, nextAt, attempts, trouble, error, sentAt }: Parameters<OutboxStore['move']>[2],
): Promise<boolean> {
  const over = state === 'sent' || state === 'cancelled' || state === 'printed' || state === 'bounced';
  const changed = await db
    .updateTable('outbox')
    .set({
      state,
      updated_at: formatInstant(at),
      ...(nextAt === undefined ? {} : { next_at: formatInstant(nextAt) }),
      ...(attempts === undefined ? {} : { attempts }),
      ...(trouble === undefined ? {} : { trouble }),
      ...(error === undefined ? {} : { error }),
      ...(sentAt === undefined ? {} : { sent_at: formatInstant(sentAt) }),
      ...(over
        ? {
            sealed: sql<Buffer | null>`case when audience = 'customer' and notice_id is null then null else sealed end`,
          }
        : {}),
    })
    .where('shop_id', '=', shop)
    .where('id', '=', id)
    .where('state', 'in', [...statesBefore(state)])
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}
