import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { AssessedCustomer } from '../../../ports/standing.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

const orNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));

/** See `StandingStore.save`: one statement, however many customers. */
export async function saveAssessed(
  db: Kysely<Database>,
  shop: ShopId,
  assessed: readonly AssessedCustomer[],
  now: Instant,
): Promise<void> {
  if (assessed.length === 0) return;
  await sql`
    update customer c set standing = f.standing, standing_since = f.since, standing_until = f.until,
      because = array(select jsonb_array_elements_text(f.because)), assessed_at = ${formatInstant(now)}, next_at = f.next_at
    from unnest(
      ${packed(
        'uuid',
        assessed.map((one) => one.customer),
      )},
      ${packed(
        'text',
        assessed.map((one) => one.standing),
      )},
      ${packed(
        'timestamptz',
        assessed.map((one) => orNull(one.since)),
      )},
      ${packed(
        'timestamptz',
        assessed.map((one) => orNull(one.until)),
      )},
      ${packed(
        'jsonb',
        assessed.map((one) => JSON.stringify(one.because)),
      )},
      ${packed(
        'timestamptz',
        assessed.map((one) => orNull(one.nextAt)),
      )}
    ) as f (id, standing, since, until, because, next_at)
    where c.shop_id = ${shop} and c.id = f.id`.execute(db);
}
