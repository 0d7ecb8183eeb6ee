import type { MeasureType, Obligation, Surface } from '../../core/events/measures.ts';
import type { EventId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';

/** What staff do about a customer without a proposal: take a measure, lift one, correct how an event counts, add a note. */

/** A measure that a person takes without a proposal of the policy. */
export interface MeasureWish {
  readonly type: MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  /** Within three years. */
  readonly until: Instant;
  readonly reason: string;
  /** The rule of the policy in force that the conduct goes against, where there is one. */
  readonly rule: string | null;
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
