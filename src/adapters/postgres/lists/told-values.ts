import { type Kysely, sql } from 'kysely';
import { keysOf } from '../../../core/lists/request.ts';
import type { EntryType } from '../../../core/lists/types.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Vault } from '../../../ports.ts';
import { openOrNull } from '../queries/shown-of.ts';
import type { Database } from '../schema.ts';

/**
 * Every name with an address and every device that was told of a customer, as entries on a list recognise them: none is an identifier, so
 * only what is sealed knows them, for as long as its key is there. `upTo`: the place in the ledger after which nothing counts.
 */
export async function toldValues(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customer: CustomerId,
  upTo: number | null = null,
): Promise<readonly { readonly type: EntryType; readonly hash: Buffer }[]> {
  const { rows } = await sql<{ sealed: Buffer; wrapped: Buffer }>`
    select e.sealed, k.wrapped from ledger_event e
      join customer_key k on k.shop_id = e.shop_id and k.customer_id = e.customer_id
     where e.shop_id = ${shop} and e.customer_id = ${customer} and e.kind = 'account.identified' and e.sealed is not null
       ${upTo === null ? sql`` : sql`and e.seq <= ${upTo}`}
     order by e.seq`.execute(db);
  const told = new Map<string, { readonly type: EntryType; readonly hash: Buffer }>();
  let known: ShownPart = {};
  for (const { wrapped, sealed } of rows) {
    known = { ...known, ...openOrNull(vault, wrapped, sealed) };
    const { name, address, device } = known;
    for (const { type, normal } of keysOf({ identifiers: [], name, address, device }))
      told.set(`${type}:${normal}`, { type, hash: vault.identifierHash(shop, type, normal) });
  }
  return [...told.values()];
}
