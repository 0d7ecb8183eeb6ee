import type { Ladder } from '../../core/policy/types.ts';
import type { ProposalId } from '../../core/shared/brand.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Shop } from '../../ports.ts';
import { invalid } from '../desk/refused.ts';
import { readEffect, rightsFault } from '../measures/effect.ts';
import { type Answer, answering, mayDecide, onlyDeciders, refuse } from './answering.ts';
import { begin, firstApprovalOf } from './begin.ts';
import { countsAs, isMilder } from './milder.ts';
import { notWhatWasSeen, seenOf } from './seen.ts';
import { changedMeanwhile, stillProposed } from './still-proposed.ts';
import type { ReviewDeps, Reviewer, SofterWish } from './types.ts';

/** Does something milder than what the policy proposes, with a reason. What is proposed must be what `seen` says (`seenOf`). */
export async function soften(
  deps: ReviewDeps,
  shop: Shop,
  by: Reviewer,
  id: ProposalId,
  seen: string,
  wish: SofterWish,
): Promise<Answer> {
  if (!mayDecide(by.role)) return onlyDeciders();
  const effect = readEffect(wish);
  if (!effect.ok) return refuse('not-a-measure', effect.error);
  const taken = rightsFault(effect.value, deps.laws.of(shop), deps.clock.now());
  if (taken !== null) return refuse('takes-a-right', taken);
  const before = await deps.store.standing.proposal(shop.id, id);
  const first = await firstApprovalOf(deps, shop, before);
  const ladder = before === null ? null : await ladderOf(deps, shop, before);
  return answering(deps, shop, id, async (held) => {
    const { proposal, now } = held;
    if (seenOf(proposal) !== seen) return notWhatWasSeen();
    const draft = await stillProposed(deps, shop, held);
    if (draft === null) return changedMeanwhile();
    const { until, reason, personal } = wish;
    if (until <= now) return refuse('until-out-of-bounds', invalid('until', 'must be in the future'));
    if (until > draft.until)
      return refuse('until-out-of-bounds', invalid('until', 'must not be later than what is proposed'));
    if (!isMilder({ ...effect.value, until }, { ...proposal, until: draft.until }, ladder, now))
      return refuse(
        'not-milder',
        invalid('type', 'is not milder than what is proposed: choose less, or an earlier end'),
      );
    const step = countsAs(effect.value, proposal, ladder);
    return begin(deps, shop, held, by, first, { effect: effect.value, until, step, softened: true, reason, personal });
  });
}

/** The ladder as it was when the step was proposed. */
async function ladderOf(deps: ReviewDeps, shop: Shop, proposal: ProposalRecord): Promise<Ladder | null> {
  const then = proposal.policyVersion === null ? null : await deps.policies.version(shop.id, proposal.policyVersion);
  const { compiled } = then ?? (await deps.policies.inForce(shop.id));
  return compiled.policy.ladders.find((each) => each.id === proposal.ladder) ?? null;
}
