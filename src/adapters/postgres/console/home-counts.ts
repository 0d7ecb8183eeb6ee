import { type Kysely, sql } from 'kysely';
import { soonBefore } from '../../../core/lists/ends.ts';
import type { ShopId, StaffId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { HomeCounts } from '../../../ports/console.ts';
import type { Database } from '../schema.ts';
import { askedOf, endsSoon, waitsForSecond } from './waiting.ts';

/** What waits for somebody, counted in one query over the indexes of what is open. */
export async function homeCounts(
  db: Kysely<Database>,
  shop: ShopId,
  staff: StaffId,
  now: Instant,
): Promise<HomeCounts> {
  const { rows } = await sql<HomeCounts>`
    select p.*,
           (select count(*) from measure where shop_id = ${shop} and ${endsSoon(now)}) as "endingSoon",
           (select count(*) from list_entry
             where shop_id = ${shop} and until_at > ${formatInstant(now)} and until_at <= ${formatInstant(soonBefore(now))}) as "entriesEnding",
           (select count(*) from customer where shop_id = ${shop} and next_at <= ${formatInstant(now)}) as assessing,
           (select id from import_run where shop_id = ${shop} and status = 'running'
             order by started_at desc limit 1) as "importRunning",
           (select count(*) from outbox where shop_id = ${shop} and state in ('failed', 'bounced')) as "mailFailed",
           (select count(*) from outbox where shop_id = ${shop} and state in ('due', 'waiting')) as "mailWaiting",
           (select json_build_object(
                     'platform', c.platform, 'state', c.state,
                     'refused', (select count(*) from hook_received r
                                  where r.shop_id = c.shop_id and r.connection_id = c.id and r.state = 'refused'),
                     'actsFailed', (select count(*) from shop_act a
                                     where a.shop_id = c.shop_id and a.connection_id = c.id and a.state = 'failed'))
              from connection c where c.shop_id = ${shop} and c.state <> 'disconnected') as "shopSystem",
           (select count(*) from hook_endpoint
             where shop_id = ${shop} and disabled_because in ('failing', 'gone')) as "webhooksOff",
           coalesce((select seq from ledger_head where shop_id = ${shop}), 0) as head
      from (select count(*) as open,
                   count(*) filter (where gravity = 'grave') as "openGrave",
                   count(*) filter (where ${askedOf(staff)}) as "askedOfYou",
                   count(*) filter (where ${waitsForSecond}) as "waitingForSecond"
              from proposal where shop_id = ${shop} and status = 'open') p`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('Counting gave no row');
  return row;
}
