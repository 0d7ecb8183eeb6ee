import { sql, type Transaction } from 'kysely';
import { phoneRegion } from '../../../core/identity/region.ts';
import { traitsOf } from '../../../core/linkage/traits.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Shop, Vault } from '../../../ports.ts';
import { hex, packed } from '../packed.ts';
import type { Database } from '../schema.ts';

/** What customers may have in common with others, as keyed hashes. What they had once stays: people move and keep their card. */
export async function projectTraits(
  tx: Transaction<Database>,
  vault: Vault,
  shop: Shop,
  told: readonly (readonly [CustomerId, ShownPart])[],
): Promise<void> {
  const region = phoneRegion(shop.jurisdictions, shop.timeZone);
  const list = told.flatMap(([customer, part]) =>
    traitsOf(part, region).map(({ kind, value }) => ({
      kind,
      customer,
      // A space stands in no beginning of a word of a name, which the same key hashes.
      hash: hex(vault.searchToken(shop.id, `${kind} ${value}`)),
    })),
  );
  if (list.length === 0) return;
  await sql`
    insert into customer_trait (shop_id, kind, hash, customer_id)
    select ${shop.id}::uuid, * from unnest(
      ${packed(
        'text',
        list.map(({ kind }) => kind),
      )},
      ${packed(
        'bytea',
        list.map(({ hash }) => hash),
      )},
      ${packed(
        'uuid',
        list.map(({ customer }) => customer),
      )}
    ) on conflict do nothing`.execute(tx);
}
