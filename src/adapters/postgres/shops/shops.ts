import { type Kysely, sql, type Transaction } from 'kysely';
import type { StaffId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { ShopStore } from '../../../ports/desk.ts';
import type { ShopToMake } from '../../../ports/staff.ts';
import { tell } from '../ledger/tell.ts';
import type { Database } from '../schema.ts';
import { firstOwner } from '../staff/first-owner.ts';
import { inTransaction } from '../transaction.ts';
import { toShop } from './shop-row.ts';

export function createShopStore(db: Kysely<Database>): ShopStore {
  return {
    async bySlug(slug) {
      const row = await db.selectFrom('shop').selectAll().where('slug', '=', slug).executeTakeFirst();
      return row === undefined ? null : toShop(row);
    },
    make: (shop, owner) => db.transaction().execute((tx) => insertShop(tx, shop, owner)),
    change: (shop, change) =>
      inTransaction(db, async (tx) => {
        const row = await tx
          .updateTable('shop')
          .set({
            ...(change.name === undefined ? {} : { name: change.name }),
            ...(change.timeZone === undefined ? {} : { time_zone: change.timeZone }),
            ...(change.languages === undefined ? {} : { languages: [...change.languages] }),
            ...(change.jurisdictions === undefined ? {} : { jurisdictions: [...change.jurisdictions] }),
            settings: sql`settings || ${JSON.stringify(change.settings ?? {})}::jsonb`,
          })
          .where('id', '=', shop)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return null;
        await tell(tx, { shop, seq: null, decisions: true, policy: true });
        return toShop(row);
      }),
  };
}

/**
 * The shop, its first policy version and its owner: where nobody is given (the command line), the first owner of any
 * shop, so that no shop is out of everybody's reach. False: the slug is taken, and nothing was written.
 */
export async function insertShop(
  tx: Transaction<Database>,
  { shop, policySource, at }: ShopToMake,
  owner: StaffId | null,
) {
  const made = await tx
    .insertInto('shop')
    .values({
      id: shop.id,
      slug: shop.slug,
      name: shop.name,
      currency: shop.currency,
      time_zone: shop.timeZone,
      languages: [...shop.languages],
      jurisdictions: [...shop.jurisdictions],
      settings: JSON.stringify(shop.settings),
      created_at: formatInstant(at),
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) return false;
  await tx
    .insertInto('policy_version')
    .values({
      shop_id: shop.id,
      version: 1,
      source: policySource,
      note: 'The policy that comes with Evenhand.',
      author: null,
      author_name: 'Evenhand',
      published_at: formatInstant(at),
    })
    .execute();
  const owning = owner ?? (await firstOwner(tx));
  if (owning !== null)
    await tx.insertInto('staff_role').values({ shop_id: shop.id, staff_id: owning, role: 'owner' }).execute();
  return true;
}
