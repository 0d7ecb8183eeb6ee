import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';

/** True when an import of this format has run to its end in the shop at least once. */
export async function hasFinishedImport(db: Kysely<Database>, shop: ShopId, format: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import_run where shop_id = ${shop} and format = ${format} and status = 'done' limit 1`.execute(db);
  return rows.length > 0;
}
