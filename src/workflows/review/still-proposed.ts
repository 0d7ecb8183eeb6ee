import type { ProposalDraft } from '../../core/standing/types.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Shop } from '../../ports.ts';
import { judge } from '../assess/assess-due.ts';
import { conflict } from '../desk/refused.ts';
import { type Held, refuse } from './answering.ts';
import type { ReviewDeps } from './types.ts';

/**
 * What the policy in force proposes at this moment, when it is still the same for the same reasons by what the ledger says; else
 * null. An event, a correction or a new policy is assessed a little later than it is recorded; nothing may begin on what it
 * replaced.
 */
export async function stillProposed(
  { policies }: Pick<ReviewDeps, 'policies'>,
  shop: Shop,
  { store, proposal, now }: Held,
): Promise<ProposalDraft | null> {
  const { compiled } = await policies.inForce(shop.id, store.policies);
  const [own] = await store.ledger.eventsOf(shop.id, [proposal.customer]);
  const { proposals } = judge(own?.events ?? [], shop, compiled, now);
  const draft = proposals.find((each) => each.key === proposal.key);
  return draft !== undefined && isSame(draft, proposal) ? draft : null;
}

export const changedMeanwhile = () =>
  refuse(
    'changed-meanwhile',
    conflict(
      'What this rests on has changed since it was proposed. It is about to be judged again: wait a moment, then look at it anew.',
    ),
  );

function isSame(draft: ProposalDraft, proposal: ProposalRecord): boolean {
  return (
    draft.type === proposal.type &&
    sameMembers(draft.obligations, proposal.obligations) &&
    sameMembers(draft.surfaces, proposal.surfaces) &&
    sameMembers(
      draft.traces.map((trace) => trace.rule.id),
      proposal.rules,
    ) &&
    sameMembers(draft.evidence, proposal.evidence)
  );
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a);
  return a.length === b.length && b.every((each) => known.has(each));
}
