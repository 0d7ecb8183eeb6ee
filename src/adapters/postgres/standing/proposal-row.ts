import type { Selectable } from 'kysely';
import type { Obligation, Surface } from '../../../core/events/measures.ts';
import type { RuleTraceJson } from '../../../core/policy/trace-json.ts';
import type { ProposalRecord } from '../../../ports/standing.ts';
import type { Database } from '../schema.ts';

/** A proposal as workflows know it. What the columns hold was written from the same types. */
export function toProposal(row: Selectable<Database['proposal']>): ProposalRecord {
  return {
    id: row.id,
    customer: row.customer_id,
    key: row.key,
    status: row.status,
    type: row.type,
    ladder: row.ladder,
    step: row.step,
    rules: row.rules,
    gravity: row.gravity,
    obligations: row.obligations as Obligation[],
    surfaces: row.surfaces as Surface[],
    until: row.until_at,
    skipped: row.skipped as ProposalRecord['skipped'],
    trace: row.trace as RuleTraceJson[],
    evidence: row.evidence,
    policyVersion: row.policy_version,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    measure: row.measure_id,
    firstApprover: row.first_approver,
    colleague: row.colleague,
    seq: row.seq,
  };
}
