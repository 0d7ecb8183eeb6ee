import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { KnownPerson } from '../../../ports/links.ts';
import type { Vault } from '../../../ports.ts';
import { type SealedFace, shownOf } from '../console/faces.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

const AT_ONCE = 2_000;
const PART = 250;

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
  // Each direction has its index; one condition with "or" would have every link looked at for everybody.
  const joined = (from: string, to: string): RawBuilder<unknown> => sql`
    select l.${sql.ref(to)} as id from customer_link l
     where l.shop_id = ${shop} and l.state = 'confirmed' and l.${sql.ref(from)} = same.id`;
  return sql`same (seed, id) as (
      select id, id from ${seeds}
      union
      select same.seed, other.id
        from same cross join lateral (${joined('a', 'b')} union all ${joined('b', 'a')}) as other
       where ${notSplit(shop, sql`same.seed`, sql`other.id`)}
    )`;
};

/** Everybody with a measure that binds, and everybody confirmed to be the same person as one, over however many links. */
export const measuredIds = (shop: ShopId): RawBuilder<unknown> => sql`
  with recursive measured (id) as (
      select distinct m.customer_id from measure m where m.shop_id = ${shop} and ${bindsNow}
    ), linked (id) as (
      select a from customer_link where shop_id = ${shop} and state = 'confirmed'
      union select b from customer_link where shop_id = ${shop} and state = 'confirmed'
    ), ${sameFrom(shop, sql`(select id from measured where id in (select id from linked)) as seeds`)},
    bound (id) as (select id from measured union select id from same)`;

const selectPeople = sql`
  select c.id as customer_id, c.sealed, k.wrapped
    from customer c join customer_key k on k.shop_id = c.shop_id and k.customer_id = c.id`;

const toPerson = (vault: Vault, row: SealedFace): KnownPerson => ({
  customer: row.customer_id,
  shown: shownOf(vault, row),
});

/** In parts that are small, because opening what is sealed takes its time and others wait. */
export async function* measured(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
): AsyncIterable<readonly KnownPerson[]> {
  // Asked once: who is bound is found for everybody together or not at all.
  const { rows } = await sql<{ id: CustomerId }>`${measuredIds(shop)} select id from bound order by id`.execute(db);
  for (let from = 0; from < rows.length; from += PART)
    yield await people(
      db,
      vault,
      shop,
      rows.slice(from, from + PART).map(({ id }) => id),
    );
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
