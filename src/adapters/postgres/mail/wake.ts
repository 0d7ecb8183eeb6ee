import { type Kysely, sql } from 'kysely';
import { serverTroubles } from '../../../core/notices/outbox.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Database } from '../schema.ts';

/**
 * Lets what waits go at once, and what failed because of the server begin anew. What is being handed over at this moment has
 * no trouble yet, and is left alone.
 */
export async function wake(db: Kysely<Database>, shop: ShopId, at: Instant): Promise<void> {
  const now = formatInstant(at);
  await sql`
    update outbox set state = 'waiting', next_at = ${now}, attempts = 0, updated_at = ${now}
     where shop_id = ${shop} and message_id is not null
       and (state = 'waiting' and trouble is not null
            or state = 'failed' and trouble = any(${[...serverTroubles]}::text[]))`.execute(db);
}
