import { sql, type Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import { isMeasureEvent } from '../../../core/measures/fold.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Vault } from '../../../ports.ts';
import { hex, packed } from '../packed.ts';
import { shownOf } from '../queries/shown-of.ts';
import type { Database } from '../schema.ts';

/**
 * What must be told to the shop's system because of these events: the marks of customers whose measures changed, who were erased, or who have
 * measures and became known by something new; and the list of guests. One query, and none at all for events that change no marks. True:
 * something became due.
 */
export async function makeMarksDue(
  tx: Transaction<Database>,
  shop: ShopId,
  events: readonly LedgerEvent[],
  isNew: (customer: CustomerId) => boolean,
  at: Instant,
): Promise<boolean> {
  const changed = new Set<CustomerId>();
  const identified = new Set<CustomerId>();
  const erased = new Set<CustomerId>();
  for (const event of events) {
    if (event.customer === null) continue;
    if (isMeasureEvent(event)) changed.add(event.customer);
    else if (event.kind === 'account.erased') erased.add(event.customer);
    else if (event.kind === 'account.identified' && !isNew(event.customer)) identified.add(event.customer);
  }
  if (changed.size + identified.size + erased.size === 0) return false;
  return due(tx, shop, at, {
    customers: sql`
      select customer_id from unnest(${packed('uuid', [...changed])}) as changed (customer_id)
      union
      select m.customer_id from measure m
       where m.shop_id = ${shop} and m.customer_id = any(${packed('uuid', [...identified])})
         and m.state in ('active', 'suspended')
      union
      select p.customer_id from platform_mark p
       where p.shop_id = ${shop} and p.customer_id = any(${packed('uuid', [...erased])})`,
  });
}

/** The same when some are vouched for, or no longer: whoever these identifiers belong to. */
export async function makeVouchedDue(
  tx: Transaction<Database>,
  shop: ShopId,
  values: readonly { readonly type: string; readonly hash: Buffer }[],
  at: Instant,
): Promise<boolean> {
  if (values.length === 0) return false;
  return due(tx, shop, at, {
    customers: sql`
      select distinct m.customer_id
        from unnest(${packed(
          'text',
          values.map(({ type }) => type),
        )}, ${packed(
          'bytea',
          values.map(({ hash }) => hex(hash)),
        )}) as v (type, hash)
        join customer_identifier i on i.shop_id = ${shop} and i.type = v.type and i.hash = v.hash
        join measure m on m.shop_id = i.shop_id and m.customer_id = i.customer_id and m.state = 'active'`,
  });
}

/** The same for everybody with a measure, and everybody of whom the platform was told. */
export async function makeAllDue(tx: Transaction<Database>, shop: ShopId, at: Instant): Promise<boolean> {
  return due(tx, shop, at, {
    customers: sql`
      select customer_id from measure where shop_id = ${shop} and state in ('active', 'suspended')
      union
      select p.customer_id from platform_mark p join live on live.id = p.connection_id where p.shop_id = ${shop}`,
  });
}

async function due(
  tx: Transaction<Database>,
  shop: ShopId,
  at: Instant,
  { customers }: { readonly customers: ReturnType<typeof sql> },
): Promise<boolean> {
  const { rows } = await sql<{ marks: number }>`
    with live as (select id from connection where shop_id = ${shop} and state <> 'disconnected'),
    touched as (select t.customer_id, live.id as connection_id from (${customers}) t cross join live),
    marks as (
      insert into platform_mark (shop_id, connection_id, customer_id, due, next_at)
      select ${shop}::uuid, connection_id, customer_id, true, ${formatInstant(at)}::timestamptz from touched
       order by customer_id
      on conflict (shop_id, connection_id, customer_id) do update
        set due = true, next_at = excluded.next_at, attempts = 0, fault = null
      returning 1),
    list as (
      insert into platform_guest_list (shop_id, connection_id, due, next_at)
      select distinct ${shop}::uuid, connection_id, true, ${formatInstant(at)}::timestamptz from touched
      on conflict (shop_id, connection_id) do update set due = true, next_at = excluded.next_at, attempts = 0, fault = null
      returning 1)
    select count(*) as marks from marks`.execute(tx);
  return Number(rows[0]?.marks ?? 0) > 0;
}

/**
 * Keeps, for the moment that their key is destroyed, who erased customers are at the platforms that show marks of ours on them, or may:
 * otherwise nobody could ever take these away. It goes with them.
 */
export async function keepFarewells(
  tx: Transaction<Database>,
  vault: Vault,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<void> {
  if (customers.length === 0) return;
  const { rows } = await sql<{ customer_id: CustomerId }>`
    select distinct p.customer_id from platform_mark p
      join connection c on c.shop_id = p.shop_id and c.id = p.connection_id and c.state <> 'disconnected'
     where p.shop_id = ${shop} and p.customer_id = any(${packed('uuid', customers)})
       and (p.applied is null or p.applied ->> 'as' is not null or p.taken_until is not null)`.execute(tx);
  if (rows.length === 0) return;
  const shown = await shownOf(
    tx,
    vault,
    shop,
    rows.map((row) => row.customer_id),
  );
  const known = rows.flatMap(({ customer_id }) => {
    const { externalId = null, email = null } = shown.get(customer_id) ?? {};
    return externalId === null && email === null
      ? []
      : [{ customer: customer_id, sealed: vault.seal(JSON.stringify({ externalId, email })) }];
  });
  await sql`
    update platform_mark p set farewell = f.sealed
      from unnest(${packed(
        'uuid',
        known.map(({ customer }) => customer),
      )}, ${packed(
        'bytea',
        known.map(({ sealed }) => hex(sealed)),
      )}) as f (customer_id, sealed)
     where p.shop_id = ${shop} and p.customer_id = f.customer_id`.execute(tx);
}
