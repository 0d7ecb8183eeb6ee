import { MOST_TRACED } from '../events/traces.ts';
import type { Exclusion, MetricName, MetricUnit } from '../metrics/types.ts';
import type { EventId } from '../shared/brand.ts';
import { formatPeriod } from '../shared/period.ts';
import type { Comparison, ConditionTrace, Gravity, RuleTrace, Truth } from './types.ts';
import { titleOf, unitOf } from './vocabulary.ts';

type Outcome = 'true' | 'false' | 'unknown';

/** A condition as it was judged, as plain data: it is kept with a proposal and outlives the policy it came from. */
export interface ConditionTraceJson {
  metric: MetricName;
  title: string;
  unit: MetricUnit;
  /** "12 months"; null: since the first event. */
  over: string | null;
  settle: string;
  comparison: Comparison;
  threshold: number;
  /** Null: unknown. */
  value: number | null;
  part?: number;
  whole?: number;
  outcome: Outcome;
  evidence: EventId[];
  /** How many counted, where that is more than are named. */
  evidenceCount?: number;
  excluded: { event: EventId; because: Exclusion }[];
  /** How many were left out for each reason, where that is more than are named. */
  excludedCounts?: Partial<Record<Exclusion, number>>;
}

/** A rule as it was judged, as plain data. */
export interface RuleTraceJson {
  id: string;
  conduct: string;
  title: string;
  because: string;
  advice: string | null;
  gravity: Gravity;
  ladder: string;
  outcome: Outcome;
  conditions: ConditionTraceJson[];
}

/** How a rule was judged, as it is kept with a proposal and shown: every condition with its value, its limit and its events. */
export function ruleTraceJson({ rule, outcome, conditions }: RuleTrace): RuleTraceJson {
  return {
    id: rule.id,
    conduct: rule.conduct,
    title: rule.title,
    because: rule.because,
    advice: rule.advice,
    gravity: rule.gravity,
    ladder: rule.ladder,
    outcome: outcomeWord(outcome),
    conditions: conditions.map(conditionTraceJson),
  };
}

export function conditionTraceJson({ condition, measured, outcome }: ConditionTrace): ConditionTraceJson {
  const { request } = condition;
  return {
    metric: request.metric,
    title: titleOf(request.metric),
    unit: unitOf(request.metric),
    over: request.window === null ? null : formatPeriod(request.window),
    settle: formatPeriod(request.settle),
    comparison: condition.comparison,
    threshold: condition.threshold,
    value: measured.value,
    ...(measured.part === undefined ? {} : { part: measured.part }),
    ...(measured.whole === undefined ? {} : { whole: measured.whole }),
    outcome: outcomeWord(outcome),
    evidence: [...measured.evidence],
    excluded: [...measured.excluded],
  };
}

/** The same with no more events named than a proposal keeps: of each condition the newest, and how many there are in all. */
export function boundedTrace(trace: RuleTraceJson): RuleTraceJson {
  return { ...trace, conditions: trace.conditions.map(bounded) };
}

function bounded(line: ConditionTraceJson): ConditionTraceJson {
  const { evidence, excluded } = line;
  return {
    ...line,
    ...(evidence.length <= MOST_TRACED
      ? {}
      : { evidence: evidence.slice(-MOST_TRACED), evidenceCount: evidence.length }),
    ...(excluded.length <= MOST_TRACED
      ? {}
      : { excluded: excluded.slice(-MOST_TRACED), excludedCounts: countByReason(excluded) }),
  };
}

function countByReason(excluded: ConditionTraceJson['excluded']): Partial<Record<Exclusion, number>> {
  const counts: Partial<Record<Exclusion, number>> = {};
  for (const { because } of excluded) counts[because] = (counts[because] ?? 0) + 1;
  return counts;
}

function outcomeWord(truth: Truth): Outcome {
  return truth === null ? 'unknown' : truth ? 'true' : 'false';
}
