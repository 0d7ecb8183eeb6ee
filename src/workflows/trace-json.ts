import type { ConditionTraceJson, RuleTraceJson } from '../contracts/trace.ts';
import type { ConditionTrace, RuleTrace, Truth } from '../core/policy/types.ts';
import { titleOf, unitOf } from '../core/policy/vocabulary.ts';
import { formatPeriod } from '../core/shared/period.ts';

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

function outcomeWord(truth: Truth): 'true' | 'false' | 'unknown' {
  return truth === null ? 'unknown' : truth ? 'true' : 'false';
}
