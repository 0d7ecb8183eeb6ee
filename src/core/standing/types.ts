import type { MeasureType, Obligation, Surface } from '../events/measures.ts';
import type { Measure, MeasureState } from '../measures/types.ts';
import type { RuleTrace } from '../policy/types.ts';
import type { EventId, MeasureId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';

/** In order of severity. Watched: a rule fired and nothing is in force (yet). */
export const standings = ['good', 'watched', 'warned', 'restricted', 'blocked'] as const;
export type Standing = (typeof standings)[number];

export type { Measure, MeasureState };

/** What the policy would do next about a customer, awaiting a person. */
export interface ProposalDraft {
  /** The same key as long as it is the same proposal: ladder, step and how many answers the ladder has had. */
  readonly key: string;
  readonly ladder: string;
  readonly step: number;
  readonly type: 'watch' | MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  readonly until: Instant;
  readonly skipped: 'threat' | 'fraud' | 'danger_to_staff' | null;
  /** The rules that fired for this ladder, with their whole trace. */
  readonly traces: readonly RuleTrace[];
  /** All evidence of the rules that fired, oldest first, without repeats. */
  readonly evidence: readonly EventId[];
}

/** A measure that has earned its early end: the workflow records `measure.lifted` with because = earned. */
export interface EarnedLift {
  readonly measure: MeasureId;
  readonly why: string;
}

export interface Assessment {
  readonly standing: Standing;
  /** When this standing began; null for good standing from the start. */
  readonly since: Instant | null;
  /** When it ends if nothing new happens; null for good and watched. */
  readonly until: Instant | null;
  /** Rule ids behind it, most grave first. */
  readonly because: readonly string[];
  readonly measures: readonly Measure[];
  readonly proposals: readonly ProposalDraft[];
  readonly earnedLifts: readonly EarnedLift[];
  /** Measures whose time is over but whose `measure.expired` is not in the ledger yet. */
  readonly toExpire: readonly MeasureId[];
  /** Every rule of the policy, fired or not. */
  readonly traces: readonly RuleTrace[];
  /** The next instant at which the same events could give another answer (a window slides, something settles or ends); null: never. */
  readonly nextChangeAt: Instant | null;
}
