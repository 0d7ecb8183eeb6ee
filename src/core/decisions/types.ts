import type { Obligation, Surface } from '../events/measures.ts';
import type { Measure } from '../measures/types.ts';
import type { MeasureId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';

/** What a surface asks. Who asks is settled before: a decision is about one known customer or about nobody. */
export interface DecisionRequest {
  readonly surface: Surface;
  /** What kind of return is asked for; null when the shop did not say, which is then taken for a right. */
  readonly returnKind: 'withdrawal' | 'faulty' | 'goodwill' | null;
  readonly now: Instant;
}

/** As much of a measure as a decision needs, so that a table of them fits in memory. */
export type StandingMeasure = Pick<
  Measure,
  'id' | 'type' | 'state' | 'obligations' | 'surfaces' | 'rules' | 'policyVersion' | 'startedAt' | 'until'
>;

export interface DecisionSubject {
  readonly measures: readonly StandingMeasure[];
  /** Measures of whoever has the same phone, where the request otherwise names somebody else: perhaps of a housemate. */
  readonly byPhoneAlone?: readonly StandingMeasure[];
  /** Somebody at the shop vouched for this customer, and the entry has not run out. */
  readonly allowListed: boolean;
}

/** In order of severity. */
export const outcomes = ['allow', 'challenge', 'review', 'deny'] as const;
export type Outcome = (typeof outcomes)[number];

export interface DecisionReason {
  readonly measure: MeasureId;
  readonly rules: readonly string[];
  readonly policyVersion: number | null;
  readonly until: Instant;
}

export type MessageKey = `decision.${Exclude<Outcome, 'allow'>}.${Surface}`;

export interface Decision {
  readonly outcome: Outcome;
  /** What is asked for at this surface, without repeats. */
  readonly obligations: readonly Obligation[];
  readonly reasons: readonly DecisionReason[];
  /** What to tell the customer; null with a plain allow. `until` is when the last of the reasons ends. */
  readonly message: { readonly key: MessageKey; readonly values: MessageValues } | null;
  /** The allow-list let through what measures would have stopped. */
  readonly allowListed: boolean;
  /** Among the reasons are measures that only a shared phone led to. */
  readonly byPhoneAlone: boolean;
}

export interface MessageValues {
  readonly until: Instant;
  readonly obligations: readonly Obligation[];
  /** Null where the reasons are perhaps another person's, and so nothing to tell this one. */
  readonly rules: readonly string[] | null;
}
