import { type Kysely, sql } from 'kysely';
import { type TraitKind, traitKinds } from '../../../core/linkage/traits.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { LinkStore, SharedTrait } from '../../../ports/links.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

/** How far customers who share something are counted: beyond, it tells nobody apart. */
const COUNTED = 1_000;
/** So many things that one customer has are looked at. */
const MOST_TRAITS = 200;

/** See `LinkStore.shared`. */
export async function shared(
  db: Kysely<Database>,
  shop: ShopId,
  customer: CustomerId,
  most: number,
): Promise<readonly SharedTrait[]> {
  const { rows } = await sql<{ kind: TraitKind; hash: string; customers: number; others: CustomerId[] | null }>`
    select t.kind, encode(t.hash, 'hex') as hash, f.customers, f.others
      from (select kind, hash from customer_trait where shop_id = ${shop} and customer_id = ${customer} limit ${MOST_TRAITS}) t
      cross join lateral (
        select count(*)::int as customers,
               (array_agg(customer_id order by customer_id desc) filter (where customer_id <> ${customer}))[1:${sql.lit(most)}] as others
          from (select customer_id from customer_trait
                 where shop_id = ${shop} and kind = t.kind and hash = t.hash limit ${COUNTED}) who) f
     where f.customers > 1
     order by array_position(${[...traitKinds]}::text[], t.kind), f.customers`.execute(db);
  return rows.map(({ kind, hash, customers, others }) => ({ kind, hash, customers, others: others ?? [] }));
}

/** See `LinkStore.sharedBy`. */
export const sharedBy =
  (db: Kysely<Database>): LinkStore['sharedBy'] =>
  async (shop, pairs) => {
    if (pairs.length === 0) return [];
    const { rows } = await sql<{ place: number; kind: TraitKind; customers: number }>`
      select p.place::int as place, x.kind, f.customers
        from unnest(${packed(
          'uuid',
          pairs.map(([a]) => a),
        )}, ${packed(
          'uuid',
          pairs.map(([, b]) => b),
        )}) with ordinality as p (a, b, place)
        join customer_trait x on x.shop_id = ${shop} and x.customer_id = p.a
        join customer_trait y on y.shop_id = ${shop} and y.kind = x.kind and y.hash = x.hash and y.customer_id = p.b
        cross join lateral (
          select count(*)::int as customers
            from (select 1 from customer_trait where shop_id = ${shop} and kind = x.kind and hash = x.hash limit ${COUNTED}) who) f
       order by p.place, array_position(${[...traitKinds]}::text[], x.kind), f.customers`.execute(db);
    const byPlace = Map.groupBy(rows, ({ place }) => place - 1);
    return pairs.map((_, place) => (byPlace.get(place) ?? []).map(({ kind, customers }) => ({ kind, customers })));
  };
