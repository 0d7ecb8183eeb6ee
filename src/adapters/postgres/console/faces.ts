import { type Kysely, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Face } from '../../../ports/console.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';

/** What a row needs for showing who it is about; `wrapped` comes from customer_key. */
export interface SealedFace {
  readonly customer_id: CustomerId;
  readonly sealed: Buffer | null;
  readonly wrapped: Buffer | null;
}

/** The customer's own data of a row; empty once they were erased. */
export function shownOf(vault: Vault, row: Pick<SealedFace, 'sealed' | 'wrapped'>): ShownPart {
  return row.sealed === null || row.wrapped === null ? {} : vault.openFor(vault.unwrap(row.wrapped), row.sealed);
}

export function faceOf(vault: Vault, row: SealedFace): Face {
  const shown = shownOf(vault, row);
  return { id: row.customer_id, name: shown.name ?? null, externalId: shown.externalId ?? null };
}

/** Who some customers are, in one query. */
export async function facesOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Face>> {
  if (customers.length === 0) return new Map();
  const { rows } = await sql<SealedFace>`
    select c.id as customer_id, c.sealed, k.wrapped
      from customer c left join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id
     where c.shop_id = ${shop} and c.id = any(${[...new Set(customers)]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.customer_id, faceOf(vault, row)]));
}
