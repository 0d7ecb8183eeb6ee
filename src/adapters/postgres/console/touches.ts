import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';

/** Rule → how many customers it is about today: those whose standing names it, or about whom it proposes something. */
export async function touches(db: Kysely<Database>, shop: ShopId): Promise<Record<string, number>> {
  const { rows } = await sql<{ rule: string; customers: number }>`
    select rule, count(distinct customer_id) as customers from (
      select id as customer_id, unnest(because) as rule from customer
       where shop_id = ${shop} and standing <> 'good'
      union all
      select customer_id, unnest(rules) from proposal where shop_id = ${shop} and status = 'open') touched
     group by rule`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.rule, row.customers]));
}
