import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';

/** The paragraph that a colleague wrote for a message; null without one, and for an erased customer. */
export async function personal(db: Kysely<Database>, vault: Vault, shop: ShopId, id: string): Promise<string | null> {
  const { rows } = await sql<{ personal: Buffer; wrapped: Buffer }>`
    select o.personal, k.wrapped
      from outbox o join customer_key k on k.shop_id = o.shop_id and k.customer_id = o.customer_id
     where o.shop_id = ${shop} and o.id = ${id} and o.personal is not null`.execute(db);
  const [row] = rows;
  return row === undefined ? null : (vault.openFor(vault.unwrap(row.wrapped), row.personal).text ?? null);
}
