import type { Kysely } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Shop } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { toShop } from './shop-row.ts';

/** A shop by its id, or null. */
export async function findShop(db: Kysely<Database>, id: ShopId): Promise<Shop | null> {
  const row = await db.selectFrom('shop').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toShop(row);
}
