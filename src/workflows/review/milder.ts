import type { Ladder } from '../../core/policy/types.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import { softerSteps } from '../console/proposal-page.ts';
import type { MeasureEffect } from '../measures/effect.ts';

const SEVERITY = { watch: 0, warning: 1, restriction: 2, block: 3 } as const;

type What = Pick<ProposalRecord, 'type' | 'obligations' | 'surfaces'>;

/**
 * Whether something is milder than what is proposed: a lighter kind of measure, an earlier step of the ladder, or the same
 * kind with less in it or an earlier end. Never something that lasts longer.
 */
export function isMilder(
  effect: MeasureEffect & { readonly until: Instant },
  proposal: ProposalRecord,
  ladder: Ladder | null,
  now: Instant,
): boolean {
  if (effect.until > proposal.until) return false;
  if (SEVERITY[effect.type] !== SEVERITY[proposal.type]) return SEVERITY[effect.type] < SEVERITY[proposal.type];
  if (softerSteps(ladder, proposal, now).some((offered) => sameEffect(offered, effect))) return true;
  const less = contains(proposal.obligations, effect.obligations) && contains(proposal.surfaces, effect.surfaces);
  return less && (!sameEffect(effect, proposal) || effect.until < proposal.until);
}

/**
 * The step of the ladder that a milder measure counts as: the last one up to the proposed step that does the same, or else
 * that is no heavier; so that the ladder goes on from what the customer really got.
 */
export function countsAs(effect: MeasureEffect, proposal: ProposalRecord, ladder: Ladder | null): number {
  if (effect.type === proposal.type && contains(proposal.obligations, effect.obligations)) {
    const earlier = lastStep(ladder, proposal, (step) => sameEffect({ ...step, type: step.do }, effect));
    return earlier ?? proposal.step;
  }
  return (
    lastStep(ladder, proposal, (step) => sameEffect({ ...step, type: step.do }, effect)) ??
    lastStep(ladder, proposal, (step) => SEVERITY[step.do] <= SEVERITY[effect.type]) ??
    1
  );
}

function lastStep(
  ladder: Ladder | null,
  { step: proposed }: ProposalRecord,
  matches: (step: Ladder['steps'][number]) => boolean,
): number | null {
  const index = (ladder?.steps ?? []).slice(0, proposed).findLastIndex(matches);
  return index === -1 ? null : index + 1;
}

function sameEffect(a: What, b: What): boolean {
  return (
    a.type === b.type &&
    a.obligations.length === b.obligations.length &&
    a.surfaces.length === b.surfaces.length &&
    contains(a.obligations, b.obligations) &&
    contains(a.surfaces, b.surfaces)
  );
}

function contains<T>(all: readonly T[], some: readonly T[]): boolean {
  return some.every((each) => all.includes(each));
}
