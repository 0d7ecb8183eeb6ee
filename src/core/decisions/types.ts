import type { Obligation, Surface } from '../events/measures.ts';
import type { StandingEntry } from '../lists/types.ts';
import type { Measure } from '../measures/types.ts';
import type { LiveObservation } from '../policy/live/types.ts';
import type { CustomerId, MeasureId } from '../shared/brand.ts';
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

/** A live rule that fires on what is asked now, and what it asks for. It never denies. */
export interface LiveFinding {
  readonly rule: string;
  readonly answer: 'challenge' | 'review';
  readonly obligations: readonly Obligation[];
  /** What was seen against which limits. */
  readonly observed?: readonly LiveObservation[];
}

/** Whoever asks is perhaps a customer who has measures, and is known under other identifiers. */
export interface Likeness {
  readonly customer: CustomerId;
  readonly measures: readonly StandingMeasure[];
  readonly klass: 'same' | 'probably_same';
}

export interface DecisionSubject {
  readonly measures: readonly StandingMeasure[];
  /** Measures of whoever has the same phone, where the request otherwise names somebody else: perhaps of a housemate. */
  readonly byPhoneAlone?: readonly StandingMeasure[];
  /** Entries of the deny list that hold somebody like this. */
  readonly entries?: readonly StandingEntry[];
  readonly live?: readonly LiveFinding[];
  readonly likenesses?: readonly Likeness[];
  /**
   * Somebody at the shop vouched for this customer, and the entry has not run out. Who is let through by a network or a domain is not
   * vouched for: whoever finds entries and live rules leaves those out that speak of it.
   */
  readonly allowListed: boolean;
}

/** In order of severity. */
export const outcomes = ['allow', 'challenge', 'review', 'deny'] as const;
export type Outcome = (typeof outcomes)[number];

export type DecisionReason = MeasureReason | EntryReason | LiveReason | LikenessReason;

export interface MeasureReason {
  readonly kind: 'measure';
  readonly measure: MeasureId;
  readonly rules: readonly string[];
  readonly policyVersion: number | null;
  readonly until: Instant;
}

export interface EntryReason {
  readonly kind: 'entry';
  readonly entry: string;
  readonly until: Instant;
}

export interface LiveReason {
  readonly kind: 'live';
  readonly rule: string;
  readonly observed?: readonly LiveObservation[];
}

export interface LikenessReason {
  readonly kind: 'likeness';
  readonly customer: CustomerId;
  /** Those of that customer's measures that would act here. */
  readonly measures: readonly MeasureId[];
}

/**
 * deny, review, challenge: until a date, where there is one · ask: conditions of this moment, without an end · confirm: nothing is
 * demanded but that the shop makes sure of its customer · later: nothing can be said for now.
 */
export type MessageKey =
  | `decision.${Exclude<Outcome, 'allow'> | 'ask' | 'confirm'}.${Surface}`
  | `decision.later.${LaterSurface}`;

/** Where a shop may close while it cannot be known what is in force: never where rights are used. */
export type LaterSurface = Exclude<Surface, 'return' | 'contact'>;

export interface Decision {
  readonly outcome: Outcome;
  /** What is asked for at this surface, without repeats. */
  readonly obligations: readonly Obligation[];
  readonly reasons: readonly DecisionReason[];
  /** What to tell the customer; null with a plain allow. `until` is when the last of the reasons ends. */
  readonly message: { readonly key: MessageKey; readonly values: MessageValues } | null;
  /** The allow-list let through what would have been stopped. */
  readonly allowListed: boolean;
  /** Among the reasons are measures that only a shared phone led to. */
  readonly byPhoneAlone: boolean;
}

export interface MessageValues {
  /** Null where nothing of it has an end. */
  readonly until: Instant | null;
  readonly obligations: readonly Obligation[];
  /** Null where the reasons are none of this customer's own measures, and so nothing to tell them. */
  readonly rules: readonly string[] | null;
  /** Live rules that ask or let a person look. */
  readonly live: readonly string[];
  /** Whether people decided it, or only a rule speaks here; null: nobody, there is nothing to disagree with. */
  readonly decidedBy: 'people' | 'rule' | null;
}

/** What a surface does while it cannot be known what is in force: open: goes by what was known last; challenge; closed. */
export const failureModes = ['open', 'challenge', 'closed'] as const;
export type FailureMode = (typeof failureModes)[number];
