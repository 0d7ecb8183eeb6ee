import type { EventId, StaffId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Role } from '../../ports/staff.ts';
import type { EffectWish } from './effect.ts';

/** Who acts, and as what. */
export interface Actor {
  readonly id: StaffId;
  readonly role: Role;
}

/** A measure that a person takes without a proposal of the policy. */
export interface MeasureWish extends EffectWish {
  /** Within three years. */
  readonly until: Instant;
  /** Goes to the customer, as the reason. */
  readonly reason: string;
  /** A paragraph of the shop's own for the customer. */
  readonly personal?: string | undefined;
  /** The rule of the policy in force that the conduct goes against, where there is one. */
  readonly rule?: string | undefined;
  readonly evidence: readonly EventId[];
}

export interface CorrectionWish {
  readonly event: EventId;
  readonly as: 'void' | 'shop_fault' | 'counts';
  readonly reason: string;
}

export interface NoteWish {
  readonly text: string;
  readonly pinned: boolean;
}
