import type { ConditionTrace, Expression, RuleTrace } from '../policy/types.ts';
import { assertNever } from '../shared/assert-never.ts';

/**
 * How close somebody is to a rule: 0, nothing speaks for it, to 1, it fires. A rule of which all must hold is as close as the
 * condition that is farthest away, one of which any suffices as close as the nearest. What cannot be measured is far.
 */
export function closeness({ rule, conditions, outcome }: RuleTrace): number {
  if (outcome === true) return 1;
  const lines = conditions.values();
  return Math.min(within(rule.when, lines), 0.999);
}

function within(expression: Expression, lines: Iterator<ConditionTrace>): number {
  if ('condition' in expression) {
    const { value: line, done } = lines.next();
    if (done === true) throw new Error('A trace lacks a condition of its rule');
    return towards(line);
  }
  if ('not' in expression) return 1 - Math.floor(within(expression.not, lines));
  const parts = ('all' in expression ? expression.all : expression.any).map((child) => within(child, lines));
  return 'all' in expression ? Math.min(...parts) : Math.max(...parts);
}

/** The way to the limit as a share; where the rule asks for little of something, only whether it holds. */
export function towards({ condition, measured, outcome }: ConditionTrace): number {
  if (outcome === true) return 1;
  if (outcome === null || measured.value === null) return 0;
  switch (condition.comparison) {
    case 'at_least':
    case 'more_than':
      return condition.threshold <= 0 ? 0 : Math.max(0, Math.min(0.999, measured.value / condition.threshold));
    case 'at_most':
    case 'less_than':
    case 'exactly':
      return 0;
    default:
      return assertNever(condition.comparison);
  }
}
