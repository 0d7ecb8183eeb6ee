import type { Outcome } from '../../core/decisions/types.ts';
import type { Obligation, Surface } from '../../core/events/measures.ts';
import type { DecisionId, MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';

/** What a shop's system asks at a surface; the fields of POST /v1/decisions that the answer depends on. */
export interface DecisionWish {
  readonly surface: Surface;
  readonly customer: {
    readonly externalId?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
  };
  readonly returnKind?: 'withdrawal' | 'faulty' | 'goodwill' | undefined;
  /** The language of the message, as a tag such as nl-BE. */
  readonly language?: string | undefined;
}

/** A rule behind the answer, or a measure that staff took by themselves (then without a rule). */
export interface DecisionBecause {
  readonly measure: MeasureId;
  readonly rule: string | null;
  readonly title: string;
  readonly policyVersion: number | null;
  readonly until: Instant;
}

export interface MadeDecision {
  readonly decision: DecisionId;
  readonly outcome: Outcome;
  readonly obligations: readonly Obligation[];
  readonly reasons: readonly DecisionBecause[];
  /** What to show the customer; null with a plain allow. */
  readonly message: { readonly language: string; readonly text: string } | null;
  /** What the texts here are in, whether or not there is a message. */
  readonly language: Language;
  /** The allow-list let through somebody whom measures would have stopped. */
  readonly allowListed: boolean;
}
