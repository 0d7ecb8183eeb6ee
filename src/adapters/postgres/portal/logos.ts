import type { Kysely } from 'kysely';
import { formatInstant } from '../../../core/shared/time.ts';
import type { LogoStore } from '../../../ports/hearing.ts';
import type { Database } from '../schema.ts';

export function createLogoStore(db: Kysely<Database>): LogoStore {
  return {
    async of(shop) {
      const row = await db.selectFrom('shop_logo').selectAll().where('shop_id', '=', shop).executeTakeFirst();
      return row === undefined ? null : { type: row.type, bytes: row.bytes, updatedAt: row.updated_at };
    },
    async updatedAt(shop) {
      const row = await db.selectFrom('shop_logo').select('updated_at').where('shop_id', '=', shop).executeTakeFirst();
      return row?.updated_at ?? null;
    },
    async set(shop, logo) {
      if (logo === null) {
        await db.deleteFrom('shop_logo').where('shop_id', '=', shop).execute();
        return;
      }
      const fresh = { type: logo.type, bytes: Buffer.from(logo.bytes), updated_at: formatInstant(logo.updatedAt) };
      await db
        .insertInto('shop_logo')
        .values({ shop_id: shop, ...fresh })
        .onConflict((conflict) => conflict.column('shop_id').doUpdateSet(fresh))
        .execute();
    },
  };
}
