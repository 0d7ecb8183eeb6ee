import type { MeasureType, Obligation, Surface } from '../core/events/measures.ts';

/** Something staff once decided about a member of the cast. */
export type PastAnswer = {
  readonly member: string;
  readonly ladder: string;
  readonly step: number;
  readonly rules: readonly string[];
  /** Months before the end of the sample. */
  readonly monthsAgo: number;
} & (Taken | Declined);

interface Taken {
  readonly said: 'yes';
  readonly type: MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  /** How long it was to last, in months. */
  readonly months: number;
  readonly lifted?: {
    readonly monthsAgo: number;
    readonly because: 'staff' | 'earned';
    readonly reason?: string;
  };
}

interface Declined {
  readonly said: 'no';
  readonly reason: string;
}

/** The decisions of the sample's past. Ladders, steps and rules are those of the policy that comes with Evenhand. */
export const pastAnswers: readonly PastAnswer[] = [];
