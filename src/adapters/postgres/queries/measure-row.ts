import { sql } from 'kysely';
import type { CustomerId } from '../../../core/shared/brand.ts';
import type { MeasureRecord } from '../../../ports/standing.ts';

/** A row of `measure` as its columns hold it. */
export interface MeasureRow {
  readonly id: MeasureRecord['id'];
  readonly customer_id: CustomerId;
  readonly type: MeasureRecord['type'];
  readonly state: MeasureRecord['state'];
  readonly obligations: MeasureRecord['obligations'];
  readonly surfaces: MeasureRecord['surfaces'];
  readonly ladder: MeasureRecord['ladder'];
  readonly step: MeasureRecord['step'];
  readonly rules: MeasureRecord['rules'];
  readonly policy_version: MeasureRecord['policyVersion'];
  readonly started_at: MeasureRecord['startedAt'];
  readonly until_at: MeasureRecord['until'];
  readonly ended_at: MeasureRecord['endedAt'];
  readonly ended_because: MeasureRecord['endedBecause'];
}

/** What `toMeasure` reads, of a `measure` that the query calls `m`. */
export const measureColumns = sql`m.id, m.customer_id, m.type, m.state, m.obligations, m.surfaces,
  m.ladder, m.step, m.rules, m.policy_version, m.started_at, m.until_at, m.ended_at, m.ended_because`;

/** The measure as the standing port gives it. */
export function toMeasure(row: MeasureRow): MeasureRecord {
  return {
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
  };
}
