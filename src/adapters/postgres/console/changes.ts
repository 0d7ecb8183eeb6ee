import { type Kysely, sql } from 'kysely';
import type { ShopId, StaffId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Change } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { staffName } from '../staff/sealed-person.ts';
import { faceOf, type SealedFace } from './faces.ts';

interface Row extends SealedFace {
  readonly at: Instant;
  readonly what: Change['what'];
  readonly type: Change['type'];
  readonly ended_because: string | null;
  readonly until_at: Instant;
  readonly rules: string[];
  readonly staff: StaffId | null;
  readonly staff_sealed: Buffer | null;
}

/** The last things done about customers: measures begun and ended, proposals declined. */
export async function changes(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  most: number,
): Promise<readonly Change[]> {
  const { rows } = await sql<Row>`
    with last as (
      (select started_at as at, 'started' as what, customer_id, type, null as ended_because, until_at, rules, id as measure_id, null::uuid as staff
         from measure where shop_id = ${shop} order by started_at desc, id limit ${most})
      union all
      (select ended_at, 'ended', customer_id, type, ended_because, until_at, rules, null, null
         from measure where shop_id = ${shop} and ended_at is not null order by ended_at desc limit ${most})
      union all
      (select decided_at, 'declined', customer_id, type, null, until_at, rules, null, decided_by
         from proposal where shop_id = ${shop} and status = 'declined' order by decided_at desc limit ${most})
      order by at desc limit ${most})
    select last.at, last.what, last.customer_id, last.type, last.ended_because, last.until_at, last.rules,
           c.sealed, k.wrapped, coalesce(last.staff, p.decided_by) as staff, s.sealed as staff_sealed
      from last
      join customer c on c.shop_id = ${shop} and c.id = last.customer_id
      left join customer_key k on k.shop_id = ${shop} and k.customer_id = last.customer_id
      left join proposal p on p.shop_id = ${shop} and p.customer_id = last.customer_id and p.measure_id = last.measure_id
      left join staff s on s.id = coalesce(last.staff, p.decided_by)
     order by last.at desc`.execute(db);
  return rows.map((row) => ({
    at: row.at,
    what: row.what,
    type: row.type,
    endedBecause: row.ended_because,
    until: row.until_at,
    rules: row.rules,
    face: faceOf(vault, row),
    by: staffName(vault, row.staff, row.staff_sealed),
  }));
}
