import type { ProposalId } from '../../core/shared/brand.ts';
import { ok } from '../../core/shared/result.ts';
import type { Shop } from '../../ports.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import { type Answer, answering, mayDecide, named, onlyDeciders, undoUntil } from './answering.ts';
import type { ReviewDeps, Reviewer } from './types.ts';

/** Says no, with a reason. The same evidence does not bring the proposal back. */
export async function decline(
  deps: ReviewDeps,
  shop: Shop,
  by: Reviewer,
  id: ProposalId,
  reason: string,
): Promise<Answer> {
  if (!mayDecide(by.role)) return onlyDeciders();
  return answering(deps, shop, id, async (held) => {
    const { store, proposal, now } = held;
    const body = { ...named(proposal), evidence: [...proposal.evidence], by: by.id };
    const { customer } = proposal;
    await record(
      store,
      shop,
      staffEvent({
        kind: 'proposal.declined',
        customer,
        by: by.id,
        at: now,
        act: deps.ids.next<string>(),
        body,
        private: { reason },
      }),
    );
    return ok({ proposal: id, status: 'declined', measure: null, waitingForSecond: false, undoUntil: undoUntil(now) });
  });
}
