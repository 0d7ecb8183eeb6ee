import { type Kysely, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Standing } from '../../../core/standing/types.ts';
import type { LinkSide } from '../../../ports/links.ts';
import type { Vault } from '../../../ports.ts';
import { type SealedFace, shownOf } from '../console/faces.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { bindsNow } from './people.ts';

interface SideRow extends SealedFace {
  readonly standing: Standing;
  readonly erased: boolean;
  readonly bound: boolean;
  readonly orders: number;
  readonly returns: number;
  readonly first_at: Instant;
  readonly last_at: Instant;
}

/** See `LinkStore.sides`. */
export async function sides(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, LinkSide>> {
  if (customers.length === 0) return new Map();
  const { rows } = await sql<SideRow>`
    select c.id as customer_id, c.sealed, k.wrapped, c.standing, c.erased_at is not null as erased, c.orders, c.returns,
           c.first_at, c.last_at,
           exists (select 1 from measure m where m.shop_id = c.shop_id and m.customer_id = c.id and ${bindsNow}) as bound
      from customer c left join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id
     where c.shop_id = ${shop} and c.id = any(${packed('uuid', [...new Set(customers)])})`.execute(db);
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        customer: row.customer_id,
        shown: shownOf(vault, row),
        standing: row.standing,
        erased: row.erased,
        bound: row.bound,
        orders: row.orders,
        returns: row.returns,
        firstAt: row.first_at,
        lastAt: row.last_at,
      },
    ]),
  );
}
