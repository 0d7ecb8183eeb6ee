import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant, instant } from '../../../core/shared/time.ts';
import type { MeasureListing, MeasuresWanted } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import { type MeasureRow, measureColumns, toMeasure } from '../queries/measure-row.ts';
import type { Database } from '../schema.ts';
import { faceOf, type SealedFace } from './faces.ts';
import { endsSoon } from './waiting.ts';

interface Row extends MeasureRow, SealedFace {}

/** A page of measures, newest first; of those that end soon, the soonest first. */
export async function measures(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  wanted: MeasuresWanted,
  now: Instant,
): Promise<readonly MeasureListing[]> {
  const conditions = [sql`m.shop_id = ${shop}`];
  if (wanted.state !== null) conditions.push(sql`m.state = ${wanted.state}`);
  if (wanted.type !== null) conditions.push(sql`m.type = ${wanted.type}`);
  if (wanted.ending === 'week') conditions.push(endsSoon(now));
  if (wanted.customer !== null) conditions.push(sql`m.customer_id = ${wanted.customer}::uuid`);
  if (wanted.after !== null) {
    const at = sql`${formatInstant(instant(wanted.after.value))}::timestamptz`;
    const { id } = wanted.after;
    conditions.push(
      wanted.ending === null
        ? sql`m.started_at <= ${at} and (m.started_at < ${at} or m.id > ${id}::uuid)`
        : sql`(m.until_at, m.id) > (${at}, ${id}::uuid)`,
    );
  }
  const order = wanted.ending === null ? sql`m.started_at desc, m.id` : sql`m.until_at, m.id`;
  const { rows } = await sql<Row>`
    select ${measureColumns}, c.sealed, k.wrapped
      from measure m
      join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
      left join customer_key k on k.shop_id = m.shop_id and k.customer_id = m.customer_id
     where ${sql.join(conditions, sql` and `)}
     order by ${order} limit ${wanted.limit}`.execute(db);
  return rows.map((row) => ({ ...toMeasure(row), face: faceOf(vault, row) }));
}
