import type { Path } from '../problem.ts';
import type { LiveCondition, LiveExpression } from './types.ts';

export interface PlacedLiveCondition {
  readonly condition: LiveCondition;
  readonly path: Path;
}

/** All conditions with their places in the document, given the place of the expression. */
export function placedLiveConditions(expression: LiveExpression, path: Path): readonly PlacedLiveCondition[] {
  if ('condition' in expression) return [{ condition: expression.condition, path }];
  if ('not' in expression) return placedLiveConditions(expression.not, [...path, 'not']);
  const [name, children] =
    'all' in expression ? (['all', expression.all] as const) : (['any', expression.any] as const);
  return children.flatMap((child, index) => placedLiveConditions(child, [...path, name, index]));
}

/** All conditions of an expression, in reading order. */
export function liveConditionsOf(expression: LiveExpression): readonly LiveCondition[] {
  return placedLiveConditions(expression, []).map(({ condition }) => condition);
}
