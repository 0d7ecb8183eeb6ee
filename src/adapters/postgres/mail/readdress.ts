import type { Kysely } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Vault } from '../../../ports.ts';
import { loadSealed } from '../projections/load-sealed.ts';
import type { Database } from '../schema.ts';
import { openEnvelope, sealEnvelope } from './sealed-envelope.ts';

/** Puts other addresses on a message; nothing happens to one without words that can be read. */
export async function readdress(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  id: string,
  to: readonly string[],
): Promise<void> {
  const row = await db
    .selectFrom('outbox')
    .select(['sealed', 'customer_id'])
    .where('shop_id', '=', shop)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.sealed === null) return;
  const key = await keyOf(db, vault, shop, row.customer_id);
  if (key === 'gone') return;
  const sealed = sealEnvelope(vault, key, { ...openEnvelope(vault, key, row.sealed), to });
  await db.updateTable('outbox').set({ sealed }).where('shop_id', '=', shop).where('id', '=', id).execute();
}

async function keyOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customer: CustomerId | null,
): Promise<Buffer | null | 'gone'> {
  if (customer === null) return null;
  return (await loadSealed(db, vault, shop, [customer])).get(customer)?.key() ?? 'gone';
}
