import type { MeasureId, ProposalId, StaffId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Role, StaffStore } from '../../ports/staff.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Deps } from '../../ports/store.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import type { Refused } from '../desk/refused.ts';
import type { EffectWish } from '../measures/effect.ts';

export interface ReviewDeps extends Deps {
  readonly staff: Pick<StaffStore, 'colleague'>;
  readonly policies: PolicyShelf;
}

/** Who acts, and as what. */
export interface Reviewer {
  readonly id: StaffId;
  readonly role: Role;
}

/** Something milder than what is proposed. */
export interface SofterWish extends EffectWish {
  readonly until: Instant;
  readonly reason: string;
  /** A paragraph of the shop's own for the customer. */
  readonly personal?: string | undefined;
}

/** What an answer did. */
export interface Answered {
  readonly proposal: ProposalId;
  readonly status: ProposalRecord['status'];
  /** The measure that began; null when none did. */
  readonly measure: MeasureId | null;
  readonly waitingForSecond: boolean;
  /** How long the answer can still be taken back; null: not at all. */
  readonly undoUntil: Instant | null;
}

export type WhyRefused =
  | 'unknown-proposal'
  | 'already-answered'
  | 'may-not'
  | 'second-must-differ'
  | 'approve-first'
  | 'changed-meanwhile'
  | 'not-milder'
  | 'not-a-measure'
  | 'takes-a-right'
  | 'wording'
  | 'until-out-of-bounds'
  | 'unknown-colleague'
  | 'nothing-to-undo'
  | 'too-late-to-undo'
  | 'not-yours-to-undo';

/** A refusal of the review desk: what a route needs to answer it, and which of the reasons it is. */
export type ReviewRefused = Refused & { readonly why: WhyRefused };
