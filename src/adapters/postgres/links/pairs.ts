import { type Kysely, type RawBuilder, sql } from 'kysely';
import { pairOf } from '../../../core/events/link-states.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { AfterLink, Confirmed, LinkRecord } from '../../../ports/links.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { type LinkRow, linkColumns, toLink } from './link-row.ts';
import { measuredIds, sameFrom } from './people.ts';

type Db = Kysely<Database>;

async function links(db: Db, shop: ShopId, more: RawBuilder<unknown>): Promise<readonly LinkRecord[]> {
  const { rows } = await sql<LinkRow>`select ${linkColumns} from customer_link where shop_id = ${shop} ${more}`.execute(
    db,
  );
  return rows.map(toLink);
}

export async function link(db: Db, shop: ShopId, one: CustomerId, other: CustomerId): Promise<LinkRecord | null> {
  const [a, b] = pairOf(one, other);
  const [found] = await links(db, shop, sql`and a = ${a} and b = ${b}`);
  return found ?? null;
}

export async function linksBetween(
  db: Db,
  shop: ShopId,
  pairs: readonly (readonly [CustomerId, CustomerId])[],
): Promise<readonly LinkRecord[]> {
  if (pairs.length === 0) return [];
  const ordered = pairs.map(([one, other]) => pairOf(one, other));
  return links(
    db,
    shop,
    sql`and (a, b) in (select a, b from unnest(${packed(
      'uuid',
      ordered.map(([a]) => a),
    )}, ${packed(
      'uuid',
      ordered.map(([, b]) => b),
    )}) as wanted (a, b))`,
  );
}

/** Confirmed ones first, then questions, the likeliest first. */
export const linksOf = (db: Db, shop: ShopId, customer: CustomerId, most: number): Promise<readonly LinkRecord[]> =>
  links(
    db,
    shop,
    sql`and (a = ${customer} or b = ${customer})
        order by array_position(array['confirmed', 'found', 'split'], state), millibits desc nulls last, a, b limit ${most}`,
  );

export const answered = (db: Db, shop: ShopId, most: number): Promise<readonly LinkRecord[]> =>
  links(db, shop, sql`and state <> 'found' order by answered_at desc, a, b limit ${most}`);

export async function open(
  db: Db,
  shop: ShopId,
  { after, limit }: { readonly after: AfterLink | null; readonly limit: number },
): Promise<readonly LinkRecord[]> {
  const { rows } = await sql<LinkRow>`${measuredIds(shop)}
    select ${linkColumns} from customer_link where shop_id = ${shop} and state = 'found' and ${BOUND}
      ${after === null ? sql`` : sql`and (-coalesce(millibits, 0), seq) > (${-after.millibits}, ${after.seq})`}
      order by -coalesce(millibits, 0), seq limit ${limit}`.execute(db);
  return rows.map(toLink);
}

/** One of the two is bound: where nothing binds any more, nothing would follow from an answer. */
const BOUND = sql`(a in (select id from bound) or b in (select id from bound))`;

/** See `LinkStore.openCount`. */
export async function openCount(
  db: Db,
  shop: ShopId,
): Promise<{ readonly questions: number; readonly objections: number }> {
  const { rows } = await sql<{ questions: number; objections: number }>`${measuredIds(shop)}
    select (select count(*)::int from customer_link where shop_id = ${shop} and state = 'found' and ${BOUND}) as questions,
           (select count(*)::int from objection where shop_id = ${shop} and state = 'filed') as objections`.execute(db);
  return rows[0] ?? { questions: 0, objections: 0 };
}

/** See `LinkStore.sameAs`. */
export async function sameAs(
  db: Db,
  shop: ShopId,
  customers: readonly CustomerId[] | null,
): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>> {
  if (customers?.length === 0) return new Map();
  const seeds =
    customers === null
      ? sql`select a as id from customer_link where shop_id = ${shop} and state = 'confirmed'
            union select b from customer_link where shop_id = ${shop} and state = 'confirmed'`
      : sql`select id from unnest(${packed('uuid', customers)}) as wanted (id)`;
  const { rows } = await sql<{ seed: CustomerId; others: CustomerId[] }>`
    with recursive seeds as (${seeds}), ${sameFrom(shop, sql`seeds`)}
    select seed, array_agg(id order by id) as others from same where id <> seed group by seed`.execute(db);
  return new Map(rows.map(({ seed, others }) => [seed, others]));
}

/** See `LinkStore.splitFrom`. */
export async function splitFrom(
  db: Db,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<readonly CustomerId[]> {
  if (customers.length === 0) return [];
  const ids = packed('uuid', customers);
  const { rows } = await sql<{ id: CustomerId }>`
    select b as id from customer_link where shop_id = ${shop} and state = 'split' and a = any(${ids})
    union select a from customer_link where shop_id = ${shop} and state = 'split' and b = any(${ids})`.execute(db);
  return rows.map(({ id }) => id);
}

/** See `LinkStore.splitAmong`. */
export async function splitAmong(
  db: Db,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<readonly LinkRecord[]> {
  if (customers.length < 2) return [];
  const ids = packed('uuid', customers);
  return links(db, shop, sql`and state = 'split' and a = any(${ids}) and b = any(${ids}) order by a, b limit 10`);
}

/** See `LinkStore.confirmersAmong`. */
export async function confirmersAmong(
  db: Db,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<readonly Confirmed[]> {
  if (customers.length < 2) return [];
  const ids = packed('uuid', customers);
  // From the ledger, because a link keeps only its last answer.
  const { rows } = await sql<Confirmed>`
    select distinct customer_id as one, (body ->> 'other')::uuid as other, (body ->> 'by')::uuid as by from ledger_event
     where shop_id = ${shop} and kind = 'link.confirmed' and customer_id = any(${ids})
       and (body ->> 'other')::uuid = any(${ids}) order by 1, 2, 3`.execute(db);
  return rows;
}

/** See `LinkStore.splitHashes`. */
export async function splitHashes(
  db: Db,
  shop: ShopId,
  customers: readonly CustomerId[] | null,
): Promise<ReadonlyMap<CustomerId, readonly string[]>> {
  if (customers?.length === 0) return new Map();
  const among = customers === null ? sql`` : sql`and s.id = any(${packed('uuid', customers)})`;
  const { rows } = await sql<{ id: CustomerId; hashes: string[] }>`
    select s.id, array_agg(i.type || ':' || encode(i.hash, 'hex')) as hashes
      from (select a as id, b as other from customer_link where shop_id = ${shop} and state = 'split'
            union all select b, a from customer_link where shop_id = ${shop} and state = 'split') s
      join customer_identifier i on i.shop_id = ${shop} and i.customer_id = s.other
     where true ${among} group by s.id`.execute(db);
  return new Map(rows.map(({ id, hashes }) => [id, hashes]));
}
