import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Database } from '../schema.ts';

/** See `ActStore.shopsWithDue`. Each part goes by an index of what is due; only connections that work count. */
export async function shopsWithDue(db: Kysely<Database>, now: Instant): Promise<readonly ShopId[]> {
  const at = sql`${formatInstant(now)}::timestamptz`;
  const { rows } = await sql<{ shop_id: ShopId }>`
    with working as (select shop_id, id, settings from connection where state = 'active')
    select w.shop_id from working w
     where exists (select 1 from shop_act a
                    where a.shop_id = w.shop_id and a.connection_id = w.id and a.state = 'waiting' and a.next_at <= ${at})
        or exists (select 1 from platform_mark p
                    where p.shop_id = w.shop_id and p.connection_id = w.id and p.next_at <= ${at}
                      and (p.taken_until is null or p.taken_until <= ${at}))
        or not exists (select 1 from platform_guest_list l where l.shop_id = w.shop_id and l.connection_id = w.id)
        or exists (select 1 from platform_guest_list l
                    where l.shop_id = w.shop_id and l.connection_id = w.id and l.next_at <= ${at}
                      and (l.taken_until is null or l.taken_until <= ${at}))
        or exists (select 1 from shop_act a
                    where a.shop_id = w.shop_id and a.connection_id = w.id and a.kind = 'hold_order' and a.state = 'done'
                      and a.over_at is null and a.reminded_at is null
                      and a.done_at <= ${at} - make_interval(hours => (w.settings ->> 'holdHours')::integer))`.execute(
    db,
  );
  return rows.map((row) => row.shop_id);
}
