import { ZenEngine } from '@gorules/zen-engine';
import { Engine, type NestedCondition } from 'json-rules-engine';
import type { MetricValue } from '../../src/core/metrics/types.ts';
import type { Comparison, Expression } from '../../src/core/policy/types.ts';
import { conditions, policy } from './policy.ts';

/** Values as peers take them: an object by metric name, null where unknown. */
export type Facts = Readonly<Record<string, number | null>>;

export function factsOf(values: readonly MetricValue[]): Facts {
  return Object.fromEntries(
    conditions.map((condition, index) => [condition.request.metric, values[index]?.value ?? null]),
  );
}

const operators: Readonly<Record<Comparison, { readonly json: string; readonly zen: string }>> = {
  at_least: { json: 'greaterThanInclusive', zen: '>=' },
  more_than: { json: 'greaterThan', zen: '>' },
  at_most: { json: 'lessThanInclusive', zen: '<=' },
  less_than: { json: 'lessThan', zen: '<' },
  exactly: { json: 'equal', zen: '==' },
};

function jsonRule(expression: Expression): NestedCondition {
  if ('all' in expression) return { all: expression.all.map(jsonRule) };
  if ('any' in expression) return { any: expression.any.map(jsonRule) };
  if ('not' in expression) return { not: jsonRule(expression.not) };
  const { request, comparison, threshold } = expression.condition;
  return { fact: request.metric, operator: operators[comparison].json, value: threshold };
}

/** json-rules-engine 7: gives the ids of rules that fired; its results carry each condition's outcome, as ours do. */
export function jsonRulesEngine(): (facts: Facts) => Promise<readonly string[]> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const rule of policy.rules) {
    engine.addRule({ conditions: { all: [jsonRule(rule.when)] }, event: { type: rule.id }, name: rule.id });
  }
  return async (facts) => {
    const { results } = await engine.run(facts as Record<string, unknown>);
    return results.map((result) => result.name);
  };
}

function zenExpression(expression: Expression): string {
  if ('all' in expression) return `(${expression.all.map(zenExpression).join(' and ')})`;
  if ('any' in expression) return `(${expression.any.map(zenExpression).join(' or ')})`;
  if ('not' in expression) return `not ${zenExpression(expression.not)}`;
  const { request, comparison, threshold } = expression.condition;
  return `(${request.metric} != null and ${request.metric} ${operators[comparison].zen} ${threshold})`;
}

/** @gorules/zen-engine: one expression node, a result a rule and a condition, evaluated without its slower trace. */
export function zenEngine(): (facts: Facts) => Promise<readonly string[]> {
  const leaves = conditions.map((condition, index) => ({
    id: `c${index}`,
    key: `c${index}`,
    value: zenExpression({ condition }),
  }));
  const rules = policy.rules.map((rule) => ({ id: rule.id, key: rule.id, value: zenExpression(rule.when) }));
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      {
        id: 'rules',
        name: 'rules',
        type: 'expressionNode',
        position: { x: 1, y: 0 },
        content: { expressions: [...leaves, ...rules] },
      },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'rules', type: 'edge' },
      { id: 'b', sourceId: 'rules', targetId: 'out', type: 'edge' },
    ],
  });
  return async (facts) => {
    const { result } = await decision.evaluate(facts);
    return policy.rules.filter((rule) => (result as Record<string, unknown>)[rule.id] === true).map((rule) => rule.id);
  };
}
