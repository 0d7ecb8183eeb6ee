import type { DecisionReason, Outcome } from '../../core/decisions/types.ts';
import type { Obligation, Surface } from '../../core/events/measures.ts';
import type { DecisionId, MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';

/** What a shop's system asks at a surface: the fields of POST /v1/decisions. */
export interface DecisionWish {
  readonly surface: Surface;
  readonly customer: {
    readonly externalId?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly name?: string | undefined;
    readonly address?:
      | {
          readonly street: string;
          readonly postcode?: string | undefined;
          readonly city?: string | undefined;
          readonly country?: string | undefined;
        }
      | undefined;
    readonly device?: string | undefined;
    readonly card?: string | undefined;
  };
  readonly order?:
    | {
        readonly reference?: string | undefined;
        /** In minor units of the currency. */
        readonly total?: number | undefined;
        readonly currency?: string | undefined;
        readonly items?: number | undefined;
        readonly first?: boolean | undefined;
        readonly billingCountry?: string | undefined;
        readonly deliveryCountry?: string | undefined;
      }
    | undefined;
  readonly returnKind?: 'withdrawal' | 'faulty' | 'goodwill' | undefined;
  /** The network address the customer comes from. */
  readonly ip?: string | undefined;
  /** The language of the message, as a tag such as nl-BE. */
  readonly language?: string | undefined;
}

/** A reason for the shop's system: a rule behind a measure, a measure that staff took by themselves, an entry, a live rule, a likeness. */
export interface DecisionBecause {
  readonly kind: DecisionReason['kind'];
  readonly measure: MeasureId | null;
  readonly rule: string | null;
  readonly title: string;
  /** Of a live rule: what was seen against which limits, in the shop's first language. */
  readonly detail: string | null;
  readonly policyVersion: number | null;
  readonly until: Instant | null;
}

export interface MadeDecision {
  readonly decision: DecisionId;
  readonly outcome: Outcome;
  readonly obligations: readonly Obligation[];
  readonly reasons: readonly DecisionBecause[];
  /** What to show the customer; null with a plain allow. */
  readonly message: { readonly language: string; readonly text: string } | null;
  /** What the texts here are in; with a plain allow, which has none, any. */
  readonly language: Language;
  /** The allow-list let through somebody who would have been stopped. */
  readonly allowListed: boolean;
  /** It could not be known whether what it rests on still holds. */
  readonly stale: boolean;
}
