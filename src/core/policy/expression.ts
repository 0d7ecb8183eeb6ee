import type { Path } from './problem.ts';
import type { Condition, Expression } from './types.ts';

/** All conditions of an expression, in reading order. */
export function conditionsOf(expression: Expression): readonly Condition[] {
  return placedConditions(expression, []).map((placed) => placed.condition);
}

export interface PlacedCondition {
  readonly condition: Condition;
  readonly path: Path;
}

/** All conditions with their places in the document, given the place of the expression. */
export function placedConditions(expression: Expression, path: Path): readonly PlacedCondition[] {
  if ('condition' in expression) return [{ condition: expression.condition, path }];
  if ('not' in expression) return placedConditions(expression.not, [...path, 'not']);
  const [name, children] =
    'all' in expression ? (['all', expression.all] as const) : (['any', expression.any] as const);
  return children.flatMap((child, index) => placedConditions(child, [...path, name, index]));
}
