import type { Fact, History } from '../metrics/facts.ts';
import type { ConditionTrace, RuleTrace } from '../policy/types.ts';
import { isConduct, isCount } from '../policy/vocabulary.ts';
import type { EventId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';

/** When the conduct behind a piece of evidence took place; null for an event the history does not know. */
export type EvidenceTimes = (event: EventId) => Instant | null;

/**
 * Times of conduct, not of paperwork: a claim opened before a warning and found unfounded after it is old conduct.
 * The index is made on first use, because most customers need none.
 */
export function evidenceTimes(history: History): EvidenceTimes {
  let index: Map<EventId, Instant> | null = null;
  return (event) => {
    index ??= indexFacts(history);
    return index.get(event) ?? null;
  };
}

function indexFacts(history: History): Map<EventId, Instant> {
  const index = new Map<EventId, Instant>();
  const lists: readonly (readonly Fact[])[] = [
    history.orders,
    history.cancellations,
    history.addressChanges,
    history.returns,
    history.refunds,
    history.claims,
    history.disputes,
    history.messages,
    history.reviews,
    history.complaints,
    history.failedPayments,
    history.evasions,
  ];
  for (const facts of lists)
    for (const fact of facts) for (const event of fact.evidence) if (!index.has(event)) index.set(event, fact.at);
  return index;
}

export interface Evidence {
  readonly event: EventId;
  readonly at: Instant;
}

/** Evidence of conduct behind rules that fired, oldest first, without repeats. How much somebody buys is never evidence. */
export function conductEvidence(traces: readonly RuleTrace[], times: EvidenceTimes): readonly Evidence[] {
  const found = new Map<EventId, Instant>();
  for (const trace of traces)
    for (const line of telling(trace))
      for (const event of line.measured.evidence) {
        const at = times(event);
        if (at !== null) found.set(event, at);
      }
  return [...found]
    .map(([event, at]) => ({ event, at }))
    .sort((a, b) => a.at - b.at || (a.event < b.event ? -1 : a.event > b.event ? 1 : 0));
}

/**
 * When the customer reached the limits of a rule that fires now: the last of its counts to be reached. A rule without
 * counts was reached with its newest evidence. Null when nothing tells.
 */
export function limitReachedAt(trace: RuleTrace, times: EvidenceTimes): Instant | null {
  let reached: Instant | null = null;
  for (const line of telling(trace)) {
    const { comparison, threshold, request } = line.condition;
    if (!isCount(request.metric)) continue;
    const needed = comparison === 'more_than' ? threshold + 1 : threshold;
    const at = sortedTimes(line, times)[Math.max(0, Math.ceil(needed) - 1)];
    if (at !== undefined && (reached === null || at > reached)) reached = at;
  }
  return reached ?? conductEvidence([trace], times).at(-1)?.at ?? null;
}

/** Conditions about conduct that speak for the rule; all about conduct, where none is a plain "so much or more". */
function telling(trace: RuleTrace): readonly ConditionTrace[] {
  const about = trace.conditions.filter((line) => isConduct(line.condition.request.metric));
  const upward = about.filter(
    (line) =>
      line.outcome === true && line.condition.comparison !== 'at_most' && line.condition.comparison !== 'less_than',
  );
  return upward.length > 0 ? upward : about;
}

function sortedTimes(line: ConditionTrace, times: EvidenceTimes): Instant[] {
  return line.measured.evidence.flatMap((event) => times(event) ?? []).sort((a, b) => a - b);
}
