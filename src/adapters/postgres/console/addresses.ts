import { type Kysely, sql } from 'kysely';
import type { CustomerId, MeasureId, ShopId } from '../../../core/shared/brand.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { type SealedFace, shownOf } from './faces.ts';

/** All that may be shown of some customers, addresses too, in one query; nothing of the erased. */
export async function addressesOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, ShownPart>> {
  if (customers.length === 0) return new Map();
  const { rows } = await sql<SealedFace>`
    select c.id as customer_id, c.sealed, k.wrapped
      from customer c left join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id
     where c.shop_id = ${shop} and c.id = any(${[...new Set(customers)]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.customer_id, shownOf(vault, row)]));
}

/** Why some measures were taken, as people wrote it, in one query; without those whose reason is the policy alone or can no longer be read. */
export async function reasonsOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  measures: readonly { readonly id: MeasureId; readonly customer: CustomerId }[],
): Promise<ReadonlyMap<MeasureId, string>> {
  if (measures.length === 0) return new Map();
  const { rows } = await sql<{ measure: MeasureId; sealed: Buffer; wrapped: Buffer }>`
    select e.body ->> 'measure' as measure, e.sealed, k.wrapped from ledger_event e
      join customer_key k on k.shop_id = e.shop_id and k.customer_id = e.customer_id
     where e.shop_id = ${shop} and e.customer_id = any(${[...new Set(measures.map((one) => one.customer))]}::uuid[])
       and e.kind = 'measure.started' and e.sealed is not null
       and e.body ->> 'measure' = any(${measures.map((one) => one.id)}::text[])`.execute(db);
  const reasons = new Map<MeasureId, string>();
  for (const { measure, sealed, wrapped } of rows) {
    const { reason } = vault.openFor(vault.unwrap(wrapped), sealed);
    if (reason !== undefined) reasons.set(measure, reason);
  }
  return reasons;
}
