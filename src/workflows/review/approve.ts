import type { ProposalId } from '../../core/shared/brand.ts';
import type { Shop } from '../../ports.ts';
import { type Answer, answering, mayDecide, onlyDeciders } from './answering.ts';
import { begin, firstApprovalOf } from './begin.ts';
import { notWhatWasSeen, seenOf } from './seen.ts';
import { changedMeanwhile, stillProposed } from './still-proposed.ts';
import type { ReviewDeps, Reviewer } from './types.ts';

/** What whoever approves writes: a note for colleagues, and a paragraph for the customer. */
export interface Words {
  readonly note?: string | undefined;
  readonly personal?: string | undefined;
}

/**
 * Does what the policy proposes, from now for as long as it says, when it is what `seen` (see `seenOf`) says was shown. A block waits for a second owner or
 * manager where the shop's setting says so. The note is kept sealed beside the measure.
 */
export async function approve(
  deps: ReviewDeps,
  shop: Shop,
  by: Reviewer,
  id: ProposalId,
  seen: string,
  { note, personal }: Words = {},
): Promise<Answer> {
  if (!mayDecide(by.role)) return onlyDeciders();
  const first = await firstApprovalOf(deps, shop, await deps.store.standing.proposal(shop.id, id));
  return answering(deps, shop, id, async (held) => {
    const { proposal } = held;
    const { type, obligations, surfaces, step } = proposal;
    if (type === 'watch') throw new Error('Watching needs nobody’s approval, and is never proposed');
    if (seenOf(proposal) !== seen) return notWhatWasSeen();
    const draft = await stillProposed(deps, shop, held);
    if (draft === null) return changedMeanwhile();
    const effect = { type, obligations, surfaces };
    const reason = note === undefined || note === '' ? undefined : note;
    return begin(deps, shop, held, by, first, { effect, until: draft.until, step, softened: false, reason, personal });
  });
}
