import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { KnownPerson } from '../../../ports/links.ts';
import type { Vault } from '../../../ports.ts';
import { type SealedFace, shownOf } from '../console/faces.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

const AT_ONCE = 2_000;

/** In force and more than words: a warning takes nothing away, so nobody needs another name for it. */
export const bindsNow = sql`m.state = 'active' and m.type in ('restriction', 'block')`;

/** Nobody told these two apart. `one` and `other` are expressions of ids. */
export const notSplit = (
  shop: ShopId,
  one: RawBuilder<unknown>,
  other: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  not exists (select 1 from customer_link s where s.shop_id = ${shop} and s.state = 'split'
    and s.a = least(${one}, ${other}) and s.b = greatest(${one}, ${other}))`;

/**
 * From each row of `seeds` (id) to all who are confirmed to be the same person, over however many links, but to nobody whom staff
 * told apart from the one it began with, nor through them.
 */
export const sameFrom = (shop: ShopId, seeds: RawBuilder<unknown>): RawBuilder<unknown> => {
  const next = sql`case when l.a = same.id then l.b else l.a end`;
  return sql`same (seed, id) as (
      select id, id from ${seeds}
      union
      select same.seed, ${next}
        from same join customer_link l on l.shop_id = ${shop} and l.state = 'confirmed' and (l.a = same.id or l.b = same.id)
       where ${notSplit(shop, sql`same.seed`, next)}
    )`;
};

/** Everybody with a measure that binds, and everybody confirmed to be the same person as one, over however many links. */
export const measuredIds = (shop: ShopId): RawBuilder<unknown> => sql`
  with recursive ${sameFrom(
    shop,
    sql`(select m.customer_id as id from measure m where m.shop_id = ${shop} and ${bindsNow}) as measured`,
  )}, bound (id) as (select distinct id from same)`;

const selectPeople = sql`
  select c.id as customer_id, c.sealed, k.wrapped
    from customer c join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id`;

const toPerson = (vault: Vault, row: SealedFace): KnownPerson => ({
  customer: row.customer_id,
  shown: shownOf(vault, row),
});

export function measured(db: Kysely<Database>, vault: Vault, shop: ShopId): AsyncIterable<readonly KnownPerson[]> {
  return paged(vault, async (after) => {
    const { rows } = await sql<SealedFace>`${measuredIds(shop)} ${selectPeople}
      where c.shop_id = ${shop} and c.id in (select id from bound) and c.sealed is not null
        and (${after}::uuid is null or c.id > ${after}::uuid) order by c.id limit ${AT_ONCE}`.execute(db);
    return rows;
  });
}

export async function measuredAmong(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<readonly KnownPerson[]> {
  if (customers.length === 0) return [];
  // From these customers outwards, not from everybody who is measured: asked at every change.
  const { rows } = await sql<SealedFace>`
    with recursive ${sameFrom(shop, sql`unnest(${packed('uuid', customers)}) as wanted (id)`)} ${selectPeople}
    where c.shop_id = ${shop} and c.sealed is not null and c.id in (
      select same.seed from same join measure m on m.shop_id = ${shop} and m.customer_id = same.id and ${bindsNow})
    order by c.id`.execute(db);
  return rows.map((row) => toPerson(vault, row));
}

export async function people(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<readonly KnownPerson[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<SealedFace>`${selectPeople}
    where c.shop_id = ${shop} and c.id = any(${packed('uuid', customers)}) and c.sealed is not null order by c.id`.execute(
    db,
  );
  return rows.map((row) => toPerson(vault, row));
}

/** The newest first: ids are in the order in which customers came. */
export function everybody(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  most: number,
): AsyncIterable<readonly KnownPerson[]> {
  let left = most;
  return paged(vault, async (after) => {
    if (left <= 0) return [];
    const { rows } = await sql<SealedFace>`${selectPeople}
      where c.shop_id = ${shop} and c.sealed is not null and (${after}::uuid is null or c.id < ${after}::uuid)
      order by c.id desc limit ${Math.min(AT_ONCE, left)}`.execute(db);
    left -= rows.length;
    return rows;
  });
}

async function* paged(
  vault: Vault,
  page: (after: CustomerId | null) => Promise<readonly SealedFace[]>,
): AsyncGenerator<readonly KnownPerson[]> {
  let after: CustomerId | null = null;
  for (;;) {
    const rows: readonly SealedFace[] = await page(after);
    if (rows.length > 0) yield rows.map((row) => toPerson(vault, row));
    after = rows.at(-1)?.customer_id ?? after;
    if (rows.length < AT_ONCE) return;
  }
}
