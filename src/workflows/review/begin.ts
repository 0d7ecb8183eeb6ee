import { rightsTaken, sourcesInWords } from '../../core/law/rights.ts';
import type { Law } from '../../core/law/types.ts';
import type { MeasureId, StaffId } from '../../core/shared/brand.ts';
import { ok } from '../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Shop } from '../../ports.ts';
import { conflict, type Refused } from '../desk/refused.ts';
import { type MeasureEffect, rightsFault } from '../measures/effect.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import { wordingFault } from '../notices/may-say.ts';
import { tellStarted } from '../notices/tell.ts';
import { type Answer, type Held, mayDecide, named, refuse, takesTwo, undoUntil } from './answering.ts';
import type { ReviewDeps, Reviewer } from './types.ts';

export interface Beginning {
  readonly effect: MeasureEffect;
  readonly until: Instant;
  /** The ladder's step that this counts as. */
  readonly step: number;
  readonly softened: boolean;
  readonly reason: string | undefined;
  /** A paragraph of the shop's own for the customer. */
  readonly personal: string | undefined;
}

/** Somebody's first approval of a block, as it stood before the proposal was held. */
export interface FirstApproval {
  readonly by: StaffId | null;
  /** Whether that person may still decide for the shop. */
  readonly stands: boolean;
}

/** Looks up, before any lock is taken, whether the first approval was given by somebody who may still decide. */
export async function firstApprovalOf(
  { staff }: Pick<ReviewDeps, 'staff'>,
  shop: Shop,
  proposal: ProposalRecord | null,
): Promise<FirstApproval> {
  const by = proposal?.firstApprover ?? null;
  if (by === null) return { by, stands: false };
  const colleague = await staff.colleague(shop.id, by);
  return { by, stands: colleague !== null && colleague.disabledAt === null && mayDecide(colleague.role) };
}

/** Begins a measure, or notes the first of two approvals that it takes. */
export async function begin(
  deps: ReviewDeps,
  shop: Shop,
  held: Held,
  by: Reviewer,
  first: FirstApproval,
  beginning: Beginning,
): Promise<Answer> {
  const { proposal, now } = held;
  const refused = takesRight(beginning, deps.laws.of(shop), now);
  if (refused !== null) return refuse('takes-a-right', refused);
  const wording = wordingFault(deps, 'personal', beginning.personal);
  if (wording !== null) return refuse('wording', wording);
  // One that was given while we looked was given by somebody who had just been found to be allowed to.
  const approved = proposal.firstApprover !== null && (proposal.firstApprover !== first.by || first.stands);
  const twice = takesTwo(shop, beginning.effect.type);
  if (twice && !approved) return approveFirst(deps, shop, held, by, beginning);
  if (twice && proposal.firstApprover === by.id)
    return refuse(
      'second-must-differ',
      conflict('You approved this block already: another owner or manager must approve it too.'),
    );
  const { effect, until, step, softened, reason, personal } = beginning;
  const measure = deps.ids.next<MeasureId>();
  const before = approved && proposal.firstApprover !== null && proposal.firstApprover !== by.id;
  await record(
    held.store,
    shop,
    staffEvent({
      kind: 'measure.started',
      customer: proposal.customer,
      by: by.id,
      at: now,
      act: measure,
      body: {
        measure,
        proposal: proposal.id,
        type: effect.type,
        obligations: [...effect.obligations],
        surfaces: [...effect.surfaces],
        ladder: proposal.ladder,
        step,
        rules: [...proposal.rules],
        policyVersion: proposal.policyVersion,
        evidence: [...proposal.evidence],
        until: formatInstant(until),
        skipped: softened ? null : proposal.skipped,
        proposedBy: 'policy',
        approvedBy: before && proposal.firstApprover !== null ? [proposal.firstApprover, by.id] : [by.id],
        softened,
      },
      private: reason === undefined ? undefined : { reason },
    }),
  );
  await tellStarted(held.store, shop, { measure, customer: proposal.customer, type: effect.type, personal }, now);
  return ok({ proposal: proposal.id, status: 'approved', measure, waitingForSecond: false, undoUntil: undoUntil(now) });
}

/** A policy may be older than the law, or than what the shop says about itself: so what it proposes is held against the law again. */
function takesRight({ effect, softened }: Beginning, law: Law, at: Instant): Refused | null {
  const fault = rightsFault(effect, law, at);
  if (fault === null || softened) return fault;
  return conflict(
    `What is proposed takes away a right that customers keep (${sourcesInWords(rightsTaken(law, effect, at))}). Choose something milder, or decline it.`,
  );
}

async function approveFirst(
  deps: ReviewDeps,
  shop: Shop,
  held: Held,
  by: Reviewer,
  { softened, reason, personal }: Beginning,
): Promise<Answer> {
  // What waits for the second person is the proposal itself, so a milder block has nowhere to wait.
  if (softened)
    return refuse(
      'approve-first',
      conflict(
        'A block takes two people in this shop. Approve it as proposed, and the second person can choose this milder one; or choose something milder than a block.',
      ),
    );
  // Nothing is told before the second person has agreed, and a paragraph has nowhere to wait until then.
  if (personal !== undefined && personal.trim() !== '')
    return refuse(
      'approve-first',
      conflict(
        'A block takes two people in this shop, and the second one writes to the customer. Leave the paragraph out, and give it to them.',
      ),
    );
  const { proposal, now } = held;
  await record(
    held.store,
    shop,
    staffEvent({
      kind: 'proposal.first_approval',
      customer: proposal.customer,
      by: by.id,
      at: now,
      act: deps.ids.next<string>(),
      body: { ...named(proposal), by: by.id },
      private: reason === undefined ? undefined : { reason },
    }),
  );
  return ok({
    proposal: proposal.id,
    status: 'open',
    measure: null,
    waitingForSecond: true,
    undoUntil: undoUntil(now),
  });
}
