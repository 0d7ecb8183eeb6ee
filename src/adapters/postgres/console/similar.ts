import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { Similar, SimilarWanted } from '../../../ports/console.ts';
import type { Database } from '../schema.ts';

/** What became of the shop's other proposals that share a rule and the ladder. */
export async function similar(db: Kysely<Database>, shop: ShopId, like: SimilarWanted): Promise<Similar> {
  const { rows } = await sql<Similar>`
    select count(*) filter (where p.status = 'approved') as approved,
           count(*) filter (where p.status = 'declined') as declined,
           count(*) filter (where p.status = 'approved' and p.decided_at <= ${formatInstant(like.quietSince)}
             and not exists (select 1 from proposal later
                              where later.shop_id = p.shop_id and later.customer_id = p.customer_id
                                and later.ladder = p.ladder and later.opened_at > p.decided_at)) as "changedAfterwards"
      from proposal p
     where p.shop_id = ${shop} and p.status in ('approved', 'declined') and p.id <> ${like.proposal}::uuid
       and p.ladder = ${like.ladder} and p.rules && ${[...like.rules]}::text[]`.execute(db);
  return rows[0] ?? { approved: 0, declined: 0, changedAfterwards: 0 };
}
