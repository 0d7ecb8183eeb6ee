import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { type Standing, standings } from '../../../core/standing/types.ts';
import type { Database } from '../schema.ts';

/** How many customers have each standing. */
export async function standingCounts(db: Kysely<Database>, shop: ShopId): Promise<Record<Standing, number>> {
  const { rows } = await sql<{ standing: Standing; customers: number }>`
    select standing, count(*) as customers from customer where shop_id = ${shop} group by standing`.execute(db);
  const counted = new Map(rows.map((row) => [row.standing, row.customers]));
  return Object.fromEntries(standings.map((each) => [each, counted.get(each) ?? 0])) as Record<Standing, number>;
}
