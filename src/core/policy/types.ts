import type { MeasureType, Obligation, Surface } from '../events/measures.ts';
import type { MetricName, MetricRequest, MetricValue } from '../metrics/types.ts';
import type { Period } from '../shared/period.ts';
import type { CompiledLive, LiveRule } from './live/types.ts';

/** Kleene's three values: null is unknown. A rule fires only on true. */
export type Truth = true | false | null;

export type Comparison = 'at_least' | 'more_than' | 'at_most' | 'less_than' | 'exactly';

/** minor: irritating or costly · serious: abuse · grave: threats and fraud, where a milder step may be passed over with a reason */
export type Gravity = 'minor' | 'serious' | 'grave';

export interface Condition {
  readonly request: MetricRequest;
  readonly comparison: Comparison;
  /** In the metric's own unit: shares as 0–1, money in minor units of the shop's currency. */
  readonly threshold: number;
}

export type Expression =
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }
  | { readonly not: Expression }
  | { readonly condition: Condition };

export interface Rule {
  readonly id: string;
  /** Which kind of conduct it names, for example "compulsive-returns". */
  readonly conduct: string;
  readonly title: string;
  /** One sentence to the customer: what the shop does not accept, without accusing. */
  readonly because: string;
  /** What the customer can change. */
  readonly advice: string | null;
  readonly gravity: Gravity;
  readonly when: Expression;
  readonly ladder: string;
}

/** What ends a measure before its time. All that are given must hold; both null: only time or a person ends it. */
export interface EarlyLift {
  /** Days without a new incident of the same ladder. */
  readonly cleanFor: Period | null;
  /** Orders placed since the start and kept (not returned for a reason that counts, not disputed). */
  readonly ordersKept: number | null;
}

export interface Step {
  readonly do: 'watch' | MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  readonly for: Period;
  /** How long the step before must have been in force or over; null on the first step. There must also be newer evidence than that step. */
  readonly afterPrevious: Period | null;
  readonly lift: EarlyLift;
}

export interface Ladder {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
  /** 1-based step at which a grave rule enters, and why milder ones are passed over. */
  readonly graveStartsAt: { readonly step: number; readonly because: 'threat' | 'fraud' | 'danger_to_staff' } | null;
  /** How long after a step began it is forgotten, so that the ladder starts again at its first step. */
  readonly forgetAfter: Period;
}

export interface Procedure {
  /** How to have a measure looked at again, in the shop's words. */
  readonly appeal: string;
  readonly appealWithin: Period;
  readonly answerWithin: Period;
}

/** The shop's own texts in another language than they were written in; null and left out: not translated. */
export interface PolicyTexts {
  readonly name: string | null;
  readonly introduction: string | null;
  readonly rules: Readonly<
    Record<string, { readonly title: string | null; readonly because: string | null; readonly advice: string | null }>
  >;
  readonly ladders: Readonly<Record<string, { readonly title: string | null }>>;
  readonly live: Readonly<Record<string, { readonly title: string | null; readonly because: string | null }>>;
  readonly appeal: string | null;
}

export interface Policy {
  /** The language the shop wrote it in, as a BCP 47 tag. */
  readonly language: string;
  /** Its own texts in other languages, by their tags. */
  readonly translations: Readonly<Record<string, PolicyTexts>>;
  readonly name: string;
  readonly introduction: string;
  readonly currency: string | null;
  readonly rules: readonly Rule[];
  readonly ladders: readonly Ladder[];
  /** Rules about one moment at a surface. */
  readonly live: readonly LiveRule[];
  readonly procedure: Procedure;
}

export interface ConditionTrace {
  readonly condition: Condition;
  readonly measured: MetricValue;
  readonly outcome: Truth;
}

export interface RuleTrace {
  readonly rule: Rule;
  readonly outcome: Truth;
  /** Every condition of the rule, in reading order, whether or not it was needed for the outcome. */
  readonly conditions: readonly ConditionTrace[];
}

/** A policy ready to run: `requests` are measured once per customer, in this order, and `evaluate` judges the values. */
export interface CompiledPolicy {
  readonly policy: Policy;
  readonly version: number | null;
  readonly requests: readonly MetricRequest[];
  readonly evaluate: (values: readonly MetricValue[]) => readonly RuleTrace[];
  /** The live rules, ready for `evaluateLive`. */
  readonly live: CompiledLive;
}

export type { MetricName };
