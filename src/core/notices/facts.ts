import type { AppealOutcome, AppealType } from '../events/appeals.ts';
import type { LedgerEvent } from '../events/event.ts';
import type { Law } from '../law/types.ts';
import type { Measure } from '../measures/types.ts';
import type { RuleTraceJson } from '../policy/trace-json.ts';
import type { Policy } from '../policy/types.ts';
import type { Instant } from '../shared/time.ts';
import type { Language } from '../shared/words.ts';

/** What every notice is written with: for whom, in which language, under which law, and when. */
export interface Setting {
  readonly shop: {
    readonly name: string;
    readonly timeZone: string;
    readonly currency: string;
    readonly supportEmail: string | null;
  };
  readonly language: Language;
  readonly law: Law;
  readonly now: Instant;
  /** A paragraph of the shop's own, as staff wrote it. */
  readonly personal: string | null;
}

/** A measure as a notice tells it, at the moment the notice is about. */
export interface ToldMeasure
  extends Pick<
    Measure,
    | 'type'
    | 'obligations'
    | 'surfaces'
    | 'ladder'
    | 'step'
    | 'rules'
    | 'policyVersion'
    | 'evidence'
    | 'startedAt'
    | 'until'
  > {
  readonly proposedBy: 'policy' | 'staff';
  readonly softened: boolean;
  readonly skipped: 'threat' | 'fraud' | 'danger_to_staff' | null;
}

/** All that a notice about a measure may say. What is not in here cannot be in the notice. */
export interface MeasureFacts {
  readonly measure: ToldMeasure;
  /** The policy it was taken under; for one that staff took without a rule, the one then in force. */
  readonly policy: Policy;
  /** The rules as they were judged when it was proposed; empty for one that staff took by themselves. */
  readonly trace: readonly RuleTraceJson[];
  /** Events of this customer: at least those that the trace and the measure name, and what was found out about them. */
  readonly events: readonly LedgerEvent[];
  /** Why staff took it by themselves, as they wrote it; null for what the policy proposed. */
  readonly reason: string | null;
  /** Whether somebody who did not decide can hear an appeal; false in a shop where one person decides alone. */
  readonly othersCanHear: boolean;
  /** The last instant at which the customer may appeal. */
  readonly appealUntil: Instant;
  /** From when on the customer may ask to have it ended because something changed; null: not at all. */
  readonly applyFrom: Instant | null;
}

/** An appeal, or an application to have a measure ended, as a notice tells it. */
export interface AppealFacts {
  readonly type: AppealType;
  readonly filedAt: Instant;
  readonly dueAt: Instant;
  /** When the measure began that it is about. */
  readonly measureStartedAt: Instant;
  readonly othersCanHear: boolean;
}

/** What became of an appeal. */
export interface AppealDecided extends AppealFacts {
  readonly outcome: AppealOutcome;
  /** The reviewer's reason, for the customer. */
  readonly reason: string | null;
  readonly alone: boolean;
  readonly corrections: readonly { readonly event: string; readonly as: 'void' | 'shop_fault' }[];
  readonly measures: readonly {
    readonly startedAt: Instant;
    /** When it ends as it is now. */
    readonly until: Instant;
    readonly over: boolean;
    readonly result: 'voided' | 'lifted' | 'reduced' | 'stands';
  }[];
  /** Events of this customer: at least those that were corrected. */
  readonly events: readonly LedgerEvent[];
}
