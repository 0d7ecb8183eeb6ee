import { addPeriod, type Period } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import type { Measure } from './types.ts';

/**
 * How long a measure has been in force, in milliseconds, without the time in which it was suspended. A voided one has been served
 * all the same: time cannot be given back otherwise.
 */
export function timeServed(measure: Measure, now: Instant): number {
  const last = measure.suspendedAt ?? Math.min(measure.endedAt ?? now, now);
  return Math.max(0, Math.min(last, measure.until) - measure.startedAt - measure.suspendedFor);
}

/** When a measure ends, if a suspended one is resumed at `now`: what was left of its time when it was suspended is left still. */
export function endIfResumed(measure: Pick<Measure, 'until' | 'suspendedAt'>, now: Instant): Instant {
  return measure.suspendedAt === null ? measure.until : ((now + (measure.until - measure.suspendedAt)) as Instant);
}

/**
 * When a measure that replaces another at `now` ends: its own length, less the time already served (fairness rule 8). An
 * end that lies in the past means that it is already served in full.
 */
export function endWithTimeServed(replaced: readonly Measure[], length: Period, now: Instant): Instant {
  let served = 0;
  let counted = Number.NEGATIVE_INFINITY;
  for (const measure of [...replaced].sort((a, b) => a.startedAt - b.startedAt)) {
    const to = measure.startedAt + timeServed(measure, now);
    // Two measures at the same time are served at the same time.
    served += Math.max(0, to - Math.max(measure.startedAt, counted));
    counted = Math.max(counted, to);
  }
  return (addPeriod(now, length) - served) as Instant;
}
