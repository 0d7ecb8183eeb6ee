import { type Kysely, sql, type Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import { traitKinds } from '../../../core/linkage/traits.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Candidate, DueToCompare } from '../../../ports/links.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { bindsNow, measuredIds } from './people.ts';

/** Whoever is to be compared after an event: something about them is new, or they have a measure now that they had not. */
const COMPARED_AFTER: ReadonlySet<LedgerEvent['kind']> = new Set([
  'account.identified',
  'measure.started',
  'measure.changed',
  'measure.resumed',
]);

/** Makes customers due to be compared; false when none of the events asks for it. */
export async function makeLinksDue(
  tx: Transaction<Database>,
  shop: ShopId,
  events: readonly LedgerEvent[],
  now: Instant,
): Promise<boolean> {
  const due = new Set(
    events.flatMap(({ kind, customer }) => (customer !== null && COMPARED_AFTER.has(kind) ? [customer] : [])),
  );
  if (due.size === 0) return false;
  await sql`
    insert into link_due (shop_id, customer_id, since)
    select ${shop}::uuid, id, ${formatInstant(now)}::timestamptz from unnest(${packed('uuid', [...due])}) as due (id)
    on conflict (shop_id, customer_id) do update set since = excluded.since`.execute(tx);
  return true;
}

export async function due(db: Kysely<Database>, shop: ShopId, most: number): Promise<readonly DueToCompare[]> {
  const { rows } = await sql<{ customer_id: CustomerId; since: Instant }>`
    select customer_id, since from link_due where shop_id = ${shop} order by since, customer_id limit ${most}`.execute(
    db,
  );
  return rows.map((row) => ({ customer: row.customer_id, since: row.since }));
}

export async function compared(db: Kysely<Database>, shop: ShopId, done: readonly DueToCompare[]): Promise<void> {
  if (done.length === 0) return;
  await sql`
    delete from link_due d
     using unnest(${packed(
       'uuid',
       done.map(({ customer }) => customer),
     )}, ${packed(
       'timestamptz',
       done.map(({ since }) => formatInstant(since)),
     )}) as done (id, since)
     where d.shop_id = ${shop} and d.customer_id = done.id and d.since = done.since`.execute(db);
}

/** So many who share one thing are looked at: what more share tells nobody apart. */
const MOST_SHARING = 200;

/** See `LinkStore.candidates`. */
export async function candidates(
  db: Kysely<Database>,
  shop: ShopId,
  customers: readonly CustomerId[],
  most: number,
): Promise<readonly (readonly [CustomerId, Candidate])[]> {
  if (customers.length === 0) return [];
  const { rows } = await sql<{ id: CustomerId; other: CustomerId; measured: boolean }>`
    ${measuredIds(shop)}, due as (
      select id, id in (select id from bound) as measured from unnest(${packed('uuid', customers)}) as wanted (id)
    )
    select due.id, found.other, found.other in (select id from bound) as measured from due cross join lateral (
      select o.customer_id as other
        from customer_trait t
        cross join lateral (
          select x.customer_id from customer_trait x
           where x.shop_id = ${shop} and x.kind = t.kind and x.hash = t.hash and x.customer_id <> due.id
             and (due.measured or x.customer_id in (select id from bound)) limit ${MOST_SHARING}) o
       where t.shop_id = ${shop} and t.customer_id = due.id
       group by o.customer_id
       order by min(array_position(${[...traitKinds]}::text[], t.kind)), o.customer_id limit ${most}) found`.execute(
    db,
  );
  return rows.map(({ id, other, measured }) => [id, { customer: other, measured }] as const);
}

export async function dropDue(db: Kysely<Database>, shop: ShopId): Promise<void> {
  await sql`delete from link_due where shop_id = ${shop}`.execute(db);
}

export async function anyMeasured(db: Kysely<Database>, shop: ShopId): Promise<boolean> {
  const { rows } = await sql`select 1 from measure m where m.shop_id = ${shop} and ${bindsNow} limit 1`.execute(db);
  return rows.length > 0;
}

export async function shopsWithDue(db: Kysely<Database>): Promise<readonly ShopId[]> {
  const { rows } = await sql<{ shop_id: ShopId }>`
    select s.id as shop_id from shop s where s.id in (select d.shop_id from link_due d)`.execute(db);
  return rows.map((row) => row.shop_id);
}
