import { type Kysely, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Vault } from '../../../ports.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

export interface SealedCustomer {
  /** Unwrapped when asked for; null once the customer was erased. */
  readonly key: () => Buffer | null;
  /** What may be shown of them; opened when asked for, empty once erased. */
  readonly shown: () => ShownPart;
}

/** The keys and sealed data of the customers that exist among those asked for, in one query. */
export async function loadSealed(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<Map<CustomerId, SealedCustomer>> {
  const found = new Map<CustomerId, SealedCustomer>();
  if (customers.length === 0) return found;
  const { rows } = await sql<{ id: CustomerId; sealed: Buffer | null; wrapped: Buffer | null }>`
    select c.id, c.sealed, k.wrapped
    from unnest(${packed('uuid', customers)}) as wanted (id)
    join customer c on c.shop_id = ${shop} and c.id = wanted.id
    left join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id
  `.execute(db);
  for (const row of rows) {
    const { sealed, wrapped } = row;
    let opened: Buffer | null | undefined;
    const key = (): Buffer | null => {
      opened ??= wrapped === null ? null : vault.unwrap(wrapped);
      return opened;
    };
    const shown = (): ShownPart => {
      const own = key();
      return own === null || sealed === null ? {} : vault.openFor(own, sealed);
    };
    found.set(row.id, { key, shown });
  }
  return found;
}
