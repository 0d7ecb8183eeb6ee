import type { ProposalId, StaffId } from '../../core/shared/brand.ts';
import { ok } from '../../core/shared/result.ts';
import type { Shop } from '../../ports.ts';
import { invalid, notAllowed } from '../desk/refused.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import { type Answer, answering, named, refuse, takesTwo } from './answering.ts';
import type { ReviewDeps, Reviewer } from './types.ts';

/** Asks a colleague what they think. The proposal stays open, for everybody; the colleague sees that it waits for them. */
export async function askColleague(
  deps: ReviewDeps,
  shop: Shop,
  by: Reviewer,
  id: ProposalId,
  wish: { readonly colleague: StaffId; readonly question: string },
): Promise<Answer> {
  if (by.role === 'auditor') return refuse('may-not', notAllowed('Auditors read, and ask elsewhere.'));
  const unknown = (message: string) => refuse('unknown-colleague', invalid('colleague', message));
  if (wish.colleague === by.id) return unknown('is yourself: ask somebody else');
  const colleague = await deps.staff.colleague(shop.id, wish.colleague);
  if (colleague === null || colleague.disabledAt !== null) return unknown('does not work for this shop');
  if (colleague.role === 'auditor') return unknown('is an auditor, who may read and not answer');
  return answering(deps, shop, id, async (held) => {
    const { store, proposal, now } = held;
    await record(
      store,
      shop,
      staffEvent({
        kind: 'proposal.colleague_asked',
        customer: proposal.customer,
        by: by.id,
        at: now,
        act: deps.ids.next<string>(),
        body: { ...named(proposal), by: by.id, colleague: wish.colleague },
        private: { text: wish.question },
      }),
    );
    const waitingForSecond = proposal.firstApprover !== null && takesTwo(shop, proposal.type);
    return ok({ proposal: id, status: 'open', measure: null, waitingForSecond, undoUntil: null });
  });
}
