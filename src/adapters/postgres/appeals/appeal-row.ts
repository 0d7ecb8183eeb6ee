import type { Selectable } from 'kysely';
import type { AppealState } from '../../../core/appeals/types.ts';
import type { AppealGround, AppealOutcome } from '../../../core/events/appeals.ts';
import type { AppealRecord } from '../../../ports/hearing.ts';
import type { Database } from '../schema.ts';

export type AppealRow = Selectable<Database['appeal']>;

const OUTCOMES: ReadonlySet<AppealState> = new Set<AppealState>(['upheld', 'partly_upheld', 'rejected']);

export function toAppeal(row: AppealRow): AppealRecord {
  return {
    id: row.id,
    customer: row.customer_id,
    measure: row.measure_id,
    type: row.type,
    state: row.state,
    ground: row.ground as AppealGround,
    round: row.round,
    language: row.language,
    reviewer: row.reviewer,
    filedAt: row.filed_at,
    dueAt: row.due_at,
    informationUntil: row.information_until,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    outcome: OUTCOMES.has(row.state) ? (row.state as AppealOutcome) : null,
    updatedAt: row.updated_at,
  };
}
