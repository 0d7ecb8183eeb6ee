import { type Kysely, sql } from 'kysely';
import type { Obligation, Surface } from '../../../core/events/measures.ts';
import type { MeasureId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant, instant } from '../../../core/shared/time.ts';
import type { MeasureListing, MeasuresWanted } from '../../../ports/console.ts';
import type { MeasureRecord } from '../../../ports/standing.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { faceOf, type SealedFace } from './faces.ts';
import { endsSoon } from './waiting.ts';

interface Row extends SealedFace {
  readonly id: MeasureId;
  readonly type: MeasureRecord['type'];
  readonly state: MeasureRecord['state'];
  readonly obligations: Obligation[];
  readonly surfaces: Surface[];
  readonly ladder: string | null;
  readonly step: number | null;
  readonly rules: string[];
  readonly policy_version: number | null;
  readonly started_at: Instant;
  readonly until_at: Instant;
  readonly ended_at: Instant | null;
  readonly ended_because: MeasureRecord['endedBecause'];
}

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
    select m.id, m.customer_id, m.type, m.state, m.obligations, m.surfaces, m.ladder, m.step, m.rules, m.policy_version,
           m.started_at, m.until_at, m.ended_at, m.ended_because, c.sealed, k.wrapped
      from measure m
      join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
      left join customer_key k on k.shop_id = m.shop_id and k.customer_id = m.customer_id
     where ${sql.join(conditions, sql` and `)}
     order by ${order} limit ${wanted.limit}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    customer: row.customer_id,
    type: row.type,
    state: row.state,
    obligations: row.obligations,
    surfaces: row.surfaces,
    ladder: row.ladder,
    step: row.step,
    rules: row.rules,
    policyVersion: row.policy_version,
    startedAt: row.started_at,
    until: row.until_at,
    endedAt: row.ended_at,
    endedBecause: row.ended_because,
    face: faceOf(vault, row),
  }));
}
