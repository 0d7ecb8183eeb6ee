import { type Kysely, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';

/** What the ledger itself says may be shown of some customers: the latest of each detail. Nothing of the erased. */
export async function shownOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, ShownPart>> {
  const shown = new Map<CustomerId, ShownPart>();
  if (customers.length === 0) return shown;
  const { rows } = await sql<{ customer_id: CustomerId; sealed: Buffer; wrapped: Buffer }>`
    select e.customer_id, e.sealed, k.wrapped from ledger_event e
    join customer_key k on k.shop_id = e.shop_id and k.customer_id = e.customer_id
    where e.shop_id = ${shop} and e.customer_id = any(${[...customers]}::uuid[]) and e.kind = 'account.identified'
      and e.sealed is not null
    order by e.seq`.execute(db);
  for (const row of rows) {
    const part = openOrNull(vault, row.wrapped, row.sealed);
    if (part !== null) shown.set(row.customer_id, { ...shown.get(row.customer_id), ...part });
  }
  return shown;
}

/** Null for what was sealed before an erasure, under a key that is gone. */
export function openOrNull(vault: Vault, wrapped: Buffer, sealed: Buffer): ShownPart | null {
  try {
    const { text: _text, reason: _reason, ...part } = vault.openFor(vault.unwrap(wrapped), sealed);
    return part;
  } catch {
    return null;
  }
}
