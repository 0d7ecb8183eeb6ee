import type { Exclusion } from '../../../../contracts/events.ts';
import type { ConditionTraceJson } from '../../../../contracts/trace.ts';

/** How many events were left out for each reason: also of those that a long trace no longer names. */
export function excludedByReason({ excluded, excludedCounts }: ConditionTraceJson): ReadonlyMap<Exclusion, number> {
  if (excludedCounts !== undefined)
    return new Map((Object.entries(excludedCounts) as [Exclusion, number][]).filter(([, count]) => count > 0));
  const counts = new Map<Exclusion, number>();
  for (const { because } of excluded) counts.set(because, (counts.get(because) ?? 0) + 1);
  return counts;
}

/** How many events a condition looked at, counted or not. */
export function eventsBehind(trace: ConditionTraceJson): number {
  let events = trace.evidenceCount ?? trace.evidence.length;
  for (const count of excludedByReason(trace).values()) events += count;
  return events;
}
