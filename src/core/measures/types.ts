import type { MeasureType, Obligation, Surface } from '../events/measures.ts';
import type { EventId, MeasureId, StaffId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';

/** A measure is in force while active, and neither bites nor runs while suspended; the other three are ways it ended. */
export type MeasureState = 'active' | 'suspended' | 'expired' | 'lifted' | 'voided';

/** A measure as the fold over its events gives it, at the instant of the fold. */
export interface Measure {
  readonly id: MeasureId;
  readonly type: MeasureType;
  readonly state: MeasureState;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  readonly ladder: string | null;
  readonly step: number | null;
  readonly rules: readonly string[];
  readonly policyVersion: number | null;
  readonly evidence: readonly EventId[];
  readonly startedAt: Instant;
  /** When it ends by itself; of a suspended one, when it would have ended. */
  readonly until: Instant;
  /** Since when it is suspended; null: it is not. */
  readonly suspendedAt: Instant | null;
  /** For how many milliseconds it was suspended before, in all. */
  readonly suspendedFor: number;
  readonly endedAt: Instant | null;
  readonly endedBecause: 'time' | 'staff' | 'earned' | 'appeal' | 'undo' | 'application' | 'voided' | null;
  readonly approvedBy: readonly StaffId[];
}
