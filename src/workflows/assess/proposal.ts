import { ruleTraceJson } from '../../core/policy/trace-json.ts';
import type { Gravity } from '../../core/policy/types.ts';
import type { CustomerId, ProposalId, ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ProposalDraft } from '../../core/standing/types.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import { stableId } from '../stable-id.ts';

const GRAVITIES: readonly Gravity[] = ['minor', 'serious', 'grave'];

/** The id of a proposal: the same for as long as it is the same proposal, and after a rebuild. */
export function proposalId(shop: ShopId, customer: CustomerId, key: string): ProposalId {
  return stableId<ProposalId>('proposal', shop, customer, key);
}

/** A proposal that an assessment makes, as the queue keeps it while nobody has answered it. */
export function openProposal(
  shop: ShopId,
  customer: CustomerId,
  draft: ProposalDraft,
  policyVersion: number | null,
  now: Instant,
): ProposalRecord {
  return {
    id: proposalId(shop, customer, draft.key),
    customer,
    key: draft.key,
    status: 'open',
    type: draft.type,
    ladder: draft.ladder,
    step: draft.step,
    rules: draft.traces.map((trace) => trace.rule.id),
    gravity: gravest(draft),
    obligations: draft.obligations,
    surfaces: draft.surfaces,
    until: draft.until,
    skipped: draft.skipped,
    trace: draft.traces.map(ruleTraceJson),
    evidence: draft.evidence,
    policyVersion,
    openedAt: now,
    updatedAt: now,
    decidedAt: null,
    decidedBy: null,
    measure: null,
    firstApprover: null,
    colleague: null,
  };
}

function gravest({ traces }: ProposalDraft): Gravity {
  return traces.reduce<Gravity>(
    (worst, { rule }) => (GRAVITIES.indexOf(rule.gravity) > GRAVITIES.indexOf(worst) ? rule.gravity : worst),
    'minor',
  );
}
