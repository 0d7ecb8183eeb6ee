import type { Obligation, Surface } from '../../events/measures.ts';
import type { Comparison } from '../types.ts';

/** By what attempts, failed payments and new accounts can be counted. */
export const liveIdentifiers = ['email', 'phone', 'ip', 'device', 'card', 'address'] as const;
export type LiveIdentifier = (typeof liveIdentifiers)[number];

/** What is counted in a sliding window. attempts: requests at the surface, the present one among them. */
export const countedFacts = ['attempts', 'failed_payments', 'new_accounts'] as const;
export type CountedFact = (typeof countedFacts)[number];

/** What a number is known of. */
export const numberFacts = ['order_value', 'order_items'] as const;
export type NumberFact = (typeof numberFacts)[number];

/** What is so, is not so, or is not known. */
export const plainFacts = ['first_order', 'disposable_email', 'hosting_network', 'countries_differ'] as const;
export type PlainFact = (typeof plainFacts)[number];

/** Everything a live rule can look at: about the moment, never about who somebody is or where they come from. */
export const liveFactNames = [...numberFacts, ...countedFacts, ...plainFacts] as const;
export type LiveFactName = (typeof liveFactNames)[number];

export type LiveCondition =
  | { readonly kind: 'plain'; readonly fact: PlainFact }
  | {
      readonly kind: 'number';
      readonly fact: NumberFact;
      readonly comparison: Comparison;
      /** Money in minor units of the policy's currency, articles as they are. */
      readonly threshold: number;
    }
  | {
      readonly kind: 'counted';
      readonly fact: CountedFact;
      readonly per: LiveIdentifier;
      readonly withinMs: number;
      readonly comparison: Comparison;
      readonly threshold: number;
    };

export type LiveExpression =
  | { readonly all: readonly LiveExpression[] }
  | { readonly any: readonly LiveExpression[] }
  | { readonly not: LiveExpression }
  | { readonly condition: LiveCondition };

/** What a live rule may answer. There is no word for a refusal. */
export const liveAnswers = ['challenge', 'review'] as const;
export type LiveAnswer = (typeof liveAnswers)[number];

/** A rule about one moment at a surface, judged there and then, that asks for something or lets a person look. */
export interface LiveRule {
  readonly id: string;
  readonly title: string;
  /** One sentence to the customer: why something is asked, without accusing. */
  readonly because: string;
  readonly surfaces: readonly Surface[];
  readonly when: LiveExpression;
  readonly answer: LiveAnswer;
  /** What is asked; none with a review. */
  readonly obligations: readonly Obligation[];
}

/** What is known of the moment. Null: not known, and what is not known never makes a rule fire. */
export interface LiveFacts {
  readonly orderValue: number | null;
  /** Of `orderValue`. */
  readonly orderCurrency: string | null;
  readonly orderItems: number | null;
  readonly firstOrder: boolean | null;
  readonly disposableEmail: boolean | null;
  readonly hostingNetwork: boolean | null;
  readonly countriesDiffer: boolean | null;
  /** How often in the window that ends now; null where the identifier was not given. */
  count(fact: CountedFact, per: LiveIdentifier, withinMs: number): number | null;
}

/** A condition that was judged, with what was seen. */
export interface LiveObservation {
  readonly condition: LiveCondition;
  readonly value: number | boolean | null;
}

/** A live rule that fired. */
export interface LiveFinding {
  readonly rule: string;
  readonly answer: LiveAnswer;
  readonly obligations: readonly Obligation[];
  /** What is known of every condition of the rule, in reading order, against which limit: for the explanation. */
  readonly observed: readonly LiveObservation[];
}

/** Live rules ready to run. */
export interface CompiledLive {
  /** What there is to judge at each surface, in the order of the document. */
  readonly at: Readonly<Record<Surface, readonly CompiledLiveRule[]>>;
  /** By which identifiers attempts are counted at each surface. */
  readonly attemptsPer: Readonly<Record<Surface, readonly LiveIdentifier[]>>;
  readonly failedPaymentsPer: readonly LiveIdentifier[];
  readonly newAccountsPer: readonly LiveIdentifier[];
  /** The longest window that anything is counted in; 0: nothing is counted. */
  readonly longestMs: number;
}

export interface CompiledLiveRule {
  readonly rule: LiveRule;
  readonly judge: (facts: LiveFacts) => true | false | null;
  readonly observe: (facts: LiveFacts) => readonly LiveObservation[];
}
